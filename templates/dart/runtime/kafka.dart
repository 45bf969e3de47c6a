// Framing of messages on Kafka: Confluent's, with the id of a schema, and Avro's single-object encoding. Nothing here
// talks to a schema registry.

// @dart = 3.7

import 'dart:typed_data';

import 'src/errors.dart';

export 'src/kafka_indexes.dart' show messageIndexes;

/// The first byte of a framed value.
const int kafkaMagic = 0;

/// A framed value taken apart.
final class KafkaFrame {
  const KafkaFrame(this.schemaId, this.indexes, this.payload);

  /// The id of the schema in the registry.
  final int schemaId;

  /// Where the message stands in the schema; empty for Avro and JSON.
  final List<int> indexes;

  /// What was framed.
  final Uint8List payload;
}

/// A Protobuf payload with the id of its schema and the place of its message in the schema before it, as
/// `messageIndexes` tells it.
Uint8List frame(int schemaId, List<int> indexes, List<int> payload) {
  final isFirst = indexes.length == 1 && indexes[0] == 0;
  final head = BytesBuilder();
  if (isFirst) {
    // The first message of a file, which most are, takes one byte.
    head.addByte(0);
  } else {
    for (final number in [indexes.length, ...indexes]) {
      _writeNumber(head, number);
    }
  }
  head.add(payload);
  return frameSchema(schemaId, head.takeBytes());
}

/// An Avro or JSON payload with the id of its schema before it: these have no indexes.
Uint8List frameSchema(int schemaId, List<int> payload) {
  final bytes = Uint8List(5 + payload.length);
  ByteData.sublistView(bytes).setUint32(1, schemaId);
  bytes.setAll(5, payload);
  return bytes;
}

/// Takes a framed Protobuf value apart; throws [DecodeException] if it is none.
KafkaFrame unframe(Uint8List value) {
  final schema = unframeSchema(value);
  final reader = _Reader(value, 5);
  final count = reader.number();
  final indexes = [for (var left = count; left > 0; left--) reader.number()];
  return KafkaFrame(
    schema.schemaId,
    indexes.isEmpty ? const [0] : indexes,
    Uint8List.sublistView(value, reader.at),
  );
}

/// Takes a framed Avro or JSON value apart; throws [DecodeException] if it is none.
KafkaFrame unframeSchema(Uint8List value) {
  if (value.length < 5 || value[0] != kafkaMagic) {
    throw const DecodeException(
      'not framed: no magic byte 0 with a schema id after it',
      offset: 0,
    );
  }
  final id = ByteData.sublistView(value).getUint32(1);
  return KafkaFrame(id, const [], Uint8List.sublistView(value, 5));
}

/// An Avro datum with the CRC-64-AVRO fingerprint of its schema, eight bytes with the least first, before it.
Uint8List singleObject(List<int> fingerprint, List<int> datum) {
  if (fingerprint.length != 8) {
    throw ArgumentError.value(fingerprint, 'fingerprint', 'not eight bytes');
  }
  return Uint8List.fromList([0xc3, 0x01, ...fingerprint, ...datum]);
}

/// Takes a single-object encoding apart: the fingerprint and the datum. Throws [DecodeException] if it is none.
(Uint8List, Uint8List) splitSingleObject(Uint8List value) {
  if (value.length < 10 || value[0] != 0xc3 || value[1] != 0x01) {
    throw const DecodeException(
      'no single-object encoding: it does not begin with c3 01',
      offset: 0,
    );
  }
  return (
    Uint8List.sublistView(value, 2, 10),
    Uint8List.sublistView(value, 10),
  );
}

void _writeNumber(BytesBuilder out, int number) {
  var rest = number * 2;
  while (rest > 127) {
    out.addByte(rest & 127 | 128);
    rest >>= 7;
  }
  out.addByte(rest);
}

final class _Reader {
  _Reader(this._bytes, this.at);

  final Uint8List _bytes;
  int at;

  int number() {
    var rest = 0;
    for (var shift = 0; shift < 35 && at < _bytes.length; shift += 7) {
      final byte = _bytes[at++];
      rest += (byte & 127) * (1 << shift);
      if (byte < 128) {
        if (rest.isEven && rest <= 0xffffffff) {
          return rest ~/ 2;
        }
        break;
      }
    }
    throw DecodeException(
      'not framed: no message indexes after the schema id',
      offset: at,
    );
  }
}
