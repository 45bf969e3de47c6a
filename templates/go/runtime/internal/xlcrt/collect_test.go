package xlcrt

import (
	"math"
	"strconv"
	"testing"
)

func TestPairsAreInTheOrderOfTheirKeys(t *testing.T) {
	for _, n := range []int{0, 1, 2, 7, 8, 9, 1000} {
		numbers, texts := map[int32]int{}, map[string]int{}
		for i := 0; i < n; i++ {
			numbers[int32(i*11%n)-500] = i
			texts[strconv.Itoa(i)] = i
		}
		var small Room[int32, int]
		var words Room[string, int]
		list, names := Pairs(&small, numbers), Pairs(&words, texts)
		if len(list) != n || len(names) != n {
			t.Fatalf("%d and %d of %d", len(list), len(names), n)
		}
		for i := range list {
			if numbers[list[i].Key] != list[i].Value || texts[names[i].Key] != names[i].Value {
				t.Error("a value has another key")
			}
			if i > 0 && (list[i-1].Key >= list[i].Key || names[i-1].Key >= names[i].Key) {
				t.Errorf("%v before %v", list[i-1], list[i])
			}
		}
	}
	var room Room[bool, string]
	if list := BoolPairs(&room, map[bool]string{true: "t", false: "f"}); len(list) != 2 || list[0].Key || list[1].Value != "t" {
		t.Errorf("%v", list)
	}
	if list := BoolPairs(&room, map[bool]string{true: "t"}); len(list) != 1 || !list[0].Key {
		t.Errorf("%v", list)
	}
}

func TestKeysAsText(t *testing.T) {
	for text, want := range map[string]string{
		KeyText("a"): "a", KeyText(true): "true", KeyText(int32(-1)): "-1", KeyText(int64(math.MinInt64)): "-9223372036854775808",
		KeyText(uint32(1)): "1", KeyText(uint64(math.MaxUint64)): "18446744073709551615",
	} {
		if text != want {
			t.Errorf("%s, not %s", text, want)
		}
	}
}

func TestEqualityOfFloats(t *testing.T) {
	nan, negative := math.NaN(), math.Copysign(0, -1)
	if !SameFloat(nan, nan) || SameFloat(nan, 0) || !EqualFloats([]float64{nan, 1}, []float64{nan, 1}) {
		t.Error("NaN is not itself")
	}
	if IsZero64(negative) || !IsZero64(0) || IsZero32(float32(negative)) || !IsZero32(0) {
		t.Error("a zero is taken for another")
	}
	if !EqualOptionalFloat(&nan, &nan) || EqualOptionalFloat(&nan, nil) || !EqualOptionalFloat[float64](nil, nil) {
		t.Error("optional numbers")
	}
}

func TestEqualityOfValues(t *testing.T) {
	one, other := 1, 1
	if !EqualOptional(&one, &other) || EqualOptional(&one, nil) || !EqualOptional[int](nil, nil) {
		t.Error("optional values")
	}
	if !EqualBytes(nil, []byte{}) || EqualOptionalBytes(nil, []byte{}) || !EqualOptionalBytes([]byte{1}, []byte{1}) {
		t.Error("bytes")
	}
	if !EqualBytesList([][]byte{nil}, [][]byte{{}}) || EqualBytesList([][]byte{{1}}, [][]byte{{2}}) {
		t.Error("lists of bytes")
	}
	same := func(a, b int) bool { return a == b }
	if !EqualMap(map[int]int{1: 1}, map[int]int{1: 1}, same) || EqualMap(map[int]int{1: 1}, map[int]int{2: 1}, same) ||
		EqualMap(map[int]int{1: 1}, map[int]int{1: 2}, same) || EqualMap(map[int]int{1: 1}, nil, same) {
		t.Error("maps")
	}
}

// number is the least that can be a message.
type number struct{ v int }

func (n *number) Equal(o *number) bool { return n.v == o.v }
func (n *number) Merge(o *number)      { n.v += o.v }

