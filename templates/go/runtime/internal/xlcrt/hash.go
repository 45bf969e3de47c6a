package xlcrt

import (
	"hash/maphash"
	"math"
)

// Hash functions add values to a hash such that equal values add the same.

// HashInt adds an integer, an enum, a boolean as 0 or 1, or the number of a field.
func HashInt(h *maphash.Hash, v uint64) {
	var b [8]byte
	for i := range b {
		b[i] = byte(v >> (8 * i))
	}
	h.Write(b[:])
}

// HashBool adds a boolean.
func HashBool(h *maphash.Hash, v bool) {
	if v {
		h.WriteByte(1)
	} else {
		h.WriteByte(0)
	}
}

// HashFloat adds a number: both zeros are one, and so are all NaN.
func HashFloat(h *maphash.Hash, v float64) {
	switch {
	case v == 0:
		HashInt(h, 0)
	case v != v:
		HashInt(h, math.Float64bits(math.NaN()))
	default:
		HashInt(h, math.Float64bits(v))
	}
}

// HashString adds text.
func HashString(h *maphash.Hash, v string) {
	HashInt(h, uint64(len(v)))
	h.WriteString(v)
}

// HashBytes adds bytes.
func HashBytes(h *maphash.Hash, v []byte) {
	HashInt(h, uint64(len(v)))
	h.Write(v)
}

// HashMessage adds a message and its end.
func HashMessage(h *maphash.Hash, m interface{ Hash(h *maphash.Hash) }) {
	m.Hash(h)
	HashInt(h, 0)
}

// Hash adds the fields as they are on the wire.
func (x *Extensions) Hash(h *maphash.Hash) {
	for i := range x.fields {
		HashInt(h, uint64(x.fields[i].number))
		HashBytes(h, x.fields[i].raw)
	}
}

// Hash adds the fields as they are on the wire.
func (u *Unknown) Hash(h *maphash.Hash) {
	if u.Size() > 0 {
		HashBytes(h, u.raw)
	}
}
