package xlcrt

import (
	"encoding/binary"
	"math/bits"
	"unicode/utf8"
)

// MaxSize is the size in bytes that no message may exceed on the wire.
const MaxSize = 1<<31 - 1

// Writers fill a buffer from its end: they write before position i and return the position of the first byte
// written. So the length of a nested message is known when its length is written.

// Grow makes room for n more bytes behind b.
func Grow(b []byte, n int) ([]byte, error) {
	if n > MaxSize {
		return b, &EncodeError{Reason: "the message is larger than 2 GiB"}
	}
	end := len(b) + n
	if end <= cap(b) {
		return b[:end], nil
	}
	if b == nil {
		return make([]byte, n), nil
	}
	return append(b, make([]byte, n)...), nil
}

// PutVarint writes a varint.
func PutVarint(b []byte, i int, v uint64) int {
	if v < 0x80 {
		i--
		b[i] = byte(v)
		return i
	}
	return putLongVarint(b, i, v)
}

//go:noinline
func putLongVarint(b []byte, i int, v uint64) int {
	if v < 1<<14 {
		i -= 2
		b[i], b[i+1] = byte(v)|0x80, byte(v>>7)
		return i
	}
	i -= SizeVarint(v)
	at := i
	for ; v >= 0x80; v >>= 7 {
		b[at] = byte(v) | 0x80
		at++
	}
	b[at] = byte(v)
	return i
}

// PutFixed32 writes four bytes.
func PutFixed32(b []byte, i int, v uint32) int {
	i -= 4
	binary.LittleEndian.PutUint32(b[i:], v)
	return i
}

// PutFixed64 writes eight bytes.
func PutFixed64(b []byte, i int, v uint64) int {
	i -= 8
	binary.LittleEndian.PutUint64(b[i:], v)
	return i
}

// PutBool writes one byte.
func PutBool(b []byte, i int, v bool) int {
	i--
	b[i] = 0
	if v {
		b[i] = 1
	}
	return i
}

// PutBytes writes bytes, and their length before them.
func PutBytes(b []byte, i int, v []byte) int {
	i -= len(v)
	copy(b[i:], v)
	return PutVarint(b, i, uint64(len(v)))
}

// PutString writes text that need not be UTF-8, and its length before it.
func PutString(b []byte, i int, v string) int {
	i -= len(v)
	copy(b[i:], v)
	return PutVarint(b, i, uint64(len(v)))
}

// PutText writes text, its length before it, and before that the last byte of the tag. It returns a negative number if
// the text is not UTF-8. Short text is looked at while it is copied.
func PutText(b []byte, i int, tag byte, v string) int {
	n := len(v)
	i -= n
	into := b[i : i+n]
	var all uint64
	switch {
	case n > 128:
		copy(into, v)
		all = highBits
	case n > 32:
		for k := 0; k < n-8; k += 8 {
			all |= move64(into, v, k)
		}
		all |= move64(into, v, n-8)
	case n > 16:
		all = move64(into, v, 0) | move64(into, v, 8) | move64(into, v, n-16) | move64(into, v, n-8)
	case n >= 8:
		all = move64(into, v, 0) | move64(into, v, n-8)
	case n >= 4:
		first, last := word32(v, 0), word32(v, n-4)
		binary.LittleEndian.PutUint32(into, first)
		binary.LittleEndian.PutUint32(into[n-4:], last)
		all = uint64(first | last)
	case n > 0:
		first, middle, last := v[0], v[n/2], v[n-1]
		into[0], into[n/2], into[n-1] = first, middle, last
		all = uint64(first | middle | last)
	}
	if all&highBits != 0 && !utf8.ValidString(v) {
		return failUTF8
	}
	if n < 0x80 {
		i -= 2
		b[i], b[i+1] = tag, byte(n)
		return i
	}
	i = putLongVarint(b, i, uint64(n)) - 1
	b[i] = tag
	return i
}

// move64 copies eight bytes and returns them; words that overlap make up any length.
func move64(into []byte, v string, k int) uint64 {
	word := word64(v, k)
	binary.LittleEndian.PutUint64(into[k:], word)
	return word
}

// PutRaw writes bytes without their length.
func PutRaw(b []byte, i int, v []byte) int {
	i -= len(v)
	copy(b[i:], v)
	return i
}

// SizeVarint is the size of a varint.
func SizeVarint(v uint64) int {
	if v < 0x80 {
		return 1
	}
	return (9*bits.Len64(v) + 64) / 64
}

// SizeBytes is the size of n bytes with their length before them.
func SizeBytes(n int) int {
	return SizeVarint(uint64(n)) + n
}

// ToZigzag32 turns a signed number into a zig-zag one.
func ToZigzag32(v int32) uint64 {
	return uint64(uint32(v)<<1 ^ uint32(v>>31))
}

// ToZigzag64 turns a signed number into a zig-zag one.
func ToZigzag64(v int64) uint64 {
	return uint64(v)<<1 ^ uint64(v>>63)
}
