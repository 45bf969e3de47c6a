// Fields that a contract does not know, in the order in which they came.

// @dart = 3.7

import 'dart:typed_data';

/// Collects unknown fields while a message is read.
final class UnknownFields {
  Uint8List _bytes = Uint8List(32);
  int _length = 0;

  /// Adds bytes that were read.
  void addRange(Uint8List bytes, int start, int end) {
    final length = _length + end - start;
    _need(length);
    _bytes.setRange(_length, length, bytes, start);
    _length = length;
  }

  /// Adds all of [bytes].
  void addAll(Uint8List bytes) => addRange(bytes, 0, bytes.length);

  void _need(int length) {
    if (length > _bytes.length) {
      final size = length > _bytes.length * 2 ? length : _bytes.length * 2;
      _bytes = Uint8List(size)..setRange(0, _length, _bytes);
    }
  }

  void _byte(int byte) {
    _need(_length + 1);
    _bytes[_length++] = byte;
  }

  /// The fields so far. More can be added; that leaves what was taken as it is.
  Uint8List take() => Uint8List.sublistView(_bytes, 0, _length);

  /// Adds a varint that was read from a list.
  void addElement(int number, Uint8List bytes, int start, int end) {
    _varint(number * 8);
    addRange(bytes, start, end);
  }

  /// Adds a message that was read.
  void addMessage(int number, Uint8List bytes, int start, int end) {
    _varint(number * 8 + 2);
    _varint(end - start);
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
      _byte((rest & 0x7f) | 0x80);
      rest >>= 7;
    }
    _byte((rest & 0x0f) | 0xf0);
    for (var index = 0; index < 4; index++) {
      _byte(0xff);
    }
    _byte(1);
  }

  void _varint(int value) {
    var rest = value;
    while (rest > 0x7f) {
      _byte((rest & 0x7f) | 0x80);
      rest ~/= 128;
    }
    _byte(rest);
  }
}
