// Package agree holds generated code against google's runtime in the text format: each reads what the other writes, for
// every message of the contracts and random contents of it.
package agree

import (
	"math"
	"math/rand"
	"os"
	"strings"
	"testing"

	"google.golang.org/protobuf/encoding/prototext"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protodesc"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/descriptorpb"
	"google.golang.org/protobuf/types/dynamicpb"

	"xlc.test/agree/ours/xlc"
)

const rounds = 25

func TestEveryMessage(t *testing.T) {
	for _, set := range []string{"kitchen", "edition2023", "edition2024"} {
		f := load(t, set)
		seen := 0
		for _, d := range f.messages {
			for round := 0; round < rounds; round++ {
				// A message that requires itself cannot be.
				if m := f.fill(dynamicpb.NewMessage(d), 3); proto.CheckInitialized(m) == nil {
					f.check(t, m)
					seen++
				}
			}
		}
		if seen < rounds*len(f.messages)*9/10 {
			t.Errorf("%d messages of the %d types of %s", seen, len(f.messages), set)
		}
	}
}

// A contract is a set of descriptors and what makes random messages of it.
type contract struct {
	random     *rand.Rand
	types      *dynamicpb.Types
	messages   []protoreflect.MessageDescriptor
	extensions map[protoreflect.FullName][]protoreflect.ExtensionType
	inAny      protoreflect.MessageDescriptor
}

func load(t *testing.T, name string) *contract {
	t.Helper()
	data, err := os.ReadFile(name + ".binpb")
	must(t, err)
	var set descriptorpb.FileDescriptorSet
	must(t, proto.Unmarshal(data, &set))
	for _, file := range set.File {
		withoutSets(file.MessageType)
	}
	files, err := protodesc.NewFiles(&set)
	must(t, err)
	f := &contract{
		random: rand.New(rand.NewSource(1)), types: dynamicpb.NewTypes(files),
		extensions: map[protoreflect.FullName][]protoreflect.ExtensionType{},
	}
	files.RangeFiles(func(d protoreflect.FileDescriptor) bool {
		if d.Path() != "google/protobuf/descriptor.proto" {
			f.collect(d.Messages(), d.Extensions())
		}
		return true
	})
	return f
}

// withoutSets makes message sets messages like others: google's runtime has none, and theirs are left out for it.
func withoutSets(messages []*descriptorpb.DescriptorProto) {
	for _, m := range messages {
		if m.GetOptions().GetMessageSetWireFormat() {
			m.Options.MessageSetWireFormat = proto.Bool(false)
			for _, numbers := range m.ExtensionRange {
				numbers.End = proto.Int32(min(numbers.GetEnd(), 1<<29))
			}
		}
		withoutSets(m.NestedType)
	}
}

func wasSet(d protoreflect.MessageDescriptor) bool {
	options := d.Options().(*descriptorpb.MessageOptions)
	return options != nil && options.MessageSetWireFormat != nil
}

func (f *contract) collect(messages protoreflect.MessageDescriptors, extensions protoreflect.ExtensionDescriptors) {
	for i := 0; i < extensions.Len(); i++ {
		x := extensions.Get(i)
		holder := x.ContainingMessage()
		if holder.ParentFile().Path() != "google/protobuf/descriptor.proto" {
			f.extensions[holder.FullName()] = append(f.extensions[holder.FullName()], dynamicpb.NewExtensionType(x))
		}
	}
	for i := 0; i < messages.Len(); i++ {
		d := messages.Get(i)
		if d.IsMapEntry() || wasSet(d) {
			continue
		}
		f.messages = append(f.messages, d)
		if d.Name() == "Scalars" {
			f.inAny = d
		}
		f.collect(d.Messages(), d.Extensions())
	}
}

// check passes a message through the text format both ways.
func (f *contract) check(t *testing.T, m *dynamicpb.Message) {
	t.Helper()
	data, err := proto.MarshalOptions{Deterministic: true}.Marshal(m)
	must(t, err)
	name := string(m.Descriptor().FullName())
	ours := types.New(name)
	if ours == nil {
		t.Fatalf("no type %s", name)
	}
	must(t, ours.UnmarshalBinary(data))

	for _, options := range []xlc.Prototext{{Types: types}, {Types: types, SingleLine: true}} {
		text, err := options.Marshal(ours)
		must(t, err)
		f.read(t, m, options, text)
		theirs := dynamicpb.NewMessage(m.Descriptor())
		if err := (prototext.UnmarshalOptions{Resolver: f.types}).Unmarshal(text, theirs); err != nil {
			t.Fatalf("%s: google cannot read it: %v\n%s", name, err, text)
		}
		if !proto.Equal(m, theirs) {
			t.Fatalf("%s: google reads something else\n%s\n%s\n%s", name, text, m, theirs)
		}
	}

	for _, options := range []prototext.MarshalOptions{{Resolver: f.types}, {Resolver: f.types, Multiline: true}, {Resolver: f.types, EmitASCII: true}} {
		text, err := options.Marshal(m)
		must(t, err)
		f.read(t, m, xlc.Prototext{Types: types}, text)
	}
}

