// Package proof tests generated code of the Study contract from the outside, as a program uses it.
package proof

import (
	"encoding"
	"encoding/json"
	"errors"
	"math/rand"
	"strings"
	"testing"
	"time"

	"example.com/radiology/google/protobuf"
	study "example.com/radiology/study/v1"
	"example.com/radiology/xlc"
)

var types = xlc.NewRegistry(study.Types(), protobuf.Types())

// The interfaces that Go programs look for.
var (
	_ encoding.BinaryMarshaler   = (*study.Study)(nil)
	_ encoding.BinaryUnmarshaler = (*study.Study)(nil)
	_ json.Marshaler             = (*study.Study)(nil)
	_ json.Unmarshaler           = (*study.Study)(nil)
	_ xlc.Message                = (*study.Study)(nil)
)

// full is a study with a value of every kind.
func full(t testing.TB) *study.Study {
	t.Helper()
	attributes, err := protobuf.NewStruct(map[string]any{
		"KVP": 120, "Protocol": "low dose", "Contrast": false, "Nothing": nil, "List": []any{1.5, "two"},
	})
	if err != nil {
		t.Fatal(err)
	}
	attachment, err := protobuf.NewAny(&study.PixelSpacing{RowMm: 0.7, ColumnMm: 0.7})
	if err != nil {
		t.Fatal(err)
	}
	return &study.Study{
		ID:          "study-1",
		Modality:    "CT",
		Status:      study.StudyStatusCompleted,
		Patient:     &study.Patient{AgeYears: &protobuf.UInt32Value{Value: 61}, Sex: xlc.Ptr("F")},
		Description: xlc.Ptr(""),
		PerformedAt: protobuf.NewTimestamp(time.Date(2026, 11, 21, 12, 30, 0, 250e6, time.UTC)),
		BodyParts:   []study.BodyPart{study.BodyPartChest, 99},
		Series: []study.StudySeries{{
			SeriesInstanceUID: "1.2.3",
			Instances: []study.StudySeriesInstance{{
				InstanceNumber: -3, MinHounsfield: -1024, TriggerOffsetUs: xlc.Ptr(int64(-7)), TableHeightUm: -5,
				ClockSkewNs: -9, PixelCrc32c: 1 << 31, ContentHash: 1 << 63, Thumbnail: []byte{0, 0xff},
				ImagePositionMm: []float64{0, -1.5, 1e300}, FrameLengths: []uint64{1, 1 << 40},
			}},
			Windows: map[int32]*study.StudySeriesWindow{-1: {Center: 40, Width: 400}, 2: {}},
		}, {}},
		Result:         &study.StudyResultFinding{},
		Labels:         map[string]string{"b": "2", "a": "1", "": ""},
		Attributes:     attributes,
		Attachments:    []protobuf.Any{*attachment},
		Turnaround:     protobuf.NewDuration(-1500 * time.Millisecond),
		Revision:       -1,
		TotalBytes:     1<<64 - 1,
		Phantom:        true,
		Remark:         &protobuf.StringValue{},
		InstanceCounts: map[string]uint32{"1.2.3": 1},
	}
}

func TestRoundTrips(t *testing.T) {
	m := full(t)
	data, err := m.MarshalBinary()
	if err != nil || len(data) != m.Size() {
		t.Fatalf("%d bytes, size %d: %v", len(data), m.Size(), err)
	}
	var binary study.Study
	if err := binary.UnmarshalBinary(data); err != nil || !binary.Equal(m) {
		t.Fatalf("binary: %v\n%v\n%v", err, &binary, m)
	}
	options := xlc.JSON{Types: types}
	text, err := options.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	var fromJSON study.Study
	if err := options.Unmarshal(text, &fromJSON); err != nil || !fromJSON.Equal(m) {
		t.Fatalf("JSON: %v\n%s", err, text)
	}
	if again, _ := fromJSON.MarshalBinary(); string(again) != string(data) {
		t.Error("the same message gave other bytes")
	}
	if !json.Valid(text) {
		t.Errorf("not JSON: %s", text)
	}
}

func TestAppendKeepsWhatIsThere(t *testing.T) {
	data, err := full(t).AppendBinary([]byte("before"))
	if err != nil || !strings.HasPrefix(string(data), "before") {
		t.Fatalf("%q %v", data, err)
	}
	if err := new(study.Study).UnmarshalBinary(data[len("before"):]); err != nil {
		t.Fatal(err)
	}
}