func TestMessages(t *testing.T) {
	if !EqualMessages([]number{{1}}, []number{{1}}) || EqualMessages([]number{{1}}, []number{{2}}) || EqualMessages([]number{{1}}, nil) {
		t.Error("lists")
	}
	if !EqualMessageMap(map[int]*number{1: nil}, map[int]*number{1: {}}) || EqualMessageMap(map[int]*number{1: nil}, map[int]*number{1: {1}}) {
		t.Error("maps")
	}
	if m := MergeMessage(nil, &number{1}); m.v != 1 {
		t.Error("merged into nothing")
	}
	into := &number{1}
	if MergeMessage(into, nil) != into || MergeMessage(into, &number{2}) != into || into.v != 3 {
		t.Error("merged into another")
	}
	if list := AppendMessages([]number{{1}}, []number{{2}}); len(list) != 2 || list[1].v != 2 {
		t.Error(list)
	}
	from := map[int]*number{1: {5}, 2: nil}
	merged := MergeMessageMap(map[int]*number{1: {7}}, from)
	if merged[1].v != 5 || merged[1] == from[1] || merged[2] == nil {
		t.Error(merged)
	}
	if MergeMessageMap[int, number](nil, nil) != nil {
		t.Error("a map was made of nothing")
	}
}

func TestCopies(t *testing.T) {
	if MergeMap[int, int](nil, nil) != nil || MergeMap(nil, map[int]int{1: 2})[1] != 2 || MergeMap(map[int]int{1: 1}, map[int]int{1: 2})[1] != 2 {
		t.Error("maps")
	}
	raw := map[int][]byte{1: {1}}
	if c := MergeBytesMap(nil, raw); &c[1][0] == &raw[1][0] || c[1][0] != 1 || MergeBytesMap[int](nil, nil) != nil {
		t.Error("maps of bytes")
	}
	if list := AppendBytesList(nil, [][]byte{{1}}); &list[0][0] == &raw[1][0] || len(list) != 1 {
		t.Error("lists of bytes")
	}
	if CopyBytes(nil) != nil || CopyBytes([]byte{}) == nil || CopyOptional[int](nil) != nil || *CopyOptional(new(int)) != 0 {
		t.Error("optional values")
	}
	if OrZero[int](nil) != 0 || OrZero(&[]int{3}[0]) != 3 || Or(nil, 4) != 4 || Or(&[]int{3}[0], 4) != 3 {
		t.Error("defaults")
	}
}

func TestUnknownFields(t *testing.T) {
	var u *Unknown
	if u.Raw() != nil || u.Size() != 0 || u.Put(nil, 3) != 3 || !u.Equal(nil) || u.Merge(nil) != nil || NewUnknown(nil) != nil {
		t.Error("nothing is something")
	}
	u = u.Add("\x08\x01").AddVarint(2<<3, 300).AddBytes(3<<3|2, "ab")
	if string(u.Raw()) != "\x08\x01\x10\xac\x02\x1a\x02ab" || u.Size() != 9 {
		t.Errorf("%x", u.Raw())
	}
	b := make([]byte, 10)
	if i := u.Put(b, len(b)); i != 1 || string(b[1:]) != string(u.Raw()) {
		t.Errorf("%x", b)
	}
	c := NewUnknown([]byte("x")).Merge(u)
	if string(c.Raw()) != "x"+string(u.Raw()) || c.Equal(u) {
		t.Errorf("%x", c.Raw())
	}
}

func TestSparesGrowWithTheirList(t *testing.T) {
	const count = 100
	var spare Spare[int]
	made, before := 0, 0
	for k := 0; k < count; k++ {
		if before = len(spare); before == 0 {
			made++
		}
		*spare.New(SpareSize(count, count-k)) = k
		if len(spare) > maxSpare || len(spare) > count-k {
			t.Fatalf("%d spares after %d of %d", len(spare), k, count)
		}
	}
	if made > 12 || len(spare) != 0 {
		t.Errorf("%d allocations, %d left", made, len(spare))
	}
	if list := Extend([]int{1}, 2); len(list) != 3 || list[2] != 0 || len(Extend[int](nil, 0)) != 0 {
		t.Error(list)
	}
	stale := append(make([]int, 0, 4), 1, 2, 3)[:1]
	if list := Extend(stale, 2); list[1] != 0 || list[2] != 0 {
		t.Error("what was there before is still there")
	}
}
