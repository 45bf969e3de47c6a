// Messages in a log.

// @dart = 3.7

import 'dart:typed_data';

import 'message.dart';

/// Writes the fields of a message that are set, as `Study(id: "7", tags: ["a"])`.
final class Describer {
  Describer._(this._depth);

  final StringBuffer _out = StringBuffer();
  final int _depth;
  bool _first = true;

  /// The text for [message].
  static String describe(Message message, [int depth = 0]) {
    final describer = Describer._(depth);
    final name = message.$messageType.fullName;
    describer._out.write('${name.substring(name.lastIndexOf('.') + 1)}(');
    if (depth > 100) {
      describer._out.write('…');
    } else {
      message.$describe(describer);
    }
    return (describer._out..write(')')).toString();
  }

  /// A field; left out if it is absent or empty.
  void add(String name, Object? value) {
    if (!_isUnset(value)) {
      _name(name);
      _value(value);
    }
  }

  /// A field that has presence; left out if it is absent.
  void addPresent(String name, Object? value) {
    if (value != null) {
      _name(name);
      _value(value);
    }
  }

  /// A field that may not be shown.
  void redacted(String name, Object? value) {
    if (!_isUnset(value)) {
      _name(name);
      _out.write('[REDACTED]');
    }
  }

  void _name(String name) {
    _out.write(_first ? '$name: ' : ', $name: ');
    _first = false;
  }

  static bool _isUnset(Object? value) => switch (value) {
    null || '' || false => true,
    final double number => number == 0 && !number.isNegative,
    final int number => number == 0,
    final BigInt number => number == BigInt.zero,
    final List<Object?> list => list.isEmpty,
    final Map<Object?, Object?> map => map.isEmpty,
    _ => false,
  };

  void _value(Object? value) {
    switch (value) {
      case final Message message:
        _out.write(describe(message, _depth + 1));
      case final EnumValue value:
        _out.write(value.protoName ?? value.number);
      case final String text:
        _text(text);
      case final Uint8List bytes:
        _out.write('<${bytes.length} bytes>');
      case final List<Object?> list:
        _out.write('[');
        for (var index = 0; index < list.length; index++) {
          _out.write(index == 0 ? '' : ', ');
          _value(list[index]);
        }
        _out.write(']');
      case final Map<Object?, Object?> map:
        _out.write('{');
        var first = true;
        for (final MapEntry(:key, :value) in map.entries) {
          _out.write(first ? '' : ', ');
          first = false;
          _value(key);
          _out.write(': ');
          _value(value);
        }
        _out.write('}');
      default:
        _out.write(value);
    }
  }

  void _text(String text) {
    _out.write('"');
    _out.write(
      text.replaceAllMapped(
        _escaped,
        (match) => '\\u{${match[0]!.codeUnitAt(0).toRadixString(16)}}',
      ),
    );
    _out.write('"');
  }

  static final RegExp _escaped = RegExp(r'[\x00-\x1f"\\\x7f]');
}
