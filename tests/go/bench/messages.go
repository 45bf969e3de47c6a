package main

import (
	"strconv"

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
