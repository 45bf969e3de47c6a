package xlcrt

import (
	"encoding/base64"
	"math"
	"strconv"
	"strings"
)

// String reads text.
func (r *Reader) String() string { return r.text() }

// Bool reads true or false.
func (r *Reader) Bool() bool {
	switch r.peek() {
	case 't':
		return r.literal("true")
	case 'f':
		r.literal("false")
		return false
	}
	r.Fail("expected true or false")
	return false
}

// digits reads the characters that numbers are made of.
func (r *Reader) digits() string {
	start := r.p
	for r.p < len(r.s) {
		switch c := r.s[r.p]; {
		case '0' <= c && c <= '9', c == '-', c == '+', c == '.', c == 'e', c == 'E':
			r.p++
		default:
			return r.s[start:r.p]
		}
	}
	return r.s[start:r.p]
}

// number reads a number, in quotes or not; the position is behind it.
func (r *Reader) number() (text string, start int, quoted bool) {
	c := r.peek()
	start = r.p
	if c == '"' {
		return r.text(), start, true
	}
	return r.digits(), start, false
}

// isNumber tells whether text is a number by the grammar of JSON.
func isNumber(text string) bool {
	text = strings.TrimPrefix(text, "-")
	whole := leadingDigits(text)
	if whole == 0 || whole > 1 && text[0] == '0' {
		return false
	}
	text = text[whole:]
	if strings.HasPrefix(text, ".") {
		n := leadingDigits(text[1:])
		if n == 0 {
			return false
		}
		text = text[1+n:]
	}
	if text != "" && (text[0] == 'e' || text[0] == 'E') {
		text = text[1:]
		if text != "" && (text[0] == '+' || text[0] == '-') {
			text = text[1:]
		}
		n := leadingDigits(text)
		if n == 0 {
			return false
		}
		text = text[n:]
	}
	return text == ""
}

func leadingDigits(text string) int {
	n := 0
	for n < len(text) && '0' <= text[n] && text[n] <= '9' {
		n++
	}
	return n
}

// integer is the value of a number without a fraction: 1.0 and 1e3 are such. It does not round.
func integer(text string) (negative bool, value uint64, problem string) {
	if !isNumber(text) {
		return false, 0, "expected an integer"
	}
	negative = text[0] == '-'
	text = strings.TrimPrefix(text, "-")
	if at := strings.IndexAny(text, ".eE"); at >= 0 {
		if text = expand(text, at); text == "" {
			return false, 0, "the number is not an integer"
		}
	}
	value, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		return false, 0, outOfRange
	}
	return negative, value, ""
}

const outOfRange = "the number is out of range"

// expand writes a number with a fraction or an exponent as an integer; empty if it is none.
func expand(text string, at int) string {
	digits, point := text[:at], at
	rest := text[at:]
	if rest[0] == '.' {
		n := leadingDigits(rest[1:])
		digits += rest[1 : 1+n]
		rest = rest[1+n:]
	}
	digits = strings.TrimRight(digits, "0")
	if strings.Trim(digits, "0") == "" {
		return "0"
	}
	if rest != "" {
		// An exponent that does not fit is out of range for every digit but zero.
		exponent, err := strconv.Atoi(strings.TrimPrefix(rest[1:], "+"))
		if err != nil || exponent > 1<<20 || exponent < -1<<20 {
			exponent = 1 << 20
			if strings.HasPrefix(rest[1:], "-") {
				return ""
			}
		}
		point += exponent
	}
	if len(digits) > point {
		return ""
	}
	if len(strings.TrimLeft(digits, "0"))+point-len(digits) > 20 {
		return "99999999999999999999"
	}
	return digits + strings.Repeat("0", point-len(digits))
}

func (r *Reader) signed(size uint) int64 {
	text, start, _ := r.number()
	v, problem := toSigned(text, size)
	if problem != "" {
		r.failAt(start, problem)
	}
	return v
}

func toSigned(text string, size uint) (int64, string) {
	negative, v, problem := integer(text)
	limit := uint64(1) << (size - 1)
	switch {
	case problem != "":
		return 0, problem
	case negative && v <= limit:
		return -int64(v), ""
	case !negative && v < limit:
		return int64(v), ""
	}
	return 0, outOfRange
}

func (r *Reader) unsigned(size uint) uint64 {
	text, start, _ := r.number()
	v, problem := toUnsigned(text, size)
	if problem != "" {
		r.failAt(start, problem)
	}
	return v
}

func toUnsigned(text string, size uint) (uint64, string) {
	negative, v, problem := integer(text)
	switch {
	case problem != "":
		return 0, problem
	case negative && v != 0, v > math.MaxUint64>>(64-size):
		return 0, outOfRange
	}
	return v, ""
}

