package kitchen

import (
	"errors"
	"math/rand"
	"strings"
	"testing"

	"example.com/kitchen/google/protobuf"
	"example.com/kitchen/kitchen/ext"
	"example.com/kitchen/kitchen/three"
	"example.com/kitchen/kitchen/wkt"
	"example.com/kitchen/secrets"
	"example.com/kitchen/two"
	"example.com/kitchen/xlc"
)

var everything = xlc.NewRegistry(
	three.Types(), wkt.Types(), protobuf.Types(), ext.Types(), secrets.Types(), two.Types(),
)

// The text of everything that has a form of its own: it is what is written of what was read from it.
var prototexts = map[string]func() xlc.Message{
	"a_double: -1.5\na_float: nan\nan_int32: -1\na_sint64: -3\na_fixed64: 5\na_bool: true\n" +
		"a_string: \"é\\\"\\'\\n\\000\\177\"\na_bytes: \"\\303\\251\\377\"\na_mood: MOOD_GRIM\na_message {\n}\n": empty[three.Scalars],
	"bool_bool {\n  key: false\n  value: true\n}\nbool_bool {\n  key: true\n  value: false\n}\n" +
		"string_mood {\n  key: \"k\"\n  value: 77\n}\n": empty[three.Maps],
	"itself {\n  a_uint64: 0\n}\n":                      empty[three.Oneofs],
	"Must {\n  a: 1\n}\nMany {\n}\nMany {\n  a: 2\n}\n": empty[two.Groups],
	"[kitchen.ext.SetItem.item] {\n  text: \"a\"\n}\n[kitchen.ext.OtherItem.item] {\n  number: 1\n}\n":        empty[ext.Set],
	"id: \"x\"\n[kitchen.ext.xs_packed]: 1\n[kitchen.ext.xs_packed]: -1\n[kitchen.ext.xgroup] {\n  b: 3\n}\n": empty[ext.Base],
	"any {\n  [x/google.protobuf.Any] {\n    [x/kitchen.three.Scalars] {\n      a_bool: true\n    }\n  }\n}\n" +
		"any {\n  type_url: \"x/not.Known\"\n  value: \"\\010\"\n}\n": empty[wkt.Repeated],
	"": empty[three.Scalars],
}

func TestPrototext(t *testing.T) {
	for text, make := range prototexts {
		m, again, line := make(), make(), make()
		if err := (xlc.Prototext{Types: everything}).Unmarshal([]byte(text), m); err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		written, err := xlc.Prototext{Types: everything}.Marshal(m)
		if string(written) != text || err != nil {
			t.Errorf("%s\n%s %v", text, written, err)
		}
		data, err := m.MarshalBinary()
		must(t, err)
		must(t, again.UnmarshalBinary(data))
		single, err := xlc.Prototext{Types: everything, SingleLine: true}.Append([]byte("# a comment\n"), again)
		must(t, err)
		must(t, xlc.Prototext{Types: everything}.Unmarshal(single, line))
		if line.String() != m.String() || strings.Count(string(single), "\n") != 1 {
			t.Errorf("%s\n%s", single, m)
		}
	}
	text, err := (&three.Scalars{AString: "a"}).MarshalPrototext()
	if string(text) != "a_string: \"a\"\n" || err != nil {
		t.Errorf("%s %v", text, err)
	}
	var m three.Scalars
	if err := m.UnmarshalPrototext([]byte("a_bool: 0x1 a_message <>")); err != nil || !m.ABool || m.AMessage == nil {
		t.Errorf("%v %v", &m, err)
	}
	var none *three.Scalars
	if text, err := none.MarshalPrototext(); len(text) != 0 || err != nil {
		t.Errorf("%s %v", text, err)
	}
}

// Others write an item of a message set under the name of its type.
func TestPrototextOfMessageSets(t *testing.T) {
	options := xlc.Prototext{Types: everything, SingleLine: true}
	var m ext.Set
	must(t, options.Unmarshal([]byte(`[kitchen.ext.SetItem] { text: "a" } [kitchen.ext.OtherItem]: < number: 1 >`), &m))
	text, err := options.Marshal(&m)
	const want = `[kitchen.ext.SetItem.item] { text: "a" } [kitchen.ext.OtherItem.item] { number: 1 }`
	if string(text) != want || err != nil {
		t.Errorf("%s %v", text, err)
	}
	if err := (xlc.JSON{Types: everything}).Unmarshal([]byte(`{"[kitchen.ext.SetItem]": {}}`), &m); err == nil {
		t.Error("JSON has the name of the extension alone")
	}
}

