// Writes ProtoJSON. Generated code calls it field by field; it knows no message but the well-known types' forms.

// @dart = 3.7

import 'dart:convert';
import 'dart:typed_data';

import 'errors.dart';
import 'json_time.dart';
import 'message.dart';
import 'registry.dart';

/// How ProtoJSON is written.
final class JsonOptions {
  const JsonOptions({
    this.registry = Registry.empty,
    this.defaults = false,
    this.protoNames = false,
    this.enumNumbers = false,
  });

  /// The types that an `Any` may hold, and the extensions.
  final Registry registry;

  /// Whether fields without presence are written even where they have their default.
  final bool defaults;

  /// Whether fields have the names of the contract instead of lowerCamelCase.
  final bool protoNames;

  /// Whether enums are written as numbers.
  final bool enumNumbers;
}

/// Writes one document.
final class JsonWriter {
  JsonWriter(this.options) : all = options.defaults;

  /// How to write.
  final JsonOptions options;

  /// Whether fields without presence are written even where they have their default.
  final bool all;

  final StringBuffer _out = StringBuffer();
  bool _first = true;
  int _depth = 0;

  /// The text written.
  String take() => _out.toString();

  void _deepen() {
    if (++_depth > 10000) {
      throw const EncodeException('messages nested deeper than 10000');
    }
  }

  /// Begins an object.
  void beginObject() {
    _deepen();
    _out.write('{');
    _first = true;
  }

  /// Ends an object.
  void endObject() {
    _depth--;
    _out.write('}');
    _first = false;
  }

  /// Begins a list.
  void beginList() {
    _deepen();
    _out.write('[');
    _first = true;
  }

  /// Ends a list.
  void endList() {
    _depth--;
    _out.write(']');
    _first = false;
  }

  /// What stands before an element of a list.
  void element() {
    if (!_first) {
      _out.write(',');
    }
    _first = false;
  }

  /// The name of a field, quoted and with its colon: as in JSON, and as in the contract.
  void name(String json, String proto) {
    if (_first) {
      _first = false;
    } else {
      _out.write(',');
    }
    _out.write(options.protoNames ? proto : json);
  }

  /// The name of a member, whatever it holds.
  void key(String key) {
    element();
    writeString(key);
    _out.write(':');
  }

  /// `null`.
  void writeNull() => _out.write('null');

  /// The only value of `google.protobuf.NullValue`, and whatever else a field of this type holds.
  void writeNullValue(EnumValue value) => writeNull();

  /// A `bool`.
  void writeBool(bool value) => _out.write(value ? 'true' : 'false');

  /// An integer of 32 bits.
  void writeInt32(int value) => _out.write(value);

  /// An integer of 64 bits, as a text.
  void writeInt64(int value) {
    _out.write('"');
    _out.write(value);
    _out.write('"');
  }

  /// An unsigned integer of 64 bits, as a text.
  void writeUint64(BigInt value) => _out.write('"$value"');

  /// A `double`.
  void writeDouble(double value) {
    if (value.isFinite) {
      _out.write(value == 0 && value.isNegative ? '-0.0' : '$value');
    } else {
      _out.write(
        value.isNaN
            ? '"NaN"'
            : value > 0
            ? '"Infinity"'
            : '"-Infinity"',
      );
    }
  }

  /// A `float`: the shortest text that only this float has.
  void writeFloat(double value) {
    final single = _toFloat(value);
    if (!single.isFinite ||
        single == single.truncateToDouble() && single.abs() < 16777216) {
      writeDouble(single);
      return;
    }
    for (var digits = 6; digits < 9; digits++) {
      final shorter = double.parse(single.toStringAsPrecision(digits));
      if (_toFloat(shorter) == single) {
        writeDouble(shorter);
        return;
      }
    }
    writeDouble(double.parse(single.toStringAsPrecision(9)));
  }

  static final Float32List _float = Float32List(1);

  static double _toFloat(double value) {
    _float[0] = value;
    return _float[0];
  }

  /// A value of an enum: its name, or its number if it has none.
  void writeEnum(String? name, int number) {
    if (name == null || options.enumNumbers) {
      _out.write(number);
    } else {
      _out.write('"$name"');
    }
  }

  /// A `bytes`, as base64.
  void writeBytes(Uint8List value) {
    _out.write('"');
    _out.write(base64.encode(value));
    _out.write('"');
  }

  /// A text.
  void writeString(String value) {
    final out = _out..write('"');
    var start = 0;
    final length = value.length;
    for (var index = 0; index < length; index++) {
      final unit = value.codeUnitAt(index);
      if (unit >= 0x20 && unit != 0x22 && unit != 0x5c && unit < 0xd800) {
        continue;
      }
      final String escape;
      if (unit == 0x22) {
        escape = r'\"';
      } else if (unit == 0x5c) {
        escape = r'\\';
      } else if (unit < 0x20) {
        escape = _control(unit);
      } else if (unit > 0xdfff) {
        continue;
      } else {
        final next =
            unit < 0xdc00 && index + 1 < length
                ? value.codeUnitAt(index + 1)
                : 0;
        if (next < 0xdc00 || next > 0xdfff) {
          throw const EncodeException('a string with half a surrogate pair');
        }
        index++;
        continue;
      }
      out
        ..write(value.substring(start, index))
        ..write(escape);
      start = index + 1;
    }
    out
      ..write(start == 0 ? value : value.substring(start))
      ..write('"');
  }

  static String _control(int unit) => switch (unit) {
    0x08 => r'\b',
    0x09 => r'\t',
    0x0a => r'\n',
    0x0c => r'\f',
    0x0d => r'\r',
    _ => '\\u${unit.toRadixString(16).padLeft(4, '0')}',
  };

  /// A `Timestamp`.
  void writeTimestamp(int seconds, int nanos) =>
      _out.write('"${printTimestamp(seconds, nanos)}"');

  /// A `Duration`.
  void writeDuration(int seconds, int nanos) =>
      _out.write('"${printDuration(seconds, nanos)}"');

  /// A `FieldMask`.
  void writeFieldMask(List<String> paths) =>
      writeString(paths.map(camelPath).join(','));

  /// The number of a `Value`, which JSON can hold only if it is finite.
  void writeFinite(double value) {
    if (!value.isFinite) {
      throw EncodeException(
        'a `google.protobuf.Value` cannot hold $value in JSON',
      );
    }
    writeDouble(value);
  }

  /// An `Any` of these contents.
  void writeAny(String typeUrl, Uint8List value) {
    if (typeUrl.isEmpty && value.isEmpty) {
      _out.write('{}');
      return;
    }
    final type = options.registry.typeOfUrl(typeUrl);
    if (type == null) {
      throw EncodeException(
        'an `Any` of `$typeUrl`, which is not in the registry',
      );
    }
    final message = type.decodeAny(value, options.registry);
    beginObject();
    key('@type');
    writeString(typeUrl);
    if (type.isWellKnown) {
      key('value');
      message.$writeJson(this);
    } else {
      message.$writeJsonFields(this);
    }
    endObject();
  }
}
