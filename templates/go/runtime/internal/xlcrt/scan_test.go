package xlcrt

import (
	"math"
	"strings"
	"testing"
)

func scan(text string) *textScanner { return &textScanner{s: text} }

func TestTextIntegers(t *testing.T) {
	for text, want := range map[string]int64{
		"0": 0, "- 0": 0, "-1": -1, "007": 7, "0x7f": 127, "0XfF": 255, " #c\n-\t0x8": -8, "2147483647": math.MaxInt32,
		"-2147483648": math.MinInt32, "-020000000000": math.MinInt32, "1;": 1, "1[": 1, "1-2": 1,
	} {
		if r := scan(text); int64(r.integer(true, 32)) != want || r.err != nil {
			t.Errorf("%q: %v", text, r.err)
		}
	}
	for _, text := range []string{
		"", "-", "+1", "08", "0x", "0xg", "1_0", "1.0", "1e3", "1f", "2147483648", "-2147483649", "99999999999999999999", "--1", "1a", "'1'", "١",
	} {
		if r := scan(text); r.integer(true, 32) != 0 || r.err == nil {
			t.Errorf("%q was read", text)
		}
	}
	if r := scan("0xffffffffffffffff"); r.integer(false, 64) != math.MaxUint64 || r.err != nil {
		t.Error(r.err)
	}
	if r := scan("-0"); r.integer(false, 64) != 0 || r.err == nil {
		t.Error("-0 was read as an unsigned number")
	}
}

func TestTextFloats(t *testing.T) {
	for text, want := range map[string]float64{
		"0": 0, "1": 1, "-1.5": -1.5, "1.": 1, ".5": 0.5, "1e3": 1000, "1.5E+3f": 1500, "2F": 2, "1e-2": 0.01, "- inf": math.Inf(-1),
		"INFINITY": math.Inf(1), "1e999": math.Inf(1), "-1e999": math.Inf(-1), "1e-999": 0, "18446744073709551616": 1 << 64,
	} {
		if r := scan(text); r.float(64) != want || r.err != nil {
			t.Errorf("%q: %v", text, r.err)
		}
	}
	if r := scan("-NaN"); !math.IsNaN(r.float(64)) || r.err != nil {
		t.Error(r.err)
	}
	if r := scan("-0"); !math.Signbit(r.float(64)) || r.err != nil {
		t.Error(r.err)
	}
	for _, text := range []string{
		"", ".", "-", "01", "00.5", "0x1", "0x1p3", "1e", "1e+", "1e+-1", "e1", "1ff", "inff", "nanf", "1_0", "1..5", "+1", ".e1", "'1'",
	} {
		if r := scan(text); r.float(64) != 0 || r.err == nil {
			t.Errorf("%q was read", text)
		}
	}
}

func TestTextStrings(t *testing.T) {
	for text, want := range map[string]string{
		`"a'b"`: "a'b", `'a"b'`: `a"b`, `"" 'x' # c` + "\n" + `"y"`: "xy", `'\a\b\f\n\r\t\v\?\\\'\"'`: "\a\b\f\n\r\t\v?\\'\"",
		`"\0\12\1234\x4\x41a\X42"`: "\x00\nS4\x04AaB", `"\u00e9\U0001F388"`: "é🎈", `"é"`: "é", `"\303\251"`: "é",
	} {
		if r := scan(text); r.text(true) != want || r.err != nil {
			t.Errorf("%s: %v", text, r.err)
		}
	}
	if r := scan(`"\377"`); r.text(false) != "\xff" || r.err != nil {
		t.Error(r.err)
	}
	for _, text := range []string{
		``, `a`, `"`, `"a`, `"a'`, "'a\nb'", `"\`, `"\q"`, `"\400"`, `"\x"`, `"\xg"`, `"\u12"`, `"\u12g4"`, `"\ud800"`, `"\udc00"`,
		`"\ud83c\udf88"`, `"\U0000d800"`, `"\U00110000"`, `"\U0010ffff`, `"\377"`, `"\u"`,
	} {
		if r := scan(text); r.text(true) != "" || r.err == nil {
			t.Errorf("%s was read", text)
		}
	}
}

func TestTextBooleans(t *testing.T) {
	for text, want := range map[string]bool{
		"true": true, "True": true, "t": true, "1": true, "0x1": true, "01": true, "false": false, "False": false, "f": false, "0": false, "00": false,
	} {
		if r := scan(text); r.boolean() != want || r.err != nil {
			t.Errorf("%s: %v", text, r.err)
		}
	}
	for _, text := range []string{"", "TRUE", "T", "yes", "2", "-1", "-0", "truer", "-t", "1.0", "'true'"} {
		if r := scan(text); r.boolean() || r.err == nil {
			t.Errorf("%s was read", text)
		}
	}
}

func TestTextNames(t *testing.T) {
	for text, want := range map[string]string{
		"[a.b.C]": "a.b.C", "[ a . b #c\n ]": "a.b", "[type.googleapis.com/a.B]": "type.googleapis.com/a.B", "[a/b/c.D]": "a/b/c.D",
		"[x%2f-~!$&()*+,;=/a]": "x%2f-~!$&()*+,;=/a",
	} {
		if r := scan(text); r.bracketed() != want || r.err != nil {
			t.Errorf("%s: %v", text, r.err)
		}
	}
	for _, text := range []string{"[]", "[a", "[a.]", "[.a]", "[1a]", "[/a]", "[a/]", "[a/1]", "[x%2/a]", "[x%zz/a]", "[é/a]", "[a[b]", "[x@y/a]", "[\x01]"} {
		if r := scan(text); r.bracketed() != "" || r.err == nil {
			t.Errorf("%s was read", text)
		}
	}
	if r := scan("1a"); r.name("a name") != "" || r.err == nil || !strings.HasSuffix(r.err.Error(), "at line 1, column 1: expected a name") {
		t.Error(r.err)
	}
}

// What is no generated message of this runtime has no text format.
func TestOnlyGeneratedMessagesHaveText(t *testing.T) {
	if _, err := (Prototext{}).Marshal(&plain{}); err == nil {
		t.Error("it was written")
	}
	if err := (Prototext{}).Unmarshal(nil, &plain{}); err == nil {
		t.Error("it was read")
	}
}

type plain struct{ Message }

func (*plain) Reset() {}
