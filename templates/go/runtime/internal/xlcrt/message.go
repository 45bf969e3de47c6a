package xlcrt

import "strings"

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
	// String is for people and logs; Text has options.
	String() string

	XLCDecode(s string, depth int) error
	XLCWriteJSON(w *Writer)
	XLCReadJSON(r *Reader)
	XLCWriteText(w *TextWriter)
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

// extension is the extension of a message under a number, or nil if the registry has none.
func (r *Registry) extension(extendee string, number int32) extensionType {
	if r == nil {
		return nil
	}
	return r.numbers[extensionKey{extendee, number}]
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
