package xlcrt

import (
	"encoding/binary"
	"math"
	"unicode/utf8"
)

// Marshal is the message in the text format.
func (p Prototext) Marshal(m Message) ([]byte, error) {
	return p.Append(nil, m)
}

// Append appends the message in the text format to b. The same message always gives the same text.
func (p Prototext) Append(b []byte, m Message) ([]byte, error) {
	typed, ok := m.(TextTyped)
	if !ok {
		return b, &EncodeError{Reason: "the message has no text format"}
	}
	data, err := m.MarshalBinary()
	if err != nil {
		return b, err
	}
	w := textWriter{options: p, start: len(b)}
	w.buf, w.types = b, p.Types
	w.message(typed.XLCText(), string(data))
	if w.err != nil {
		return b, w.err
	}
	if !p.SingleLine && len(w.buf) > w.start {
		w.buf = append(w.buf, '\n')
	}
	return w.buf, nil
}

// A textWriter writes the text format for machines and files: nothing is left out of it.
type textWriter struct {
	TextWriter
	options Prototext
	start   int
	indent  int
	err     error
}

// endless is deeper than any message that a program can make.
const endless = math.MaxInt

// begin starts a field, on a line of its own.
func (w *textWriter) begin(name string) {
	w.line()
	w.buf = append(w.buf, name...)
}

// line goes to the next line, or only a space further.
func (w *textWriter) line() {
	switch {
	case len(w.buf) == w.start:
	case w.options.SingleLine:
		w.buf = append(w.buf, ' ')
		return
	default:
		w.buf = append(w.buf, '\n')
	}
	for k := 0; k < w.indent; k++ {
		w.buf = append(w.buf, "  "...)
	}
}

func (w *textWriter) open(name string) {
	w.begin(name)
	w.buf = append(w.buf, " {"...)
	w.indent++
}

func (w *textWriter) close() {
	w.indent--
	w.line()
	w.buf = append(w.buf, '}')
}

// fail keeps the first error.
func (w *textWriter) fail(path, reason string) {
	if w.err == nil {
		w.err = &EncodeError{Path: path, Reason: reason}
	}
}

// field is the tag at p, where its value begins and where it ends. Only what a program passed to SetUnknownFields can be
// malformed.
func (w *textWriter) field(s string, p int) (tag uint32, q, end int) {
	if tag, q = Tag(s, p); q >= 0 {
		end = Skip(s, q, tag, endless)
	}
	if q < 0 || end < 0 {
		w.fail("", "the unknown fields are malformed")
		return 0, len(s), len(s)
	}
	return tag, q, end
}

// message writes the fields in s.
func (w *textWriter) message(t *TextTable, s string) {
	if t.Any && w.any(s) {
		return
	}
	if t.Set {
		s = w.set(t, s)
	}
	for p := 0; p < len(s); {
		tag, q, end := w.field(s, p)
		f := t.byNumber(tag >> 3)
		if f != nil && w.known(f, s, q, end, tag) {
			p = end
			continue
		}
		for f == nil && end < len(s) {
			// An extension may be in several pieces.
			next, _, more := w.field(s, end)
			if next>>3 != tag>>3 {
				break
			}
			end = more
		}
		if w.err != nil {
			return
		}
		if f != nil || !w.extension(t, int32(tag>>3), s[p:end]) {
			w.unknown(s[p:end], unknownDepth)
		}
		p = end
	}
}

// known writes a field that the message has; false if what is there is nothing that the field could hold.
func (w *textWriter) known(f *TextField, s string, p, end int, tag uint32) bool {
	wire := f.Kind.wire()
	if f.Key != 0 {
		return tag&7 == 2 && w.entry(f, s[p:end])
	}
	if tag&7 == wire {
		return w.value(f, s, p, end)
	}
	if tag&7 != 2 || !f.List || wire == 3 {
		return false
	}
	list, _ := Bytes(s, p)
	for p := 0; p < len(list); {
		end := Skip(list, p, 1<<3|wire, 0)
		if end < 0 {
			return false
		}
		if !w.value(f, list, p, end) {
			alone := binary.AppendUvarint(nil, uint64(f.Number)<<3)
			w.unknown(string(alone)+list[p:end], unknownDepth)
		}
		p = end
	}
	return true
}

