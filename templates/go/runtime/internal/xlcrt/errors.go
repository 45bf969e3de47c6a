package xlcrt

import "strconv"

// A DecodeError says why input was refused, and where.
type DecodeError struct {
	// Path leads from the decoded message to the field: series[2].windows["1"].width.
	// Of JSON it is made of JSON names. It is empty for the message itself.
	Path string
	// Offset counts the bytes of the input before the place.
	Offset int
	// Line and Column, both from 1, are the place in the text format; they are 0 for other formats.
	Line, Column int
	// Reason is the cause in words, in lower case.
	Reason string
}

// Error describes the problem on one line.
func (e *DecodeError) Error() string {
	text := "xlc: cannot decode"
	if e.Path != "" {
		text += " `" + e.Path + "`"
	}
	if e.Line > 0 {
		return text + " at line " + strconv.Itoa(e.Line) + ", column " + strconv.Itoa(e.Column) + ": " + e.Reason
	}
	return text + " at byte " + strconv.Itoa(e.Offset) + ": " + e.Reason
}

// An EncodeError says which field cannot be written, and why.
type EncodeError struct {
	// Path leads from the encoded message to the field.
	Path string
	// Reason is the cause in words, in lower case.
	Reason string
}

// Error describes the problem on one line.
func (e *EncodeError) Error() string {
	text := "xlc: cannot encode"
	if e.Path != "" {
		text += " `" + e.Path + "`"
	}
	return text + ": " + e.Reason
}

// A MissingError names a required field that is not set.
type MissingError struct {
	// Path leads from the message to the field.
	Path string
}

// Error describes the problem on one line.
func (e *MissingError) Error() string {
	return "xlc: required field `" + e.Path + "` is not set"
}

// What readers return in place of a position when they fail.
const (
	failTruncated = -1 - iota
	failVarint
	failTag
	failWireType
	failGroup
	failEndGroup
	failDepth
	failUTF8
	failPacked
)

func reason(code int) string {
	switch code {
	case failTruncated:
		return "the input ends too early"
	case failVarint:
		return "a varint is longer than 10 bytes"
	case failTag:
		return "the tag is not valid"
	case failWireType:
		return "the wire type is not valid"
	case failGroup:
		return "the group does not end"
	case failEndGroup:
		return "a group ends that did not begin"
	case failDepth:
		return "the nesting is deeper than " + strconv.Itoa(MaxDepth) + " levels"
	case failUTF8:
		return "the text is not valid UTF-8"
	case failPacked:
		return "the length of the packed values is not a multiple of their size"
	}
	return "malformed"
}

// Fail is the error of a field at an offset; code is what a reader returned.
func Fail(name string, offset, code int) error {
	return &DecodeError{Path: name, Offset: offset, Reason: reason(code)}
}

// TooDeep is the error of a message below MaxDepth others.
func TooDeep() error {
	return Fail("", 0, failDepth)
}

// BadPacked is the error of packed values of a fixed size that do not fill their bytes.
func BadPacked(name string, offset int) error {
	return Fail(name, offset, failPacked)
}

// InField puts an error of a value into the field that holds it; base is where the value begins.
func InField(err error, name string, base int) error {
	switch e := err.(type) {
	case *DecodeError:
		e.Path = join(name, e.Path)
		e.Offset += base
	case *EncodeError:
		e.Path = join(name, e.Path)
	case *MissingError:
		e.Path = join(name, e.Path)
	}
	return err
}

// InElement is InField for the element of a list.
func InElement(err error, name string, index, base int) error {
	return InField(err, name+"["+strconv.Itoa(index)+"]", base)
}

// InEntry is InField for the value of a map entry.
func InEntry[K MapKey](err error, name string, key K, base int) error {
	return InField(err, name+"["+strconv.Quote(KeyText(key))+"]", base)
}

func join(outer, inner string) string {
	if inner == "" || outer == "" {
		return outer + inner
	}
	return outer + "." + inner
}

// Unencodable is the error of text that is not UTF-8.
func Unencodable(name string) error {
	return &EncodeError{Path: name, Reason: reason(failUTF8)}
}

// Missing is the error of a required field that is not set.
func Missing(name string) error {
	return &MissingError{Path: name}
}
