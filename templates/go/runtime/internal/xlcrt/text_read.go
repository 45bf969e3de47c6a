package xlcrt

import (
	"encoding/binary"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Unmarshal replaces the message by what the text holds.
func (p Prototext) Unmarshal(data []byte, m Message) error {
	m.Reset()
	typed, ok := m.(TextTyped)
	if !ok {
		return &DecodeError{Reason: "the message has no text format"}
	}
	r := textReader{textScanner: textScanner{s: string(data)}, options: p}
	r.check()
	b := r.message(nil, typed.XLCText(), 0)
	if r.err != nil {
		return r.err
	}
	return m.MergeBinary(b)
}

// check refuses text that is not made of characters.
func (r *textReader) check() {
	if at := strings.IndexByte(r.s, 0); at >= 0 {
		r.fail(at, "the text has a NUL character")
	}
	if utf8.ValidString(r.s) {
		return
	}
	for at := 0; ; {
		char, n := utf8.DecodeRuneInString(r.s[at:])
		if char == utf8.RuneError && n == 1 {
			r.fail(at, reason(failUTF8))
			return
		}
		at += n
	}
}

// A textReader reads the text format and writes the wire format, which messages then read.
type textReader struct {
	textScanner
	options Prototext
	depth   int
}

// A textLevel is a message that is being read.
type textLevel struct {
	table *TextTable
	// counts are how many values each field has.
	counts []int
	// last is the index of the field that was read last.
	last int
	// members are the fields of the oneofs that are set, by the number of the oneof.
	members    map[int]bool
	extensions []readExtension
}

// A readExtension is an extension and what was read of it.
type readExtension struct {
	textExtension
	field *TextField
	count int
	raw   []byte
}

// message appends the fields up to a closing bracket, or to the end of the text.
func (r *textReader) message(b []byte, t *TextTable, closing byte) []byte {
	l := textLevel{table: t, counts: make([]int, len(t.Fields)), last: -1}
	for r.more(closing) {
		b = r.field(b, &l)
		if !r.accept(',') {
			r.accept(';')
		}
	}
	for i := range l.extensions {
		b = r.settle(b, t, &l.extensions[i])
	}
	return b
}

// more tells whether there is another field before the closing bracket.
func (r *textReader) more(closing byte) bool {
	c := r.peek()
	switch {
	case r.err != nil:
		return false
	case c == closing && closing != 0:
		r.p++
		return false
	case c == 0 && closing != 0:
		r.fail(r.p, "the message does not end")
	}
	return c != 0
}

// settle appends an extension as it is written.
func (r *textReader) settle(b []byte, t *TextTable, x *readExtension) []byte {
	if r.err != nil {
		return b
	}
	raw, err := x.canonical(x.raw)
	if err != nil {
		r.err = InField(err, strings.Join(r.path, ""), 0)
		return b
	}
	if !t.Set {
		return append(b, raw...)
	}
	var items Extensions
	items.set(x.field.Number, raw)
	at := len(b)
	b = append(b, make([]byte, items.SetSize())...)
	items.PutSet(b[at:], len(b)-at)
	return b
}

// field appends a field, of which the name comes next.
func (r *textReader) field(b []byte, l *textLevel) []byte {
	start := r.p
	if r.s[start] == '[' {
		return r.special(b, l)
	}
	name := r.name("the name of a field")
	at := l.table.byName(name, l.last)
	if at < 0 {
		reserved := false
		for _, word := range l.table.Reserved {
			reserved = reserved || word == name
		}
		r.pass(start, name, reserved)
		return b
	}
	l.last = at
	f := &l.table.Fields[at]
	if f.Oneof > 0 && l.counts[at] == 0 {
		if l.members[f.Oneof] {
			r.fail(start, "another member of the oneof is set, too")
		}
		if l.members == nil {
			l.members = map[int]bool{}
		}
		l.members[f.Oneof] = true
	}
	r.into(name)
	b = r.values(b, f, start, &l.counts[at])
	r.out()
	return b
}

// special appends what has its name in brackets: an extension, or the message in a google.protobuf.Any.
func (r *textReader) special(b []byte, l *textLevel) []byte {
	start := r.p
	name := r.bracketed()
	if l.table.Any && isAnyName(name) {
		return r.any(b, l, name, start)
	}
	x, f := r.options.Types.byText(l.table, name)
	if x == nil {
		r.pass(start, "["+name+"]", false)
		return b
	}
	at := 0
	for at < len(l.extensions) && l.extensions[at].field.Number != f.Number {
		at++
	}
	if at == len(l.extensions) {
		l.extensions = append(l.extensions, readExtension{textExtension: x, field: f})
	}
	of := &l.extensions[at]
	r.into(f.Name)
	of.raw = r.values(of.raw, f, start, &of.count)
	r.out()
	return b
}

// any appends a google.protobuf.Any that is written as the message in it.
func (r *textReader) any(b []byte, l *textLevel, url string, start int) []byte {
	for at := range l.counts {
		if l.counts[at]++; l.counts[at] > 1 {
			r.fail(start, "the field occurs twice")
		}
	}
	m := r.options.Types.NewByURL(url)
	typed, ok := m.(TextTyped)
	if !ok {
		r.fail(start, "the registry has no type "+strconv.Quote(url))
		return b
	}
	r.accept(':')
	r.into("[" + url + "]")
	defer r.out()
	data := r.braces(nil, typed.XLCText(), 1)
	if r.err != nil {
		return b
	}
	err := m.UnmarshalBinary(data)
	if err == nil {
		data, err = m.MarshalBinary()
	}
	if err != nil {
		r.err = InField(err, strings.Join(r.path, ""), 0)
		return b
	}
	b = appendBytes(append(b, 1<<3|2), url)
	return appendBytes(append(b, 2<<3|2), string(data))
}

// values appends the value of a field, or those in brackets. The colon comes next.
func (r *textReader) values(b []byte, f *TextField, start int, count *int) []byte {
	if !r.accept(':') && !f.Kind.isMessage() && f.Key == 0 {
		r.fail(r.p, "expected a colon")
		return b
	}
	if !f.List && f.Key == 0 {
		if *count++; *count > 1 {
			r.fail(start, "the field occurs twice")
		}
		return r.value(b, f)
	}
	if !r.accept('[') {
		return r.element(b, f, count)
	}
	if r.accept(']') {
		return b
	}
	for {
		b = r.element(b, f, count)
		if r.accept(']') || r.err != nil {
			return b
		}
		if !r.accept(',') {
			r.fail(r.p, "expected a comma or the end of the list")
		}
	}
}

// element appends a value of a list, or an entry of a map.
func (r *textReader) element(b []byte, f *TextField, count *int) []byte {
	r.path = append(r.path, "["+strconv.Itoa(*count)+"]")
	*count++
	if f.Key != 0 {
		entry := f.entry()
		b = r.nest(binary.AppendUvarint(b, uint64(f.Number)<<3|2), &entry, 0)
	} else {
		b = r.value(b, f)
	}
	r.out()
	return b
}

// nest appends a message in brackets, and its length before it.
func (r *textReader) nest(b []byte, t *TextTable, levels int) []byte {
	at := len(b)
	b = r.braces(b, t, levels)
	n := len(b) - at
	b = append(b, make([]byte, SizeVarint(uint64(n)))...)
	copy(b[len(b)-n:], b[at:at+n])
	binary.PutUvarint(b[at:], uint64(n))
	return b
}

// braces appends the fields in brackets, which are so many levels of messages.
func (r *textReader) braces(b []byte, t *TextTable, levels int) []byte {
	closing := byte('}')
	switch {
	case r.accept('{'):
	case r.accept('<'):
		closing = '>'
	default:
		r.fail(r.p, "expected a message in braces")
		return b
	}
	if r.depth += levels; r.depth > MaxDepth {
		r.fail(r.p-1, reason(failDepth))
	}
	b = r.message(b, t, closing)
	r.depth -= levels
	return b
}

// value appends a value with its tag.
func (r *textReader) value(b []byte, f *TextField) []byte {
	tag := uint64(f.Number) << 3
	b = binary.AppendUvarint(b, tag|uint64(f.Kind.wire()))
	switch f.Kind {
	case TextDouble:
		return binary.LittleEndian.AppendUint64(b, math.Float64bits(r.float(64)))
	case TextFloat:
		return binary.LittleEndian.AppendUint32(b, math.Float32bits(float32(r.float(32))))
	case TextInt32, TextInt64:
		return binary.AppendUvarint(b, r.integer(true, f.Kind.bits()))
	case TextUint32, TextUint64:
		return binary.AppendUvarint(b, r.integer(false, f.Kind.bits()))
	case TextSint32, TextSint64:
		return binary.AppendUvarint(b, ToZigzag64(int64(r.integer(true, f.Kind.bits()))))
	case TextFixed32, TextSfixed32:
		return binary.LittleEndian.AppendUint32(b, uint32(r.integer(f.Kind == TextSfixed32, 32)))
	case TextFixed64, TextSfixed64:
		return binary.LittleEndian.AppendUint64(b, r.integer(f.Kind == TextSfixed64, 64))
	case TextBool:
		if r.boolean() {
			return append(b, 1)
		}
		return append(b, 0)
	case TextText, TextString, TextBytes:
		return appendBytes(b, r.text(f.Kind == TextText))
	case TextEnum:
		return binary.AppendUvarint(b, uint64(r.enum(f.Enum)))
	case TextGroup:
		b = r.braces(b, f.Message.XLCText(), 1)
		return binary.AppendUvarint(b, tag|4)
	}
	return r.nest(b, f.Message.XLCText(), 1)
}

func (k TextKind) bits() int {
	if k == TextInt32 || k == TextUint32 || k == TextSint32 {
		return 32
	}
	return 64
}

func appendBytes(b []byte, v string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(v))), v...)
}

