// The grammar of JSON (RFC 8259), read from a text without making a tree of it.

// @dart = 3.7

import 'dart:typed_data';

import 'errors.dart';

/// Reads tokens from front to back.
base class JsonText {
  JsonText(this.text);

  /// The document.
  final String text;

  /// The code unit to be read next.
  int position = 0;

  /// How many lists and objects are around it.
  int depth = 0;

  /// The error at the current position.
  JsonException error(String message, [int? offset]) =>
      JsonException(message, offset: offset ?? position);

  /// Passes over white space.
  void skipSpace() {
    final text = this.text;
    final length = text.length;
    var pos = position;
    while (pos < length) {
      final unit = text.codeUnitAt(pos);
      if (unit != 0x20 && unit != 0x0a && unit != 0x0d && unit != 0x09) {
        break;
      }
      pos++;
    }
    position = pos;
  }

  /// The first code unit of the next token, or -1 at the end.
  int peek() {
    final pos = position;
    if (pos < text.length) {
      final unit = text.codeUnitAt(pos);
      if (unit > 0x20) {
        return unit;
      }
    }
    skipSpace();
    return position < text.length ? text.codeUnitAt(position) : -1;
  }

  void _expect(int unit) {
    if (peek() != unit) {
      throw error('expected `${String.fromCharCode(unit)}`');
    }
    position++;
  }

  void _deepen() {
    if (++depth > 100) {
      throw error('JSON nested deeper than 100');
    }
  }

  /// Passes over `null`, `true` or `false`.
  void literal(String word) {
    if (!text.startsWith(word, position)) {
      throw error('expected a value');
    }
    position += word.length;
  }

  /// Begins an object.
  void beginObject() {
    _expect(0x7b);
    _deepen();
  }

  /// The first name of an object, its colon passed; null if the object is empty, its end passed.
  String? firstKeyIn() {
    if (peek() == 0x7d) {
      position++;
      depth--;
      return null;
    }
    return _key();
  }

  /// The next name of an object, its colon passed; null at its end, the end passed.
  String? nextKeyIn() {
    final unit = peek();
    position++;
    if (unit == 0x2c) {
      return _key();
    }
    if (unit == 0x7d) {
      depth--;
      return null;
    }
    throw error('expected `,` or `}`', position - 1);
  }

  String _key() {
    final key = readString();
    _expect(0x3a);
    return key;
  }

  /// The first key of an object of a map.
  String? firstKey() {
    beginObject();
    return firstKeyIn();
  }

  /// The next key of an object of a map.
  String? nextKey() => nextKeyIn();

  /// Begins a list; false if it is empty, its end passed.
  bool firstElement() {
    _expect(0x5b);
    _deepen();
    if (peek() == 0x5d) {
      position++;
      depth--;
      return false;
    }
    return true;
  }

  /// Whether another element follows; if not, the end of the list is passed.
  bool nextElement() {
    final unit = peek();
    position++;
    if (unit == 0x2c) {
      return true;
    }
    if (unit == 0x5d) {
      depth--;
      return false;
    }
    throw error('expected `,` or `]`', position - 1);
  }

  /// A text.
  String readString() {
    _expect(0x22);
    final text = this.text;
    final length = text.length;
    final start = position;
    for (var pos = start; pos < length; pos++) {
      final unit = text.codeUnitAt(pos);
      if (unit == 0x22) {
        position = pos + 1;
        return text.substring(start, pos);
      }
      if (unit == 0x5c || unit < 0x20 || unit >= 0xd800 && unit <= 0xdfff) {
        return _longString(start, pos);
      }
    }
    throw error('a text without an end', start - 1);
  }

  String _longString(int start, int from) {
    final out = StringBuffer(text.substring(start, from));
    var high = 0;
    position = from;
    for (;;) {
      if (position >= text.length) {
        throw error('a text without an end', start - 1);
      }
      final at = position;
      var unit = text.codeUnitAt(position++);
      if (unit == 0x22 && high == 0) {
        return out.toString();
      }
      if (unit == 0x5c) {
        unit = _escape();
      } else if (unit < 0x20) {
        throw error('a control character in a text', at);
      } else if (unit == 0x22) {
        throw error('half a surrogate pair', at);
      }
      final isLow = unit >= 0xdc00 && unit <= 0xdfff;
      if (isLow != (high != 0)) {
        throw error('half a surrogate pair', at);
      }
      high = unit >= 0xd800 && unit < 0xdc00 ? unit : 0;
      out.writeCharCode(unit);
    }
  }

  int _escape() {
    final at = position;
    final unit = at < text.length ? text.codeUnitAt(position++) : 0;
    switch (unit) {
      case 0x22 || 0x5c || 0x2f:
        return unit;
      case 0x62:
        return 0x08;
      case 0x66:
        return 0x0c;
      case 0x6e:
        return 0x0a;
      case 0x72:
        return 0x0d;
      case 0x74:
        return 0x09;
      case 0x75:
        var code = 0;
        for (var index = 0; index < 4; index++) {
          final digit =
              position < text.length
                  ? hexDigit(text.codeUnitAt(position++))
                  : -1;
          if (digit < 0) {
            throw error(r'expected four hexadecimal digits after `\u`', at);
          }
          code = code * 16 + digit;
        }
        return code;
      default:
        throw error('an escape that JSON does not have', at);
    }
  }

  /// The text of a number.
  String number() {
    peek();
    final start = position;
    final end = numberEnd(text, start);
    if (end < 0) {
      throw error('expected a number', start);
    }
    position = end;
    return text.substring(start, end);
  }

  /// Passes over a value.
  void skipValue() {
    switch (peek()) {
      case 0x22:
        readString();
      case 0x5b:
        for (var more = firstElement(); more; more = nextElement()) {
          skipValue();
        }
      case 0x7b:
        beginObject();
        final keys = <String>{};
        for (var key = firstKeyIn(); key != null; key = nextKeyIn()) {
          if (!keys.add(key)) {
            throw error('`${shorten(key)}` twice');
          }
          skipValue();
        }
      case 0x74:
        literal('true');
      case 0x66:
        literal('false');
      case 0x6e:
        literal('null');
      default:
        number();
    }
  }

  /// Refuses anything but white space before the end.
  void end() {
    if (peek() != -1) {
      throw error('more text behind the value');
    }
  }

  /// The members and elements that lead to [offset], such as `series[2].rows`.
  static String pathTo(String text, int offset) {
    final reader = JsonText(
      text.substring(0, offset < text.length ? offset : text.length),
    );
    final path = <String>[];
    try {
      reader._walk(path);
    } on JsonException {
      // The text ends at the offset: what was being read is the path.
    }
    final joined = path.join();
    return joined.startsWith('.') ? joined.substring(1) : joined;
  }

  void _walk(List<String> path) {
    switch (peek()) {
      case 0x5b:
        path.add('');
        var index = 0;
        for (var more = firstElement(); more; more = nextElement()) {
          path.last = '[${index++}]';
          _walk(path);
        }
        path.removeLast();
      case 0x7b:
        path.add('');
        for (var key = firstKey(); key != null; key = nextKey()) {
          path.last = '.$key';
          _walk(path);
        }
        path.removeLast();
      default:
        skipValue();
        if (position >= text.length) {
          throw error('');
        }
    }
  }
}

