package xlcrt

import (
	"strings"
	"unicode/utf8"
)

// text reads strings that follow one another as one. They must be UTF-8 if that is asked for.
func (r *textScanner) text(utf bool) string {
	c := r.peek()
	start := r.p
	if c != '"' && c != '\'' {
		r.fail(start, "expected a string in quotes")
		return ""
	}
	v := r.literal(c)
	if c = r.peek(); c == '"' || c == '\'' {
		parts := []string{v}
		for ; c == '"' || c == '\''; c = r.peek() {
			parts = append(parts, r.literal(c))
		}
		v = strings.Join(parts, "")
	}
	if utf && !utf8.ValidString(v) {
		r.fail(start, reason(failUTF8))
		return ""
	}
	return v
}

// literal reads one string; without escapes it is a part of the input.
func (r *textScanner) literal(quote byte) string {
	start := r.p
	r.p++
	from := r.p
	var b []byte
	for r.p < len(r.s) {
		switch c := r.s[r.p]; c {
		case quote:
			v := r.s[from:r.p]
			r.p++
			if b == nil {
				return v
			}
			return string(append(b, v...))
		case '\n':
			r.fail(start, "the string does not end on its line")
			return ""
		case '\\':
			b = append(b, r.s[from:r.p]...)
			if b = r.escape(b); r.err != nil {
				return ""
			}
			from = r.p
		default:
			r.p++
		}
	}
	r.fail(start, "the string does not end")
	return ""
}

// escapes are what single characters stand for behind a backslash.
var escapes = [256]byte{
	'a': '\a', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t', 'v': '\v', '?': '?', '\\': '\\', '\'': '\'', '"': '"',
}

// escape appends what an escape stands for.
func (r *textScanner) escape(b []byte) []byte {
	start := r.p
	r.p++
	if r.p == len(r.s) {
		r.fail(start, "the string does not end")
		return b
	}
	c := r.s[r.p]
	r.p++
	switch {
	case escapes[c] != 0:
		return append(b, escapes[c])
	case '0' <= c && c <= '7':
		r.p--
		v, _ := r.digits(8, 3)
		if v > 0xff {
			r.fail(start, "the escape is larger than a byte")
		}
		return append(b, byte(v))
	case c == 'x', c == 'X':
		if v, n := r.digits(16, 2); n > 0 {
			return append(b, byte(v))
		}
	case c == 'u', c == 'U':
		size := 4
		if c == 'U' {
			size = 8
		}
		v, n := r.digits(16, size)
		if n < size {
			break
		}
		if v > utf8.MaxRune || v >= 0xd800 && v < 0xe000 {
			r.fail(start, "the escape is not a Unicode character")
		}
		return utf8.AppendRune(b, rune(v))
	}
	r.fail(start, "an escape is not valid")
	return b
}

// digits reads up to so many digits, and tells how many there were.
func (r *textScanner) digits(base, most int) (v, n int) {
	for ; n < most && r.p < len(r.s); n++ {
		d := hexDigit(r.s[r.p])
		if d < 0 || d >= base {
			break
		}
		v = v*base + d
		r.p++
	}
	return v, n
}