// read holds what generated code reads against the message that was written.
func (f *contract) read(t *testing.T, m *dynamicpb.Message, options xlc.Prototext, text []byte) {
	t.Helper()
	ours, theirs := types.New(string(m.Descriptor().FullName())), dynamicpb.NewMessage(m.Descriptor())
	if err := options.Unmarshal(text, ours); err != nil {
		t.Fatalf("%s: %v\n%s", ours.MessageName(), err, text)
	}
	data, err := ours.MarshalBinary()
	must(t, err)
	must(t, proto.UnmarshalOptions{Resolver: f.types}.Unmarshal(data, theirs))
	if !proto.Equal(m, theirs) {
		t.Fatalf("%s: something else is read\n%s\n%s\n%s", ours.MessageName(), text, m, theirs)
	}
}

// fill sets some of the fields of a message, and all that are required.
func (f *contract) fill(m *dynamicpb.Message, depth int) *dynamicpb.Message {
	fields := m.Descriptor().Fields()
	if wasSet(m.Descriptor()) {
		return m
	}
	if m.Descriptor().FullName() == "google.protobuf.Any" {
		f.fillAny(m, depth)
		return m
	}
	for i := 0; i < fields.Len(); i++ {
		f.fillField(m, fields.Get(i), depth)
	}
	for _, x := range f.extensions[m.Descriptor().FullName()] {
		f.fillField(m, x.TypeDescriptor(), depth)
	}
	return m
}

func (f *contract) fillAny(m *dynamicpb.Message, depth int) {
	url, value := "example.com/not.Known", []byte("\x08\x01")
	if f.inAny != nil && depth > 0 && f.random.Intn(3) > 0 {
		url = "example.com/" + string(f.inAny.FullName())
		value, _ = proto.MarshalOptions{Deterministic: true}.Marshal(f.fill(dynamicpb.NewMessage(f.inAny), 0))
	}
	m.Set(m.Descriptor().Fields().ByNumber(1), protoreflect.ValueOfString(url))
	m.Set(m.Descriptor().Fields().ByNumber(2), protoreflect.ValueOfBytes(value))
}

func (f *contract) fillField(m *dynamicpb.Message, d protoreflect.FieldDescriptor, depth int) {
	required := d.Cardinality() == protoreflect.Required
	if !required && (f.random.Intn(2) == 0 || d.Message() != nil && depth <= 0) || depth < -3 {
		return
	}
	switch {
	case d.IsMap():
		entries := m.Mutable(d).Map()
		for n := f.random.Intn(4); n > 0; n-- {
			entries.Set(f.value(d.MapKey(), depth).MapKey(), f.value(d.MapValue(), depth))
		}
	case d.IsList():
		list := m.Mutable(d).List()
		for n := f.random.Intn(4); n > 0; n-- {
			list.Append(f.value(d, depth))
		}
	default:
		m.Set(d, f.value(d, depth))
	}
}

var (
	integers = []int64{0, 1, -1, 7, math.MaxInt32, math.MinInt32, math.MaxInt64, math.MinInt64}
	numbers  = []float64{
		0, math.Copysign(0, -1), 1, -1.5, 0.1, 1e-7, 1e20, 1e21, 5e-324, math.MaxFloat64, math.Inf(1), math.Inf(-1), math.NaN(),
		1.0 / 4096, 131072.125,
	}
	texts = []string{"", "plain", "é\"'\\\n\t\r\x00\x7f\u0085\u2028🎈", strings.Repeat("long ", 40), "#[{<:>}]", "7\x017"}
)

func (f *contract) value(d protoreflect.FieldDescriptor, depth int) protoreflect.Value {
	n := integers[f.random.Intn(len(integers))]
	v := numbers[f.random.Intn(len(numbers))]
	if depth <= 0 && math.IsNaN(v) {
		// There are several, and the bytes in a google.protobuf.Any tell them apart.
		v = 0
	}
	text := texts[f.random.Intn(len(texts))]
	switch d.Kind() {
	case protoreflect.BoolKind:
		return protoreflect.ValueOfBool(n > 0)
	case protoreflect.EnumKind:
		values := d.Enum().Values()
		if !d.Enum().IsClosed() && f.random.Intn(4) == 0 {
			return protoreflect.ValueOfEnum(protoreflect.EnumNumber(n))
		}
		return protoreflect.ValueOfEnum(values.Get(f.random.Intn(values.Len())).Number())
	case protoreflect.Int32Kind, protoreflect.Sint32Kind, protoreflect.Sfixed32Kind:
		return protoreflect.ValueOfInt32(int32(n))
	case protoreflect.Int64Kind, protoreflect.Sint64Kind, protoreflect.Sfixed64Kind:
		return protoreflect.ValueOfInt64(n)
	case protoreflect.Uint32Kind, protoreflect.Fixed32Kind:
		return protoreflect.ValueOfUint32(uint32(n))
	case protoreflect.Uint64Kind, protoreflect.Fixed64Kind:
		return protoreflect.ValueOfUint64(uint64(n))
	case protoreflect.FloatKind:
		return protoreflect.ValueOfFloat32(float32(v))
	case protoreflect.DoubleKind:
		return protoreflect.ValueOfFloat64(v)
	case protoreflect.StringKind:
		return protoreflect.ValueOfString(text)
	case protoreflect.BytesKind:
		return protoreflect.ValueOfBytes([]byte(text + "\xff\x80"))
	case protoreflect.MessageKind, protoreflect.GroupKind:
		return protoreflect.ValueOfMessage(f.fill(dynamicpb.NewMessage(d.Message()), depth-1))
	}
	panic(d.Kind())
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
