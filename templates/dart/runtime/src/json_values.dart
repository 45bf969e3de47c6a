// What texts in JSON stand for: numbers, exact integers, bytes in base64.

// @dart = 3.7

import 'dart:typed_data';

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
