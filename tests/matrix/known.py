"""Where google's runtimes are known to do something else than generated code, and why. Each exception is as narrow as
it can be, and the run fails if one is not needed any more.

Two things are outside of the matrix, and none is a difference of values:

* Strings with bytes that are no UTF-8, where a contract does not verify them. google.protobuf, which makes the
  messages, cannot hold them, and a language has them as its own kind of string does; each runtime has tests of that.
* The order within an extension that only google has written. Generated code leaves an extension as it was read until
  somebody asks for it, and google's runtimes have an order of their own for maps (``Matrix.ordered``).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from google.protobuf import unknown_fields
from google.protobuf.message import DecodeError

from contract import Contract, entry, is_map

if TYPE_CHECKING:
    from cases import Case
    from programs import Answer, Request


@dataclass(frozen=True)
class Question:
    """A message that a runtime of google's makes something else of."""

    case: Case
    request: Request
    official: str
    ours: Answer
    theirs: Answer

    @property
    def ours_alone(self) -> bool:
        """Whether only generated code reads it."""
        return self.ours.refused is None and self.theirs.refused is not None

    @property
    def theirs_alone(self) -> bool:
        """Whether only google's runtime reads it."""
        return self.ours.refused is not None and self.theirs.refused is None


class Known:
    """The exceptions, and how often each was needed."""

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        self.needed = dict.fromkeys(RULES, 0)

    def explain(self, question: Question) -> str | None:
        """The reason of a difference, if it is a known one."""
        for reason, applies in RULES.items():
            if applies(self.contract, question):
                self.needed[reason] += 1
                return reason
        return None

    def check(self) -> None:
        """Fails if an exception was not needed."""
        idle = [reason for reason, count in self.needed.items() if count == 0 and RULES[reason] not in HOSTILE]
        if idle:
            raise SystemExit(f"exceptions that nothing needs any more: {idle}")


def closed_strangers(contract: Contract, question: Question) -> bool:
    """protobuf-go takes every enum for an open one, on the wire and in JSON."""
    if question.official != "go-google":
        return False
    if question.theirs_alone:
        # A required field keeps such a number there, and is missing here.
        field = question.ours.reason.partition(":")[0].rpartition(".")[2]
        return "the enum has no value" in question.ours.reason or field in required_closed(contract)
    if question.ours.binary is None:
        return False
    try:
        message = contract.read(question.case.name, question.ours.binary)
    except DecodeError:
        return False
    return has_closed_stranger(contract, message)


def required_closed(contract: Contract) -> set[str]:
    """The names of required fields that hold closed enums."""
    return {
        field.name
        for descriptor in contract.types
        for field in descriptor.fields
        if field.is_required and field.enum_type is not None and field.enum_type.is_closed
    }


def has_closed_stranger(contract: Contract, message: Any) -> bool:
    """Whether an unknown field is the number of a closed enum that has no name, or a map's entry with one."""
    fields = {field.number: field for field in contract.fields(message.DESCRIPTOR)}
    for unknown in unknown_fields.UnknownFieldSet(message):
        field = fields.get(unknown.field_number)
        if field is not None and is_map(field):
            field = entry(field)[1]
        if field is not None and field.enum_type is not None and field.enum_type.is_closed:
            return True
    return any(has_closed_stranger(contract, inner) for inner in contract.inner(message))


def large_float(_: Contract, question: Question) -> bool:
    """google.protobuf refuses the largest float in the digits that it writes itself."""
    return question.official == "google" and question.ours_alone and "Float value too" in question.theirs.reason


def negative_zero(_: Contract, question: Question) -> bool:
    """google.protobuf reads -0 as an integer and loses the sign."""
    text = question.request.data if question.request.is_json else b""
    return question.official == "google" and re.search(rb"(^|[:,\[] ?)-0($|[,}\]])", text) is not None


def null_value(_: Contract, question: Question) -> bool:
    """google.protobuf cannot read the NullValue in a list or map that it has written itself."""
    return question.official == "google" and question.ours_alone and "nullValue" in question.theirs.reason


def field_mask(_: Contract, question: Question) -> bool:
    """google.protobuf writes and reads field masks that do not lead back to the same paths."""
    ours, theirs = question.ours, question.theirs
    if question.official != "google" or "path" not in ours.reason:
        return False
    return question.theirs_alone or (ours.text is None and theirs.text is not None)


def any_url(_: Contract, question: Question) -> bool:
    """google's runtimes write and read an Any whose URL has no slash."""
    ours, theirs = question.ours, question.theirs
    wanted = "is not among `types`" in ours.reason and "google.protobuf.Duration" in ours.reason
    return wanted and (question.theirs_alone or (ours.text is None and theirs.text is not None))


def any_required(_: Contract, question: Question) -> bool:
    """google's runtimes write and read an Any in JSON whose message lacks a required field."""
    ours, theirs = question.ours, question.theirs
    if "RequiredInside.Inner" not in question.case.data.decode(errors="replace") or "required field" not in ours.reason:
        return False
    return question.theirs_alone or (ours.text is None and theirs.text is not None)


def value_kind(_: Contract, question: Question) -> bool:
    """google.protobuf writes a Value in JSON that has no form there."""
    ours, theirs = question.ours, question.theirs
    of_value = "has no JSON form" in ours.reason or "the value is not set" in ours.reason
    return question.official == "google" and of_value and ours.text is None and theirs.text is not None


def unknown_groups(_: Contract, question: Question) -> bool:
    """protobuf-go passes over unknown groups of any depth."""
    too_deep = question.theirs_alone and "nested too deeply" in question.ours.reason
    return question.official == "go-google" and question.case.label.startswith("extreme/") and too_deep


def set_items(_: Contract, question: Question) -> bool:
    """protobuf-go takes the last type of a message set's item, joins its messages, and knows no items but groups."""
    # google.protobuf takes the first of each, as generated code does: the conformance suite asks for that.
    return question.official == "go-google" and question.case.label.startswith("extreme/kitchen.ext.")


def depth(_: Contract, question: Question) -> bool:
    """google's runtimes count the entry of a map as a level, and in JSON the outermost message too."""
    deep = ("recursion", "nested", "too deep", "Error parsing message")
    return (
        question.case.label.startswith("extreme/")
        and question.ours_alone
        and any(word in question.theirs.reason for word in deep)
    )


def hidden_method(_: Contract, question: Question) -> bool:
    """google.protobuf takes a field for the method of its own that has the same name."""
    return question.official == "google" and "object is not callable" in question.theirs.reason


# Of the contracts of the repository, none needs these; those of tests/hostile do.
HOSTILE = (hidden_method,)

RULES: dict[str, Callable[[Contract, Question], bool]] = {
    (rule.__doc__ or "").strip().rstrip("."): rule
    for rule in (
        closed_strangers,
        large_float,
        negative_zero,
        null_value,
        field_mask,
        any_url,
        any_required,
        value_kind,
        unknown_groups,
        set_items,
        depth,
        *HOSTILE,
    )
}
