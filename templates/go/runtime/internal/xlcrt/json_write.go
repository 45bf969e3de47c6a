package xlcrt

import (
	"encoding/base64"
	"math"
	"strconv"
	"unicode/utf8"
)

// JSON says how messages become ProtoJSON and are made of it. The zero value is the canonical form.
type JSON struct {
	// Types knows the messages in google.protobuf.Any, and extensions.
	Types *Registry
	// IgnoreUnknown passes over unknown fields and unknown names of enum values when reading.
	IgnoreUnknown bool
	// EmitDefaults also writes fields without presence that have their default value.
	EmitDefaults bool
	// ProtoNames writes fields under the names of the contract instead of lowerCamelCase.
	ProtoNames bool
	// EnumNumbers writes the numbers of enum values instead of their names.
	EnumNumbers bool
}

// Marshal is the message as JSON.
func (j JSON) Marshal(m Message) ([]byte, error) {
	return j.Append(nil, m)
}

// Append appends the message as JSON.
func (j JSON) Append(b []byte, m Message) ([]byte, error) {
	w := Writer{buf: b, start: len(b), types: j.Types, Defaults: j.EmitDefaults, protoNames: j.ProtoNames, enumNumbers: j.EnumNumbers}
	m.XLCWriteJSON(&w)
	if w.err != nil {
		return b, w.err
	}
	return w.buf, nil
}

// AppendJSON appends the message as canonical JSON.
func AppendJSON(b []byte, m interface{ XLCWriteJSON(*Writer) }) ([]byte, error) {
	w := Writer{buf: b, start: len(b)}
	m.XLCWriteJSON(&w)
	if w.err != nil {
		return b, w.err
	}
	return w.buf, nil
}

// A Writer writes JSON. After an error it goes on writing, and the text is thrown away.
type Writer struct {
	buf         []byte
	start       int
	err         error
	types       *Registry
	protoNames  bool
	enumNumbers bool
	// depth counts the messages in google.protobuf.Any around the place: each level decodes all that is in it.
	depth int
	// Defaults asks for fields without presence that have their default value.
	Defaults bool
}

// Fail keeps the first error. Its path is that of the value about to be written.
func (w *Writer) Fail(reason string) {
	if w.err == nil {
		w.err = &EncodeError{Path: jsonPath(string(w.buf[w.start:])), Reason: reason}
	}
}

// Open begins an object.
func (w *Writer) Open() {
	w.buf = append(w.buf, '{')
}

// Close ends an object.
func (w *Writer) Close() {
	w.buf = append(w.buf, '}')
}

// Key begins a member of an object; both names are JSON text without the quotes.
func (w *Writer) Key(json, proto string) {
	if w.protoNames {
		json = proto
	}
	w.Separate('{')
	w.buf = append(w.buf, '"')
	w.buf = append(w.buf, json...)
	w.buf = append(w.buf, '"', ':')
}

// Separate writes a comma unless the object or array has just begun.
func (w *Writer) Separate(opening byte) {
	if w.buf[len(w.buf)-1] != opening {
		w.buf = append(w.buf, ',')
	}
}

// Byte writes a bracket.
func (w *Writer) Byte(c byte) { w.buf = append(w.buf, c) }

// Element begins an element of an array.
func (w *Writer) Element() { w.Separate('[') }

// StringKey begins a map entry.
func (w *Writer) StringKey(key string) {
	w.Separate('{')
	w.String(key)
	w.buf = append(w.buf, ':')
}

// IntKey begins a map entry.
func (w *Writer) IntKey(key int64) {
	w.Separate('{')
	w.Int64(key)
	w.buf = append(w.buf, ':')
}

// UintKey begins a map entry.
func (w *Writer) UintKey(key uint64) {
	w.Separate('{')
	w.Uint64(key)
	w.buf = append(w.buf, ':')
}

// BoolKey begins a map entry.
func (w *Writer) BoolKey(key bool) {
	w.StringKey(strconv.FormatBool(key))
}

// Null writes null.
func (w *Writer) Null() { w.buf = append(w.buf, "null"...) }

// Bool writes true or false.
func (w *Writer) Bool(v bool) { w.buf = strconv.AppendBool(w.buf, v) }

// Int32 writes a number.
func (w *Writer) Int32(v int32) { w.buf = strconv.AppendInt(w.buf, int64(v), 10) }

// Uint32 writes a number.
func (w *Writer) Uint32(v uint32) { w.buf = strconv.AppendUint(w.buf, uint64(v), 10) }

// Int64 writes a number in quotes: JavaScript would round it.
func (w *Writer) Int64(v int64) {
	w.buf = append(w.buf, '"')
	w.buf = strconv.AppendInt(w.buf, v, 10)
	w.buf = append(w.buf, '"')
}

