package xlcrt

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Unmarshal replaces the message by what the JSON holds.
func (j JSON) Unmarshal(data []byte, m Message) error {
	m.Reset()
	return j.read(data, m)
}

// UnmarshalJSON reads canonical JSON into an empty message.
func UnmarshalJSON(data []byte, m interface{ XLCReadJSON(*Reader) }) error {
	return JSON{}.read(data, m)
}

func (j JSON) read(data []byte, m interface{ XLCReadJSON(*Reader) }) error {
	r := Reader{s: string(data), types: j.Types, ignore: j.IgnoreUnknown}
	m.XLCReadJSON(&r)
	if r.err == nil && r.peek() != 0 {
		r.Fail("there is more text after the message")
	}
	if r.err != nil {
		return r.err
	}
	if m, ok := m.(interface{ XLCMissing() error }); ok {
		return m.XLCMissing()
	}
	return nil
}

// A Reader reads JSON, strictly. After an error it is at its end, and every value is zero.
type Reader struct {
	s      string
	p      int
	err    error
	types  *Registry
	ignore bool
	// fresh is set between an opening bracket and what follows it.
	fresh bool
	// level counts the messages around the place, as in the binary format; a list or a map is none.
	level int
	// depth counts the brackets around the place.
	depth int
	// typed is the depth of the object whose "@type" was read already.
	typed int
}

// Fail keeps the first error; its place is the value about to be read.
func (r *Reader) Fail(reason string) {
	if r.err == nil {
		r.err = &DecodeError{Path: jsonPath(r.s[:r.p]), Offset: r.p, Reason: reason}
	}
	r.p = len(r.s)
}

func (r *Reader) failAt(p int, reason string) {
	r.p = p
	r.Fail(reason)
}

// peek passes over white space and tells the next byte, or 0 at the end.
func (r *Reader) peek() byte {
	for r.p < len(r.s) {
		switch c := r.s[r.p]; c {
		case ' ', '\t', '\n', '\r':
			r.p++
		case 0:
			r.Fail("the text is not JSON")
		default:
			return c
		}
	}
	return 0
}

func (r *Reader) expect(c byte, what string) bool {
	if r.peek() != c {
		r.Fail("expected " + what)
		return false
	}
	r.p++
	return true
}

// Message reads a message that is inside another.
func (r *Reader) Message(m interface{ XLCReadJSON(*Reader) }) {
	if r.level++; r.level > MaxDepth {
		r.Fail(reason(failDepth))
	}
	m.XLCReadJSON(r)
	r.level--
}

// Open begins an object.
func (r *Reader) Open() {
	r.depth++
	if r.expect('{', "an object") {
		r.fresh = true
	}
}

// Key reads the next key of an object, or its end.
func (r *Reader) Key() (string, bool) {
	for {
		if !r.next('}', "a comma or the end of the object") {
			return "", false
		}
		if r.peek() != '"' {
			r.Fail("expected a name in quotes")
			return "", false
		}
		key := r.text()
		if !r.expect(':', "a colon") {
			return "", false
		}
		if key != "@type" || r.typed != r.depth {
			return key, true
		}
		r.text()
	}
}

// next passes over the comma before a member; false at the closing bracket or after an error.
func (r *Reader) next(closing byte, what string) bool {
	c := r.peek()
	if c == closing && r.err == nil {
		r.p++
		r.depth--
		r.fresh = false
		return false
	}
	if !r.fresh {
		if c != ',' {
			r.Fail("expected " + what)
			return false
		}
		r.p++
	}
	r.fresh = false
	return r.err == nil
}

// Array begins an array.
func (r *Reader) Array() {
	r.depth++
	if r.expect('[', "an array") {
		r.fresh = true
	}
}

// Element tells whether the array has another element.
func (r *Reader) Element() bool {
	return r.next(']', "a comma or the end of the array")
}

// Peek tells the first byte of the next value.
func (r *Reader) Peek() byte { return r.peek() }

// Null reads null, if that is next.
func (r *Reader) Null() bool {
	if r.peek() != 'n' {
		return false
	}
	return r.literal("null")
}

func (r *Reader) literal(word string) bool {
	if !strings.HasPrefix(r.s[r.p:], word) {
		r.Fail("the text is not JSON")
		return false
	}
	r.p += len(word)
	return true
}

// Once notes that a field occurs, which it may only once; false if its value is null, which it reads.
func (r *Reader) Once(seen []uint64, bit uint) bool {
	return r.OnceOrNull(seen, bit) && !r.Null()
}

// OnceOrNull is Once for a field of which null is a value.
func (r *Reader) OnceOrNull(seen []uint64, bit uint) bool {
	if seen[bit>>6]&(1<<(bit&63)) != 0 {
		r.Fail("the field occurs twice")
		return false
	}
	seen[bit>>6] |= 1 << (bit & 63)
	return true
}

