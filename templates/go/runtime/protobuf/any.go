package protobuf

import (
	"fmt"
	"strings"
)

// NewAny puts a message into an Any.
func NewAny(m interface {
	MessageName() string
	MarshalBinary() ([]byte, error)
}) (*Any, error) {
	value, err := m.MarshalBinary()
	if err != nil {
		return nil, err
	}
	return &Any{TypeURL: "type.googleapis.com/" + m.MessageName(), Value: value}, nil
}

// Is tells whether the Any holds a message of the type of m.
func (m *Any) Is(message interface{ MessageName() string }) bool {
	url := m.GetTypeURL()
	return url[strings.LastIndexByte(url, '/')+1:] == message.MessageName()
}

// UnmarshalTo replaces the message by the one in the Any, which must be of its type.
func (m *Any) UnmarshalTo(message interface {
	MessageName() string
	UnmarshalBinary(data []byte) error
}) error {
	if !m.Is(message) {
		return fmt.Errorf("xlc: the google.protobuf.Any holds %q, not %q", m.GetTypeURL(), message.MessageName())
	}
	return message.UnmarshalBinary(m.GetValue())
}
