// Package kitchen tests generated code of the kitchen sink: what proto2 has and proto3 has not.
package kitchen

import (
	"errors"
	"math"
	"strings"
	"testing"

	"example.com/kitchen/kitchen/custom"
	"example.com/kitchen/kitchen/ext"
	"example.com/kitchen/kitchen/names/collide"
	"example.com/kitchen/two"
	"example.com/kitchen/xlc"
)

func TestExtensions(t *testing.T) {
	m := &ext.Base{ID: xlc.Ptr("x")}
	if v, err := ext.XInt32Ext.Get(m); v != -7 || err != nil || ext.XInt32Ext.Has(m) {
		t.Errorf("the default is %d, %v", v, err)
	}
	must(t, ext.XStringExt.Set(m, "text"))
	must(t, ext.XInt32Ext.Set(m, 5))
	must(t, ext.XsPackedExt.Set(m, []int32{1, -1}))
	must(t, ext.XgroupExt.Set(m, &ext.XGroup{B: xlc.Ptr(int32(3))}))
	data, err := m.MarshalBinary()
	must(t, err)
	var again ext.Base
	must(t, again.UnmarshalBinary(data))
	if !again.Equal(m) || !again.Clone().Equal(m) {
		t.Error("extensions were lost")
	}
	if v, err := ext.XsPackedExt.Get(&again); len(v) != 2 || v[1] != -1 || err != nil {
		t.Errorf("%v %v", v, err)
	}
	if v, err := ext.XgroupExt.Get(&again); v.GetB() != 3 || err != nil {
		t.Errorf("%v %v", v, err)
	}
	options := xlc.JSON{Types: xlc.NewRegistry(ext.Types())}
	text, err := options.Marshal(m)
	must(t, err)
	const want = `{"id":"x","[kitchen.ext.x_int32]":5,"[kitchen.ext.x_string]":"text",` +
		`"[kitchen.ext.xs_packed]":[1,-1],"[kitchen.ext.xgroup]":{"b":3}}`
	if string(text) != want {
		t.Errorf("%s", text)
	}
	var fromJSON ext.Base
	if err := options.Unmarshal(text, &fromJSON); err != nil || !fromJSON.Equal(m) {
		t.Errorf("%v %v", &fromJSON, err)
	}
	if err := new(ext.Base).UnmarshalJSON(text); err == nil {
		t.Error("an extension was read without a registry")
	}
	ext.XInt32Ext.Clear(m)
	if ext.XInt32Ext.Has(m) {
		t.Error("a cleared extension is set")
	}
	if err := ext.XStringExt.Set(m, "\xff"); err != nil {
		t.Errorf("proto2 does not verify text: %v", err)
	}
}

func TestMessageSets(t *testing.T) {
	var m ext.Set
	must(t, ext.SetItemItemExt.Set(&m, &ext.SetItem{Text: xlc.Ptr("a")}))
	must(t, ext.OtherItemItemExt.Set(&m, &ext.OtherItem{Number: xlc.Ptr(int32(1))}))
	data, err := m.MarshalBinary()
	must(t, err)
	const want = "\x0b\x10\xb9\x60\x1a\x03\x0a\x01a\x0c\x0b\x10\x84\xb3\xfc\x01\x1a\x02\x08\x01\x0c"
	if string(data) != want || m.Size() != len(want) {
		t.Errorf("%x", data)
	}
	var again ext.Set
	must(t, again.UnmarshalBinary(data))
	if v, err := ext.SetItemItemExt.Get(&again); v.GetText() != "a" || err != nil {
		t.Errorf("%v %v", v, err)
	}
}

