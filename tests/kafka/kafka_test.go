package kafka

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func data(t *testing.T, text string) []byte {
	t.Helper()
	bytes, err := hex.DecodeString(strings.ReplaceAll(text, "-", ""))
	if err != nil {
		t.Fatal(err)
	}
	return bytes
}

func TestVectors(t *testing.T) {
	text, err := os.ReadFile("vectors.txt")
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		words := strings.Split(line, " ")
		number, _ := strconv.ParseUint(words[1], 10, 32)
		id := uint32(number)
		var indexes []int
		for _, word := range strings.Split(words[2], ",") {
			if index, err := strconv.Atoi(word); err == nil {
				indexes = append(indexes, index)
			}
		}
		payload, value := data(t, words[3]), data(t, words[4])
		switch words[0] {
		case "frame", "unframe":
			if framed := append(AppendFrame(nil, id, indexes), payload...); words[0] == "frame" && !bytes.Equal(framed, value) {
				t.Errorf("%s: %x", line, framed)
			}
			gotID, got, rest, err := Unframe(value)
			if err != nil || gotID != id || !slices.Equal(got, indexes) || !bytes.Equal(rest, payload) {
				t.Errorf("%s: %v %v %x %v", line, gotID, got, rest, err)
			}
		case "schema":
			if framed := append(AppendSchemaFrame(nil, id), payload...); !bytes.Equal(framed, value) {
				t.Errorf("%s: %x", line, framed)
			}
			if gotID, rest, err := UnframeSchema(value); err != nil || gotID != id || !bytes.Equal(rest, payload) {
				t.Errorf("%s: %v %x %v", line, gotID, rest, err)
			}
		case "single":
			fingerprint := binary.LittleEndian.Uint64(data(t, words[1]))
			if framed := append(AppendSingleObject(nil, fingerprint), payload...); !bytes.Equal(framed, value) {
				t.Errorf("%s: %x", line, framed)
			}
			if got, rest, err := SplitSingleObject(value); err != nil || got != fingerprint || !bytes.Equal(rest, payload) {
				t.Errorf("%s: %x %x %v", line, got, rest, err)
			}
		case "bad":
			if _, _, _, err := Unframe(value); err == nil {
				t.Error(line)
			}
		}
		count++
	}
	if count < 19 {
		t.Errorf("only %d vectors", count)
	}
	if !slices.Equal(MessageIndexes("radiology.study.v1.Study.Series.Window"), []int{2, 0, 1}) {
		t.Error("not where it is")
	}
	if MessageIndexes("radiology.study.v1.Nothing") != nil {
		t.Error("there is no such message")
	}
}
