// Package kafka frames messages on Kafka: Confluent's framing, with the id of a schema, and Avro's single-object
// encoding. Nothing here talks to a schema registry.
package kafka

import (
	"encoding/binary"
	"errors"
)

// Magic is the first byte of a framed value.
const Magic = 0

// ErrNotFramed says that a value has no magic byte, schema id and message indexes in front.
var ErrNotFramed = errors.New("kafka: the value is not framed")

// ErrNotSingleObject says that a value is no single-object encoding.
var ErrNotSingleObject = errors.New("kafka: the value is no single-object encoding of Avro")

// AppendFrame appends the head of a Protobuf value to b: the id of its schema, and the place of its message in that
// schema as [MessageIndexes] tells it. The payload comes after it.
func AppendFrame(b []byte, schemaID uint32, indexes []int) []byte {
	b = AppendSchemaFrame(b, schemaID)
	if len(indexes) == 1 && indexes[0] == 0 {
		// The first message of a file, which most are, takes one byte.
		return append(b, 0)
	}
	b = binary.AppendVarint(b, int64(len(indexes)))
	for _, index := range indexes {
		b = binary.AppendVarint(b, int64(index))
	}
	return b
}

// AppendSchemaFrame appends the head of an Avro or JSON value to b: these have no indexes.
func AppendSchemaFrame(b []byte, schemaID uint32) []byte {
	return binary.BigEndian.AppendUint32(append(b, Magic), schemaID)
}

// Unframe takes a framed Protobuf value apart. The payload shares the memory of the value.
func Unframe(value []byte) (schemaID uint32, indexes []int, payload []byte, err error) {
	schemaID, rest, err := UnframeSchema(value)
	if err != nil {
		return 0, nil, nil, err
	}
	count, n := binary.Varint(rest)
	// Each index takes a byte at least.
	if n <= 0 || count < 0 || count > int64(len(rest)) {
		return 0, nil, nil, ErrNotFramed
	}
	rest = rest[n:]
	if count == 0 {
		return schemaID, []int{0}, rest, nil
	}
	for ; count > 0; count-- {
		index, n := binary.Varint(rest)
		if n <= 0 || index < 0 || index > 1<<31-1 {
			return 0, nil, nil, ErrNotFramed
		}
		indexes = append(indexes, int(index))
		rest = rest[n:]
	}
	return schemaID, indexes, rest, nil
}

// UnframeSchema takes a framed Avro or JSON value apart. The payload shares the memory of the value.
func UnframeSchema(value []byte) (schemaID uint32, payload []byte, err error) {
	if len(value) < 5 || value[0] != Magic {
		return 0, nil, ErrNotFramed
	}
	return binary.BigEndian.Uint32(value[1:]), value[5:], nil
}

// AppendSingleObject appends the head of Avro's single-object encoding to b: the CRC-64-AVRO fingerprint of the schema.
// The datum comes after it.
func AppendSingleObject(b []byte, fingerprint uint64) []byte {
	return binary.LittleEndian.AppendUint64(append(b, 0xc3, 0x01), fingerprint)
}

// SplitSingleObject takes a single-object encoding apart. The datum shares the memory of the value.
func SplitSingleObject(value []byte) (fingerprint uint64, datum []byte, err error) {
	if len(value) < 10 || value[0] != 0xc3 || value[1] != 0x01 {
		return 0, nil, ErrNotSingleObject
	}
	return binary.LittleEndian.Uint64(value[2:]), value[10:], nil
}