func TestRequiredFields(t *testing.T) {
	inner := two.RequiredInsideInner{}
	var missing *xlc.MissingError
	for path, m := range map[string]*two.RequiredInside{
		"singular.value":   {Singular: &inner},
		"list[0].value":    {List: []two.RequiredInsideInner{inner}},
		`by_id["7"].value`: {ByID: map[int32]*two.RequiredInsideInner{7: &inner}},
		"chosen.value":     {Choice: &two.RequiredInsideChoiceChosen{}},
	} {
		if _, err := m.MarshalBinary(); !errors.As(err, &missing) || missing.Path != path {
			t.Errorf("%s: %v", path, err)
		}
	}
	if err := new(two.RequiredInside).UnmarshalBinary([]byte("\x0a\x00")); !errors.As(err, &missing) {
		t.Errorf("reading: %v", err)
	}
	if err := new(two.RequiredInside).UnmarshalJSON([]byte(`{"singular": {}}`)); !errors.As(err, &missing) {
		t.Errorf("reading JSON: %v", err)
	}
}

func TestDefaults(t *testing.T) {
	var m *two.Defaults
	if !math.IsNaN(m.GetDNan()) || !math.Signbit(m.GetDNegZero()) || m.GetFInexact() != float32(0.1) ||
		m.GetUUint64() != 1<<64-1 || m.GetIInt64() != -1<<63 || !m.GetBTrue() || m.GetELast() != two.ColorBlue ||
		m.GetEFirst() != two.ColorRed || string(m.GetBHigh()) != "\x00\x7f\x80\xff\xff \\ \" ' \n" || m.GetDTiny() != 0x1p-1022 {
		t.Error("a default is wrong")
	}
	data, err := new(two.Defaults).MarshalBinary()
	if len(data) != 0 || err != nil {
		t.Errorf("defaults are written: %x %v", data, err)
	}
}

func TestClosedEnumsKeepUnknownNumbers(t *testing.T) {
	// A known and an unknown value, alone and packed, and an unknown value of a map.
	const raw = "\x80\x01\x01\x80\x01\x63\xa2\x02\x02\x02\x63"
	var m two.Lists
	must(t, m.UnmarshalBinary([]byte(raw)))
	if len(m.Colors) != 1 || len(m.PColors) != 1 || string(m.UnknownFields()) != "\x80\x01\x63\xa0\x02\x63" {
		t.Errorf("%v", &m)
	}
	var maps two.ClosedMaps
	must(t, maps.UnmarshalBinary([]byte("\x0a\x04\x08\x05\x10\x63\x0a\x02\x08\x06")))
	if len(maps.ByID) != 1 || string(maps.UnknownFields()) != "\x0a\x04\x08\x05\x10\x63" {
		t.Errorf("%v", &maps)
	}
}

func TestGroups(t *testing.T) {
	m := &two.Groups{
		Must: &two.GroupsMust{A: xlc.Ptr(int32(1))},
		Many: []two.GroupsMany{{}, {A: xlc.Ptr(int32(2))}},
	}
	data, err := m.MarshalBinary()
	must(t, err)
	var again two.Groups
	must(t, again.UnmarshalBinary(data))
	if !again.Equal(m) || string(data) != "\x0b\x08\x01\x0c\x83\x01\x84\x01\x83\x01\x08\x02\x84\x01" {
		t.Errorf("%x", data)
	}
}

func TestRedaction(t *testing.T) {
	m := &custom.Holder{Retained: xlc.Ptr("secret"), Scalars: xlc.Ptr("open")}
	if text := m.String(); strings.Contains(text, "secret") || !strings.Contains(text, "[REDACTED]") || !strings.Contains(text, "open") {
		t.Error(text)
	}
}

func TestEnums(t *testing.T) {
	if v, err := collide.ParseTwice("TWICE_B"); v != collide.TwiceB || err != nil {
		t.Errorf("%v %v", v, err)
	}
	if _, err := collide.ParseTwice("twice_b"); err == nil {
		t.Error("a name that is none was parsed")
	}
	if collide.TwiceA.String() != "TWICE_A" || collide.Twice(77).String() != "77" || collide.Twice(77).Known() {
		t.Error("a value has the wrong name")
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
