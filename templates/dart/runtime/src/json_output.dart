// Puts the text of a document together: bytes as long as it is Latin-1, as most is, and parts of a string otherwise. In
// JavaScript strings are put together best as they are.

// @dart = 3.7

import 'dart:typed_data';

import 'int64.dart';

/// A text that grows at its end.
base class JsonOutput {
  /// What is not Latin-1, and all that came before it.
  final StringBuffer _before = StringBuffer();
  Uint8List _bytes = Uint8List(jsInts ? 0 : 512);
  int _length = 0;

  /// The text.
  String take() {
    if (_before.isEmpty) {
      return String.fromCharCodes(_bytes, 0, _length);
    }
    _flush();
    return _before.toString();
  }

  void _flush() {
    if (_length != 0) {
      _before.write(String.fromCharCodes(_bytes, 0, _length));
      _length = 0;
    }
  }

  void _grow(int count) {
    final needed = _length + count;
    final size = needed > _bytes.length * 2 ? needed : _bytes.length * 2;
    _bytes = Uint8List(size)..setRange(0, _length, _bytes);
  }

  /// One character of ASCII.
  @pragma('vm:prefer-inline')
  void byte(int unit) {
    if (jsInts) {
      _before.writeCharCode(unit);
      return;
    }
    if (_length == _bytes.length) {
      _grow(1);
    }
    _bytes[_length++] = unit;
  }

  /// A text that needs no escape.
  void raw(String text) {
    if (jsInts) {
      _before.write(text);
      return;
    }
    final count = text.length;
    if (_length + count > _bytes.length) {
      _grow(count);
    }
    final bytes = _bytes;
    var at = _length;
    var bits = 0;
    for (var index = 0; index < count; index++) {
      final unit = text.codeUnitAt(index);
      bytes[at++] = unit;
      bits |= unit;
    }
    if (bits <= 0xff) {
      _length = at;
    } else {
      _flush();
      _before.write(text);
    }
  }

  /// The digits of a number.
  void integer(int value) {
    if (jsInts || value < 0 || value > 999999999) {
      raw('$value');
      return;
    }
    var count = 1;
    for (var limit = 10; value >= limit; limit *= 10) {
      count++;
    }
    if (_length + count > _bytes.length) {
      _grow(count);
    }
    final bytes = _bytes;
    var rest = value;
    var at = _length += count;
    do {
      // Division by ten of a number below 2^30, which is slow otherwise.
      final tenth = (rest * 0xcccccccd) >>> 35;
      bytes[--at] = 0x30 + rest - tenth * 10;
      rest = tenth;
    } while (rest != 0);
  }

  /// A quoted text; false if it has half a surrogate pair, before which it ends then.
  bool writeText(String text) {
    byte(0x22);
    final count = text.length;
    var index = jsInts ? 0 : _latin(text);
    while (index < count) {
      final unit = text.codeUnitAt(index);
      if (_isPlain(unit)) {
        final end = _plainEnd(text, index);
        if (end < 0) {
          return false;
        }
        _flush();
        _before.write(text.substring(index, end));
        index = end;
      } else {
        raw(_escape(unit));
        index++;
      }
    }
    byte(0x22);
    return true;
  }

  /// Copies the Latin-1 that [text] begins with and that needs no escape; gives its end.
  int _latin(String text) {
    final count = text.length;
    if (_length + count > _bytes.length) {
      _grow(count);
    }
    final bytes = _bytes;
    var at = _length;
    var index = 0;
    while (index < count) {
      final unit = text.codeUnitAt(index);
      if (unit > 0xff || !_isPlain(unit)) {
        break;
      }
      bytes[at++] = unit;
      index++;
    }
    _length = at;
    return index;
  }

  @pragma('vm:prefer-inline')
  static bool _isPlain(int unit) =>
      unit >= 0x20 && unit != 0x22 && unit != 0x5c;

  /// The end of what needs no escape from [start] on, or -1 if there is half a surrogate pair in it.
  static int _plainEnd(String text, int start) {
    final count = text.length;
    var index = start;
    while (index < count) {
      final unit = text.codeUnitAt(index);
      if (!_isPlain(unit)) {
        break;
      }
      if (unit >= 0xd800 && unit <= 0xdfff) {
        final next = index + 1 < count ? text.codeUnitAt(index + 1) : 0;
        if (unit >= 0xdc00 || next < 0xdc00 || next > 0xdfff) {
          return -1;
        }
        index++;
      }
      index++;
    }
    return index;
  }

  static String _escape(int unit) => switch (unit) {
    0x08 => r'\b',
    0x09 => r'\t',
    0x0a => r'\n',
    0x0c => r'\f',
    0x0d => r'\r',
    0x22 => r'\"',
    0x5c => r'\\',
    _ => '\\u${unit.toRadixString(16).padLeft(4, '0')}',
  };
}
