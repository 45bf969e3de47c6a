package xlcrt

import (
	"math"
	"testing"
)

func TestIntegers(t *testing.T) {
	for text, want := range map[string]int64{
		"0": 0, "-0": 0, "12": 12, "-12": -12, "1e2": 100, "1E+2": 100, "1.50e1": 15, "100e-2": 1, "0.0": 0, "0e99999999999": 0,
		"9223372036854775807": math.MaxInt64, "-9223372036854775808": math.MinInt64, "-922337203685477580.8e1": math.MinInt64,
	} {
		if v, problem := toSigned(text, 64); v != want || problem != "" {
			t.Errorf("%s: %d %s", text, v, problem)
		}
	}
	for _, text := range []string{
		"", "-", "+1", "01", ".5", "1.", "1e", "1e+", " 1", "1 ", "0x1", "1_0", "1.5", "1e-1", "9223372036854775808",
		"1e19", "1e99999999999", "1e-99999999999", "Infinity", "NaN", "١",
	} {
		if v, problem := toSigned(text, 64); problem == "" {
			t.Errorf("%q was read as %d", text, v)
		}
	}
	if _, problem := toUnsigned("-1", 64); problem == "" {
		t.Error("-1 was read as an unsigned number")
	}
	if v, problem := toUnsigned("-0", 32); v != 0 || problem != "" {
		t.Errorf("-0: %s", problem)
	}
}

func TestFloats(t *testing.T) {
	for v, want := range map[float64]string{
		0: "0", math.Copysign(0, -1): "-0.0", 1: "1", 1e21: "1e+21", 1e20: "100000000000000000000", 1e-6: "0.000001", 1e-7: "1e-7",
		math.Inf(-1): `"-Infinity"`, math.NaN(): `"NaN"`, 5e-324: "5e-324",
	} {
		w := Writer{}
		if w.Float64(v); string(w.buf) != want {
			t.Errorf("%v: %s", v, w.buf)
		}
	}
	w := Writer{}
	if w.Float32(0.1); string(w.buf) != "0.1" {
		t.Errorf("%s", w.buf)
	}
	// Halfway between two of eight digits, and the least number without an exponent.
	for v, want := range map[float32]string{1.0 / 4096: "0.00024414062", 131072.125: "131072.12", 1e-6: "0.000001", 1e-45: "1e-45"} {
		w := Writer{}
		if w.Float32(v); string(w.buf) != want {
			t.Errorf("%v: %s", v, w.buf)
		}
	}
	for _, text := range []string{"1e39", `"1e39"`, "true", `"infinity"`, `""`, `" 1"`, "-"} {
		r := Reader{s: text}
		if r.Float32(); r.err == nil {
			t.Errorf("%s was read", text)
		}
	}
}

func TestStrings(t *testing.T) {
	for text, want := range map[string]string{
		`"a"`: "a", `"\u00e9\/\b\f\n\r\t\"\\"`: "é/\b\f\n\r\t\"\\", `"\ud83d\ude00"`: "😀", `"ü"`: "ü", "\"\x7f\"": "\x7f",
	} {
		r := Reader{s: text}
		if v := r.String(); v != want || r.err != nil {
			t.Errorf("%s: %q %v", text, v, r.err)
		}
	}
	for _, text := range []string{
		`"`, `"\`, `"\u12`, `"\x"`, `"\ud800"`, `"\udc00"`, `"\ud800\u0041"`, `"\ud800\ud800"`, "\"\xff\"", "\"\x00\"", "\"\n\"", `'a'`,
	} {
		r := Reader{s: text}
		if v := r.String(); r.err == nil {
			t.Errorf("%s was read as %q", text, v)
		}
	}
}

