"""Mistakes that mypy must find; the test names the lines."""

from typing import assert_never

from gen.radiology.study.v1 import Study

study = Study()
print(study.tittle)
study = Study(phantom="yes")
study.revision = "3"

match study.result:
    case Study.Finding(_):
        pass
    case None:
        pass
    case other:
        assert_never(other)
