"""The errors that reading and writing raise."""

from __future__ import annotations


class ContractError(ValueError):
    """A value or an input that does not fit the contract.

    ``path`` leads from the message that was read or written to the place of the
    error, as in ``radiology.study.v1.Study.series[2].rows``. ``reason`` says what is
    wrong there.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.path = ""

    def within(self, outer: str) -> None:
        """Puts the name of what is around it before the path."""
        if not self.path or self.path.startswith("["):
            self.path = outer + self.path
        else:
            self.path = f"{outer}.{self.path}"

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}" if self.path else self.reason


class EncodeError(ContractError):
    """A message cannot be written: a field holds what its type cannot."""


class JsonError(ContractError):
    """A text or a dict is not the ProtoJSON form of the message."""

    #: Whether a whole list or map is at fault instead of one of its elements.
    whole = False


class TextError(ContractError):
    """A text is not the text format of the message.

    ``line`` and ``column`` say where reading failed; both count from 1.
    """

    def __init__(self, reason: str, line: int, column: int) -> None:
        super().__init__(reason)
        self.line = line
        self.column = column

    def __str__(self) -> str:
        return f"{super().__str__()} (at line {self.line}, column {self.column})"


class DecodeError(ContractError):
    """Bytes are not a valid encoding of the message.

    ``offset`` is the byte at which reading failed.
    """

    def __init__(self, reason: str, offset: int | None = None) -> None:
        super().__init__(reason)
        self.offset = offset

    def __str__(self) -> str:
        text = super().__str__()
        return text if self.offset is None else f"{text} (at byte {self.offset})"


def shown(value: object) -> str:
    """A value as an error message quotes it."""
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
