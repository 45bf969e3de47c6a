package protobuf

import "time"

// NewTimestamp is the instant t.
func NewTimestamp(t time.Time) *Timestamp {
	return &Timestamp{Seconds: t.Unix(), Nanos: int32(t.Nanosecond())}
}

// AsTime is the instant in UTC.
func (m *Timestamp) AsTime() time.Time {
	return time.Unix(m.GetSeconds(), int64(m.GetNanos())).UTC()
}
