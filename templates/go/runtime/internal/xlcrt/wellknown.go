package xlcrt

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// Timestamps lie between 0001-01-01T00:00:00Z and 9999-12-31T23:59:59Z.
const (
	minTimestamp = -62135596800
	maxTimestamp = 253402300799
	maxDuration  = 315576000000
)

// Timestamp writes a google.protobuf.Timestamp as in RFC 3339, in UTC.
func (w *Writer) Timestamp(seconds int64, nanos int32) {
	if seconds < minTimestamp || seconds > maxTimestamp || nanos < 0 || nanos > 999999999 {
		w.Fail("the timestamp is out of range")
		return
	}
	w.buf = append(w.buf, '"')
	w.buf = time.Unix(seconds, 0).UTC().AppendFormat(w.buf, "2006-01-02T15:04:05")
	w.fraction(nanos)
	w.buf = append(w.buf, 'Z', '"')
}

// Duration writes a google.protobuf.Duration as seconds.
func (w *Writer) Duration(seconds int64, nanos int32) {
	if seconds < -maxDuration || seconds > maxDuration || nanos < -999999999 || nanos > 999999999 ||
		seconds > 0 && nanos < 0 || seconds < 0 && nanos > 0 {
		w.Fail("the duration is out of range")
		return
	}
	w.buf = append(w.buf, '"')
	if seconds < 0 || nanos < 0 {
		w.buf = append(w.buf, '-')
		seconds, nanos = -seconds, -nanos
	}
	w.buf = strconv.AppendInt(w.buf, seconds, 10)
	w.fraction(nanos)
	w.buf = append(w.buf, 's', '"')
}

// fraction writes nanoseconds with 0, 3, 6 or 9 digits.
func (w *Writer) fraction(nanos int32) {
	if nanos == 0 {
		return
	}
	digits := 9
	for digits > 3 && nanos%1000 == 0 {
		nanos /= 1000
		digits -= 3
	}
	text := strconv.Itoa(int(nanos))
	w.buf = append(w.buf, '.')
	w.buf = append(w.buf, "000000000"[:digits-len(text)]...)
	w.buf = append(w.buf, text...)
}

// Timestamp reads a google.protobuf.Timestamp: RFC 3339 with capital letters and without leap seconds.
func (r *Reader) Timestamp() (int64, int32) {
	r.peek()
	start := r.p
	seconds, nanos, ok := parseTimestamp(r.text())
	if !ok || seconds < minTimestamp || seconds > maxTimestamp {
		r.failAt(start, "the text is not a timestamp such as 2006-01-02T15:04:05.999Z")
		return 0, 0
	}
	return seconds, nanos
}

func parseTimestamp(s string) (int64, int32, bool) {
	const form = "0000-00-00T00:00:00"
	if len(s) < len(form)+1 {
		return 0, 0, false
	}
	for i := range form {
		digit := '0' <= s[i] && s[i] <= '9'
		if form[i] == '0' && !digit || form[i] != '0' && form[i] != s[i] {
			return 0, 0, false
		}
	}
	year, month, day := decimal(s[:4]), decimal(s[5:7]), decimal(s[8:10])
	hour, minute, second := decimal(s[11:13]), decimal(s[14:16]), decimal(s[17:19])
	date := time.Date(year, time.Month(month), day, hour, minute, second, 0, time.UTC)
	if year == 0 || date.Month() != time.Month(month) || date.Day() != day || hour > 23 || minute > 59 || second > 59 {
		return 0, 0, false
	}
	nanos, rest, ok := parseFraction(s[19:])
	if !ok {
		return 0, 0, false
	}
	offset, ok := parseZone(rest)
	return date.Unix() - offset, nanos, ok
}

// parseZone is the offset of a time zone from UTC in seconds.
func parseZone(s string) (int64, bool) {
	if s == "Z" {
		return 0, true
	}
	if len(s) != 6 || s[0] != '+' && s[0] != '-' || s[3] != ':' || leadingDigits(s[1:]) != 2 || leadingDigits(s[4:]) != 2 {
		return 0, false
	}
	hours, minutes := decimal(s[1:3]), decimal(s[4:])
	if hours > 23 || minutes > 59 {
		return 0, false
	}
	offset := int64(hours*60+minutes) * 60
	if s[0] == '-' {
		offset = -offset
	}
	return offset, true
}

// parseFraction reads an optional point with up to nine digits as nanoseconds.
func parseFraction(s string) (nanos int32, rest string, ok bool) {
	if !strings.HasPrefix(s, ".") {
		return 0, s, true
	}
	n := leadingDigits(s[1:])
	if n == 0 || n > 9 {
		return 0, s, false
	}
	return int32(decimal(s[1:1+n] + "000000000"[n:])), s[1+n:], true
}

func decimal(digits string) int {
	v := 0
	for i := 0; i < len(digits); i++ {
		v = v*10 + int(digits[i]-'0')
	}
	return v
}

// Duration reads a google.protobuf.Duration: seconds with up to nine decimals, followed by s.
func (r *Reader) Duration() (int64, int32) {
	r.peek()
	start := r.p
	seconds, nanos, ok := parseDuration(r.text())
	if !ok {
		r.failAt(start, "the text is not a duration such as 1.5s")
	}
	return seconds, nanos
}

func parseDuration(s string) (int64, int32, bool) {
	negative := strings.HasPrefix(s, "-")
	s = strings.TrimPrefix(s, "-")
	n := leadingDigits(s)
	if n == 0 || n > 12 {
		return 0, 0, false
	}
	seconds := int64(decimal(s[:n]))
	nanos, rest, ok := parseFraction(s[n:])
	if !ok || rest != "s" || seconds > maxDuration {
		return 0, 0, false
	}
	if negative {
		return -seconds, -nanos, true
	}
	return seconds, nanos, true
}

