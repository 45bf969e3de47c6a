package xlcrt

import (
	"slices"
	"strings"
)

// Extensions holds the extension fields of a message as they are on the wire, in the order of their numbers.
// They are decoded when a program asks for them, by an Extension that says what they are.
type Extensions struct {
	fields []extensionField
}

type extensionField struct {
	number int32
	// Whole fields, each with its tag, in the order of the input.
	raw []byte
}

func (x *Extensions) find(number int32) (int, bool) {
	return slices.BinarySearchFunc(x.fields, number, func(f extensionField, n int32) int {
		return int(f.number) - int(n)
	})
}

// Append adds a field as it is on the wire, with its tag. Settle must follow before anything else is asked.
func (x *Extensions) Append(number int32, raw string) {
	n := len(x.fields)
	if n == 0 || x.fields[n-1].number != number {
		x.fields = append(x.fields, extensionField{number: number})
		n++
	}
	x.fields[n-1].raw = append(x.fields[n-1].raw, raw...)
}

// Settle brings what was appended into the order of the numbers, in one go: input in a hostile order costs no more.
func (x *Extensions) Settle() {
	byNumber := func(a, b extensionField) int { return int(a.number) - int(b.number) }
	if !slices.IsSortedFunc(x.fields, byNumber) {
		slices.SortStableFunc(x.fields, byNumber)
	}
	kept := 0
	for i := range x.fields {
		if kept > 0 && x.fields[kept-1].number == x.fields[i].number {
			x.fields[kept-1].raw = append(x.fields[kept-1].raw, x.fields[i].raw...)
			continue
		}
		x.fields[kept] = x.fields[i]
		kept++
	}
	x.fields = x.fields[:kept]
}

func (x *Extensions) raw(number int32) ([]byte, bool) {
	if at, found := x.find(number); found {
		return x.fields[at].raw, true
	}
	return nil, false
}

func (x *Extensions) set(number int32, raw []byte) {
	at, found := x.find(number)
	switch {
	case found && len(raw) == 0:
		x.fields = slices.Delete(x.fields, at, at+1)
	case found:
		x.fields[at].raw = raw
	case len(raw) > 0:
		x.fields = slices.Insert(x.fields, at, extensionField{number, raw})
	}
}

// Size is the number of bytes on the wire.
func (x *Extensions) Size() int {
	n := 0
	for i := range x.fields {
		n += len(x.fields[i].raw)
	}
	return n
}

// Put writes the fields with numbers from first to last before position i.
func (x *Extensions) Put(b []byte, i int, first, last int32) int {
	for k := len(x.fields) - 1; k >= 0; k-- {
		if f := &x.fields[k]; first <= f.number && f.number <= last {
			i = PutRaw(b, i, f.raw)
		}
	}
	return i
}

// Equal compares the bytes of all fields.
func (x *Extensions) Equal(y *Extensions) bool {
	return slices.EqualFunc(x.fields, y.fields, func(a, b extensionField) bool {
		return a.number == b.number && string(a.raw) == string(b.raw)
	})
}

// Merge appends the fields of another message.
func (x *Extensions) Merge(y *Extensions) {
	for i := range y.fields {
		x.Append(y.fields[i].number, string(y.fields[i].raw))
	}
	x.Settle()
}

// An Extendable is a message that has extensions.
type Extendable interface {
	XLCExtensions() *Extensions
	MessageName() string
}

// A Holder is the message that would hold an extension as its only field.
type Holder[T any] interface {
	fieldMessage
	MarshalBinary() ([]byte, error)
	UnmarshalBinary(data []byte) error
	XLCReadJSONField(r *Reader, key string, seen []uint64) bool
	XLCWriteText(w *TextWriter)
	XLCValue() T
	XLCSetValue(v T)
}

// An Extension is a field of type T that messages of type M have, though it is declared elsewhere. Messages
// keep it in its encoded form: Get decodes, and Set encodes.
type Extension[M Extendable, T any] struct {
	// Name is the full name in the contract.
	Name string
	// Extendee is the full name of the message that it extends.
	Extendee string
	// Number is the number on the wire.
	Number int32
	// Make makes an empty holder; it is for generated code.
	Make func() Holder[T]
}

// Get is the value of the extension in m, or its default if it is not set. An error means that the message carries
// something else under the number of the extension; its offset counts from the first field of the extension.
func (x Extension[M, T]) Get(m M) (T, error) {
	h := x.Make()
	if raw, ok := m.XLCExtensions().raw(x.Number); ok {
		if err := h.UnmarshalBinary(raw); err != nil {
			return h.XLCValue(), err
		}
	}
	return h.XLCValue(), nil
}

// Has tells whether the extension is set in m.
func (x Extension[M, T]) Has(m M) bool {
	_, ok := m.XLCExtensions().raw(x.Number)
	return ok
}

// Set sets the extension in m. An error means that the value cannot be encoded; m is then unchanged.
func (x Extension[M, T]) Set(m M, v T) error {
	h := x.Make()
	h.XLCSetValue(v)
	raw, err := h.MarshalBinary()
	if err != nil {
		return err
	}
	m.XLCExtensions().set(x.Number, raw)
	return nil
}

