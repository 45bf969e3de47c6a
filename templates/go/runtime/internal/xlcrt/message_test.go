package xlcrt

import (
	"errors"
	"math"
	"strings"
	"testing"
)

func TestErrorsReadWell(t *testing.T) {
	for want, err := range map[string]error{
		"xlc: cannot decode `a[2].b[\"k 1\"]` at byte 9: the input ends too early": InElement(
			InField(InEntry(Fail("", 2, failTruncated), "b", "k 1", 3), "", 0), "a", 2, 4),
		"xlc: cannot decode at byte 0: the nesting is deeper than 100 levels":                               TooDeep(),
		"xlc: cannot encode `a.b`: the text is not valid UTF-8":                                             InField(Unencodable("b"), "a", 0),
		"xlc: cannot encode: too large":                                                                     &EncodeError{Reason: "too large"},
		"xlc: required field `a[\"7\"].b` is not set":                                                       InEntry(Missing("b"), "a", int32(7), 0),
		"xlc: cannot decode `p` at byte 1: the length of the packed values is not a multiple of their size": BadPacked("p", 1),
	} {
		if err.Error() != want {
			t.Errorf("%s\n%s", err, want)
		}
	}
	if other := errors.New("other"); InField(other, "a", 1) != other {
		t.Error("an error of something else was changed")
	}
	seen := map[string]bool{}
	for code := failTruncated; code >= failPacked; code-- {
		text := reason(code)
		if text == "malformed" || seen[text] {
			t.Errorf("%d: %s", code, text)
		}
		seen[text] = true
	}
	if reason(-1000) != "malformed" {
		t.Error(reason(-1000))
	}
}

func TestAnEmptyRegistryKnowsNothing(t *testing.T) {
	for _, r := range []*Registry{nil, NewRegistry(), NewRegistry(nil, []Type{})} {
		if r.New("a.B") != nil || r.NewByURL("x/a.B") != nil || r.extension("a.B", 1) != nil {
			t.Error("it knows something")
		}
	}
}

func TestTextOfValues(t *testing.T) {
	var w TextWriter
	w.Name("a")
	w.Int(math.MinInt64)
	w.Name("b")
	w.Uint(math.MaxUint64)
	w.Name("c")
	w.Bool(true)
	w.Name("d")
	w.Float32(0.1)
	for _, v := range []float64{1e300, math.Inf(1), math.Inf(-1), math.NaN(), math.Copysign(0, -1)} {
		w.Name("e")
		w.Float64(v)
	}
	w.Name("f")
	w.Quote("\"\n\xff\x00é")
	w.Name("g")
	w.Redacted()
	w.Unknown(nil)
	w.Unknown(NewUnknown([]byte("abc")))
	const want = `a:-9223372036854775808 b:18446744073709551615 c:true d:0.1 e:1e+300 e:inf e:-inf e:nan e:-0 ` +
		`f:"\"\n\xff\x00é" g:[REDACTED] ?:(3 bytes)`
	if string(w.buf) != want {
		t.Errorf("%s\n%s", w.buf, want)
	}
}

func TestExtensionsAreSetAndRemoved(t *testing.T) {
	var x, y Extensions
	x.set(5, []byte("five"))
	x.set(3, []byte("three"))
	x.set(5, []byte("FIVE"))
	x.set(4, nil)
	if raw, ok := x.raw(5); !ok || string(raw) != "FIVE" || x.Size() != 9 {
		t.Errorf("%s", raw)
	}
	y.Merge(&x)
	y.Merge(&x)
	if raw, _ := y.raw(3); string(raw) != "threethree" || x.Equal(&y) || !x.Equal(&x) {
		t.Errorf("%s", raw)
	}
	if _, ok := y.raw(4); ok {
		t.Error("there is what was not set")
	}
}

func TestItemsOfMessageSets(t *testing.T) {
	const item = "\x10\x07\x1a\x02hi\x0c"
	for input, want := range map[string]string{
		item:                                   "\x3a\x02hi",
		"\x1a\x02hi\x10\x07\x0c":               "\x3a\x02hi",
		"\x10\x07\x1a\x02hi\x1a\x01x\x0c":      "\x3a\x02hi",
		"\x10\x07\x28\x01\x1a\x02hi\x0c":       "\x3a\x02hi",
		"\x10\x07\x0c":                         "",
		"\x1a\x02hi\x0c":                       "",
		"\x10\x80\x80\x80\x80\x08\x1a\x00\x0c": "",
	} {
		var x Extensions
		if end := x.AppendSetItem(input, 0, MaxDepth); end != len(input) {
			t.Errorf("%x was read up to %d", input, end)
		}
		x.Settle()
		raw, _ := x.raw(7)
		if string(raw) != want {
			t.Errorf("%x: %x, not %x", input, raw, want)
		}
		b := make([]byte, x.SetSize())
		if i := x.PutSet(b, len(b)); i != 0 || want != "" && string(b) != "\x0b"+item {
			t.Errorf("%x was written as %x", input, b)
		}
	}
	for _, input := range []string{"", "\x10", "\x10\x07\x1a\x05hi\x0c", "\x10\x07", "\x10\x07\x14", "\x07\x0c", "\x80\x80\x80\x80\x80\x0c"} {
		var x Extensions
		if end := x.AppendSetItem(input, 0, MaxDepth); end >= 0 {
			t.Errorf("%x was read up to %d", input, end)
		}
	}
}