// What is not in the contract can be looked at, and nothing is lost of what is.
func TestPrototextOfWhatIsUnknown(t *testing.T) {
	var lists two.Lists
	must(t, lists.UnmarshalBinary([]byte("\x80\x01\x01\x80\x01\x63\xa2\x02\x02\x02\x63")))
	lists.SetUnknownFields(append(lists.UnknownFields(),
		"\xa2\x1f\x02\x08\x01\xa2\x1f\x01\xff\xa5\x1f\x01\x00\x00\x00\xa1\x1f\x02\x00\x00\x00\x00\x00\x00\x00\xa3\x1f\x08\x05\xa4\x1f"...))
	options := xlc.Prototext{EmitUnknown: true, SingleLine: true}
	text, err := options.Marshal(&lists)
	const want = `colors: COLOR_RED p_colors: COLOR_GREEN 16: 99 36: 99 500 { 1: 1 } 500: "\377" 500: 0x00000001 500: 0x0000000000000002 500 { 1: 5 }`
	if string(text) != want || err != nil {
		t.Errorf("%s %v", text, err)
	}
	if text, err := lists.MarshalPrototext(); string(text) != "colors: COLOR_RED\np_colors: COLOR_GREEN\n" || err != nil {
		t.Errorf("%s %v", text, err)
	}
	var maps two.ClosedMaps
	must(t, maps.UnmarshalBinary([]byte("\x0a\x04\x08\x05\x10\x63\x0a\x02\x08\x06")))
	if text, err := (xlc.Prototext{EmitUnknown: true}).Marshal(&maps); err != nil || !strings.HasSuffix(string(text), "}\n1 {\n  1: 5\n  2: 99\n}\n") {
		t.Errorf("%s %v", text, err)
	}
	lists = two.Lists{PColors: []two.Color{two.ColorRed, 99}, Colors: []two.Color{99}}
	if text, err := options.Marshal(&lists); string(text) != "16: 99 p_colors: COLOR_RED 36: 99" || err != nil {
		t.Errorf("%s %v", text, err)
	}

	var set ext.Set
	must(t, ext.SetItemItemExt.Set(&set, &ext.SetItem{Text: xlc.Ptr("a")}))
	set.SetUnknownFields([]byte("\x08\x07"))
	text, err = options.Marshal(&set)
	if string(text) != `12345 { 1: "a" } 1: 7` || err != nil {
		t.Errorf("%s %v", text, err)
	}
	// Deeper than anybody takes bytes for messages.
	deep := "\x08\x01"
	for i := 0; i < 30; i++ {
		deep = "\x12" + string(rune(len(deep))) + deep
	}
	var m three.Scalars
	m.SetUnknownFields([]byte("\xa2\x1f" + string(rune(len(deep))) + deep))
	if text, err := options.Marshal(&m); err != nil || strings.Count(string(text), "{") != 10 {
		t.Errorf("%s %v", text, err)
	}
	m.SetUnknownFields([]byte("\xff"))
	var encode *xlc.EncodeError
	if text, err := options.Marshal(&m); len(text) > 0 || !errors.As(err, &encode) {
		t.Errorf("%s %v", text, err)
	}
}

