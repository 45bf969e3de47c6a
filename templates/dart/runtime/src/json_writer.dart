// Writes ProtoJSON. Generated code calls it field by field; it knows no message but the well-known types' forms.

// @dart = 3.7

import 'dart:convert' show base64;
import 'dart:typed_data';

import 'errors.dart';
import 'json_output.dart';
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
final class JsonWriter extends JsonOutput {
  JsonWriter(this.options) : all = options.defaults;

  /// How to write.
  final JsonOptions options;

  /// Whether fields without presence are written even where they have their default.
  final bool all;

  bool _first = true;
  int _depth = 0;

  void _deepen() {
    if (++_depth > 10000) {
      throw const EncodeException('messages nested deeper than 10000');
    }
  }

  /// Begins an object.
  void beginObject() {
    _deepen();
    byte(0x7b);
    _first = true;
  }

  /// Ends an object.
  void endObject() {
    _depth--;
    byte(0x7d);
    _first = false;
  }

  /// Begins a list.
  void beginList() {
    _deepen();
    byte(0x5b);
    _first = true;
  }

  /// Ends a list.
  void endList() {
    _depth--;
    byte(0x5d);
    _first = false;
  }

  /// What stands before an element of a list.
  void element() {
    if (!_first) {
      byte(0x2c);
    }
    _first = false;
  }

  /// The name of a field, quoted and with its colon: as in JSON, and as in the contract.
  void name(String json, String proto) {
    if (_first) {
      _first = false;
    } else {
      byte(0x2c);
    }
    raw(options.protoNames ? proto : json);
  }

  /// The name of a member, whatever it holds.
  void key(String key) {
    element();
    writeString(key);
    byte(0x3a);
  }

  /// `null`.
  void writeNull() => raw('null');

  /// The only value of `google.protobuf.NullValue`, and whatever else a field of this type holds.
  void writeNullValue(EnumValue value) => writeNull();

  /// A `bool`.
  void writeBool(bool value) => raw(value ? 'true' : 'false');

  /// An integer of 32 bits.
  void writeInt32(int value) => integer(value);

  /// An integer of 64 bits, as a text.
  void writeInt64(int value) {
    byte(0x22);
    integer(value);
    byte(0x22);
  }

  /// An unsigned integer of 64 bits, as a text.
  void writeUint64(BigInt value) => raw('"$value"');

  /// A `double`.
  void writeDouble(double value) {
    if (value.isFinite) {
      raw(_finite(value));
    } else {
      raw(
        value.isNaN
            ? '"NaN"'
            : value > 0
            ? '"Infinity"'
            : '"-Infinity"',
      );
    }
  }

  /// As JavaScript has it, but for the sign of zero: many readers take `-0`
  /// for an integer, which has none.
  static String _finite(double value) {
    if (value == 0) {
      return value.isNegative ? '-0.0' : '0';
    }
    final text = '$value';
    return text.endsWith('.0') ? text.substring(0, text.length - 2) : text;
  }

  /// A `float`: the shortest text that only this float has.
  void writeFloat(double value) {
    final single = _toFloat(value);
    final text = '$single';
    // Up to six digits no two floats share a text, unless they are so small that they have fewer.
    final isSmall = single.abs() < 1.1754943508222875e-38 && single != 0;
    if (text.length <= 7 && !isSmall || !single.isFinite || single == 0) {
      writeDouble(single);
      return;
    }
    for (var digits = isSmall ? 1 : 6; digits < 9; digits++) {
      for (final shorter in _rounded(single, digits)) {
        if (_toFloat(shorter) == single) {
          writeDouble(shorter);
          return;
        }
      }
    }
    writeDouble(double.parse(single.toStringAsPrecision(9)));
  }

  /// The numbers of so many digits that may stand for a float, the best one first.
  static List<double> _rounded(double single, int digits) {
    final text = single.toStringAsPrecision(digits);
    final exact = single.toStringAsPrecision(digits + 1);
    final at = exact.contains('e') ? exact.indexOf('e') : exact.length;
    if (exact[at - 1] == '5' && double.parse(exact) == single) {
      // Halfway between two: the even one, as everybody else has it.
      final below = exact.replaceRange(at - 1, at, '');
      final last = below.codeUnitAt(below[at - 2] == '.' ? at - 3 : at - 2);
      if (last.isEven) {
        return [double.parse(below)];
      }
    }
    final nearest = double.parse(text);
    _float[0] = single;
    if (_bits[0] & 0x7fffff != 0) {
      return [nearest];
    }
    // Of a power of two the numbers above are farther away than those below.
    final exponent = int.parse(
      single.abs().toStringAsExponential(digits - 1).split('e').last,
    );
    final unit = double.parse('1e${exponent - digits + 1}');
    final above = nearest + (single < 0 ? -unit : unit);
    return [nearest, double.parse(above.toStringAsPrecision(digits))];
  }

  static final Uint32List _bits = Uint32List.sublistView(_float);
  static final Float32List _float = Float32List(1);

  static double _toFloat(double value) {
    _float[0] = value;
    return _float[0];
  }

  /// A value of an enum: its name, or its number if it has none.
  void writeEnum(String? name, int number) {
    if (name == null || options.enumNumbers) {
      integer(number);
    } else {
      byte(0x22);
      raw(name);
      byte(0x22);
    }
  }

  /// A `bytes`, as base64.
  void writeBytes(Uint8List value) {
    byte(0x22);
    raw(base64.encode(value));
    byte(0x22);
  }

  /// A text.
  void writeString(String value) {
    if (!writeText(value)) {
      throw const EncodeException('a string with half a surrogate pair');
    }
  }

  /// A `Timestamp`.
  void writeTimestamp(int seconds, int nanos) =>
      raw('"${printTimestamp(seconds, nanos)}"');

  /// A `Duration`.
  void writeDuration(int seconds, int nanos) =>
      raw('"${printDuration(seconds, nanos)}"');

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
      raw('{}');
      return;
    }
    final type = options.registry.typeOfUrl(typeUrl);
    if (type == null || !typeUrl.contains('/')) {
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
