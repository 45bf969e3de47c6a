// Writes texts and bytes.

// @dart = 3.7

part of 'wire_writer.dart';

/// Writes `string` and `bytes` fields.
extension TextWriter on WireWriter {
  /// Writes a `bytes`.
  void writeBytes(int tag, Uint8List value) {
    final length = value.length;
    _need(length + 10);
    _bytes.setRange(_pos -= length, _pos + length, value);
    _varint(length);
    _tag(tag);
  }

  /// Writes a `string`.
  void writeString(int tag, String value) {
    final length = value.length;
    _need(length * 3 + 10);
    final bytes = _bytes;
    var pos = _pos;
    final end = pos;
    var index = length - 1;
    // Four at a time as long as they are ASCII.
    for (; index >= 3; index -= 4) {
      final last = value.codeUnitAt(index);
      final third = value.codeUnitAt(index - 1);
      final second = value.codeUnitAt(index - 2);
      final first = value.codeUnitAt(index - 3);
      if (first | second | third | last >= 0x80) {
        break;
      }
      bytes[pos - 1] = last;
      bytes[pos - 2] = third;
      bytes[pos - 3] = second;
      bytes[pos - 4] = first;
      pos -= 4;
    }
    for (; index >= 0; index--) {
      final unit = value.codeUnitAt(index);
      if (unit < 0x80) {
        bytes[--pos] = unit;
      } else if (unit < 0x800) {
        bytes[--pos] = 0x80 | (unit & 0x3f);
        bytes[--pos] = 0xc0 | (unit >> 6);
      } else if (unit < 0xd800 || unit > 0xdfff) {
        bytes[--pos] = 0x80 | (unit & 0x3f);
        bytes[--pos] = 0x80 | ((unit >> 6) & 0x3f);
        bytes[--pos] = 0xe0 | (unit >> 12);
      } else {
        final lead =
            unit >= 0xdc00 && index > 0 ? value.codeUnitAt(index - 1) : 0;
        if (lead < 0xd800 || lead > 0xdbff) {
          _refuse(tag, 'a string with half a surrogate pair');
        }
        index--;
        final rune = 0x10000 + ((lead & 0x3ff) << 10) + (unit & 0x3ff);
        bytes[--pos] = 0x80 | (rune & 0x3f);
        bytes[--pos] = 0x80 | ((rune >> 6) & 0x3f);
        bytes[--pos] = 0x80 | ((rune >> 12) & 0x3f);
        bytes[--pos] = 0xf0 | (rune >> 18);
      }
    }
    _pos = pos;
    _varint(end - pos);
    _tag(tag);
  }
}
