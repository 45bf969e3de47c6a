package xlcrt

import "encoding/binary"

// Unknown holds the fields of a message that its contract does not have, as they are on the wire and in the order of the
// input. It is behind a pointer that most messages leave nil.
type Unknown struct {
	raw []byte
}

// NewUnknown holds whole fields.
func NewUnknown(raw []byte) *Unknown {
	if len(raw) == 0 {
		return nil
	}
	return &Unknown{raw}
}

// Raw is all fields.
func (u *Unknown) Raw() []byte {
	if u == nil {
		return nil
	}
	return u.raw
}

// Size is the number of bytes.
func (u *Unknown) Size() int {
	if u == nil {
		return 0
	}
	return len(u.raw)
}

// Put writes all fields before position i.
func (u *Unknown) Put(b []byte, i int) int {
	if u == nil {
		return i
	}
	return PutRaw(b, i, u.raw)
}

// Equal compares the bytes.
func (u *Unknown) Equal(o *Unknown) bool { return string(u.Raw()) == string(o.Raw()) }

// Add appends a field as it is on the wire.
func (u *Unknown) Add(raw string) *Unknown {
	if u == nil {
		u = new(Unknown)
	}
	u.raw = append(u.raw, raw...)
	return u
}

// AddVarint appends a varint with its tag.
func (u *Unknown) AddVarint(tag uint32, v uint64) *Unknown {
	u = u.Add("")
	u.raw = binary.AppendUvarint(binary.AppendUvarint(u.raw, uint64(tag)), v)
	return u
}

// AddBytes appends bytes with their tag and length.
func (u *Unknown) AddBytes(tag uint32, v string) *Unknown {
	u = u.AddVarint(tag, uint64(len(v)))
	u.raw = append(u.raw, v...)
	return u
}

// Merge appends copies of the fields of another message.
func (u *Unknown) Merge(o *Unknown) *Unknown {
	if o == nil {
		return u
	}
	return u.Add(string(o.raw))
}
