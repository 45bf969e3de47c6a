// Fields that a contract does not know, in the order in which they came.

// @dart = 3.7

import 'dart:typed_data';

/// Collects unknown fields while a message is read.
final class UnknownFields {
  final BytesBuilder _builder = BytesBuilder();

  /// Adds bytes that were read.
  void addRange(Uint8List bytes, int start, int end) =>
      _builder.add(Uint8List.sublistView(bytes, start, end));

  /// Adds a varint that was read from a list.
  void addElement(int number, Uint8List bytes, int start, int end) {
    _varint(number * 8);
    addRange(bytes, start, end);
  }

  /// Adds a number of an enum that does not have it.
  void addVarint(int number, int value) {
    _varint(number * 8);
    if (value >= 0) {
      _varint(value);
      return;
    }
    // A negative int32 has ten bytes: it is extended to 64 bits.
    var rest = value;
    for (var index = 0; index < 4; index++) {
      _builder.addByte((rest & 0x7f) | 0x80);
      rest >>= 7;
    }
    _builder.addByte((rest & 0x0f) | 0xf0);
    for (var index = 0; index < 4; index++) {
      _builder.addByte(0xff);
    }
    _builder.addByte(1);
  }

  void _varint(int value) {
    var rest = value;
    while (rest > 0x7f) {
      _builder.addByte((rest & 0x7f) | 0x80);
      rest ~/= 128;
    }
    _builder.addByte(rest);
  }

  /// The fields of a message after those that it had before.
  static Uint8List? join(Uint8List? before, UnknownFields? fields) {
    if (fields == null) {
      return before;
    }
    if (before == null) {
      return fields._builder.takeBytes();
    }
    return (BytesBuilder(copy: false)
          ..add(before)
          ..add(fields._builder.takeBytes()))
        .takeBytes();
  }
}
