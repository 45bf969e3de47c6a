package xlcrt

import (
	"math"
	"strings"
	"testing"
)

func TestVarints(t *testing.T) {
	for _, v := range []uint64{0, 1, 127, 128, 1<<14 - 1, 1 << 14, 1 << 28, 1 << 35, 1<<63 - 1, math.MaxUint64} {
		b := make([]byte, 12)
		i := PutVarint(b, len(b), v)
		if len(b)-i != SizeVarint(v) {
			t.Errorf("%d has %d bytes, not %d", v, len(b)-i, SizeVarint(v))
		}
		for _, rest := range []string{"", "0123456789"} {
			if u, n := Varint(string(b[i:])+rest, 0); u != v || n != len(b)-i {
				t.Errorf("%d was read as %d up to %d", v, u, n)
			}
		}
		for cut := i; cut < len(b); cut++ {
			if _, n := Varint(string(b[i:cut]), 0); n != failTruncated {
				t.Errorf("%x was read", b[i:cut])
			}
		}
	}
	if _, n := Varint(strings.Repeat("\xff", 11), 0); n != failVarint {
		t.Errorf("a varint of eleven bytes was read up to %d", n)
	}
}

func TestTags(t *testing.T) {
	for text, want := range map[string]int{
		"\x08": 1, "\xf8\xff\xff\xff\x0f": 5, "\x88\x80\x80\x80\x80\x00": failTag, "\x80\x80\x80\x80\x10": failTag, "\x88": failTruncated,
	} {
		if _, n := Tag(text, 0); n != want {
			t.Errorf("%x: %d, not %d", text, n, want)
		}
	}
}

func TestSkipping(t *testing.T) {
	for text, want := range map[string]int{
		"\x08\x05": 2, "\x09........": 9, "\x0a\x02ab": 4, "\x0d....": 5, "\x0b\x08\x05\x0c": 4, "\x0b\x13\x14\x0c": 4,
		"\x0b\x14": failEndGroup, "\x0b\x08\x05": failGroup, "\x0c": failEndGroup, "\x0a\x03ab": failTruncated,
		"\x00\x00": failTag, "\x0e": failWireType, "\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01": failTruncated,
	} {
		tag, p := Tag(text, 0)
		if n := Skip(text, p, tag, MaxDepth); n != want {
			t.Errorf("%x: %d, not %d", text, n, want)
		}
	}
}

func TestZigzag(t *testing.T) {
	for _, v := range []int64{0, -1, 1, math.MinInt32, math.MaxInt32} {
		if Zigzag32(ToZigzag32(int32(v))) != int32(v) || Zigzag64(ToZigzag64(v)) != v {
			t.Errorf("%d changed", v)
		}
	}
	if Zigzag64(ToZigzag64(math.MinInt64)) != math.MinInt64 {
		t.Error("the least number changed")
	}
}

func TestCounting(t *testing.T) {
	if n := Count("\x0a\x01a\x0a\x00\x0a\x02bc\x12\x00\x0a\x00", 0, 1); n != 3 {
		t.Errorf("%d elements", n)
	}
	if n := CountVarints("\x01\x80\x01\xff\xff\x00"); n != 3 {
		t.Errorf("%d varints", n)
	}
}

func TestExtensionsStayInOrder(t *testing.T) {
	var x Extensions
	x.Append(7, "b")
	x.Append(3, "a")
	x.Append(7, "c")
	x.Settle()
	b := make([]byte, x.Size())
	if x.Put(b, len(b), 1, 9) != 0 || string(b) != "abc" {
		t.Errorf("%q", b)
	}
	x.set(7, nil)
	if x.Size() != 1 {
		t.Error("a field was not removed")
	}
}

func TestManyExtensionsInTheWorstOrder(t *testing.T) {
	var x Extensions
	for number := int32(300_000); number > 0; number-- {
		x.Append(number, "x")
	}
	x.Settle()
	if at, found := x.find(1); !found || at != 0 || x.Size() != 300_000 {
		t.Error("fields were lost")
	}
}