func TestClonesShareNothing(t *testing.T) {
	m := full(t)
	c := m.Clone()
	if !c.Equal(m) {
		t.Fatal("the clone differs")
	}
	c.Series[0].Instances[0].Thumbnail[0] = 7
	c.Labels["a"] = "other"
	*c.Patient.Sex = "M"
	c.Series[0].Windows[2].Center = 1
	c.GetFinding().Reset()
	if !m.Equal(full(t)) {
		t.Error("the original changed with its clone")
	}
	if c.Equal(m) {
		t.Error("the clone did not change")
	}
}

func TestMergeOfMessagesIsMergeOfBytes(t *testing.T) {
	a, b := full(t), &study.Study{Modality: "MR", Labels: map[string]string{"a": "new"}, Series: make([]study.StudySeries, 1)}
	first, _ := a.MarshalBinary()
	second, _ := b.MarshalBinary()
	var bytes study.Study
	if err := bytes.UnmarshalBinary(append(first, second...)); err != nil {
		t.Fatal(err)
	}
	a.Merge(b)
	if !a.Equal(&bytes) {
		t.Errorf("%v\n%v", a, &bytes)
	}
}

func TestUnknownFieldsStayInOrder(t *testing.T) {
	raw := "\xc0\x3e\x01\xd3\x3e\x08\x05\xd4\x3e\xca\x3e\x02hi"
	var m study.Patient
	if err := m.UnmarshalBinary([]byte(raw)); err != nil {
		t.Fatal(err)
	}
	if data, _ := m.MarshalBinary(); string(data) != raw || string(m.UnknownFields()) != raw {
		t.Errorf("%x", data)
	}
}

func TestGettersWorkOnNil(t *testing.T) {
	var m *study.Study
	if m.GetPatient().GetSex() != "" || m.GetFinding() != nil || m.GetResult() != nil || m.GetSeries() != nil {
		t.Error("a getter on nil found something")
	}
	if m.Size() != 0 || m.Clone() != nil || !m.Equal(nil) || m.String() != "" {
		t.Error("nil is not an empty message")
	}
}

func TestErrorsNameTheField(t *testing.T) {
	m := full(t)
	m.Series[0].Windows[-1].Explanation = "\xff"
	var encode *xlc.EncodeError
	if _, err := m.MarshalBinary(); !errors.As(err, &encode) || encode.Path != `series[0].windows["-1"].explanation` {
		t.Errorf("encoding: %v", err)
	}
	if _, err := m.MarshalJSON(); !errors.As(err, &encode) || encode.Path != `series[0].windows["-1"].explanation` {
		t.Errorf("writing JSON: %v", err)
	}
	var decode *xlc.DecodeError
	err := new(study.Study).UnmarshalBinary([]byte("\x0a\x01x\x52\x00\x52\x05\x1a\x01y\x0a\x05"))
	if !errors.As(err, &decode) || decode.Path != "series[1].series_instance_uid" || decode.Offset != 10 {
		t.Errorf("decoding: %v", err)
	}
	err = new(study.Study).UnmarshalJSON([]byte(`{"series": [{}, {"windows": {"3": {"width": "wide"}}}]}`))
	if !errors.As(err, &decode) || decode.Path != `series[1].windows["3"].width` || decode.Offset != 44 {
		t.Errorf("reading JSON: %v", err)
	}
}

func TestJSONIsStrict(t *testing.T) {
	for _, text := range []string{
		`{"id": "a", "id": "b"}`, `{"accessionNumber": "a", "accession_number": "b"}`, `{"labels": {"a": "1", "a": "2"}}`,
		`{"id": "\ud800"}`, "{\"id\": \"\xff\"}", "{\"id\": \"\n\"}", `{"id": 1}`, `{"revision": 1.5}`, `{"revision": "1e99"}`,
		`{"revision": 9223372036854775808}`, `{"queuePosition": 2147483648}`, `{"totalBytes": -1}`, `{"phantom": "true"}`,
		`{"finding": {}, "rejection": {}}`, `{"unknown": 1}`, `{"status": "NO_SUCH"}`, `{"performedAt": "2026-02-29T00:00:00Z"}`,
		`{"performedAt": "2026-01-01t00:00:00Z"}`, `{"performedAt": "2026-01-01T00:00:60Z"}`, `{"turnaround": "1"}`,
		`{"series": [null]}`, `{"series": {}}`, `{}x`, `{"id": "a",}`, `{,}`, `[]`, ``, `null`, `{"instanceCounts": {"a": 01}}`,
		`{"patient": {"weightKg": 1e39}}`, `{"patient": {"weightKg": true}}`, `{"status": true}`, `{"status": [1]}`,
		`{"attachments": [{"value": 1}]}`, `{"attachments": [{"@type": "x.y/None"}]}`,
	} {
		if err := (xlc.JSON{Types: types}).Unmarshal([]byte(text), new(study.Study)); err == nil {
			t.Errorf("accepted: %s", text)
		}
	}
	for _, text := range []string{
		`{"revision": 1e3}`, `{"revision": "1000"}`, `{"revision": 1000.0}`, `{"revision": 0.1e4}`, ` { "revision" : 1000 } `,
	} {
		var m study.Study
		if err := m.UnmarshalJSON([]byte(text)); err != nil || m.Revision != 1000 {
			t.Errorf("%s: %d %v", text, m.Revision, err)
		}
	}
}

