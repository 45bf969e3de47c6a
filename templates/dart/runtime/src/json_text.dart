// The grammar of JSON (RFC 8259), read from a text without making a tree of it.

// @dart = 3.7

import 'errors.dart';
import 'json_names.dart';
import 'json_values.dart';
import 'wire_reader.dart';

/// Reads tokens from front to back.
base class JsonText {
  JsonText(this.text);

  /// The document.
  final String text;

  /// The code unit to be read next.
  int position = 0;

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
  }

  /// Whether an object has a first member; if not, its end is passed.
  bool firstMember() {
    if (peek() == 0x7d) {
      position++;
      return false;
    }
    return true;
  }

  /// Whether an object has one more member; if not, its end is passed.
  bool nextMember() {
    final unit = peek();
    position++;
    if (unit == 0x2c) {
      return true;
    }
    if (unit == 0x7d) {
      return false;
    }
    throw error('expected `,` or `}`', position - 1);
  }

  /// The first name of an object, its colon passed; null if the object is empty, its end passed.
  String? firstKeyIn() => firstMember() ? key() : null;

  /// The next name of an object, its colon passed; null at its end, the end passed.
  String? nextKeyIn() => nextMember() ? key() : null;

  /// The name of a member, its colon passed.
  String key() {
    final key = readString();
    _expect(0x3a);
    return key;
  }

  /// The number of the field with the name that follows, its colon passed; -1 if that is not one of [names] as it
  /// stands there, and nothing is passed.
  int knownKey(JsonNames names) {
    final text = this.text;
    final length = text.length;
    if (peek() != 0x22) {
      return -1;
    }
    final start = position + 1;
    var hash = JsonNames.seed;
    for (var pos = start; pos < length; pos++) {
      final unit = text.codeUnitAt(pos);
      if (unit == 0x22) {
        final number = names.find(text, start, pos, hash);
        if (number >= 0) {
          position = pos + 1;
          _expect(0x3a);
        }
        return number;
      }
      if (unit == 0x5c) {
        break;
      }
      hash = JsonNames.mixed(hash, unit);
    }
    return -1;
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
    if (peek() == 0x5d) {
      position++;
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

  /// An integer of up to nine digits, quoted or not; null for any other value, before which it stays.
  int? smallInteger() {
    final text = this.text;
    final length = text.length;
    final first = peek();
    var pos = first == 0x22 ? position + 1 : position;
    final isNegative = pos < length && text.codeUnitAt(pos) == 0x2d;
    if (isNegative) {
      pos++;
    }
    final start = pos;
    var value = 0;
    var unit = 0;
    while (pos < length) {
      unit = text.codeUnitAt(pos);
      if (unit < 0x30 || unit > 0x39) {
        break;
      }
      value = value * 10 + unit - 0x30;
      if (++pos - start > 9) {
        return null;
      }
    }
    if (first == 0x22) {
      if (unit != 0x22) {
        return null;
      }
    } else if (unit == 0x2e || unit == 0x65 || unit == 0x45) {
      return null;
    }
    if (pos == start || pos - start > 1 && text.codeUnitAt(start) == 0x30) {
      return null;
    }
    position = first == 0x22 ? pos + 1 : pos;
    // Not `-value`: in JavaScript that of 0 is another number.
    return isNegative ? 0 - value : value;
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

  /// Passes over a value, in which so many lists and objects may be within one another.
  void skipWithin(int brackets) {
    final next = peek();
    if (brackets <= 0 && (next == 0x5b || next == 0x7b)) {
      throw tooDeep();
    }
    switch (next) {
      case 0x22:
        readString();
      case 0x5b:
        for (var more = firstElement(); more; more = nextElement()) {
          skipWithin(brackets - 1);
        }
      case 0x7b:
        beginObject();
        final keys = <String>{};
        for (var key = firstKeyIn(); key != null; key = nextKeyIn()) {
          if (!keys.add(key)) {
            throw error('`${shorten(key)}` twice');
          }
          skipWithin(brackets - 1);
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

  /// The error of too many messages within one another.
  JsonException tooDeep() => error('messages nested deeper than $maxDepth');

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
        skipWithin(0);
        if (position >= text.length) {
          throw error('');
        }
    }
  }
}