func TestBase64(t *testing.T) {
	for text, want := range map[string]string{`""`: "", `"aGk="`: "hi", `"aGk"`: "hi", `"-_8="`: "\xfb\xff", `"+/8="`: "\xfb\xff"} {
		r := Reader{s: text}
		if v := r.Bytes(); string(v) != want || r.err != nil {
			t.Errorf("%s: %x %v", text, v, r.err)
		}
	}
	for _, text := range []string{`"a"`, `"aGk=="`, `"a\nGk="`, `"a Gk"`, `"+_8="`, `"===="`} {
		r := Reader{s: text}
		if v := r.Bytes(); r.err == nil {
			t.Errorf("%s was read as %x", text, v)
		}
	}
}

func TestTimestamps(t *testing.T) {
	for text, want := range map[string]string{
		"1970-01-01T00:00:00Z":           "1970-01-01T00:00:00Z",
		"0001-01-01T00:00:00Z":           "0001-01-01T00:00:00Z",
		"9999-12-31T23:59:59.999999999Z": "9999-12-31T23:59:59.999999999Z",
		"2024-02-29T12:00:00.5+05:30":    "2024-02-29T06:30:00.500Z",
		"2026-01-01T00:00:00.000001Z":    "2026-01-01T00:00:00.000001Z",
	} {
		r, w := Reader{s: `"` + text + `"`}, Writer{}
		if w.Timestamp(r.Timestamp()); string(w.buf) != `"`+want+`"` || r.err != nil {
			t.Errorf("%s: %s %v", text, w.buf, r.err)
		}
	}
	for _, text := range []string{
		"", "2026-01-01", "2026-01-01T00:00:00", "2026-1-01T00:00:00Z", "2026-01-01 00:00:00Z", "2026-01-01T00:00:00z",
		"2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-02-30T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z",
		"2026-01-01T00:00:60Z", "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00.0000000000Z", "2026-01-01T00:00:00+0530",
		"2026-01-01T00:00:00+24:00", "2026-01-01T00:00:00+00:60", "0000-01-01T00:00:00Z", "0001-01-01T00:00:00+01:00",
		"9999-12-31T23:59:59-01:00", "10000-01-01T00:00:00Z", "2026-01-01T00:00:00ZZ", "2026-01-01T00:00:00,5Z",
	} {
		r := Reader{s: `"` + text + `"`}
		if r.Timestamp(); r.err == nil {
			t.Errorf("%s was read", text)
		}
	}
}

func TestDurations(t *testing.T) {
	for text, want := range map[string]string{
		"0s": "0s", "-0.5s": "-0.500s", "1.000000001s": "1.000000001s", "315576000000s": "315576000000s", "-3s": "-3s",
	} {
		r, w := Reader{s: `"` + text + `"`}, Writer{}
		if w.Duration(r.Duration()); string(w.buf) != `"`+want+`"` || r.err != nil {
			t.Errorf("%s: %s %v", text, w.buf, r.err)
		}
	}
	for _, text := range []string{"", "s", "1", "1.s", ".5s", "+1s", "--1s", "1.0000000000s", "315576000001s", "1S", "1 s"} {
		r := Reader{s: `"` + text + `"`}
		if r.Duration(); r.err == nil {
			t.Errorf("%s was read", text)
		}
	}
}

func TestFieldMasks(t *testing.T) {
	r, w := Reader{s: `"a,fooBar.bazQux"`}, Writer{}
	if w.FieldMask(r.FieldMask()); string(w.buf) != `"a,fooBar.bazQux"` || r.err != nil {
		t.Errorf("%s %v", w.buf, r.err)
	}
	for _, path := range []string{"fooBar", "foo__bar", "foo_", "foo_3"} {
		w := Writer{}
		if w.FieldMask([]string{path}); w.err == nil {
			t.Errorf("%s was written as %s", path, w.buf)
		}
	}
}

func TestPaths(t *testing.T) {
	for text, want := range map[string]string{
		``: "", `{"a": `: "a", `{"a": [1, {"b": "x:,{", "c"  : `: "a[1].c", `{"m": {"k 1": {"v": `: `m["k 1"].v`, `{"a": {"b": 1}, "c": [`: "c[0]",
	} {
		if path := jsonPath(text); path != want {
			t.Errorf("%s: %s, not %s", text, path, want)
		}
	}
}
