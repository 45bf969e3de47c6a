package kitchen

import (
	"errors"
	"strings"
	"testing"

	"example.com/kitchen/google/protobuf"
	"example.com/kitchen/kitchen/three"
	"example.com/kitchen/kitchen/wkt"
	"example.com/kitchen/xlc"
)

// The canonical form of every type: it is what is written of what was read from it.
var canonical = map[string]func() xlc.Message{
	`{"aDouble":-1.5,"aFloat":"NaN","anInt32":-1,"anInt64":"-9223372036854775808","aUint32":4294967295,` +
		`"aUint64":"18446744073709551615","aSint32":-2,"aSint64":"-3","aFixed32":4,"aFixed64":"5","aSfixed32":-6,` +
		`"aSfixed64":"-7","aBool":true,"aString":"é\"\n","aBytes":"AP8=","aMood":"MOOD_GRIM","aMessage":{}}`: empty[three.Scalars],
	`{"int32Int32":{"-1":1,"2":2},"int64Int64":{"-1":"1"},"uint32Uint32":{"4294967295":1},"uint64Uint64":{"18446744073709551615":"1"},` +
		`"boolBool":{"false":true,"true":false},"stringString":{"":"","a":"b"},"int32Float":{"0":"Infinity"},` +
		`"int32Double":{"0":"-Infinity"},"stringBytes":{"k":"aGk="},"stringMood":{"k":"MOOD_HAPPY","l":77},` +
		`"stringScalars":{"k":{}},"recursive":{"1":{"recursive":{"2":{}}}}}`: empty[three.Maps],
	`{"aFloat":0,"only":"","before":"b","after":""}`: empty[three.Oneofs],
	`{"itself":{"aUint64":"0"}}`:                     empty[three.Oneofs],
	`{"nullValue":[null,null]}`:                      empty[wkt.Repeated],
	`{"any":[{},{"@type":"x/google.protobuf.Duration","value":"1s"},` +
		`{"@type":"x/google.protobuf.Any","value":{"@type":"x/kitchen.three.Scalars","aBool":true}},` +
		`{"@type":"x/google.protobuf.Empty"}]}`: empty[wkt.Repeated],
}

func empty[T any, P interface {
	*T
	xlc.Message
}]() xlc.Message {
	return P(new(T))
}

var all = xlc.NewRegistry(three.Types(), wkt.Types(), protobuf.Types())

func TestCanonicalJSON(t *testing.T) {
	options := xlc.JSON{Types: all}
	for text, make := range canonical {
		m := make()
		if err := options.Unmarshal([]byte(text), m); err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		written, err := options.Marshal(m)
		if string(written) != text || err != nil {
			t.Errorf("%s\n%s %v", text, written, err)
		}
		data, err := m.MarshalBinary()
		must(t, err)
		again := make()
		must(t, again.UnmarshalBinary(data))
		if again.String() != m.String() {
			t.Errorf("%s\n%s", again, m)
		}
	}
}

func TestJSONOptions(t *testing.T) {
	m := &three.Scalars{AMood: three.MoodHappy}
	for want, options := range map[string]xlc.JSON{
		`{"aMood":1}`:             {EnumNumbers: true},
		`{"a_mood":"MOOD_HAPPY"}`: {ProtoNames: true},
	} {
		if text, err := options.Marshal(m); string(text) != want || err != nil {
			t.Errorf("%s %v", text, err)
		}
	}
	text, err := xlc.JSON{EmitDefaults: true}.Marshal(m)
	if !strings.HasPrefix(string(text), `{"aDouble":0,"aFloat":0,"anInt32":0,"anInt64":"0"`) || strings.Contains(string(text), "aMessage") || err != nil {
		t.Errorf("%s %v", text, err)
	}
	input := []byte(`{"nothing": [{"a": 1}], "aMood": "MOOD_NONE", "aBool": true}`)
	if err := (xlc.JSON{IgnoreUnknown: true}).Unmarshal(input, m); err != nil || !m.ABool || m.AMood != 0 {
		t.Errorf("%v %v", m, err)
	}
}

func TestJSONErrors(t *testing.T) {
	for text, want := range map[string]string{
		`{"aUint32": -1}`:                     "aUint32",
		`{"aBool": 1}`:                        "aBool",
		`{"aMood": "MOOD_NONE"}`:              "aMood",
		`{"aMood": 1.5}`:                      "aMood",
		`{"aBytes": "*"}`:                     "aBytes",
		`{"aString": "\u12"}`:                 "aString",
		`{"aDouble": 1e999}`:                  "aDouble",
		`{"aString": "a", "a_string": "b"}`:   "a_string",
		`{"anInt64": "9223372036854775808"}`:  "anInt64",
		`{"aMessage": {"nothing": {"a": 1}}}`: "aMessage.nothing",
	} {
		var decode *xlc.DecodeError
		if err := new(three.Scalars).UnmarshalJSON([]byte(text)); !errors.As(err, &decode) || decode.Path != want || decode.Offset == 0 {
			t.Errorf("%s: %v", text, err)
		}
	}
	for _, text := range []string{
		`{"any": {"@type": "x/kitchen.three.Nothing"}}`, `{"any": {"@type": "x/google.protobuf.Duration"}}`,
		`{"any": {"@type": "x/google.protobuf.Duration", "value": "1s", "value": "1s"}}`,
		`{"any": {"@type": "x/google.protobuf.Duration", "other": 1}}`, `{"any": {"aBool": true}}`,
		`{"any": {"@type": "x/kitchen.three.Scalars", "nothing": 1}}`, `{"any": {"@type": 1}}`,
	} {
		if err := (xlc.JSON{Types: all}).Unmarshal([]byte(text), new(wkt.Singular)); err == nil {
			t.Errorf("accepted: %s", text)
		}
	}
}