// Only notes that a member of a oneof is set, which only one may be.
func (r *Reader) Only(seen []uint64, bit uint) bool {
	if seen[bit>>6]&(1<<(bit&63)) != 0 {
		r.Fail("another member of the oneof is set, too")
		return false
	}
	seen[bit>>6] |= 1 << (bit & 63)
	return true
}

// Twice is the error of a map key that occurs again.
func (r *Reader) Twice() { r.Fail("the key occurs twice") }

// Unknown passes over the value of an unknown key, or fails.
func (r *Reader) Unknown(key string) {
	if r.err == nil && !r.ignore {
		r.Fail("the message has no field " + strconv.Quote(key))
	}
	r.skip(MaxDepth - r.level)
}

// skip passes over a value of any kind, in which so many brackets may be within one another.
func (r *Reader) skip(brackets int) {
	c := r.peek()
	if brackets <= 0 && (c == '{' || c == '[') {
		r.Fail(reason(failDepth))
		return
	}
	switch {
	case c == '{':
		// Nothing in here is the object whose "@type" is known.
		typed := r.typed
		r.typed = 0
		for r.Open(); ; {
			if _, ok := r.Key(); !ok {
				break
			}
			r.skip(brackets - 1)
		}
		r.typed = typed
	case c == '[':
		for r.Array(); r.Element(); {
			r.skip(brackets - 1)
		}
	case c == '"':
		r.text()
	case c == 't':
		r.literal("true")
	case c == 'f':
		r.literal("false")
	case c == 'n':
		r.literal("null")
	default:
		start := r.p
		if text := r.digits(); !isNumber(text) {
			r.failAt(start, "expected a value")
		}
	}
}

// text reads a string; without escapes it is a part of the input.
func (r *Reader) text() string {
	if r.peek() != '"' {
		r.Fail("expected a string")
		return ""
	}
	start := r.p
	r.p++
	for i := r.p; i < len(r.s); i++ {
		switch c := r.s[i]; {
		case c == '"':
			v := r.s[r.p:i]
			if !utf8.ValidString(v) {
				r.failAt(start, reason(failUTF8))
				return ""
			}
			r.p = i + 1
			return v
		case c == '\\':
			return r.escaped(start, i)
		case c < ' ':
			r.failAt(start, "a control character is not escaped")
			return ""
		}
	}
	r.failAt(start, "the string does not end")
	return ""
}

// escaped reads the rest of a string from its first escape.
func (r *Reader) escaped(start, i int) string {
	b := append(make([]byte, 0, 2*(i-r.p)+16), r.s[r.p:i]...)
	for i < len(r.s) {
		c := r.s[i]
		i++
		switch {
		case c == '"':
			if !utf8.Valid(b) {
				r.failAt(start, reason(failUTF8))
				return ""
			}
			r.p = i
			return string(b)
		case c < ' ':
			r.failAt(start, "a control character is not escaped")
			return ""
		case c != '\\':
			b = append(b, c)
		default:
			char, n := escape(r.s[i:])
			if n == 0 {
				r.failAt(start, "an escape is not valid")
				return ""
			}
			b = utf8.AppendRune(b, char)
			i += n
		}
	}
	r.failAt(start, "the string does not end")
	return ""
}

// escape reads what follows a backslash: the character and how many bytes it took, 0 if it is no escape.
func escape(s string) (rune, int) {
	if s == "" {
		return 0, 0
	}
	switch s[0] {
	case '"', '\\', '/':
		return rune(s[0]), 1
	case 'b':
		return '\b', 1
	case 'f':
		return '\f', 1
	case 'n':
		return '\n', 1
	case 'r':
		return '\r', 1
	case 't':
		return '\t', 1
	case 'u':
		high, ok := hex4(s[1:])
		if !ok || high >= 0xdc00 && high < 0xe000 {
			return 0, 0
		}
		if high < 0xd800 || high >= 0xe000 {
			return high, 5
		}
		if !strings.HasPrefix(s[5:], `\u`) {
			return 0, 0
		}
		low, ok := hex4(s[7:])
		if !ok || low < 0xdc00 || low >= 0xe000 {
			return 0, 0
		}
		return (high-0xd800)<<10 + (low - 0xdc00) + 0x10000, 11
	}
	return 0, 0
}

func hex4(s string) (rune, bool) {
	if len(s) < 4 {
		return 0, false
	}
	var v rune
	for i := 0; i < 4; i++ {
		switch c := s[i]; {
		case '0' <= c && c <= '9':
			v = v<<4 | rune(c-'0')
		case 'a' <= c && c <= 'f':
			v = v<<4 | rune(c-'a'+10)
		case 'A' <= c && c <= 'F':
			v = v<<4 | rune(c-'A'+10)
		default:
			return 0, false
		}
	}
	return v, true
}
