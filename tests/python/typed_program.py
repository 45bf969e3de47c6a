"""A program that uses the Study contract; mypy --strict finds nothing in it."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import assert_never

from gen import TYPES
from gen.google.protobuf import Any, Timestamp
from gen.radiology.study.v1 import Finding, Patient, Rejection, Study, StudyStatus


def describe(study: Study) -> str:
    """What became of a study."""
    match study.result:
        case Study.Finding(finding):
            return describe_finding(finding)
        case Study.Rejection(Rejection() as rejection):
            return f"rejected: {rejection!r}"
        case None:
            return "nothing yet"
        case _ as never:
            assert_never(never)


def describe_finding(finding: Finding) -> str:
    """A finding in words."""
    return f"found: {finding!r}"


def name(status: StudyStatus | int) -> str:
    """The name of a status, or the number of one from a newer contract."""
    return status.name if isinstance(status, StudyStatus) else str(int(status))


study = Study(id="1", status=StudyStatus.QUEUED, labels={"trial": "N-2"})
study.patient = Patient(pseudonym="p", sex="F")
study.performed_at = Timestamp.from_datetime(datetime.now(timezone.utc))
study.attachments.append(Any.pack(Patient(pseudonym="q")))
when: datetime = study.performed_at.to_datetime()
again: Study = Study.from_json(study.to_json(types=TYPES), types=TYPES)
copy: Study = again.replace(id="2").copy()
inner: Patient | None = copy.attachments[0].unpack(Patient)
position: int | None = copy.queue_position
print(describe(copy), name(copy.status), when, inner, position)