func TestPrototextErrors(t *testing.T) {
	options := xlc.Prototext{Types: everything}
	for _, c := range []struct {
		into         func() xlc.Message
		text, path   string
		line, column int
	}{
		{empty[three.Scalars], "a_bool: true\n  an_int32: 2147483648", "an_int32", 2, 13},
		{empty[three.Oneofs], "# é\nitself { a_uint32: - 1 }", "itself.a_uint32", 2, 20},
		{empty[three.Scalars], "a_string: 'é' an_int64: 'é'", "an_int64", 1, 25},
		{empty[three.Scalars], "a_bool: 1 a_bool: 0", "a_bool", 1, 11},
		{empty[three.Oneofs], "a_bool: 1 only: '' a_float: 1", "", 1, 20},
		{empty[three.Oneofs], "itself {} itself {}", "itself", 1, 11},
		{empty[three.Maps], "string_mood { key: 'k' value: MOOD_NONE }", "string_mood[0].value", 1, 31},
		{empty[three.Maps], "recursive [{key: 1}, {key: 2 value {nothing: 1}}]", "recursive[1].value", 1, 37},
		{empty[two.Lists], "p_colors: [COLOR_RED, 99]", "p_colors[1]", 1, 23},
		{empty[two.RequiredInside], "list { value: 1 } list: { value: }", "list[1].value", 1, 34},
		{empty[ext.Base], "[kitchen.ext.x_int32]: 1 [kitchen.ext.x_int32]: 2", "[kitchen.ext.x_int32]", 1, 26},
		{empty[ext.Base], "[kitchen.ext.xgroup] { b: x }", "[kitchen.ext.xgroup].b", 1, 27},
		{empty[ext.Base], "[kitchen.ext.nothing]: 1", "", 1, 1},
		{empty[ext.Set], "[kitchen.ext.SetItem] {} [kitchen.ext.SetItem.item] {}", "[kitchen.ext.SetItem.item]", 1, 26},
		{empty[ext.Set], "[kitchen.ext.Set] {}", "", 1, 1},
		{empty[ext.Base], "[kitchen.ext.SetItem] {}", "", 1, 1},
		{empty[ext.Base], "[kitchen.ext", "", 1, 1},
		{empty[ext.Base], "[kitchen..ext]: 1", "", 1, 1},
		{empty[wkt.Singular], "any { [x/not.Known] {} }", "any", 1, 7},
		{empty[wkt.Singular], "any { [x/kitchen.three.Scalars] { a_bool: 2 } }", "any.[x/kitchen.three.Scalars].a_bool", 1, 43},
		{empty[wkt.Singular], "any { type_url: 'x' [x/kitchen.three.Scalars] {} }", "any", 1, 21},
		{empty[three.Scalars], "[x/kitchen.three.Scalars] {}", "", 1, 1},
		{empty[three.Scalars], "a_bool 1", "a_bool", 1, 8},
		{empty[three.Scalars], "a_bool: [1]", "a_bool", 1, 9},
		{empty[three.Scalars], "a_message 1", "a_message", 1, 11},
		{empty[three.Oneofs], "itself { a_bool: 1 >", "itself", 1, 20},
		{empty[three.Scalars], "a_message {", "a_message", 1, 12},
		{empty[three.Scalars], "1: 2", "", 1, 1},
		{empty[three.Scalars], "a_string: '\xff'", "", 1, 12},
		{empty[three.Scalars], "a_string: '\\377'", "a_string", 1, 11},
		{empty[three.Scalars], "a_bool: 1\x00", "", 1, 10},
		{empty[two.Lists], "colors: [COLOR_RED COLOR_RED]", "colors", 1, 20},
	} {
		var decode *xlc.DecodeError
		err := options.Unmarshal([]byte(c.text), c.into())
		if !errors.As(err, &decode) || decode.Path != c.path || decode.Line != c.line || decode.Column != c.column {
			t.Errorf("%s: %v", c.text, err)
		}
	}
	err := options.Unmarshal([]byte("\n a_bool: maybe"), new(three.Scalars))
	if err == nil || err.Error() != "xlc: cannot decode `a_bool` at line 2, column 10: expected true or false" {
		t.Error(err)
	}
	var missing *xlc.MissingError
	if err := new(two.RequiredInside).UnmarshalPrototext([]byte("singular {}")); !errors.As(err, &missing) || missing.Path != "singular.value" {
		t.Error(err)
	}
	if _, err := (&two.RequiredInside{Singular: &two.RequiredInsideInner{}}).MarshalPrototext(); !errors.As(err, &missing) {
		t.Error(err)
	}
	if err := options.Unmarshal([]byte("bases { [kitchen.ext.xgroup] {} }"), new(ext.Container)); !errors.As(err, &missing) ||
		missing.Path != "bases[0].[kitchen.ext.xgroup].b" {
		t.Error(err)
	}
	if err := options.Unmarshal([]byte("any { [x/kitchen.two.RequiredInside] { singular {} } }"), new(wkt.Singular)); !errors.As(err, &missing) ||
		missing.Path != "any.[x/kitchen.two.RequiredInside].singular.value" {
		t.Error(err)
	}
	var broken ext.Base
	must(t, broken.UnmarshalBinary([]byte("\xaa\x07\x03\x18\xff\xff")))
	var encode *xlc.EncodeError
	if _, err := options.Marshal(&broken); !errors.As(err, &encode) || encode.Path != "[kitchen.ext.x_proto3_message]" {
		t.Error(err)
	}
}

func TestPrototextPassesOver(t *testing.T) {
	const unknown = `a: 1 b: -1.5f c: [0x1, 'x' "y", inf] d { e < f: [] > } g [{}, {h: 017}] [x.y]: k, [x/y.z] {}; [] : 1`
	text := strings.TrimSuffix(unknown, " [] : 1") + " a_bool: true"
	var m three.Scalars
	if err := (xlc.Prototext{IgnoreUnknown: true}).Unmarshal([]byte(text), &m); err != nil || !m.ABool {
		t.Error(err)
	}
	for _, text := range []string{
		unknown, "a", "a:", "a 1", "a: [1", "a: [1 2]", "a: 1.2.3", "a: 0x", "a: 09", "a {", "a: {b: }", "a [1]", "a: -'x'", "a: {>", "a: 1b",
	} {
		if err := (xlc.Prototext{IgnoreUnknown: true}).Unmarshal([]byte(text), &m); err == nil {
			t.Errorf("accepted: %s", text)
		}
	}
}