// Uint64 writes a number in quotes: JavaScript would round it.
func (w *Writer) Uint64(v uint64) {
	w.buf = append(w.buf, '"')
	w.buf = strconv.AppendUint(w.buf, v, 10)
	w.buf = append(w.buf, '"')
}

// Float32 writes the shortest number that reads as the same 32 bits.
func (w *Writer) Float32(v float32) { w.float(float64(v), 32) }

// Float64 writes the shortest number that reads as the same 64 bits.
func (w *Writer) Float64(v float64) { w.float(v, 64) }

func (w *Writer) float(v float64, size int) {
	switch {
	case math.IsNaN(v):
		w.buf = append(w.buf, `"NaN"`...)
		return
	case math.IsInf(v, 0):
		if v < 0 {
			w.buf = append(w.buf, `"-Infinity"`...)
		} else {
			w.buf = append(w.buf, `"Infinity"`...)
		}
		return
	}
	w.buf = appendFloat(w.buf, v, size)
}

// appendFloat appends a finite number as JavaScript writes it.
func appendFloat(b []byte, v float64, size int) []byte {
	if v == 0 && math.Signbit(v) {
		// Many readers take -0 for an integer, which has no sign then.
		return append(b, "-0.0"...)
	}
	format := byte('f')
	low := 1e-6
	if size == 32 {
		low = float64(float32(low))
	}
	if abs := math.Abs(v); abs != 0 && (abs < low || abs >= 1e21) {
		format = 'e'
	}
	start := len(b)
	b = strconv.AppendFloat(b, v, format, -1, size)
	if size == 32 {
		toEven(b[start:], v, format)
	}
	// e-9, not e-09.
	if n := len(b); format == 'e' && n >= 4 && b[n-4] == 'e' && b[n-2] == '0' {
		b[n-2] = b[n-1]
		b = b[:n-1]
	}
	return b
}

// toEven replaces the last digit of a float by the one below it if the number lies halfway between the two and that one
// is even. The shortest form is not unique then, and other languages take this one.
func toEven(b []byte, v float64, format byte) {
	digits, point, last := 0, -1, 0
	for i := 0; i < len(b) && b[i] != 'e'; i++ {
		if c := b[i]; c == '.' {
			point = i
		} else if c != '-' && (c != '0' || digits > 0) {
			digits, last = digits+1, i
		}
	}
	if digits < 7 || point < 0 || b[last]&1 == 0 {
		return
	}
	var room [40]byte
	exact := strconv.AppendFloat(room[:0], v, format, last-point+1, 64)
	if exact[last+1] != '5' || exact[last] != b[last]-1 {
		return
	}
	if back, err := strconv.ParseFloat(string(exact), 64); err == nil && back == v {
		b[last]--
	}
}

// Enum writes the name of an enum value, or the number of one without a name.
func (w *Writer) Enum(number int32, name string) {
	if name == "" || w.enumNumbers {
		w.Int32(number)
		return
	}
	w.buf = append(w.buf, '"')
	w.buf = append(w.buf, name...)
	w.buf = append(w.buf, '"')
}

// Bytes writes bytes in base64.
func (w *Writer) Bytes(v []byte) {
	w.buf = append(w.buf, '"')
	at, n := len(w.buf), base64.StdEncoding.EncodedLen(len(v))
	w.buf = append(w.buf, make([]byte, n)...)
	base64.StdEncoding.Encode(w.buf[at:], v)
	w.buf = append(w.buf, '"')
}

// String writes text in quotes.
func (w *Writer) String(v string) {
	if !utf8.ValidString(v) {
		w.Fail(reason(failUTF8))
		v = ""
	}
	w.buf = append(w.buf, '"')
	from := 0
	for i := 0; i < len(v); i++ {
		if c := v[i]; c < ' ' || c == '"' || c == '\\' {
			w.buf = append(w.buf, v[from:i]...)
			w.escape(c)
			from = i + 1
		}
	}
	w.buf = append(w.buf, v[from:]...)
	w.buf = append(w.buf, '"')
}

func (w *Writer) escape(c byte) {
	const hex = "0123456789abcdef"
	switch c {
	case '"', '\\':
		w.buf = append(w.buf, '\\', c)
	case '\b':
		w.buf = append(w.buf, `\b`...)
	case '\f':
		w.buf = append(w.buf, `\f`...)
	case '\n':
		w.buf = append(w.buf, `\n`...)
	case '\r':
		w.buf = append(w.buf, `\r`...)
	case '\t':
		w.buf = append(w.buf, `\t`...)
	default:
		w.buf = append(w.buf, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
	}
}
