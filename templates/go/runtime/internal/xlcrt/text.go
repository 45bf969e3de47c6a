package xlcrt

import (
	"math"
	"strconv"
)

// Text says how messages become text for people and logs: protobuf's text format on one line, fields by number in the
// order of the contract, map entries by key. What the contract marks debug_redact is written as [REDACTED]. The
// contents of what is not known, which may be marked so too, are left out.
type Text struct {
	// Types knows the messages in google.protobuf.Any, and extensions.
	Types *Registry
}

// Format is the message as text.
func (t Text) Format(m interface{ XLCWriteText(*TextWriter) }) string {
	w := TextWriter{types: t.Types}
	m.XLCWriteText(&w)
	return string(w.buf)
}

// A TextWriter writes text.
type TextWriter struct {
	buf   []byte
	types *Registry
	// depth counts the messages in google.protobuf.Any around the place.
	depth int
}

// Name begins a field; the first one of a message follows no space.
func (w *TextWriter) Name(name string) {
	if n := len(w.buf); n > 0 && w.buf[n-1] != '{' {
		w.buf = append(w.buf, ' ')
	}
	w.buf = append(w.buf, name...)
	w.buf = append(w.buf, ':')
}

// Redacted stands for a value that is to be kept out of logs.
func (w *TextWriter) Redacted() { w.buf = append(w.buf, "[REDACTED]"...) }

// hidden stands for bytes of which nobody knows whether they are to be kept out of logs.
func (w *TextWriter) hidden(size int) {
	w.buf = append(w.buf, '(')
	w.buf = strconv.AppendInt(w.buf, int64(size), 10)
	w.buf = append(w.buf, " bytes)"...)
}

// Raw writes text as it is.
func (w *TextWriter) Raw(s string) { w.buf = append(w.buf, s...) }

// Int writes a number.
func (w *TextWriter) Int(v int64) { w.buf = strconv.AppendInt(w.buf, v, 10) }

// Uint writes a number.
func (w *TextWriter) Uint(v uint64) { w.buf = strconv.AppendUint(w.buf, v, 10) }

// Float32 writes a number.
func (w *TextWriter) Float32(v float32) { w.float(float64(v), 32) }

// Float64 writes a number.
func (w *TextWriter) Float64(v float64) { w.float(v, 64) }

func (w *TextWriter) float(v float64, size int) {
	switch {
	case math.IsNaN(v):
		w.Raw("nan")
	case math.IsInf(v, 1):
		w.Raw("inf")
	case math.IsInf(v, -1):
		w.Raw("-inf")
	default:
		w.buf = strconv.AppendFloat(w.buf, v, 'g', -1, size)
	}
}

// Bool writes true or false.
func (w *TextWriter) Bool(v bool) { w.buf = strconv.AppendBool(w.buf, v) }

// Quote writes text or bytes in quotes.
func (w *TextWriter) Quote(v string) { w.buf = strconv.AppendQuote(w.buf, v) }

// Message writes a message in braces.
func (w *TextWriter) Message(m interface{ XLCWriteText(*TextWriter) }) {
	w.buf = append(w.buf, '{')
	m.XLCWriteText(w)
	w.buf = append(w.buf, '}')
}

// Any writes a google.protobuf.Any: the message in it if the registry has its type.
func (w *TextWriter) Any(url string, value []byte) {
	if m := w.types.NewByURL(url); m != nil && w.depth < MaxDepth && m.UnmarshalBinary(value) == nil {
		w.Name("[" + url + "]")
		w.depth++
		w.Message(m)
		w.depth--
		return
	}
	if url != "" {
		w.Name("type_url")
		w.Quote(url)
	}
	if len(value) > 0 {
		w.Name("value")
		w.hidden(len(value))
	}
}

// Extensions writes the extension fields of a message of that full name.
func (w *TextWriter) Extensions(extendee string, x *Extensions) {
	for i := range x.fields {
		number, raw := x.fields[i].number, x.fields[i].raw
		if t := w.types.extension(extendee, number); t != nil && t.writeText(w, raw) {
			continue
		}
		w.Name("[" + strconv.Itoa(int(number)) + "]")
		w.hidden(len(raw))
	}
}

// Unknown writes how much there is that the contract does not have.
func (w *TextWriter) Unknown(u *Unknown) {
	if u != nil {
		w.Name("?")
		w.hidden(len(u.raw))
	}
}