func TestReadersOfJSONRefuse(t *testing.T) {
	for text, read := range map[string]func(r *Reader){
		"":                                 func(r *Reader) { r.Bool() },
		"nul":                              func(r *Reader) { r.Null() },
		"tru":                              func(r *Reader) { r.Bool() },
		"1 ":                               func(r *Reader) { r.IntKey("1.5", 32) },
		"2 ":                               func(r *Reader) { r.UintKey("-1", 32) },
		"3 ":                               func(r *Reader) { r.BoolKey("yes") },
		"[1 2]":                            func(r *Reader) { r.skip(MaxDepth) },
		`{"a" 1}`:                          func(r *Reader) { r.skip(MaxDepth) },
		`{1: 1}`:                           func(r *Reader) { r.skip(MaxDepth) },
		`[1, [2, tru]]`:                    func(r *Reader) { r.skip(MaxDepth) },
		`01`:                               func(r *Reader) { r.skip(MaxDepth) },
		"\x00":                             func(r *Reader) { r.skip(MaxDepth) },
		`"a"`:                              func(r *Reader) { r.Number() },
		`"A_b"`:                            func(r *Reader) { r.FieldMask() },
		`{"value": 1}`:                     func(r *Reader) { r.Any() },
		`{"@type": "x/y"`:                  func(r *Reader) { r.Any() },
		`{"@type": "x/y", "@type": "x/z"}`: func(r *Reader) { r.Any() },
		strings.Repeat("[", 200):           func(r *Reader) { r.skip(MaxDepth) },
		strings.Repeat(`{"a":`, 200) + "1": func(r *Reader) { r.skip(MaxDepth) },
	} {
		r := Reader{s: text}
		if read(&r); r.err == nil {
			t.Errorf("accepted: %s", text)
		}
	}
	for text, read := range map[string]func(r *Reader) bool{
		`{"a": [1, -2.5e3, "x", true, false, null, {}]} `: func(r *Reader) bool { r.skip(MaxDepth); return r.peek() == 0 },
		"null":  func(r *Reader) bool { return r.Null() && !r.Null() },
		`{}`:    func(r *Reader) bool { url, value := r.Any(); return url == "" && value == nil },
		`"a,b"`: func(r *Reader) bool { return len(r.FieldMask()) == 2 },
		`""`:    func(r *Reader) bool { return r.FieldMask() == nil },
	} {
		r := Reader{s: text}
		if !read(&r) || r.err != nil {
			t.Errorf("%s: %v", text, r.err)
		}
	}
}

func TestWritersOfJSONRefuse(t *testing.T) {
	for name, write := range map[string]func(w *Writer){
		"an early timestamp":     func(w *Writer) { w.Timestamp(minTimestamp-1, 0) },
		"a late timestamp":       func(w *Writer) { w.Timestamp(maxTimestamp+1, 0) },
		"negative nanoseconds":   func(w *Writer) { w.Timestamp(0, -1) },
		"a long duration":        func(w *Writer) { w.Duration(maxDuration+1, 0) },
		"a duration of two ways": func(w *Writer) { w.Duration(1, -1) },
		"NaN as a value":         func(w *Writer) { w.Number(math.NaN()) },
		"an unknown type":        func(w *Writer) { w.Any("x/y", nil) },
		"text":                   func(w *Writer) { w.String("\xff") },
	} {
		var w Writer
		if write(&w); w.err == nil {
			t.Errorf("%s was written as %s", name, w.buf)
		}
	}
	var w Writer
	w.Float64(math.Inf(1))
	w.Float64(1e-9)
	w.String("\"\\\b\f\n\r\t\x01")
	w.Number(1.5)
	w.Any("", nil)
	if want := `"Infinity"1e-9"\"\\\b\f\n\r\t\u0001"1.5{}`; string(w.buf) != want || w.err != nil {
		t.Errorf("%s %v", w.buf, w.err)
	}
}