// FieldMask writes the paths of a google.protobuf.FieldMask in lowerCamelCase.
func (w *Writer) FieldMask(paths []string) {
	text := make([]string, len(paths))
	for i, path := range paths {
		var b []byte
		for k := 0; k < len(path); k++ {
			c := path[k]
			switch {
			case c == '_' && k+1 < len(path) && 'a' <= path[k+1] && path[k+1] <= 'z':
				k++
				b = append(b, path[k]-'a'+'A')
			case 'a' <= c && c <= 'z', '0' <= c && c <= '9', c == '.':
				b = append(b, c)
			default:
				w.Fail("the path " + strconv.Quote(path) + " has no JSON form that leads back to it")
				return
			}
		}
		if path == "" {
			w.Fail("an empty path has no JSON form that leads back to it")
			return
		}
		text[i] = string(b)
	}
	w.String(strings.Join(text, ","))
}

// FieldMask reads the paths of a google.protobuf.FieldMask.
func (r *Reader) FieldMask() []string {
	r.peek()
	start := r.p
	text := r.text()
	if text == "" {
		return nil
	}
	paths := strings.Split(text, ",")
	for i, path := range paths {
		if path == "" {
			r.failAt(start, "a path is empty")
			return nil
		}
		var b []byte
		for k := 0; k < len(path); k++ {
			switch c := path[k]; {
			case 'A' <= c && c <= 'Z':
				b = append(b, '_', c-'A'+'a')
			case isName(path[k:k+1]) && c != '_', '0' <= c && c <= '9', c == '.':
				b = append(b, c)
			default:
				r.failAt(start, "the path "+strconv.Quote(path)+" is not valid in JSON")
				return nil
			}
		}
		paths[i] = string(b)
	}
	return paths
}

// Number writes the number of a google.protobuf.Value, which has no word for NaN and infinity.
func (w *Writer) Number(v float64) {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		w.Fail("a google.protobuf.Value cannot hold NaN or infinity")
		return
	}
	w.Float64(v)
}

// Number reads the number of a google.protobuf.Value.
func (r *Reader) Number() float64 {
	if r.peek() == '"' {
		r.Fail("expected a number")
		return 0
	}
	return r.Float64()
}

// Any writes a google.protobuf.Any.
func (w *Writer) Any(url string, value []byte) {
	if url == "" && len(value) == 0 {
		w.buf = append(w.buf, "{}"...)
		return
	}
	m := w.types.NewByURL(url)
	if m == nil || !strings.Contains(url, "/") {
		w.Fail("the type " + strconv.Quote(url) + " of a google.protobuf.Any is not in the registry")
		return
	}
	if w.depth >= MaxDepth {
		w.Fail(reason(failDepth))
		return
	}
	if err := m.UnmarshalBinary(value); err != nil {
		w.Fail("the value of a google.protobuf.Any: " + err.Error())
		return
	}
	w.depth++
	w.Open()
	w.Key("@type", "@type")
	w.String(url)
	if fields, ok := m.(fieldMessage); ok {
		fields.XLCWriteJSONFields(w)
	} else {
		w.Key("value", "value")
		m.XLCWriteJSON(w)
	}
	w.Close()
	w.depth--
}

// Any reads a google.protobuf.Any.
func (r *Reader) Any() (url string, value []byte) {
	url, found := r.findType()
	if r.err != nil || !found {
		return "", nil
	}
	m := r.types.NewByURL(url)
	if m == nil || !strings.Contains(url, "/") {
		r.Fail("the type " + strconv.Quote(url) + " of a google.protobuf.Any is not in the registry")
		return "", nil
	}
	typed := r.typed
	r.typed = r.depth + 1
	if _, ok := m.(fieldMessage); ok {
		r.Message(m)
	} else {
		r.readValue(m)
	}
	r.typed = typed
	if r.err != nil {
		return "", nil
	}
	value, err := m.MarshalBinary()
	if err != nil {
		r.Fail(err.Error())
	}
	return url, value
}

// readValue reads an object whose member "value" is a well-known type.
func (r *Reader) readValue(m Message) {
	var seen [1]uint64
	r.Open()
	for key, ok := r.Key(); ok; key, ok = r.Key() {
		if key != "value" {
			r.Unknown(key)
		} else if r.OnceOrNull(seen[:], 0) {
			r.Message(m)
		}
	}
	if seen[0] == 0 {
		r.Fail("the google.protobuf.Any has no \"value\"")
	}
}

// findType looks ahead for the "@type" of an object. Without one the object must be empty, and is read.
func (r *Reader) findType() (url string, found bool) {
	at := *r
	members := 0
	typed := r.typed
	r.typed = 0
	r.Open()
	// A message has two brackets at most, its own and those of a list or a map around it.
	brackets := 2 * (MaxDepth - r.level)
	for key, ok := r.Key(); ok; key, ok = r.Key() {
		members++
		if key != "@type" {
			r.skip(brackets)
			continue
		}
		if found {
			r.Fail("the field occurs twice")
			return "", false
		}
		url, found = r.text(), true
	}
	if r.err != nil {
		return "", false
	}
	if !found && members > 0 {
		*r = at
		r.Fail("the google.protobuf.Any has no \"@type\"")
		return "", false
	}
	if found {
		*r = at
	}
	r.typed = typed
	return url, found
}