// Clear removes the extension from m.
func (x Extension[M, T]) Clear(m M) {
	m.XLCExtensions().set(x.Number, nil)
}

// An extensionType is an Extension without its type parameters.
type extensionType interface {
	number() int32
	writeJSON(w *Writer, raw []byte)
	writeText(w *TextWriter, raw []byte) bool
	readJSON(r *Reader, key string) []byte
}

func (x Extension[M, T]) register(r *Registry) {
	r.extensions[x.Extendee+" "+x.Name] = x
	r.numbers[extensionKey{x.Extendee, x.Number}] = x
}

func (x Extension[M, T]) number() int32 { return x.Number }

func (x Extension[M, T]) writeJSON(w *Writer, raw []byte) {
	h := x.Make()
	if err := h.UnmarshalBinary(raw); err != nil {
		w.Fail("the extension `" + x.Name + "` is malformed: " + err.Error())
		return
	}
	h.XLCWriteJSONFields(w)
}

// writeText writes the extension; false if it is malformed.
func (x Extension[M, T]) writeText(w *TextWriter, raw []byte) bool {
	h := x.Make()
	if h.UnmarshalBinary(raw) != nil {
		return false
	}
	h.XLCWriteText(w)
	return true
}

func (x Extension[M, T]) readJSON(r *Reader, key string) []byte {
	h := x.Make()
	var seen [1]uint64
	h.XLCReadJSONField(r, key, seen[:])
	if r.err != nil {
		return nil
	}
	raw, err := h.MarshalBinary()
	if err != nil {
		r.Fail(err.Error())
	}
	return raw
}

// WriteExtensions writes those extensions of a message that the registry knows.
func (w *Writer) WriteExtensions(extendee string, x *Extensions) {
	for i := range x.fields {
		field := &x.fields[i]
		if t := w.types.extension(extendee, field.number); t != nil {
			t.writeJSON(w, field.raw)
		}
	}
}

// ReadExtension reads the value of a key in brackets into x; false means that it is not known.
func (r *Reader) ReadExtension(key, extendee string, x *Extensions) bool {
	if r.types == nil || !strings.HasPrefix(key, "[") || !strings.HasSuffix(key, "]") {
		return false
	}
	t := r.types.extensions[extendee+" "+key[1:len(key)-1]]
	if t == nil {
		return false
	}
	if _, twice := x.raw(t.number()); twice {
		r.Fail("the field occurs twice")
		return true
	}
	x.set(t.number(), t.readJSON(r, key))
	return true
}

// The fields of an item of a message set, by their tags.
const (
	setItemStart   = 1<<3 | 3
	setItemEnd     = 1<<3 | 4
	setItemType    = 2 << 3
	setItemMessage = 3<<3 | 2
)

// IsSetItem tells whether a tag begins an item of a message set.
func IsSetItem(tag uint32) bool { return tag == setItemStart }

// AppendSetItem adds an item of a message set; s[p:] follows the tag that began it.
func (x *Extensions) AppendSetItem(s string, p, depth int) int {
	item, end := Group(s, p, setItemStart, depth)
	if end < 0 {
		return end
	}
	number, value, known := uint64(0), "", false
	for p := 0; p < len(item); {
		tag, q := Tag(item, p)
		if q < 0 {
			return q
		}
		switch {
		case tag == setItemType && number == 0:
			number, p = Varint(item, q)
		case tag == setItemMessage && !known:
			value, p = Bytes(item, q)
			known = true
		default:
			p = Skip(item, q, tag, depth)
		}
		if p < 0 {
			return p
		}
	}
	if number == 0 || number > 1<<31-1 || !known {
		return end
	}
	tag := number<<3 | 2
	field := make([]byte, SizeVarint(tag)+SizeBytes(len(value)))
	PutVarint(field, PutString(field, len(field), value), tag)
	x.Append(int32(number), string(field))
	return end
}

// SetSize is the number of bytes of all fields as items of a message set.
func (x *Extensions) SetSize() int {
	n := 0
	for i := range x.fields {
		eachSetItem(&x.fields[i], func(value string) {
			n += 4 + SizeVarint(uint64(x.fields[i].number)) + SizeBytes(len(value))
		})
	}
	return n
}

// PutSet writes all fields as items of a message set.
func (x *Extensions) PutSet(b []byte, i int) int {
	for k := len(x.fields) - 1; k >= 0; k-- {
		number := x.fields[k].number
		var values []string
		eachSetItem(&x.fields[k], func(value string) { values = append(values, value) })
		for j := len(values) - 1; j >= 0; j-- {
			value := values[j]
			i--
			b[i] = setItemEnd
			i = PutString(b, i, value)
			i--
			b[i] = setItemMessage
			i = PutVarint(b, i, uint64(number))
			i -= 2
			b[i], b[i+1] = setItemStart, setItemType
		}
	}
	return i
}

func eachSetItem(field *extensionField, do func(value string)) {
	raw := string(field.raw)
	for p := 0; p < len(raw); {
		_, q := Tag(raw, p)
		if q < 0 {
			return
		}
		value, end := Bytes(raw, q)
		if end < 0 {
			return
		}
		do(value)
		p = end
	}
}
