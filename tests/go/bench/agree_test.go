package main

import (
	"testing"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	official "xlc.test/bench/official"
	study "xlc.test/bench/ours/example.com/radiology/study/v1"
)

// The official runtime reads what generated code writes, and the other way round, binary and JSON.
func TestAgrees(t *testing.T) {
	for _, build := range []func() *study.Study{small, large} {
		m, theirs := build(), new(official.Study)
		data, err := m.MarshalBinary()
		check(t, err)
		check(t, proto.Unmarshal(data, theirs))
		text, err := m.MarshalJSON()
		check(t, err)
		fromJSON := new(official.Study)
		check(t, protojson.Unmarshal(text, fromJSON))
		if !proto.Equal(theirs, fromJSON) {
			t.Error("the official runtime reads something else from JSON than from the wire")
		}
		data, err = proto.Marshal(theirs)
		check(t, err)
		text, err = protojson.Marshal(theirs)
		check(t, err)
		var binary, json study.Study
		check(t, binary.UnmarshalBinary(data))
		check(t, json.UnmarshalJSON(text))
		if !binary.Equal(m) || !json.Equal(m) {
			t.Error("generated code reads something else than was written")
		}
	}
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