// value writes the field with the value in s[p:end]; false if it is a number that a closed enum does not have.
func (w *textWriter) value(f *TextField, s string, p, end int) bool {
	switch f.Kind {
	case TextMessage:
		s, _ = Bytes(s, p)
		w.open(f.Name)
		w.message(f.Message.XLCText(), s)
		w.close()
		return true
	case TextGroup:
		w.open(f.Name)
		s, _ = Group(s, p, uint32(f.Number)<<3|3, endless)
		w.message(f.Message.XLCText(), s)
		w.close()
		return true
	case TextEnum:
		u, _ := Varint(s, p)
		name := f.Enum.named(int32(u))
		if name == "" && f.Enum.closed() {
			return false
		}
		w.begin(f.Name)
		w.Raw(": ")
		w.Raw(EnumText(int32(u), name))
		return true
	}
	w.begin(f.Name)
	w.Raw(": ")
	switch f.Kind.wire() {
	case 0:
		u, _ := Varint(s, p)
		w.varint(f.Kind, u)
	case 1:
		u, _ := Fixed64(s, p)
		w.fixed(f.Kind, u)
	case 2:
		u, _ := Bytes(s, p)
		w.quote(u, f.Kind != TextBytes)
	case 5:
		u, _ := Fixed32(s, p)
		w.fixed(f.Kind, uint64(u))
	}
	return true
}

func (w *textWriter) varint(kind TextKind, u uint64) {
	switch kind {
	case TextInt32:
		w.Int(int64(int32(u)))
	case TextInt64:
		w.Int(int64(u))
	case TextUint32:
		w.Uint(uint64(uint32(u)))
	case TextSint32:
		w.Int(int64(Zigzag32(u)))
	case TextSint64:
		w.Int(Zigzag64(u))
	case TextBool:
		w.Bool(u != 0)
	default:
		w.Uint(u)
	}
}

func (w *textWriter) fixed(kind TextKind, u uint64) {
	switch kind {
	case TextDouble:
		w.number(math.Float64frombits(u), 64)
	case TextFloat:
		w.number(float64(math.Float32frombits(uint32(u))), 32)
	case TextSfixed32:
		w.Int(int64(int32(u)))
	case TextSfixed64:
		w.Int(int64(u))
	default:
		w.Uint(u)
	}
}

func (w *textWriter) number(v float64, size int) {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		w.float(v, size)
	} else {
		w.buf = appendFloat(w.buf, v, size)
	}
}

// quote writes text, which stays as it is, or bytes. What is not printable is written as C does.
func (w *textWriter) quote(v string, text bool) {
	w.buf = append(w.buf, '"')
	for i := 0; i < len(v); {
		c, n := v[i], 1
		if text && c >= utf8.RuneSelf {
			if r, size := utf8.DecodeRuneInString(v[i:]); r != utf8.RuneError || size > 1 {
				n = size
			}
		}
		switch {
		case n > 1, ' ' <= c && c < 0x7f && c != '"' && c != '\'' && c != '\\':
			w.buf = append(w.buf, v[i:i+n]...)
		case c == '"', c == '\'', c == '\\':
			w.buf = append(w.buf, '\\', c)
		case c == '\n':
			w.buf = append(w.buf, `\n`...)
		case c == '\r':
			w.buf = append(w.buf, `\r`...)
		case c == '\t':
			w.buf = append(w.buf, `\t`...)
		default:
			w.buf = append(w.buf, '\\', '0'+c>>6, '0'+c>>3&7, '0'+c&7)
		}
		i += n
	}
	w.buf = append(w.buf, '"')
}

// entry writes an entry of a map; false if its value is a number that a closed enum does not have.
func (w *textWriter) entry(f *TextField, s string) bool {
	s, _ = Bytes(s, 0)
	at, entry := len(w.buf), f.entry()
	w.open(f.Name)
	for p := 0; p < len(s); {
		tag, q, end := w.field(s, p)
		if f := entry.byNumber(tag >> 3); f == nil || !w.known(f, s, q, end, tag) {
			w.buf = w.buf[:at]
			w.indent--
			return false
		}
		p = end
	}
	w.close()
	return true
}
