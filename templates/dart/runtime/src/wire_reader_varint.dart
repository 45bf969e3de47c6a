// Reads varints of several bytes, on the VM and in JavaScript, where no `int` holds 64 bits.

// @dart = 3.7

part of 'wire_reader.dart';

extension _VarintReader on WireReader {
  /// The lower 32 bits of a varint, unsigned.
  int _varint32() {
    final bytes = _bytes;
    final end = _end;
    var pos = _pos;
    var value = 0;
    for (var shift = 0; shift < 28; shift += 7) {
      if (pos >= end) {
        throw _truncated();
      }
      final byte = bytes[pos++];
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) {
        _pos = pos;
        return value;
      }
    }
    for (var index = 4; index < 10; index++) {
      if (pos >= end) {
        throw _truncated();
      }
      final byte = bytes[pos++];
      if (index == 4) {
        value += (byte & 0x0f) * 0x10000000;
      }
      if (byte < 0x80) {
        _pos = pos;
        return value;
      }
    }
    throw error('a varint of more than ten bytes');
  }

  /// All 64 bits of a varint. Not in JavaScript.
  int _varint64() {
    final bytes = _bytes;
    final end = _end;
    var pos = _pos;
    var value = 0;
    for (var shift = 0; shift < 70; shift += 7) {
      if (pos >= end) {
        throw _truncated();
      }
      final byte = bytes[pos++];
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) {
        _pos = pos;
        return value;
      }
    }
    throw error('a varint of more than ten bytes');
  }

  /// The lower half of a 64-bit varint; the upper half is in [_high].
  int _halves() {
    var low = 0;
    var high = 0;
    for (var index = 0; index < 10; index++) {
      if (_pos >= _end) {
        throw _truncated();
      }
      final byte = _bytes[_pos++];
      final bits = byte & 0x7f;
      if (index < 4) {
        low += bits << (7 * index);
      } else if (index == 4) {
        low += (bits & 0x0f) * 0x10000000;
        high = bits >> 4;
      } else if (index < 9) {
        high += bits * (1 << (7 * index - 32));
      } else {
        high += (bits & 1) * 0x80000000;
      }
      if (byte < 0x80) {
        _high = high % two32;
        return low;
      }
    }
    throw error('a varint of more than ten bytes');
  }
}
