// The tokens of the text format (https://protobuf.dev/reference/protobuf/textformat-spec/): names, numbers and strings,
// with white space and comments between them. Knows no message.

// @dart = 3.7

import 'dart:convert';
import 'dart:typed_data';

import 'errors.dart';
import 'json_values.dart';

/// Reads tokens from front to back.
base class TextScanner {
  TextScanner(this.text);

  /// The document.
  final String text;

  /// The code unit to be read next.
  int position = 0;

  /// The fields around the position.
  final List<String> path = [];

  /// The error at the current position.
  TextException error(String message, [int? offset]) {
    final before = text.substring(0, offset ?? position);
    final lines = '\n'.allMatches(before).length;
    final start = before.lastIndexOf('\n') + 1;
    return TextException(
      message,
      line: lines + 1,
      column: before.length - start + 1,
      path: path.join('.'),
    );
  }

  /// The first code unit of the next token, or -1 at the end.
  int peek() {
    final text = this.text;
    while (position < text.length) {
      final unit = text.codeUnitAt(position);
      if (unit == 0x23) {
        final end = text.indexOf('\n', position);
        position = end < 0 ? text.length : end;
      } else if (unit != 0x20 && (unit < 0x09 || unit > 0x0d)) {
        return unit;
      } else {
        position++;
      }
    }
    return -1;
  }

  /// Passes over a mark, if it is next.
  bool takes(int unit) {
    final isNext = peek() == unit;
    position += isNext ? 1 : 0;
    return isNext;
  }

  /// Passes over a mark, which must be next.
  void expect(int unit) {
    if (!takes(unit)) {
      throw error('expected `${String.fromCharCode(unit)}`');
    }
  }

  static final RegExp _identifier = RegExp('[A-Za-z_][A-Za-z0-9_]*');

  /// A name; null for anything else.
  String? identifier() {
    peek();
    final found = _identifier.matchAsPrefix(text, position);
    position = found?.end ?? position;
    return found?[0];
  }

  static final RegExp _number = RegExp(
    '0[xX][0-9A-Fa-f]+'
    r'|(?:(?:0|[1-9][0-9]*)\.[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?[fF]?'
    '|(?:0|[1-9][0-9]*)[eE][+-]?[0-9]+[fF]?'
    '|(?:0|[1-9][0-9]*)[fF]'
    '|0[0-7]+'
    '|0|[1-9][0-9]*',
  );
  static final RegExp _more = RegExp('[A-Za-z0-9_.]');

  /// A number without its sign; null for anything else.
  String? number() {
    peek();
    final found = _number.matchAsPrefix(text, position);
    if (found == null) {
      return null;
    }
    if (_more.matchAsPrefix(text, found.end) != null) {
      throw error('a number that does not end', found.end);
    }
    position = found.end;
    return found[0];
  }

  /// The value of an integer in decimal, octal or hexadecimal digits; null for another number.
  static BigInt? integerOf(String number) {
    if (number.startsWith('0x') || number.startsWith('0X')) {
      return BigInt.parse(number.substring(2), radix: 16);
    }
    if (number.length > 1 && number.startsWith('0')) {
      return BigInt.tryParse(number.substring(1), radix: 8);
    }
    return BigInt.tryParse(number);
  }

  /// The value of a number in decimal digits, with a fraction or without; null for another one.
  static double? doubleOf(String number) {
    final isOther =
        number.length > 1 &&
        number.startsWith('0') &&
        !number.contains(RegExp('[.eEfF]'));
    if (isOther || number.startsWith('0x') || number.startsWith('0X')) {
      return null;
    }
    final last = number.codeUnitAt(number.length - 1) | 0x20;
    final digits =
        last == 0x66 ? number.substring(0, number.length - 1) : number;
    return double.parse(digits.endsWith('.') ? '${digits}0' : digits);
  }

  /// Whether a string is next.
  bool get isString {
    final unit = peek();
    return unit == 0x22 || unit == 0x27;
  }

  /// The bytes of one or more strings, one behind the other.
  Uint8List strings() {
    if (!isString) {
      throw error('expected a string');
    }
    final bytes = BytesBuilder();
    while (isString) {
      _string(bytes, text.codeUnitAt(position));
    }
    return bytes.takeBytes();
  }

  void _string(BytesBuilder bytes, int quote) {
    final start = position++;
    for (;;) {
      final from = position;
      final unit = _plain(quote);
      if (position > from) {
        bytes.add(utf8.encode(text.substring(from, position)));
      }
      if (unit == quote) {
        position++;
        return;
      }
      if (unit != 0x5c) {
        throw error(
          unit < 0 || unit == 0x0a
              ? 'a string without an end'
              : 'half a surrogate pair',
          unit < 0 || unit == 0x0a ? start : position,
        );
      }
      _escape(bytes);
    }
  }

  /// Passes over what stands for itself; gives the unit behind it, or -1 at the end.
  int _plain(int quote) {
    final text = this.text;
    while (position < text.length) {
      final unit = text.codeUnitAt(position);
      if (unit == quote || unit == 0x5c || unit == 0x0a) {
        return unit;
      }
      if (unit >= 0xd800 && unit <= 0xdfff) {
        final next =
            position + 1 < text.length ? text.codeUnitAt(position + 1) : 0;
        if (unit >= 0xdc00 || next < 0xdc00 || next > 0xdfff) {
          return unit;
        }
        position++;
      }
      position++;
    }
    return -1;
  }

  void _escape(BytesBuilder bytes) {
    final start = position++;
    final unit = position < text.length ? text.codeUnitAt(position++) : -1;
    switch (unit) {
      case 0x61:
        bytes.addByte(0x07);
      case 0x62:
        bytes.addByte(0x08);
      case 0x66:
        bytes.addByte(0x0c);
      case 0x6e:
        bytes.addByte(0x0a);
      case 0x72:
        bytes.addByte(0x0d);
      case 0x74:
        bytes.addByte(0x09);
      case 0x76:
        bytes.addByte(0x0b);
      case 0x22 || 0x27 || 0x3f || 0x5c:
        bytes.addByte(unit);
      case 0x78 || 0x58:
        bytes.addByte(_digits(1, 2, 16, start));
      case 0x75:
        bytes.add(utf8.encode(String.fromCharCode(_unicode(4, start))));
      case 0x55:
        bytes.add(utf8.encode(String.fromCharCode(_unicode(8, start))));
      case >= 0x30 && <= 0x37:
        position--;
        final byte = _digits(1, 3, 8, start);
        if (byte > 0xff) {
          throw error('an octal escape of more than a byte', start);
        }
        bytes.addByte(byte);
      default:
        throw error('an escape that the text format does not have', start);
    }
  }

  /// The value of so many digits.
  int _digits(int least, int most, int radix, int start) {
    var value = 0;
    var count = 0;
    while (count < most && position < text.length) {
      final digit = hexDigit(text.codeUnitAt(position));
      if (digit < 0 || digit >= radix) {
        break;
      }
      value = value * radix + digit;
      position++;
      count++;
    }
    if (count < least) {
      throw error('an escape without its $least digits', start);
    }
    return value;
  }

  /// The character of an escape. Half a surrogate pair is none, not even beside the other half.
  int _unicode(int digits, int start) {
    final value = _digits(digits, digits, 16, start);
    if (value > 0x10ffff || value >= 0xd800 && value <= 0xdfff) {
      throw error('an escape of no character', start);
    }
    return value;
  }
}
