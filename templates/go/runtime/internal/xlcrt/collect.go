package xlcrt

import (
	"cmp"
	"math"
	"slices"
	"strconv"
)

// MapKey is a type that keys of map fields have.
type MapKey interface {
	~int32 | ~int64 | ~uint32 | ~uint64 | ~bool | ~string
}

// KeyText is a map key as text, as in JSON.
func KeyText[K MapKey](key K) string {
	switch k := any(key).(type) {
	case string:
		return k
	case bool:
		return strconv.FormatBool(k)
	case int32:
		return strconv.FormatInt(int64(k), 10)
	case int64:
		return strconv.FormatInt(k, 10)
	case uint32:
		return strconv.FormatUint(uint64(k), 10)
	case uint64:
		return strconv.FormatUint(k, 10)
	}
	return ""
}

// A Pair is an entry of a map.
type Pair[K, V any] struct {
	Key   K
	Value V
}

// Room is where the entries of a small map fit in. Most maps are small.
type Room[K, V any] [8]Pair[K, V]

// Pairs is the entries of a map in the order of their keys, in room if they fit.
func Pairs[K int32 | int64 | uint32 | uint64 | string, V any](room *Room[K, V], m map[K]V) []Pair[K, V] {
	if len(m) > len(room) {
		return manyPairs(m)
	}
	n := 0
	for key, value := range m {
		at := n
		for ; at > 0 && key < room[at-1].Key; at-- {
			room[at] = room[at-1]
		}
		room[at].Key, room[at].Value = key, value
		n++
	}
	return room[:n]
}

func manyPairs[K int32 | int64 | uint32 | uint64 | string, V any](m map[K]V) []Pair[K, V] {
	list := make([]Pair[K, V], 0, len(m))
	for key, value := range m {
		list = append(list, Pair[K, V]{key, value})
	}
	slices.SortFunc(list, func(a, b Pair[K, V]) int { return cmp.Compare(a.Key, b.Key) })
	return list
}

// BoolPairs is Pairs for a map by booleans: false comes first.
func BoolPairs[V any](room *Room[bool, V], m map[bool]V) []Pair[bool, V] {
	list := room[:0]
	for _, key := range [...]bool{false, true} {
		if value, ok := m[key]; ok {
			list = append(list, Pair[bool, V]{key, value})
		}
	}
	return list
}

// Float is a type of binary floating-point numbers.
type Float interface{ float32 | float64 }

// SameFloat compares two numbers; all NaN are one.
func SameFloat[T Float](a, b T) bool {
	return a == b || a != a && b != b
}

// IsZero32 tells a positive zero from every other number: that is the default, which is not written.
func IsZero32(v float32) bool { return math.Float32bits(v) == 0 }

// IsZero64 tells a positive zero from every other number: that is the default, which is not written.
func IsZero64(v float64) bool { return math.Float64bits(v) == 0 }

// EqualOptional compares two optional values.
func EqualOptional[T comparable](a, b *T) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}

// EqualOptionalFloat compares two optional numbers.
func EqualOptionalFloat[T Float](a, b *T) bool {
	if a == nil || b == nil {
		return a == b
	}
	return SameFloat(*a, *b)
}

// EqualBytes compares bytes.
func EqualBytes(a, b []byte) bool { return string(a) == string(b) }

// EqualOptionalBytes compares bytes of which nil means absent.
func EqualOptionalBytes(a, b []byte) bool {
	return (a == nil) == (b == nil) && string(a) == string(b)
}

// EqualFloats compares lists of numbers.
func EqualFloats[T Float](a, b []T) bool { return slices.EqualFunc(a, b, SameFloat[T]) }

// EqualBytesList compares lists of bytes.
func EqualBytesList(a, b [][]byte) bool { return slices.EqualFunc(a, b, EqualBytes) }

// A Value is a message that can be compared, and merged into another of its type.
type Value[T any] interface {
	*T
	Equal(*T) bool
	Merge(*T)
}

// EqualMessages compares lists of messages.
func EqualMessages[T any, P Value[T]](a, b []T) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !P(&a[i]).Equal(&b[i]) {
			return false
		}
	}
	return true
}

// EqualMap compares maps by a comparison of their values.
func EqualMap[K comparable, V any](a, b map[K]V, equal func(V, V) bool) bool {
	if len(a) != len(b) {
		return false
	}
	for key, x := range a {
		if y, ok := b[key]; !ok || !equal(x, y) {
			return false
		}
	}
	return true
}

// EqualMessageMap compares maps of messages; nil stands for an empty message.
func EqualMessageMap[K comparable, T any, P Value[T]](a, b map[K]P) bool {
	return EqualMap(a, b, func(x, y P) bool {
		var empty T
		if x == nil {
			x = &empty
		}
		if y == nil {
			y = &empty
		}
		return x.Equal(y)
	})
}

// CopyOptional is a copy of an optional value.
func CopyOptional[T any](v *T) *T {
	if v == nil {
		return nil
	}
	c := *v
	return &c
}

// CopyBytes is a copy of bytes; it is nil only for nil.
func CopyBytes(v []byte) []byte {
	if v == nil {
		return nil
	}
	return append([]byte{}, v...)
}

// AppendBytesList appends copies of bytes to a list.
func AppendBytesList(list, more [][]byte) [][]byte {
	for _, v := range more {
		list = append(list, CopyBytes(v))
	}
	return list
}

// MergeMessage merges an optional message into another.
func MergeMessage[T any, P Value[T]](into, from P) P {
	if from == nil {
		return into
	}
	if into == nil {
		into = new(T)
	}
	into.Merge(from)
	return into
}

// AppendMessages appends copies of messages to a list.
func AppendMessages[T any, P Value[T]](list, more []T) []T {
	list = slices.Grow(list, len(more))
	for i := range more {
		var c T
		P(&c).Merge(&more[i])
		list = append(list, c)
	}
	return list
}

// MergeMap puts the entries of one map into another.
func MergeMap[K comparable, V any](into, from map[K]V) map[K]V {
	if into == nil && from != nil {
		into = make(map[K]V, len(from))
	}
	for key, v := range from {
		into[key] = v
	}
	return into
}

// MergeBytesMap puts copies of the entries of one map into another.
func MergeBytesMap[K comparable](into, from map[K][]byte) map[K][]byte {
	if into == nil && from != nil {
		into = make(map[K][]byte, len(from))
	}
	for key, v := range from {
		into[key] = CopyBytes(v)
	}
	return into
}

// MergeMessageMap puts copies of the entries of one map into another; an entry is replaced, not merged.
func MergeMessageMap[K comparable, T any, P Value[T]](into, from map[K]P) map[K]P {
	if into == nil && from != nil {
		into = make(map[K]P, len(from))
	}
	for key, v := range from {
		c := P(new(T))
		if v != nil {
			c.Merge(v)
		}
		into[key] = c
	}
	return into
}

// OrZero is the value behind a pointer, or the zero value.
func OrZero[T any](v *T) T {
	if v == nil {
		var zero T
		return zero
	}
	return *v
}

// Or is the value behind a pointer, or a default.
func Or[T any](v *T, otherwise T) T {
	if v == nil {
		return otherwise
	}
	return *v
}