// pass passes over the value of a field that the message does not have, if that may be.
func (r *textReader) pass(start int, name string, reserved bool) {
	if !reserved && !r.options.IgnoreUnknown {
		r.fail(start, "the message has no field "+strconv.Quote(name))
		return
	}
	colon := r.accept(':')
	if !r.accept('[') {
		r.skip(colon)
		return
	}
	if r.accept(']') {
		return
	}
	for r.skip(colon); !r.accept(']') && r.err == nil; r.skip(colon) {
		if !r.accept(',') {
			r.fail(r.p, "expected a comma or the end of the list")
		}
	}
}

// skip passes over a value of any kind.
func (r *textReader) skip(colon bool) {
	switch c := r.peek(); {
	case c == '{' || c == '<':
		options := r.options
		r.options.IgnoreUnknown = true
		r.braces(nil, new(TextTable), 1)
		r.options = options
	case !colon:
		r.fail(r.p, "expected a colon")
	case c == '"' || c == '\'':
		r.text(false)
	default:
		if _, word, start := r.word(); !isName(word) && !isTextFloat(strings.ToLower(word)) && !isInteger(word) {
			r.fail(start, "expected a value")
		}
	}
}

// isInteger tells whether text is an octal or hexadecimal number.
func isInteger(text string) bool {
	_, err := strconv.ParseUint(text, 0, 64)
	return err == nil && text[0] == '0' && !strings.ContainsAny(text, "_bBoO")
}
