package protobuf

import (
	"math"
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestTimestampsConvert(t *testing.T) {
	for _, want := range []time.Time{
		time.Unix(0, 0), time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(9999, 12, 31, 23, 59, 59, 999999999, time.UTC),
		time.Date(1969, 12, 31, 23, 59, 59, 500e6, time.FixedZone("", 3600)),
	} {
		m := NewTimestamp(want)
		if !m.AsTime().Equal(want) || m.AsTime().Location() != time.UTC || m.Nanos < 0 {
			t.Errorf("%v became %v", want, m.AsTime())
		}
	}
	if !(*Timestamp)(nil).AsTime().Equal(time.Unix(0, 0)) {
		t.Error("nil is not the epoch")
	}
}

func TestDurationsConvert(t *testing.T) {
	for _, want := range []time.Duration{0, 1, -1, -1500 * time.Millisecond, math.MaxInt64, math.MinInt64} {
		m := NewDuration(want)
		if m.AsDuration() != want || m.Seconds > 0 && m.Nanos < 0 || m.Seconds < 0 && m.Nanos > 0 {
			t.Errorf("%v became %v", want, m.AsDuration())
		}
	}
	const limit = int64(math.MaxInt64 / time.Second)
	for _, c := range []struct {
		m    Duration
		want time.Duration
	}{
		{Duration{Seconds: limit, Nanos: 999999999}, math.MaxInt64},
		{Duration{Seconds: -limit, Nanos: -999999999}, math.MinInt64},
		{Duration{Seconds: math.MaxInt64}, math.MaxInt64},
		{Duration{Seconds: math.MinInt64}, math.MinInt64},
	} {
		if d := c.m.AsDuration(); d != c.want {
			t.Errorf("%v became %v", &c.m, d)
		}
	}
}

func TestStructsConvert(t *testing.T) {
	list := &ListValue{Values: []Value{*number(1)}}
	inner, err := NewStruct(map[string]any{"deep": true})
	if err != nil {
		t.Fatal(err)
	}
	m, err := NewStruct(map[string]any{
		"nil": nil, "bool": false, "float64": 1.5, "float32": float32(2.5), "int": 1, "int32": int32(2), "int64": int64(3),
		"uint": uint(4), "uint32": uint32(5), "uint64": uint64(6), "string": "s", "list": []any{"x", nil},
		"map": map[string]any{"k": "v"}, "value": number(7), "values": list, "struct": inner,
	})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"nil": nil, "bool": false, "float64": 1.5, "float32": 2.5, "int": 1.0, "int32": 2.0, "int64": 3.0, "uint": 4.0,
		"uint32": 5.0, "uint64": 6.0, "string": "s", "list": []any{"x", nil}, "map": map[string]any{"k": "v"}, "value": 7.0,
		"values": []any{1.0}, "struct": map[string]any{"deep": true},
	}
	if got := m.AsMap(); !reflect.DeepEqual(got, want) {
		t.Errorf("%v", got)
	}
	for _, v := range []any{
		struct{}{}, []any{make(chan int)}, map[string]any{"k": []any{1i}},
	} {
		if m, err := NewValue(v); err == nil {
			t.Errorf("%v became %v", v, m)
		}
	}
	_, err = NewValue(map[string]any{"k": []any{1, 1i}})
	if err == nil || !strings.Contains(err.Error(), `"k": [1]: `) {
		t.Errorf("%v", err)
	}
	if (*Struct)(nil).AsMap() == nil || (*Value)(nil).AsAny() != nil || len((*ListValue)(nil).AsSlice()) != 0 {
		t.Error("nil is not empty")
	}
}

func TestAnyHoldsMessages(t *testing.T) {
	m, err := NewAny(&Duration{Seconds: 3})
	if err != nil || m.TypeURL != "type.googleapis.com/google.protobuf.Duration" {
		t.Fatalf("%v %v", m, err)
	}
	var d Duration
	if err := m.UnmarshalTo(&d); err != nil || d.Seconds != 3 || !m.Is(&d) {
		t.Errorf("%v %v", &d, err)
	}
	var other Timestamp
	if err := m.UnmarshalTo(&other); err == nil || m.Is(&other) || !strings.Contains(err.Error(), "google.protobuf.Timestamp") {
		t.Errorf("%v", err)
	}
	m.Value = []byte("\x08")
	if err := m.UnmarshalTo(&d); err == nil {
		t.Error("a truncated message was read")
	}
	if (*Any)(nil).Is(&d) {
		t.Error("nil holds a duration")
	}
}

func TestMessagesAreValues(t *testing.T) {
	m := &Duration{Seconds: -1, Nanos: -5}
	text, err := m.MarshalJSON()
	if string(text) != `"-1.000000005s"` || err != nil {
		t.Errorf("%s %v", text, err)
	}
	if text, err := m.AppendJSON([]byte("x")); string(text) != `x"-1.000000005s"` || err != nil {
		t.Errorf("%s %v", text, err)
	}
	var c Duration
	if err := c.UnmarshalJSON(text); err != nil || !c.Equal(m) || !m.Clone().Equal(m) {
		t.Errorf("%v %v", &c, err)
	}
	if m.String() != "seconds:-1 nanos:-5" || m.GetSeconds() != -1 || m.GetNanos() != -5 {
		t.Error(m.String())
	}
	if data, err := (*Duration)(nil).MarshalBinary(); len(data) != 0 || err != nil {
		t.Errorf("%x %v", data, err)
	}
	m.Reset()
	if m.Size() != 0 {
		t.Error("it is not empty")
	}
}
