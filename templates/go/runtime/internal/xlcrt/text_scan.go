package xlcrt

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A textScanner reads the words of the text format. After an error it is at its end, and every value is zero.
type textScanner struct {
	s   string
	p   int
	err error
	// path leads to the value that is read: names, indexes and keys.
	path []string
}

// fail keeps the first error; its place is the byte at p.
func (r *textScanner) fail(p int, reason string) {
	if r.err == nil {
		before := r.s[:p]
		line := strings.LastIndexByte(before, '\n') + 1
		r.err = &DecodeError{
			Path: strings.Join(r.path, ""), Offset: p, Reason: reason,
			Line: 1 + strings.Count(before, "\n"), Column: 1 + utf8.RuneCountInString(before[line:]),
		}
	}
	r.p = len(r.s)
}

// into goes into a field, out leaves it.
func (r *textScanner) into(name string) {
	if len(r.path) > 0 {
		name = "." + name
	}
	r.path = append(r.path, name)
}

func (r *textScanner) out() { r.path = r.path[:len(r.path)-1] }

// peek passes over white space and comments and tells the next byte, or 0 at the end.
func (r *textScanner) peek() byte {
	for r.p < len(r.s) {
		switch c := r.s[r.p]; c {
		case ' ', '\n', '\t', '\v', '\f', '\r':
			r.p++
		case '#':
			if n := strings.IndexByte(r.s[r.p:], '\n'); n >= 0 {
				r.p += n
			} else {
				r.p = len(r.s)
			}
		default:
			return c
		}
	}
	return 0
}

// accept passes over a byte if it is the next one.
func (r *textScanner) accept(c byte) bool {
	if r.peek() != c {
		return false
	}
	r.p++
	return true
}

