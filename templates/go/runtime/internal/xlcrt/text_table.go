package xlcrt

import (
	"sort"
	"strings"
)

// A TextKind is what a field holds, as the text format and the wire tell it.
type TextKind uint8

// The kinds of fields. Text must be UTF-8, and a String need not be.
const (
	TextDouble TextKind = iota + 1
	TextFloat
	TextInt32
	TextInt64
	TextUint32
	TextUint64
	TextSint32
	TextSint64
	TextFixed32
	TextFixed64
	TextSfixed32
	TextSfixed64
	TextBool
	TextText
	TextString
	TextBytes
	TextEnum
	TextMessage
	TextGroup
)

// wire is the wire type of a value.
func (k TextKind) wire() uint32 {
	switch k {
	case TextDouble, TextFixed64, TextSfixed64:
		return 1
	case TextText, TextString, TextBytes, TextMessage:
		return 2
	case TextGroup:
		return 3
	case TextFloat, TextFixed32, TextSfixed32:
		return 5
	}
	return 0
}

func (k TextKind) isMessage() bool { return k == TextMessage || k == TextGroup }

// A TextTable tells what the text format calls the fields of a message. Reading and writing go by it, between text and
// the wire format.
type TextTable struct {
	// Name is the full name of the message.
	Name string
	// Any says that it is google.protobuf.Any.
	Any bool
	// Set says that it is a message set.
	Set bool
	// Reserved are names of former fields, which are passed over.
	Reserved []string
	// Fields are the fields by number.
	Fields []TextField
}

// A TextField is a field of a TextTable.
type TextField struct {
	Name string
	// Alias is another name that is read, but not written: that of the field of a group, or of the type of an item of a
	// message set.
	Alias  string
	Number int32
	Kind   TextKind
	// Key is the kind of the keys of a map, whose values are of Kind.
	Key TextKind
	// List says that there may be several values.
	List bool
	// Oneof is the oneof that the field is a member of, counted from 1.
	Oneof int
	// Enum has the names of the values of an enum.
	Enum TextNames
	// Message is the type of a message.
	Message TextTyped
}

// A TextTyped is a message type with a TextTable.
type TextTyped interface {
	XLCText() *TextTable
}

// TextNames are the names of an enum's values.
type TextNames interface {
	// named is the name of a number, empty if it has none.
	named(number int32) string
	// numbered is the number of a name.
	numbered(name string) (int32, bool)
	// closed tells whether numbers without a name are refused.
	closed() bool
}

// An OpenEnum has the names of an enum that takes all numbers.
type OpenEnum[E NamedEnum] struct{}

// A NamedEnum is a generated enum type.
type NamedEnum interface {
	Enum
	XLCName() string
}

func (OpenEnum[E]) named(number int32) string { return E(number).XLCName() }

func (OpenEnum[E]) numbered(name string) (int32, bool) { return E(0).XLCNumber(name) }

func (OpenEnum[E]) closed() bool { return false }

// A ClosedEnum has the names of an enum that takes no other numbers.
type ClosedEnum[E NamedEnum] struct{ OpenEnum[E] }

func (ClosedEnum[E]) closed() bool { return true }

// byNumber is the field of a number, nil if there is none.
func (t *TextTable) byNumber(number uint32) *TextField {
	at := sort.Search(len(t.Fields), func(i int) bool { return uint32(t.Fields[i].Number) >= number })
	if at < len(t.Fields) && uint32(t.Fields[at].Number) == number {
		return &t.Fields[at]
	}
	return nil
}

// byName is the index of the field of a name, -1 if there is none. Text is mostly in the order of the fields, so the
// search begins behind the last one that was found.
func (t *TextTable) byName(name string, last int) int {
	if name == "" {
		return -1
	}
	for k := range t.Fields {
		at := (last + 1 + k) % len(t.Fields)
		if f := &t.Fields[at]; f.Name == name || f.Alias == name {
			return at
		}
	}
	return -1
}

// entry is the table of the entries of a map.
func (f *TextField) entry() TextTable {
	value := TextField{Name: "value", Number: 2, Kind: f.Kind, Enum: f.Enum, Message: f.Message}
	return TextTable{Fields: []TextField{{Name: "key", Number: 1, Kind: f.Key}, value}}
}

// A textExtension is an extension with its field in the text format.
type textExtension interface {
	number() int32
	text() *TextField
	canonical(raw []byte) ([]byte, error)
}

// text is the field of the extension, whose name is in brackets.
func (x Extension[M, T]) text() *TextField {
	if h, ok := any(x.Make()).(TextTyped); ok {
		return &h.XLCText().Fields[0]
	}
	return nil
}

// canonical is the extension as it is written, given how it was read or put together.
func (x Extension[M, T]) canonical(raw []byte) ([]byte, error) {
	h := x.Make()
	if err := h.UnmarshalBinary(raw); err != nil {
		return nil, err
	}
	return h.MarshalBinary()
}

// asText is an extension of a registry with its field; nil for nil.
func asText(t extensionType) (textExtension, *TextField) {
	if x, ok := t.(textExtension); ok {
		if f := x.text(); f != nil {
			return x, f
		}
	}
	return nil, nil
}

// byText is the extension that the text of a message has in brackets under a name; nil for nil. What is no extension's
// name is the type of an item of a message set.
func (r *Registry) byText(t *TextTable, name string) (textExtension, *TextField) {
	if r == nil {
		return nil, nil
	}
	known := r.extensions[t.Name+" "+name]
	if known != nil || !t.Set {
		return asText(known)
	}
	for key, item := range r.extensions {
		// The type declares the extension itself.
		if !strings.HasPrefix(key, t.Name+" "+name+".") || known != nil && known.number() < item.number() {
			continue
		}
		if _, f := asText(item); f != nil && f.Alias == "["+name+"]" {
			known = item
		}
	}
	return asText(known)
}

// Prototext says how messages become protobuf's text format and are made of it. The zero value writes a field on each
// line.
type Prototext struct {
	// Types knows the messages in google.protobuf.Any, and extensions.
	Types *Registry
	// SingleLine writes all fields on one line.
	SingleLine bool
	// EmitUnknown also writes what the contract does not have, by number. It cannot be read back.
	EmitUnknown bool
	// IgnoreUnknown passes over unknown fields when reading.
	IgnoreUnknown bool
}
