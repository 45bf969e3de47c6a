package xlcrt

import (
	"encoding/binary"
	"math/bits"
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

func putLongVarint(b []byte, i int, v uint64) int {
	i -= SizeVarint(v)
	binary.PutUvarint(b[i:], v)
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
func PutBytes[T string | []byte](b []byte, i int, v T) int {
	i -= len(v)
	copy(b[i:], v)
	return PutVarint(b, i, uint64(len(v)))
}

// PutRaw writes bytes without their length.
func PutRaw(b []byte, i int, v []byte) int {
	i -= len(v)
	copy(b[i:], v)
	return i
}

// SizeVarint is the size of a varint.
func SizeVarint(v uint64) int {
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

// AppendVarintField appends a varint with its tag.
func AppendVarintField(b []byte, tag uint32, v uint64) []byte {
	return binary.AppendUvarint(binary.AppendUvarint(b, uint64(tag)), v)
}

// AppendBytesField appends bytes with their tag and length.
func AppendBytesField(b []byte, tag uint32, v string) []byte {
	b = binary.AppendUvarint(binary.AppendUvarint(b, uint64(tag)), uint64(len(v)))
	return append(b, v...)
}
