// Package xlcrt is what generated code needs at run time: the wire format, ProtoJSON, and helpers for
// maps, lists and extensions. It is internal: programs use package xlc.
package xlcrt

import (
	"strings"
	"unicode/utf8"
)

// MaxDepth is how deep messages may be nested in input.
const MaxDepth = 100

// Readers take the input as a string and a position in it, and return the position after what they read,
// or a negative number (see Fail). Values of text fields are parts of that string: they cost no allocation.

// Varint reads a varint. Of more than 64 bits it keeps the lowest 64.
func Varint(s string, p int) (uint64, int) {
	if p < len(s) && s[p] < 0x80 {
		return uint64(s[p]), p + 1
	}
	if len(s)-p >= 10 {
		return wholeVarint(s[p:p+10], p)
	}
	var v uint64
	for shift := uint(0); p < len(s); shift += 7 {
		c := s[p]
		p++
		v |= uint64(c&0x7f) << shift
		if c < 0x80 {
			return v, p
		}
	}
	return 0, failTruncated
}

// wholeVarint reads a varint that has room for ten bytes.
func wholeVarint(s string, p int) (uint64, int) {
	_ = s[9]
	v := uint64(s[0]&0x7f) | uint64(s[1]&0x7f)<<7
	if s[1] < 0x80 {
		return v, p + 2
	}
	v |= uint64(s[2]&0x7f) << 14
	if s[2] < 0x80 {
		return v, p + 3
	}
	v |= uint64(s[3]&0x7f) << 21
	if s[3] < 0x80 {
		return v, p + 4
	}
	v |= uint64(s[4]&0x7f) << 28
	if s[4] < 0x80 {
		return v, p + 5
	}
	for i, shift := 5, uint(35); i < 10; i, shift = i+1, shift+7 {
		v |= uint64(s[i]&0x7f) << shift
		if s[i] < 0x80 {
			return v, p + i + 1
		}
	}
	return 0, failVarint
}

// Tag reads the number and wire type of a field.
//
//go:noinline
func Tag(s string, p int) (uint32, int) {
	var v uint64
	for shift := uint(0); shift < 35; shift += 7 {
		if p >= len(s) {
			return 0, failTruncated
		}
		c := s[p]
		p++
		v |= uint64(c&0x7f) << shift
		if c < 0x80 {
			if v > 0xffffffff {
				return 0, failTag
			}
			return uint32(v), p
		}
	}
	return 0, failTag
}

// Fixed32 reads four bytes.
func Fixed32(s string, p int) (uint32, int) {
	if len(s)-p < 4 {
		return 0, failTruncated
	}
	return word32(s, p), p + 4
}

// Fixed64 reads eight bytes.
func Fixed64(s string, p int) (uint64, int) {
	if len(s)-p < 8 {
		return 0, failTruncated
	}
	return word64(s, p), p + 8
}

// Bytes reads a length and as many bytes.
func Bytes(s string, p int) (string, int) {
	if p < len(s) && s[p] < 0x80 {
		end := p + 1 + int(s[p])
		if end > len(s) {
			return "", failTruncated
		}
		return s[p+1 : end], end
	}
	n, p := Varint(s, p)
	if p < 0 {
		return "", p
	}
	if n > uint64(len(s)-p) {
		return "", failTruncated
	}
	end := p + int(n)
	return s[p:end], end
}

// String is Bytes for text that must be UTF-8.
func String(s string, p int) (string, int) {
	u, end := Bytes(s, p)
	if end >= 0 && !isText(u) {
		return "", failUTF8
	}
	return u, end
}

// highBits are the bits that tell other bytes from ASCII.
const highBits = 0x8080808080808080

// isText tells whether text is UTF-8. What is all ASCII, as most short text is, is found out by a few whole words.
func isText(s string) bool {
	n := len(s)
	var all uint64
	switch {
	case n > 128:
		return utf8.ValidString(s)
	case n > 16:
		all = word64(s, n-8)
		for w := s; len(w) > 8; w = w[8:] {
			all |= word64(w, 0)
		}
	case n >= 8:
		all = word64(s, 0) | word64(s, n-8)
	case n >= 4:
		all = uint64(word32(s, 0) | word32(s, n-4))
	case n > 0:
		all = uint64(s[0] | s[n/2] | s[n-1])
	}
	return all&highBits == 0 || utf8.ValidString(s)
}

// word32 is four bytes as a number, the first one lowest.
func word32(s string, p int) uint32 {
	b := s[p : p+4]
	return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24
}

// word64 is eight bytes as a number, the first one lowest: the compiler makes it one instruction.
func word64(s string, p int) uint64 {
	b := s[p : p+8]
	return uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
		uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
}

// Group reads the fields of a group up to its end; tag is the one that began it.
func Group(s string, p int, tag uint32, depth int) (string, int) {
	start := p
	for p < len(s) {
		before := p
		inner, q := Tag(s, p)
		if q < 0 {
			return "", q
		}
		if inner&7 == 4 {
			if inner>>3 != tag>>3 {
				return "", failEndGroup
			}
			return s[start:before], q
		}
		if p = Skip(s, q, inner, depth); p < 0 {
			return "", p
		}
	}
	return "", failGroup
}

// Skip passes over the value of a field whose tag was read.
func Skip(s string, p int, tag uint32, depth int) int {
	if tag>>3 == 0 {
		return failTag
	}
	switch tag & 7 {
	case 0:
		_, p = Varint(s, p)
		return p
	case 1:
		_, p = Fixed64(s, p)
		return p
	case 2:
		_, p = Bytes(s, p)
		return p
	case 3:
		if depth <= 0 {
			return failDepth
		}
		_, p = Group(s, p, tag, depth-1)
		return p
	case 4:
		return failEndGroup
	case 5:
		_, p = Fixed32(s, p)
		return p
	}
	return failWireType
}

// Count tells how many length-delimited fields of the same tag follow one another; the first one's tag is s[start:p].
// It is a hint for an allocation, never more than the input holds.
func Count(s string, start, p int) int {
	tag := s[start:p]
	for n := 1; ; n++ {
		_, p = Bytes(s, p)
		if p < 0 || !strings.HasPrefix(s[p:], tag) {
			return n
		}
		p += len(tag)
	}
}

// CountVarints tells how many varints end in s.
func CountVarints(s string) int {
	n := 0
	for i := 0; i < len(s); i++ {
		n += int(^s[i] >> 7)
	}
	return n
}

// Zigzag32 turns a zig-zag number into a signed one.
func Zigzag32(u uint64) int32 {
	return int32(uint32(u)>>1) ^ -int32(u&1)
}

// Zigzag64 turns a zig-zag number into a signed one.
func Zigzag64(u uint64) int64 {
	return int64(u>>1) ^ -int64(u&1)
}
