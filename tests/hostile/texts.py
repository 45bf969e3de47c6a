"""What may stand in comments, in strings and in numbers of a contract, as protobuf's source text writes it."""

from __future__ import annotations

from random import Random

COMMENTS = [
    "A sentence.",
    "",
    "  indented\n    more\n\ttabbed\nback",
    "*/ is not the end",
    "/* nor /** a begin */ // nor this /// or that //! or #",
    "\"quoted\" 'single' \"\"\"triple\"\"\" '''single''' `code` ```\nfence",
    "```go\nfunc main() {}\n```\nafter",
    "```\nnever closed",
    "<b>bold</b> <script>alert(1)</script> </summary> <summary> &amp; & < > <!-- --> ]]> <![CDATA[ <br> <br/>",
    '<see cref="Nothing"/> {@link Nothing} {@macro x} [Nothing] [a]: b [x](y) ![z](w) @deprecated @param x',
    "$dollar ${brace} $(paren) {brace} {{mustache}} {{{triple}}} {{#if x}} {%  %} #{ruby} %s %d %n %%",
    "\\ backslash \\n \\u0041 \\x \\ \\",
    "trailing backslash \\",
    "https://example.com/a/very/long/url/that/does/not/break/anywhere/because/it/has/no/space/in/it/at/all/and/goes/on?x=1&y=2#z",
    "word" * 60,
    "a " * 150,
    "\u00e4\u00f6\u00fc \u4e2d\u6587\u4e2d\u6587\u4e2d\u6587 \U0001f600\U0001f468\u200d\U0001f469 e\u0301 \u202eabc\u202c \u2066x\u2069 \u200b\u200d\ufeff \u00a0nbsp\u00a0",
    "line\u2028separator\u2029paragraph\u0085next\x0bvertical\x0cform",
    "bell\x07 escape\x1b[31m delete\x7f unit\x1f",
    "Deprecated: use something else.\n\nMore.",
    "deprecated",
    "TODO(x): FIXME nolint //nolint:all // ignore: all // ignore_for_file: type=lint # noqa # type: ignore # fmt: off",
    "+build linux\ngo:build linux\ngo:embed x\ngo:generate rm\n#cgo LDFLAGS\nline foo.go:10",
    "# Heading\n\n## Heading\n\n* a\n* b\n  * c\n\n1. x\n2. y\n\n> quote\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n---\n\n===",
    "- a\n - b\n  - c\n     code\n",
    "    code\n    code",
    "\tcode\n\tcode",
    "\n\n\nempty lines\n\n\n\naround\n\n",
    "#pragma warning disable\n#if X\n#endif\n#region",
    "@dart = 2.9\n@@ -1 +1 @@\n-*- coding: latin-1 -*-\nvim: set ft=x:",
    "Args:\n  x: y\n\nReturns:\n  z\n\nRaises:",
    'ends with a quote"',
    'ends with quotes"""',
    "'",
    "\\",
    '"',
    "Foo is a thing. Package foo does. func Foo() type Foo struct {",
    "!important //go:noinline",
    "//go:noinline",
    "/go:build ignore",
    "/ one more slash\n/// three\n//// four",
    "* star\n** stars",
    "x" * 100 + " " + "y" * 100,
]
# What a language might end its own text with, fill in or escape.
TEXTS = [
    "", "x", " ", "\"", "'", "\\", "\\\\", "$", "$x", "${x}", "{", "}", "{{x}}", "{0}", "%", "%s", "%%d", "`", "\"\"\"", "'''",
    "\n", "\r\n", "\t", "\0", "\x01\x1f\x7f", "\u0080\u009f", "*/", "/*", "//", "///", "#", "</script>", "&amp;", "\u00e9",
    "\u4e2d\u6587", "\U0001f600", "\u2028", "\u2029", "\ufeff", "\u202e", "\ud7ff\ue000", "\\u0041", "\\x41", "\\0", "\0001",
    "\x7f8", "a" * 300, "\" + x + \"", "'; DROP", "@", "@\"", "r'", "b\"", "\\N{DASH}", "\u0301", "\U0010ffff", "\ufffe\uffff",
    "?", "??/", "-0", "NaN", "null", "trigraph ??/ ??=", "\x0b\x0c\b\a", "line\nline", "end\\",
]  # fmt: skip
JSON_NAMES = [
    "$ref", "@type", " ", "  ", "a b", "\"", "'", "\\", "\\\"", "\u00e9", "\u4e2d", "\U0001f600", "\n", "\t", "{}", "[x", "x]",
    "a.b", "a/b", "#", "%", "$", "${x}", "{{x}}", "-", "0", "1.5", "true", "null", "__proto__", "constructor", "toString",
    "\u2028", "\u202e", "</script>", "\x01", "\x7f", "*/", "//", "`", "a" * 200, "value", "\ufeff", "\U0001d4b3", "e\u0301", ",", ":",
]  # fmt: skip
DOUBLES = """0 -0 -0.0 1 -1 0.1 inf -inf nan 1e300 -1e-300 1.7976931348623157e308 5e-324 4.9e-324 1e22 1e21 123456789012345678
0.30000000000000004 1.5 .5 5. 1E5 1e+5 9007199254740993 18446744073709551615 -9223372036854775808 100 1e15 1e16 1e17""".split()
FLOATS = """0 -0.0 1 -1 0.1 inf -inf nan 3.4028234e38 3.4028235e38 -3.4028235e38 1e-45 1.17549435e-38 1.5 16777217 0.33333334 1e10 1e21
3.3333333333 8388608.5""".split()


def literal(data: bytes, random: Random) -> str:
    """A literal of some bytes; UTF-8 may stand as it is."""
    quote = random.choice("\"'")
    try:
        as_is = data.decode() if random.random() < 0.5 else None
    except UnicodeDecodeError:
        as_is = None
    if as_is is not None:
        escapes = {"\\": "\\\\", quote: "\\" + quote, "\n": "\\n", "\0": "\\000"}
        return quote + "".join(escapes.get(char, char) for char in as_is) + quote
    return quote + "".join(escaped(byte, random) for byte in data) + quote


def escaped(byte: int, random: Random) -> str:
    """A byte in a literal; octal escapes have three digits, and a hexadecimal one could take in what follows."""
    if 32 <= byte < 127 and chr(byte) not in "\"'\\" and random.random() < 0.8:
        return chr(byte)
    named = {
        7: "\\a",
        8: "\\b",
        9: "\\t",
        10: "\\n",
        11: "\\v",
        12: "\\f",
        13: "\\r",
        34: '\\"',
        39: "\\'",
        92: "\\\\",
        63: "\\?",
    }
    return named[byte] if byte in named and random.random() < 0.5 else f"\\{byte:03o}"


def comment(text: str, indent: str, random: Random) -> str:
    """A comment with some text, in one of the two forms."""
    lines = text.replace("\r", "").split("\n")
    if "*/" not in text and not text.endswith("\\") and random.random() < 0.3:
        star = random.choice(["*", ""])
        body = f"\n{indent} {star}".join(f" {line}" for line in lines)
        return f"{indent}/*{body} */\n"
    space = random.choice(["", " ", "  ", "\t"])
    return "".join(f"{indent}//{space}{line}\n" for line in lines)