func isLetter(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_'
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// name reads an identifier.
func (r *textScanner) name(expected string) string {
	if !isLetter(r.peek()) {
		r.fail(r.p, "expected "+expected)
		return ""
	}
	start := r.p
	for r.p < len(r.s) && (isLetter(r.s[r.p]) || isDigit(r.s[r.p])) {
		r.p++
	}
	return r.s[start:r.p]
}

// bracketed reads the full name of an extension or the type URL of a message, which is in brackets.
func (r *textScanner) bracketed() string {
	r.peek()
	start := r.p
	r.p++
	var name []byte
	for {
		c := r.peek()
		if c == 0 || c == '[' || c < ' ' || c >= utf8.RuneSelf {
			r.fail(start, "the name in brackets does not end")
			return ""
		}
		r.p++
		if c == ']' {
			break
		}
		name = append(name, c)
	}
	text := string(name)
	if isFullName(text) || isAnyName(text) {
		return text
	}
	r.fail(start, "expected the full name of an extension, or a type URL")
	return ""
}

// isFullName tells whether text is made of identifiers with points between them.
func isFullName(text string) bool {
	for _, part := range strings.Split(text, ".") {
		if !isName(part) {
			return false
		}
	}
	return true
}

// isAnyName tells whether text is a type URL that can stand in brackets.
func isAnyName(text string) bool {
	slash := strings.LastIndexByte(text, '/')
	if slash <= 0 || text[0] == '/' || !isFullName(text[slash+1:]) {
		return false
	}
	for i := 0; i < slash; i++ {
		switch c := text[i]; {
		case isLetter(c), isDigit(c), strings.IndexByte("-.~!$&()*+,;=/", c) >= 0:
		case c == '%' && i+2 < slash && hexDigit(text[i+1]) >= 0 && hexDigit(text[i+2]) >= 0:
		default:
			return false
		}
	}
	return true
}

func hexDigit(c byte) int {
	switch {
	case isDigit(c):
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// word reads what a scalar without quotes may be, with its sign: a number or an identifier.
func (r *textScanner) word() (negative bool, text string, start int) {
	negative = r.accept('-')
	r.peek()
	start = r.p
	for r.p < len(r.s) {
		c := r.s[r.p]
		switch {
		case isLetter(c), isDigit(c), c == '.':
		case (c == '+' || c == '-') && r.isExponent(start):
		default:
			return negative, r.s[start:r.p], start
		}
		r.p++
	}
	return negative, r.s[start:r.p], start
}

// isExponent tells whether the word that begins at start goes on with the sign of an exponent.
func (r *textScanner) isExponent(start int) bool {
	word := r.s[start:r.p]
	if word == "" || word[len(word)-1]|' ' != 'e' {
		return false
	}
	return isDigit(word[0]) && !strings.HasPrefix(word, "0x") && !strings.HasPrefix(word, "0X") || word[0] == '.'
}

// integer reads an integer: decimal, octal or hexadecimal.
func (r *textScanner) integer(signed bool, bits int) uint64 {
	r.peek()
	at := r.p
	negative, text, start := r.word()
	base := 10
	switch {
	case strings.HasPrefix(text, "0x"), strings.HasPrefix(text, "0X"):
		base, text = 16, text[2:]
	case len(text) > 1 && text[0] == '0':
		base, text = 8, text[1:]
	}
	v, err := strconv.ParseUint(text, base, 64)
	limit := uint64(math.MaxUint64) >> (64 - bits)
	if signed {
		limit >>= 1
		if negative {
			limit++
		}
	}
	number, ok := err.(*strconv.NumError)
	switch {
	case ok && number.Err == strconv.ErrSyntax:
		r.fail(start, "expected an integer")
	case negative && !signed:
		r.fail(at, "the number must not be negative")
	case err != nil, v > limit:
		r.fail(start, outOfRange)
	case negative:
		return -v
	default:
		return v
	}
	return 0
}

// float reads a floating-point number. What is too large is infinite.
func (r *textScanner) float(size int) float64 {
	negative, text, start := r.word()
	v := 0.0
	switch word := strings.ToLower(text); {
	case word == "inf", word == "infinity":
		v = math.Inf(1)
	case word == "nan":
		// Not math.NaN, which is a NaN of its own.
		return math.Float64frombits(0x7ff8000000000000)
	case !isTextFloat(word):
		r.fail(start, "expected a number")
	default:
		// The only error that is left is a number out of range, of which the value is infinite.
		v, _ = strconv.ParseFloat(strings.TrimSuffix(word, "f"), size)
	}
	if negative {
		return -v
	}
	return v
}

// isTextFloat tells whether text is a decimal number, with a fraction, an exponent or the suffix f if it has them.
func isTextFloat(text string) bool {
	text = strings.TrimSuffix(text, "f")
	whole := leadingDigits(text)
	if whole > 1 && text[0] == '0' {
		return false
	}
	text = text[whole:]
	if strings.HasPrefix(text, ".") {
		n := leadingDigits(text[1:])
		if whole+n == 0 {
			return false
		}
		text = text[1+n:]
	} else if whole == 0 {
		return false
	}
	if strings.HasPrefix(text, "e") {
		text = text[1:]
		if text != "" && (text[0] == '+' || text[0] == '-') {
			text = text[1:]
		}
		return text != "" && leadingDigits(text) == len(text)
	}
	return text == ""
}

// boolean reads a word or a number.
func (r *textScanner) boolean() bool {
	c := r.peek()
	if isDigit(c) || c == '-' {
		return r.integer(false, 1) != 0
	}
	_, text, start := r.word()
	switch text {
	case "true", "True", "t":
		return true
	case "false", "False", "f":
		return false
	}
	r.fail(start, "expected true or false")
	return false
}

// enum reads the name or the number of a value.
func (r *textScanner) enum(names TextNames) int32 {
	c := r.peek()
	start := r.p
	if isDigit(c) || c == '-' {
		v := int32(r.integer(true, 32))
		if r.err == nil && names.closed() && names.named(v) == "" {
			r.fail(start, "the enum has no value "+strconv.Itoa(int(v)))
		}
		return v
	}
	_, name, _ := r.word()
	v, ok := names.numbered(name)
	if !ok && !isName(name) {
		r.fail(start, "expected the name or number of an enum value")
	} else if !ok {
		r.fail(start, "the enum has no value "+strconv.Quote(name))
	}
	return v
}