// Int32 reads an integer.
func (r *Reader) Int32() int32 { return int32(r.signed(32)) }

// Int64 reads an integer.
func (r *Reader) Int64() int64 { return r.signed(64) }

// Uint32 reads an integer.
func (r *Reader) Uint32() uint32 { return uint32(r.unsigned(32)) }

// Uint64 reads an integer.
func (r *Reader) Uint64() uint64 { return r.unsigned(64) }

// Float32 reads a number.
func (r *Reader) Float32() float32 { return float32(r.float(32)) }

// Float64 reads a number.
func (r *Reader) Float64() float64 { return r.float(64) }

func (r *Reader) float(size int) float64 {
	text, start, quoted := r.number()
	if quoted {
		switch text {
		case "NaN":
			// Not math.NaN, which is a NaN of its own.
			return math.Float64frombits(0x7ff8000000000000)
		case "Infinity":
			return math.Inf(1)
		case "-Infinity":
			return math.Inf(-1)
		}
	}
	if !isNumber(text) {
		r.failAt(start, "expected a number")
		return 0
	}
	v, err := strconv.ParseFloat(text, size)
	if err != nil {
		r.failAt(start, outOfRange)
		return 0
	}
	return v
}

// Bytes reads base64, in the standard or the URL alphabet, padded or not.
func (r *Reader) Bytes() []byte {
	r.peek()
	start := r.p
	text := r.text()
	encoding := base64.RawStdEncoding
	if strings.ContainsAny(text, "-_") {
		encoding = base64.RawURLEncoding
	}
	bare := strings.TrimRight(text, "=")
	padding := len(text) - len(bare)
	v, err := encoding.DecodeString(bare)
	if err != nil || strings.ContainsAny(text, "\r\n") || padding > 2 || padding > 0 && len(text)%4 != 0 {
		r.failAt(start, "the text is not base64")
		return nil
	}
	return v
}

// An Enum is a generated enum type.
type Enum interface {
	~int32
	XLCNumber(name string) (int32, bool)
}

// ReadEnum reads the name or number of an enum value; false if it is an unknown name that is passed over.
func ReadEnum[E Enum](r *Reader) (E, bool) {
	c := r.peek()
	start := r.p
	if c != '"' {
		v, problem := toSigned(r.digits(), 32)
		if problem != "" {
			if problem != outOfRange {
				problem = "expected the name or number of an enum value"
			}
			r.failAt(start, problem)
		}
		return E(v), r.err == nil
	}
	name := r.text()
	if v, ok := E(0).XLCNumber(name); ok {
		return E(v), r.err == nil
	}
	if !r.ignore && r.err == nil {
		r.failAt(start, "the enum has no value "+strconv.Quote(name))
	}
	return 0, false
}

// ReadClosedEnum is ReadEnum for an enum that holds no unknown numbers.
func ReadClosedEnum[E interface {
	Enum
	XLCName() string
}](r *Reader) (E, bool) {
	r.peek()
	start := r.p
	v, ok := ReadEnum[E](r)
	if !ok || v.XLCName() != "" {
		return v, ok
	}
	if !r.ignore {
		r.failAt(start, "the enum has no value "+strconv.Itoa(int(v)))
	}
	return 0, false
}

// ReadNull reads the only value of google.protobuf.NullValue, which is null.
func ReadNull[E Enum](r *Reader) (E, bool) {
	if r.peek() == 'n' {
		return 0, r.literal("null")
	}
	return ReadEnum[E](r)
}

// EnumText is the name of an enum value, or the number of one without a name.
func EnumText(number int32, name string) string {
	if name == "" {
		return strconv.Itoa(int(number))
	}
	return name
}

// ParseEnum is the enum value of a name in the contract.
func ParseEnum[E Enum](name string) (E, error) {
	if v, ok := E(0).XLCNumber(name); ok {
		return E(v), nil
	}
	return 0, &DecodeError{Reason: "the enum has no value " + strconv.Quote(name)}
}

// IntKey is a map key as a number of so many bits.
func (r *Reader) IntKey(key string, size uint) int64 {
	v, problem := toSigned(key, size)
	if problem != "" {
		r.Fail("map key " + strconv.Quote(key) + ": " + problem)
	}
	return v
}

// UintKey is a map key as a number of so many bits.
func (r *Reader) UintKey(key string, size uint) uint64 {
	v, problem := toUnsigned(key, size)
	if problem != "" {
		r.Fail("map key " + strconv.Quote(key) + ": " + problem)
	}
	return v
}

// BoolKey is a map key as true or false.
func (r *Reader) BoolKey(key string) bool {
	if key != "true" && key != "false" {
		r.Fail("map key " + strconv.Quote(key) + ": expected true or false")
	}
	return key == "true"
}
