package kitchen

import (
	"errors"
	"hash/maphash"
	"math"
	"strings"
	"testing"

	"example.com/kitchen/google/protobuf"
	"example.com/kitchen/kitchen/ext"
	"example.com/kitchen/secrets"
	"example.com/kitchen/two"
	"example.com/kitchen/xlc"
)

// card is a card with a secret at every place that can hold one.
func card(t *testing.T) *secrets.Card {
	t.Helper()
	plain := &secrets.Card{
		Owner: xlc.Ptr("Ada \"A\""), Number: xlc.Ptr("SECRET"), Pins: map[string]string{"SECRET": "SECRET"},
		Readings: []float64{math.Inf(-1), math.NaN(), 1.5},
	}
	must(t, secrets.PasswordExt.Set(plain, "SECRET"))
	inner, err := protobuf.NewAny(plain)
	must(t, err)
	m := plain.Clone()
	m.Attachment = inner
	must(t, secrets.NoteExt.Set(m, "a note"))
	must(t, secrets.TwinExt.Set(m, plain))
	m.SetUnknownFields([]byte("\xd2\x0f\x06SECRET"))
	return m
}

func TestTextKeepsSecrets(t *testing.T) {
	m := card(t)
	const inside = `owner:"Ada \"A\"" number:[REDACTED] pins:[REDACTED] readings:-inf readings:nan readings:1.5`
	for _, c := range []struct{ name, text, want string }{
		{"without a registry", m.String(), inside +
			` attachment:{type_url:"type.googleapis.com/secrets.Card" value:(71 bytes)}` +
			` [100]:(9 bytes) [101]:(9 bytes) [102]:(74 bytes) ?:(9 bytes)`},
		{"with one", xlc.Text{Types: xlc.NewRegistry(secrets.Types())}.Format(m), inside +
			` attachment:{[type.googleapis.com/secrets.Card]:{` + inside + ` [secrets.password]:[REDACTED]}}` +
			` [secrets.note]:"a note" [secrets.password]:[REDACTED]` +
			` [secrets.twin]:{` + inside + ` [secrets.password]:[REDACTED]} ?:(9 bytes)`},
	} {
		if c.text != c.want || strings.Contains(c.text, "SECRET") {
			t.Errorf("%s:\n%s\n%s", c.name, c.text, c.want)
		}
	}
}

func TestMalformedExtensionsAreFoundByGet(t *testing.T) {
	var m ext.Base
	// A varint under the number of a string, and a group that has no required field.
	must(t, m.UnmarshalBinary([]byte("\x88\x07\x05\x8a\x07\x02a\xff\xb3\x09\xb4\x09\xb2\x06\x03\x08\xff\xff")))
	var decode *xlc.DecodeError
	if _, err := ext.XMessageExt.Get(&m); err != nil {
		t.Errorf("an extension that is not there: %v", err)
	}
	if v, err := ext.XStringExt.Get(&m); v != "a\xff" || err != nil {
		t.Errorf("proto2 does not verify text: %q %v", v, err)
	}
	var missing *xlc.MissingError
	if _, err := ext.XgroupExt.Get(&m); !errors.As(err, &missing) || missing.Path != "[kitchen.ext.xgroup].b" {
		t.Errorf("a required field of an extension: %v", err)
	}
	var n ext.Base
	must(t, n.UnmarshalBinary([]byte("\xaa\x07\x03\x18\xff\xff")))
	if _, err := ext.XProto3MessageExt.Get(&n); !errors.As(err, &decode) ||
		decode.Path != "[kitchen.ext.x_proto3_message].an_int32" || decode.Offset != 3 {
		t.Errorf("a truncated extension: %v", err)
	}
	types := xlc.NewRegistry(ext.Types())
	var encode *xlc.EncodeError
	if _, err := (xlc.JSON{Types: types}).Marshal(&n); !errors.As(err, &encode) || !strings.Contains(err.Error(), "kitchen.ext.x_proto3_message") {
		t.Errorf("JSON of a truncated extension: %v", err)
	}
	if text := (xlc.Text{Types: types}).Format(&n); text != "[117]:(6 bytes)" {
		t.Errorf("text of a truncated extension: %s", text)
	}
	if data, err := n.MarshalBinary(); err != nil || len(data) != 6 {
		t.Errorf("it is not passed on: %x %v", data, err)
	}
}

func TestAnyInAnyIsLimited(t *testing.T) {
	types := xlc.NewRegistry(protobuf.Types())
	m := &protobuf.Any{}
	for i := 0; i < 150; i++ {
		var err error
		m, err = protobuf.NewAny(m)
		must(t, err)
	}
	if _, err := (xlc.JSON{Types: types}).Marshal(m); err == nil || !strings.Contains(err.Error(), "nesting") {
		t.Errorf("%v", err)
	}
	if text := (xlc.Text{Types: types}).Format(m); strings.Count(text, "{") != 100 {
		t.Errorf("%d levels", strings.Count(text, "{"))
	}
}

func TestHash(t *testing.T) {
	seed := maphash.MakeSeed()
	sum := func(m interface{ Hash(*maphash.Hash) }) uint64 {
		var h maphash.Hash
		h.SetSeed(seed)
		m.Hash(&h)
		return h.Sum64()
	}
	if sum(card(t)) != sum(card(t)) || !card(t).Equal(card(t)) {
		t.Error("equal messages differ")
	}
	var none *secrets.Card
	if sum(none) != sum(&secrets.Card{}) {
		t.Error("nil is not an empty message")
	}
	seen := map[uint64]string{sum(card(t)): "the same"}
	for name, change := range map[string]func(m *secrets.Card){
		"a scalar":     func(m *secrets.Card) { m.Owner = nil },
		"a map":        func(m *secrets.Card) { m.Pins["SECRET"] = "" },
		"a list":       func(m *secrets.Card) { m.Readings = m.Readings[:2] },
		"a message":    func(m *secrets.Card) { m.Attachment = &protobuf.Any{} },
		"an extension": func(m *secrets.Card) { secrets.NoteExt.Clear(m) },
		"the unknown":  func(m *secrets.Card) { m.SetUnknownFields(nil) },
	} {
		m := card(t)
		change(m)
		if other := seen[sum(m)]; other != "" {
			t.Errorf("%s does not tell from %s", name, other)
		}
		seen[sum(m)] = name
	}
	one, other := &two.Defaults{DInf: xlc.Ptr(0.0)}, &two.Defaults{DInf: xlc.Ptr(math.Copysign(0, -1))}
	if !one.Equal(other) || sum(one) != sum(other) {
		t.Error("the zeros differ")
	}
	one.DInf, other.DInf = xlc.Ptr(math.NaN()), xlc.Ptr(math.Float64frombits(math.Float64bits(math.NaN())^1))
	if !one.Equal(other) || sum(one) != sum(other) {
		t.Error("NaN are not one")
	}
}
