// The unknown fields of messages that can have extensions: those that could be extensions have their place among the
// fields, whether or not anybody knows them.

// @dart = 3.7

import 'dart:typed_data';

import 'errors.dart';
import 'registry.dart';
import 'values.dart';
import 'wire_reader.dart';

/// One unknown field in the bytes of all.
final class UnknownRecord {
  const UnknownRecord(this.tag, this.start, this.value, this.end);

  /// Its tag; 0 for bytes that are no field.
  final int tag;

  /// Where the tag begins.
  final int start;

  /// Where the value begins, or the length before it.
  final int value;

  /// Where it ends.
  final int end;

  /// Its number.
  int get number => tag ~/ 8;

  /// The bytes behind its length, if it has one, or between the tags of a group, the last one included. [bytes] are all
  /// fields.
  Uint8List content(Uint8List bytes) {
    var start = value;
    if (tag & 7 == 2) {
      while (bytes[start++] >= 0x80) {}
    }
    return Uint8List.sublistView(bytes, start, end);
  }
}

/// The fields in [unknown], in their order. What a program has put there and is none counts as the last one.
List<UnknownRecord> recordsOf(Uint8List? unknown) {
  if (unknown == null || unknown.isEmpty) {
    return const [];
  }
  final records = <UnknownRecord>[];
  final reader = WireReader(unknown, Registry.empty);
  var start = 0;
  try {
    for (var tag = reader.nextTag(); tag != 0; tag = reader.nextTag()) {
      final value = reader.position;
      reader.drop(tag);
      records.add(UnknownRecord(tag, start, value, reader.position));
      start = reader.position;
    }
  } on DecodeException {
    // The rest is no field.
  }
  if (start < unknown.length) {
    records.add(UnknownRecord(0, start, start, unknown.length));
  }
  return records;
}

/// Records in the order of their numbers; those of one number stay in the order they had.
List<UnknownRecord> byNumber(Iterable<UnknownRecord> records) =>
    records.toList()..sort((a, b) {
      final difference = a.number - b.number;
      return difference == 0 ? a.start - b.start : difference;
    });

Uint8List? _select(Uint8List? unknown, bool Function(UnknownRecord) test) {
  if (unknown == null) {
    return null;
  }
  final records = recordsOf(unknown);
  if (records.every(test)) {
    return unknown;
  }
  final bytes = BytesBuilder();
  for (final record in records.where(test)) {
    bytes.add(Uint8List.sublistView(unknown, record.start, record.end));
  }
  return bytes.isEmpty ? null : bytes.takeBytes();
}

/// [unknown] without the fields with a number.
Uint8List? withoutUnknown(Uint8List? unknown, int number) =>
    _select(unknown, (record) => record.number != number);

/// Those of [unknown] that could not be extensions: [ranges] has the first and the last number of each range of them.
Uint8List? unknownOutside(Uint8List? unknown, List<int> ranges) =>
    _select(unknown, (record) {
      for (var index = 0; index < ranges.length; index += 2) {
        if (record.number >= ranges[index] &&
            record.number <= ranges[index + 1]) {
          return false;
        }
      }
      return true;
    });

/// Those of [unknown] that could not be items of a message set.
Uint8List? unknownBesideItems(Uint8List? unknown) =>
    _select(unknown, (record) => record.tag & 7 != 2);

/// Whether two messages that can have extensions have the same unknown fields: the order of the numbers does not count,
/// which writing may change.
bool sameUnknown(Uint8List? a, Uint8List? b) {
  if (sameBytes(a, b)) {
    return true;
  }
  if (a == null || b == null || a.length != b.length) {
    return false;
  }
  return sameBytes(_sorted(a), _sorted(b));
}

Uint8List _sorted(Uint8List unknown) {
  final bytes = BytesBuilder();
  for (final record in byNumber(recordsOf(unknown))) {
    bytes.add(Uint8List.sublistView(unknown, record.start, record.end));
  }
  return bytes.takeBytes();
}

/// The hash of unknown fields that are compared by [sameUnknown].
int hashUnknown(Uint8List? unknown) =>
    unknown == null ? 0 : hashBytes(_sorted(unknown));