func TestDebugStringsRedact(t *testing.T) {
	text := full(t).String()
	if !strings.Contains(text, `id:"study-1"`) || !strings.Contains(text, "STUDY_STATUS_COMPLETED") {
		t.Error(text)
	}
}

func TestDepthIsLimited(t *testing.T) {
	for _, depth := range []int{40, 10_000, 1_000_000} {
		text := `{"attributes": {"a": ` + strings.Repeat("[", depth) + strings.Repeat("]", depth) + `}}`
		if err := new(study.Study).UnmarshalJSON([]byte(text)); (err == nil) != (depth == 40) {
			t.Errorf("JSON of depth %d: %v", depth, err)
		}
		group := strings.Repeat("\xc3\x3e", depth) + strings.Repeat("\xc4\x3e", depth)
		if err := new(study.Study).UnmarshalBinary([]byte(group)); (err == nil) != (depth == 40) {
			t.Errorf("groups of depth %d: %v", depth, err)
		}
	}
	// A list in a list in a list, each one a message.
	list := ""
	for i := 0; i < 400; i++ {
		inner := "\x32" + uvarint(len(list)) + list
		list = "\x0a" + uvarint(len(inner)) + inner
	}
	if err := new(protobuf.ListValue).UnmarshalBinary([]byte(list)); err == nil {
		t.Error("a list of depth 400 was read")
	}
}

func uvarint(n int) string {
	var b []byte
	for ; n >= 0x80; n >>= 7 {
		b = append(b, byte(n)|0x80)
	}
	return string(append(b, byte(n)))
}

// Malformed input of every kind gives the decode error or a message, never a panic.
func TestMalformedInput(t *testing.T) {
	const rounds = 120_000
	random := rand.New(rand.NewSource(1))
	data, _ := full(t).MarshalBinary()
	text, _ := xlc.JSON{Types: types}.Marshal(full(t))
	refused := 0
	for i := 0; i < rounds; i++ {
		isJSON := i%3 == 0
		input := data
		if isJSON {
			input = text
		}
		broken := damage(random, input)
		var m study.Study
		var err error
		if isJSON {
			err = xlc.JSON{Types: types}.Unmarshal(broken, &m)
		} else {
			err = m.UnmarshalBinary(broken)
		}
		var decode *xlc.DecodeError
		if err != nil && !errors.As(err, &decode) {
			t.Fatalf("%T for %x", err, broken)
		}
		if err != nil {
			refused++
		} else if _, err := m.MarshalBinary(); err != nil {
			t.Fatalf("what was read cannot be written: %v (%x)", err, broken)
		}
	}
	if refused < rounds/2 || refused == rounds {
		t.Errorf("%d of %d were refused", refused, rounds)
	}
}

func damage(random *rand.Rand, input []byte) []byte {
	broken := append([]byte{}, input...)
	switch random.Intn(4) {
	case 0:
		return broken[:random.Intn(len(broken))]
	case 1:
		for n := random.Intn(4) + 1; n > 0; n-- {
			broken[random.Intn(len(broken))] ^= 1 << random.Intn(8)
		}
		return broken
	case 2:
		at := random.Intn(len(broken))
		return append(append(append([]byte{}, broken[:at]...), "\xff\xff\xff\xff\x7f"...), broken[at:]...)
	}
	from := random.Intn(len(broken))
	return append(broken[:from], broken[from+random.Intn(len(broken)-from):]...)
}
