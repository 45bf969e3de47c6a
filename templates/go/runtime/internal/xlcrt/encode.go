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

// Make makes room for n bytes.
func Make(n int) ([]byte, error) {
	if n > MaxSize {
		return nil, tooLarge()
	}
	return make([]byte, n), nil
}

// Grow makes room for n more bytes behind b.
func Grow(b []byte, n int) ([]byte, error) {
	if n > MaxSize {
		return b, tooLarge()
	}
	end := len(b) + n
	if end <= cap(b) {
		return b[:end], nil
	}
	return append(b, make([]byte, n)...), nil
}

func tooLarge() error {
	return &EncodeError{Reason: "the message is larger than 2 GiB"}
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

// putLongVarint is the rest of PutVarint, without a loop for what fits into four bytes, as most numbers do.
//
//go:noinline
func putLongVarint(b []byte, i int, v uint64) int {
	switch {
	case v < 1<<14:
		i -= 2
		b[i], b[i+1] = byte(v)|0x80, byte(v>>7)
		return i
	case v < 1<<21:
		i -= 3
		into := b[i : i+3]
		into[0], into[1], into[2] = byte(v)|0x80, byte(v>>7)|0x80, byte(v>>14)
		return i
	case v < 1<<28:
		i -= 4
		binary.LittleEndian.PutUint32(b[i:], spread(v)|0x808080)
		return i
	}
	i -= SizeVarint(v)
	into := b[i:]
	binary.LittleEndian.PutUint32(into, spread(v)|0x80808080)
	at := 4
	for v >>= 28; v >= 0x80; v >>= 7 {
		into[at] = byte(v) | 0x80
		at++
	}
	into[at] = byte(v)
	return i
}

// spread puts each seven of the lowest 28 bits into a byte.
func spread(v uint64) uint32 {
	w := uint32(v)
	return w&0x7f | w<<1&0x7f00 | w<<2&0x7f0000 | w<<3&0x7f000000
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
	case n > 16:
		copy(into, v)
		all = word64(v, n-8)
		for w := v; len(w) > 8; w = w[8:] {
			all |= word64(w, 0)
		}
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