/// The value of a hexadecimal digit, or -1.
int hexDigit(int unit) {
  if (unit >= 0x30 && unit <= 0x39) {
    return unit - 0x30;
  }
  final lower = unit | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

bool _isDigit(String text, int at) {
  if (at >= text.length) {
    return false;
  }
  final unit = text.codeUnitAt(at);
  return unit >= 0x30 && unit <= 0x39;
}

/// The end of the number that begins at [start], or -1 if there is none.
int numberEnd(String text, int start) {
  final length = text.length;
  var pos = start;
  if (pos < length && text.codeUnitAt(pos) == 0x2d) {
    pos++;
  }
  if (!_isDigit(text, pos)) {
    return -1;
  }
  if (text.codeUnitAt(pos) == 0x30) {
    pos++;
    if (_isDigit(text, pos)) {
      return -1;
    }
  } else {
    while (_isDigit(text, pos)) {
      pos++;
    }
  }
  if (pos < length && text.codeUnitAt(pos) == 0x2e) {
    pos++;
    if (!_isDigit(text, pos)) {
      return -1;
    }
    while (_isDigit(text, pos)) {
      pos++;
    }
  }
  if (pos < length && text.codeUnitAt(pos) | 0x20 == 0x65) {
    pos++;
    if (pos < length &&
        (text.codeUnitAt(pos) == 0x2b || text.codeUnitAt(pos) == 0x2d)) {
      pos++;
    }
    if (!_isDigit(text, pos)) {
      return -1;
    }
    while (_isDigit(text, pos)) {
      pos++;
    }
  }
  return pos;
}

/// Whether a text is a number of JSON and nothing else.
bool isNumber(String text) =>
    text.isNotEmpty && numberEnd(text, 0) == text.length;

/// Whether a text is an integer of JSON without fraction and exponent.
bool isPlainInteger(String text) {
  final start = text.startsWith('-') ? 1 : 0;
  final digits = text.length - start;
  if (digits == 0 || digits > 1 && text.codeUnitAt(start) == 0x30) {
    return false;
  }
  for (var index = start; index < text.length; index++) {
    if (!_isDigit(text, index)) {
      return false;
    }
  }
  return true;
}

/// The integer that a number of JSON stands for, such as `1.5e3`; null if it has a fraction, is no number or has
/// more than 40 digits.
BigInt? exactInteger(String text) {
  if (text.length > 400 || !isNumber(text)) {
    return null;
  }
  final lower = text.toLowerCase();
  final cut = lower.indexOf('e');
  final mantissa = cut < 0 ? lower : lower.substring(0, cut);
  final exponent = cut < 0 ? 0 : int.tryParse(lower.substring(cut + 1));
  final point = mantissa.indexOf('.');
  final fraction = point < 0 ? '' : mantissa.substring(point + 1);
  final digits = BigInt.parse(
    point < 0 ? mantissa : mantissa.substring(0, point) + fraction,
  );
  if (digits == BigInt.zero) {
    return digits;
  }
  if (exponent == null || exponent.abs() > 400) {
    return null;
  }
  final scale = exponent - fraction.length;
  if (scale >= 0) {
    return scale > 40 ? null : digits * BigInt.from(10).pow(scale);
  }
  final divisor = BigInt.from(10).pow(-scale);
  return digits % divisor == BigInt.zero ? digits ~/ divisor : null;
}

/// A text cut to a length that fits a message.
String shorten(String text) =>
    text.length <= 40 ? text : '${text.substring(0, 40)}…';

int _base64Digit(int unit) {
  if (unit >= 0x41 && unit <= 0x5a) {
    return unit - 0x41;
  }
  if (unit >= 0x61 && unit <= 0x7a) {
    return unit - 0x47;
  }
  if (unit >= 0x30 && unit <= 0x39) {
    return unit + 4;
  }
  return switch (unit) {
    0x2b || 0x2d => 62,
    0x2f || 0x5f => 63,
    _ => -1,
  };
}

/// The bytes of base64 in either alphabet, padded or not; null if the text is none.
Uint8List? parseBase64(String text) {
  var length = text.length;
  if (length % 4 == 0 && text.endsWith('=')) {
    length -= text.endsWith('==') ? 2 : 1;
  }
  if (length % 4 == 1) {
    return null;
  }
  final bytes = Uint8List(length * 3 ~/ 4);
  var bits = 0;
  var out = 0;
  for (var index = 0; index < length; index++) {
    final digit = _base64Digit(text.codeUnitAt(index));
    if (digit < 0) {
      return null;
    }
    bits = ((bits << 6) | digit) & 0xffffff;
    final step = index & 3;
    if (step != 0) {
      bytes[out++] = (bits >> (6 - 2 * step)) & 0xff;
    }
  }
  return bytes;
}
