package protobuf

import (
	"math"
	"time"
)

// NewDuration is the span of time d.
func NewDuration(d time.Duration) *Duration {
	return &Duration{Seconds: int64(d / time.Second), Nanos: int32(d % time.Second)}
}

// AsDuration is the span as Go has it: at most about 292 years. What is longer becomes the longest one.
func (m *Duration) AsDuration() time.Duration {
	const limit = int64(math.MaxInt64 / time.Second)
	seconds, nanos := m.GetSeconds(), time.Duration(m.GetNanos())
	switch {
	case seconds >= limit:
		return math.MaxInt64
	case seconds <= -limit:
		return math.MinInt64
	}
	return time.Duration(seconds)*time.Second + nanos
}
