"""The text format token by token, with the place of each. Knows nothing of messages.

Names of sections here are those of the text format's specification.
"""

from __future__ import annotations

import re

from .errors import TextError, shown

#: "Whitespace" and "Comments"; a NUL stands nowhere.
_BLANK = re.compile(r"(?:[ \n\t\v\f\r]+|#[^\n\0]*)*")
#: "Identifiers".
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
#: "Numeric Literals": what follows a number may not be a part of a name or a point.
_NUMBER = re.compile(
    r"(?:0[xX][0-9a-fA-F]+|0[0-7]+"
    r"|(?P<decimal>(?:(?:0|[1-9][0-9]*)(?P<point>\.[0-9]*)?|\.[0-9]+)"
    r"(?P<power>[eE][+-]?[0-9]+)?)"
    r"(?P<suffix>[fF])?)(?![A-Za-z0-9_.])"
)
#: "String Literals".
_STRINGS = {
    quote: re.compile(
        rf"{quote}([^{quote}\\\n\0]*(?:\\[^\n\0][^{quote}\\\n\0]*)*){quote}"
    )
    for quote in "\"'"
}
_ESCAPE = re.compile(
    r"\\(?:(?P<simple>[abfnrtv?\\'\"])|(?P<octal>[0-7]{1,3})|x(?P<byte>[0-9a-fA-F]{1,2})"
    r"|u(?P<short>[0-9a-fA-F]{4})|U(?P<long>[0-9a-fA-F]{8}))"
)
_SIMPLE = dict(zip("abfnrtv?\\'\"", b"\a\b\f\n\r\t\v?\\'\"", strict=True))
#: The characters of a type's URL; blanks in brackets say nothing.
_IN_BRACKETS = re.compile(r"[A-Za-z0-9_.~!$&()*+,;=%/-]*")
_FULL_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*")
_URL_PREFIX = re.compile(r"(?!/)(?:[A-Za-z0-9_.~!$&()*+,;=/-]|%[0-9a-fA-F]{2})+")

# Kinds of tokens. Of a sign, the kind is the sign itself.
NAME, INTEGER, FLOAT, STRING, END = "name", "integer", "float", "string", "end"
_SIGNS = frozenset("{}<>[]:,;-")


def is_url_prefix(prefix: str) -> bool:
    """Whether the URL of a type may have this before its last slash."""
    return _URL_PREFIX.fullmatch(prefix) is not None


class Scanner:
    """A text with one token after the other: ``kind``, ``text`` and ``start``.

    The text of a number has no suffix, that of a string no quotes.
    """

    __slots__ = ("_end", "_whole", "kind", "start", "text")

    def __init__(self, text: str) -> None:
        self._whole = text
        self._end = 0
        self.start = 0
        self.kind = self.text = ""
        self.advance()

    def error(self, reason: str, at: int | None = None) -> TextError:
        """An error at the token, or elsewhere."""
        at = self.start if at is None else at
        line = self._whole.count("\n", 0, at) + 1
        return TextError(reason, line, at - self._whole.rfind("\n", 0, at))

    def unexpected(self, expected: str) -> TextError:
        """The error of another token than the one that must stand here."""
        if self.kind == END:
            found = "the end of the text"
        elif self.kind == STRING:
            found = "a string"
        else:
            found = shown(self.text)
        return self.error(f"expected {expected}, got {found}")

    def advance(self) -> None:
        """Goes to the next token."""
        whole = self._whole
        blank = _BLANK.match(whole, self._end)
        at = self.start = blank.end() if blank else self._end
        if at >= len(whole):
            self.kind, self.text, self._end = END, "", at
            return
        first = whole[at]
        if first in _SIGNS:
            self.kind, self.text, self._end = first, first, at + 1
        elif first in _STRINGS:
            self._string(first)
        elif found := _NAME.match(whole, at):
            self.kind, self.text, self._end = NAME, found[0], found.end()
        elif first.isdecimal() or first == ".":
            self._number()
        else:
            raise self.error(f"{first!r} does not belong there")

    def _string(self, quote: str) -> None:
        found = _STRINGS[quote].match(self._whole, self.start)
        if found is None:
            raise self.error("the string does not end on its line, or holds a NUL")
        self.kind, self.text, self._end = STRING, found[1], found.end()

    def _number(self) -> None:
        found = _NUMBER.match(self._whole, self.start)
        if found is None:
            raise self.error("the number is not valid")
        is_float = found["point"] or found["power"] or found["suffix"]
        is_float = is_float or (found["decimal"] or "").startswith(".")
        self.kind = FLOAT if is_float else INTEGER
        self.text, self._end = found["decimal"] or found[0], found.end()

    def takes(self, sign: str) -> bool:
        """Passes over a sign if it is next."""
        if self.kind != sign:
            return False
        self.advance()
        return True

    def bracketed(self) -> str:
        """Passes over a name in brackets: of an extension, or the URL of a type."""
        start = self.start
        name = ""
        while True:
            blank = _BLANK.match(self._whole, self._end)
            at = blank.end() if blank else self._end
            found = _IN_BRACKETS.match(self._whole, at)
            part = found[0] if found else ""
            self._end = at + len(part)
            name += part
            if not part:
                break
        self.advance()
        if self.kind != "]":
            raise self.unexpected("`]`")
        prefix, slash, last = name.rpartition("/")
        if not _FULL_NAME.fullmatch(last) or (slash and not is_url_prefix(prefix)):
            reason = f"{shown(name)} is no extension's name and no type's URL"
            raise self.error(reason, start)
        self.advance()
        return name

    def strings(self) -> bytes:
        """Passes over strings one after the other, which are one."""
        if self.kind != STRING:
            raise self.unexpected("a string")
        out = b""
        while self.kind == STRING:
            out += self._unescaped(self.text, self.start + 1)
            self.advance()
        return out

    def _unescaped(self, raw: str, start: int) -> bytes:
        try:
            if "\\" not in raw:
                return raw.encode()
            out = []
            end = 0
            while (at := raw.find("\\", end)) >= 0:
                out.append(raw[end:at].encode())
                found = _ESCAPE.match(raw, at)
                if found is None:
                    raise self.error("the escape is not valid", start + at)
                out.append(_escaped(found))
                end = found.end()
            out.append(raw[end:].encode())
        except (UnicodeEncodeError, OverflowError, ValueError) as fault:
            if isinstance(fault, TextError):
                raise
            reason = "the string holds a lone surrogate, or an escape of no character"
            raise self.error(reason, start - 1) from None
        return b"".join(out)


def _escaped(found: re.Match[str]) -> bytes:
    """What an escape stands for."""
    kind = found.lastgroup
    text = found[kind] if kind else ""
    if kind == "simple":
        return bytes((_SIMPLE[text],))
    if kind == "octal":
        return bytes((int(text, 8),))
    if kind == "byte":
        return bytes((int(text, 16),))
    # Half a surrogate pair is no character, and two halves are none together.
    return chr(int(text, 16)).encode()


def integer(text: str) -> int | None:
    """The value of an integer without sign; nothing if it is beyond 64 bits."""
    if text[:2] in ("0x", "0X"):
        base, digits = 16, text[2:].lstrip("0")
    elif text[0] == "0":
        base, digits = 8, text.lstrip("0")
    else:
        base, digits = 10, text
    return int(digits or "0", base) if len(digits) <= 22 else None