func TestPrototextDepthIsLimited(t *testing.T) {
	options := xlc.Prototext{Types: everything, IgnoreUnknown: true}
	for depth, fine := range map[int]bool{100: true, 101: false, 1_000_000: false} {
		for _, open := range []string{"itself {", "unknown <", "unknown {"} {
			closing := "}"
			if strings.HasSuffix(open, "<") {
				closing = ">"
			}
			text := strings.Repeat(open, depth) + strings.Repeat(closing, depth)
			if err := options.Unmarshal([]byte(text), new(three.Oneofs)); (err == nil) != fine {
				t.Errorf("%s %d: %v", open, depth, err)
			}
		}
	}
	// The entries of a map are no messages of their own.
	text := strings.Repeat("recursive {value {", 100) + strings.Repeat("}}", 100)
	var m three.Maps
	must(t, options.Unmarshal([]byte(text), &m))
	data, err := m.MarshalBinary()
	must(t, err)
	must(t, m.UnmarshalBinary(data))
	if err := options.Unmarshal([]byte("recursive {value {"+text+"}}"), &m); err == nil {
		t.Error("101 levels were read")
	}
	nested := "[x/google.protobuf.Any] {"
	text = strings.Repeat(nested, 150) + strings.Repeat("}", 150)
	if err := options.Unmarshal([]byte(text), new(protobuf.Any)); err == nil {
		t.Error("150 levels of Any were read")
	}
}

// Malformed text of every kind gives the decode error or a message, never a panic.
func TestMalformedPrototext(t *testing.T) {
	const rounds = 100_000
	random := rand.New(rand.NewSource(1))
	var texts []string
	var makes []func() xlc.Message
	for text, make := range prototexts {
		if text != "" {
			texts, makes = append(texts, text), append(makes, make)
		}
	}
	options := xlc.Prototext{Types: everything}
	const marks = "{}<>[]:,;'\"\\#-.0x1e9fu \n\x00\xff"
	refused := 0
	for i := 0; i < rounds; i++ {
		k := i % len(texts)
		broken := []byte(texts[k])
		for n := random.Intn(3) + 1; n > 0; n-- {
			at := random.Intn(len(broken))
			switch random.Intn(4) {
			case 0:
				broken = append(broken[:at], marks[random.Intn(len(marks))])
			case 1:
				broken[at] = marks[random.Intn(len(marks))]
			case 2:
				broken[at] ^= 1 << random.Intn(8)
			case 3:
				broken = append(broken[:at+1], broken[at:]...)
			}
		}
		m := makes[k]()
		var decode *xlc.DecodeError
		var missing *xlc.MissingError
		switch err := options.Unmarshal(broken, m); {
		case err == nil:
			if _, err := options.Marshal(m); err != nil {
				t.Fatalf("what was read cannot be written: %v (%q)", err, broken)
			}
		case errors.As(err, &decode) && decode.Line > 0 && decode.Column > 0, errors.As(err, &missing):
			refused++
		default:
			t.Fatalf("%T for %q", err, broken)
		}
	}
	if refused < rounds/2 || refused == rounds {
		t.Errorf("%d of %d were refused", refused, rounds)
	}
}

// Hostile text takes no more than a little time and room.
func TestHostilePrototext(t *testing.T) {
	many := 300_000
	for name, text := range map[string]string{
		"literals":   "a_string: " + strings.Repeat("''", many),
		"duplicates": strings.Repeat("a_bool: 1 ", many),
		"escapes":    "a_bytes: '" + strings.Repeat(`\1`, many) + "'",
		"comments":   strings.Repeat("#\n", many),
		"names":      strings.Repeat("x", many) + ": 1",
		"minus":      "an_int32: " + strings.Repeat("-", many),
		"brackets":   strings.Repeat("[", many),
		"exponent":   "a_double: 1e" + strings.Repeat("9", many),
		"digits":     "a_double: " + strings.Repeat("9", many),
	} {
		var decode *xlc.DecodeError
		if err := new(three.Scalars).UnmarshalPrototext([]byte(text)); err != nil && !errors.As(err, &decode) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
