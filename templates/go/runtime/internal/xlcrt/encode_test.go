package xlcrt

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"
)

// Text of every length around the sizes of words, with a byte at every place that may or may not make it invalid.
func TestTextIsCopiedAndChecked(t *testing.T) {
	for n := 0; n <= 140; n++ {
		plain := strings.Repeat("abcdefghijklmnopqrstuvwxyz", 6)[:n]
		texts := []string{plain}
		for at := 0; at < n; at++ {
			texts = append(texts, plain[:at]+"\x80"+plain[at+1:])
			if at+2 <= n {
				texts = append(texts, plain[:at]+"é"+plain[at+2:])
			}
		}
		for _, text := range texts {
			valid := utf8.ValidString(text)
			b := make([]byte, n+4)
			i := PutText(b, len(b), 0x0a, text)
			if valid != (i >= 0) || valid != isText(text) {
				t.Fatalf("%q: %d", text, i)
			}
			if !valid {
				continue
			}
			if b[i] != 0x0a {
				t.Fatalf("the tag is %#x", b[i])
			}
			if u, end := String(string(b), i+1); u != text || end != len(b) {
				t.Fatalf("%q was read as %q up to %d", text, u, end)
			}
		}
	}
	if _, n := String("\x02\xc3\x28", 0); n != failUTF8 {
		t.Errorf("text that is not UTF-8 was read up to %d", n)
	}
	if u, n := Bytes("\x02\xc3\x28", 0); u != "\xc3\x28" || n != 3 {
		t.Errorf("%q up to %d", u, n)
	}
}

func TestRoomIsMade(t *testing.T) {
	b := append(make([]byte, 0, 8), "ab"...)
	if c, err := Grow(b, 4); len(c) != 6 || &c[0] != &b[0] || err != nil {
		t.Errorf("%d %v", len(c), err)
	}
	if c, err := Grow(b, 100); len(c) != 102 || string(c[:2]) != "ab" || err != nil {
		t.Errorf("%d %v", len(c), err)
	}
	var encode *EncodeError
	if c, err := Grow(b, MaxSize+1); !errors.As(err, &encode) || len(c) != 2 {
		t.Errorf("%d %v", len(c), err)
	}
}

func TestValuesAreWrittenFromTheEnd(t *testing.T) {
	b := make([]byte, 32)
	i := PutBool(b, len(b), true)
	i = PutBool(b, i, false)
	i = PutFixed32(b, i, 0x04030201)
	i = PutFixed64(b, i, 0x0807060504030201)
	i = PutBytes(b, i, []byte{9})
	i = PutString(b, i, "\xff")
	i = PutRaw(b, i, []byte{7})
	const want = "\x07\x01\xff\x01\x09\x01\x02\x03\x04\x05\x06\x07\x08\x01\x02\x03\x04\x00\x01"
	if string(b[i:]) != want {
		t.Errorf("%x", b[i:])
	}
}
