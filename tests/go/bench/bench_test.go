// Package bench compares generated code with google's runtime: the same messages, the same bytes.
package bench

import (
	"strconv"
	"testing"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	official "xlc.test/bench/official"
	study "xlc.test/bench/ours/example.com/radiology/study/v1"
	"xlc.test/bench/ours/google/protobuf"
	"xlc.test/bench/ours/xlc"
)

// small is a study of about 270 bytes.
func small() *study.Study {
	return &study.Study{
		ID:               "0192f3c4-8f1e-7c61-a3d2-5b9e0c7d4a11",
		AccessionNumber:  "ACC-2026-004711",
		Modality:         "CT",
		Status:           study.StudyStatusCompleted,
		StudyInstanceUID: "1.2.840.113619.2.55.3.604688119.971.1747",
		Patient:          &study.Patient{Pseudonym: "P-88231", Sex: xlc.Ptr("F"), WeightKg: xlc.Ptr(float32(71.5))},
		Description:      xlc.Ptr("Thorax, low dose"),
		PerformedAt:      &protobuf.Timestamp{Seconds: 1763718000, Nanos: 250000000},
		BodyParts:        []study.BodyPart{study.BodyPartChest, study.BodyPartSpine},
		Result: &study.StudyResultRejection{Rejection: study.Rejection{
			Message: "slice thickness above 3 mm",
		}},
		Labels:     map[string]string{"trial": "NELSON-2", "site": "north"},
		Turnaround: &protobuf.Duration{Seconds: 93, Nanos: 500000000},
		Revision:   7,
		TotalBytes: 268435456,
	}
}

// large is a study of a thousand series.
func large() *study.Study {
	m := small()
	for i := 0; i < 1000; i++ {
		m.Series = append(m.Series, study.StudySeries{
			SeriesInstanceUID: "1.2.840.113619.2.55.3." + strconv.Itoa(i),
			SeriesNumber:      int32(i),
			Modality:          "CT",
			Description:       xlc.Ptr("axial " + strconv.Itoa(i)),
			BodyPart:          study.BodyPartChest,
			SliceThicknessMm:  xlc.Ptr(float32(1.25)),
			Contrast:          i%2 == 0,
			Exposure:          &protobuf.Duration{Seconds: int64(i % 60), Nanos: 1000},
		})
	}
	return m
}

func both(b *testing.B, build func() *study.Study) (*study.Study, *official.Study, []byte) {
	b.Helper()
	ours, theirs := build(), new(official.Study)
	data, err := ours.MarshalBinary()
	if err == nil {
		err = proto.Unmarshal(data, theirs)
	}
	if err != nil {
		b.Fatal(err)
	}
	// It writes members of oneofs last, so the bytes are in another order.
	if n := proto.Size(theirs); n != len(data) {
		b.Fatalf("the official runtime writes %d bytes, not %d", n, len(data))
	}
	b.SetBytes(int64(len(data)))
	return ours, theirs, data
}

func run(b *testing.B, do func() error) {
	b.Helper()
	b.ReportAllocs()
	b.ResetTimer()
	for i := 0; i < b.N; i++ {
		if err := do(); err != nil {
			b.Fatal(err)
		}
	}
}

func Benchmark(b *testing.B) {
	for _, size := range []struct {
		name  string
		build func() *study.Study
	}{{"small", small}, {"large", large}} {
		b.Run(size.name, func(b *testing.B) { compare(b, size.build) })
	}
}

func compare(b *testing.B, build func() *study.Study) {
	b.Run("encode/xlc", func(b *testing.B) {
		m, _, _ := both(b, build)
		run(b, func() error { _, err := m.MarshalBinary(); return err })
	})
	b.Run("encode/official", func(b *testing.B) {
		_, m, _ := both(b, build)
		run(b, func() error { _, err := proto.Marshal(m); return err })
	})
	b.Run("append/xlc", func(b *testing.B) {
		m, _, data := both(b, build)
		buffer := make([]byte, 0, len(data))
		run(b, func() error { _, err := m.AppendBinary(buffer); return err })
	})
	b.Run("append/official", func(b *testing.B) {
		_, m, data := both(b, build)
		buffer := make([]byte, 0, len(data))
		run(b, func() error { _, err := proto.MarshalOptions{}.MarshalAppend(buffer, m); return err })
	})
	b.Run("decode/xlc", func(b *testing.B) {
		_, _, data := both(b, build)
		run(b, func() error { return new(study.Study).UnmarshalBinary(data) })
	})
	b.Run("decode/official", func(b *testing.B) {
		_, _, data := both(b, build)
		run(b, func() error { return proto.Unmarshal(data, new(official.Study)) })
	})
	b.Run("json-out/xlc", func(b *testing.B) {
		m, _, _ := both(b, build)
		run(b, func() error { _, err := m.MarshalJSON(); return err })
	})
	b.Run("json-out/official", func(b *testing.B) {
		_, m, _ := both(b, build)
		run(b, func() error { _, err := protojson.Marshal(m); return err })
	})
	b.Run("json-in/xlc", func(b *testing.B) {
		m, _, _ := both(b, build)
		text, _ := m.MarshalJSON()
		run(b, func() error { return new(study.Study).UnmarshalJSON(text) })
	})
	b.Run("json-in/official", func(b *testing.B) {
		m, _, _ := both(b, build)
		text, _ := m.MarshalJSON()
		run(b, func() error { return protojson.Unmarshal(text, new(official.Study)) })
	})
}
