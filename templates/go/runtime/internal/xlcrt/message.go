package xlcrt

import (
	"strconv"
	"strings"
)

// A Message is a generated message type. The methods whose names begin with XLC are for generated code.
type Message interface {
	// MessageName is the full name in the contract, such as "google.protobuf.Timestamp".
	MessageName() string
	// Size is the number of bytes on the wire.
	Size() int
	// AppendBinary appends the wire format to b.
	AppendBinary(b []byte) ([]byte, error)
	// MarshalBinary is the wire format.
	MarshalBinary() ([]byte, error)
	// UnmarshalBinary replaces the message by what data holds.
	UnmarshalBinary(data []byte) error
	// MergeBinary merges what data holds into the message.
	MergeBinary(data []byte) error
	// Reset makes the message empty.
	Reset()
	// String is for people and logs; it is not stable.
	String() string

	XLCDecode(s string, depth int) error
	XLCWriteJSON(w *Writer)
	XLCReadJSON(r *Reader)
	XLCWriteText(w *Text)
}

// A fieldMessage has a JSON form made of its fields, as against a well-known type with a form of its own.
type fieldMessage interface {
	XLCWriteJSONFields(w *Writer)
}

// A Type is a message type or an extension that a Registry can hold.
type Type interface {
	register(r *Registry)
}

// A Registry knows message types and extensions by their names. Nothing registers itself: a program that
// needs the messages in a google.protobuf.Any, or extensions in JSON, makes a registry of what it expects.
// It is not to be changed once it is in use. A nil Registry is empty.
type Registry struct {
	messages   map[string]func() Message
	extensions map[string]extensionType
	numbers    map[extensionKey]extensionType
}

type extensionKey struct {
	extendee string
	number   int32
}

// NewRegistry makes a registry of lists of types, such as the function Types of each generated package returns.
func NewRegistry(types ...[]Type) *Registry {
	r := &Registry{
		messages:   map[string]func() Message{},
		extensions: map[string]extensionType{},
		numbers:    map[extensionKey]extensionType{},
	}
	for _, list := range types {
		for _, t := range list {
			t.register(r)
		}
	}
	return r
}

// New makes an empty message of a full name, or nil if the registry has no such type.
func (r *Registry) New(name string) Message {
	if r == nil || r.messages[name] == nil {
		return nil
	}
	return r.messages[name]()
}

// NewByURL is New for the type URL of a google.protobuf.Any, which ends in a slash and the full name.
func (r *Registry) NewByURL(url string) Message {
	return r.New(url[strings.LastIndexByte(url, '/')+1:])
}

// A MessageType makes empty messages of a type.
type MessageType func() Message

func (t MessageType) register(r *Registry) {
	r.messages[t().MessageName()] = t
}

// TypeOf is the entry of a message type in a Registry.
func TypeOf[T any, P interface {
	*T
	Message
}]() Type {
	return MessageType(func() Message { return P(new(T)) })
}

// Text is where debug strings are written.
type Text struct {
	buf []byte
}

// Name begins a field; the first one of a message follows no space.
func (w *Text) Name(name string) {
	if n := len(w.buf); n > 0 && w.buf[n-1] != '{' {
		w.buf = append(w.buf, ' ')
	}
	w.buf = append(w.buf, name...)
	w.buf = append(w.buf, ':')
}

// Redacted stands for a value that is to be kept out of logs.
func (w *Text) Redacted() { w.buf = append(w.buf, "[REDACTED]"...) }

// Raw writes text as it is.
func (w *Text) Raw(s string) { w.buf = append(w.buf, s...) }

// Int writes a number.
func (w *Text) Int(v int64) { w.buf = strconv.AppendInt(w.buf, v, 10) }

// Uint writes a number.
func (w *Text) Uint(v uint64) { w.buf = strconv.AppendUint(w.buf, v, 10) }

// Float32 writes a number.
func (w *Text) Float32(v float32) { w.buf = strconv.AppendFloat(w.buf, float64(v), 'g', -1, 32) }

// Float64 writes a number.
func (w *Text) Float64(v float64) { w.buf = strconv.AppendFloat(w.buf, v, 'g', -1, 64) }

// Bool writes true or false.
func (w *Text) Bool(v bool) { w.buf = strconv.AppendBool(w.buf, v) }

// Quote writes text or bytes in quotes.
func (w *Text) Quote(v string) { w.buf = strconv.AppendQuote(w.buf, v) }

// Message writes a message in braces.
func (w *Text) Message(m interface{ XLCWriteText(*Text) }) {
	w.buf = append(w.buf, '{')
	m.XLCWriteText(w)
	w.buf = append(w.buf, '}')
}

// Unknown writes fields that the contract does not have, as their bytes.
func (w *Text) Unknown(raw []byte) {
	if len(raw) > 0 {
		w.Name("?")
		w.Quote(string(raw))
	}
}

// Extensions writes extension fields as their bytes.
func (w *Text) Extensions(x *Extensions) {
	for i := range x.fields {
		w.Name("[" + strconv.Itoa(int(x.fields[i].number)) + "]")
		w.Quote(string(x.fields[i].raw))
	}
}

// TextOf is the debug string of a message.
func TextOf(m interface{ XLCWriteText(*Text) }) string {
	var w Text
	m.XLCWriteText(&w)
	return string(w.buf)
}
