// Scalar values in the text format: which kind of number, word or string stands for each, and how it is written.

// @dart = 3.7

import 'dart:convert';
import 'dart:typed_data';

import 'extension_kinds.dart';
import 'extension_scalars.dart';
import 'int64.dart';
import 'json_values.dart';
import 'json_writer.dart';
import 'message.dart';
import 'text_scanner.dart';

/// What a scalar is in the text format.
enum _Scalar { double, float, int32, int64, uint32, uint64, bool, text, bytes }

final Map<ValueKind<Object>, _Scalar> _scalars =
    Map<ValueKind<Object>, _Scalar>.identity()..addAll({
      doubleKind: _Scalar.double,
      floatKind: _Scalar.float,
      int32Kind: _Scalar.int32,
      sint32Kind: _Scalar.int32,
      sfixed32Kind: _Scalar.int32,
      int64Kind: _Scalar.int64,
      sint64Kind: _Scalar.int64,
      sfixed64Kind: _Scalar.int64,
      uint32Kind: _Scalar.uint32,
      fixed32Kind: _Scalar.uint32,
      uint64Kind: _Scalar.uint64,
      fixed64Kind: _Scalar.uint64,
      boolKind: _Scalar.bool,
      stringKind: _Scalar.text,
      looseStringKind: _Scalar.text,
      bytesKind: _Scalar.bytes,
    });

/// Reads values that are no messages.
extension TextScalars on TextScanner {
  /// A value of a kind.
  Object scalar(ValueKind<Object> kind) {
    peek();
    final start = position;
    if (kind is EnumKind<EnumValue>) {
      return _enumeration(kind, start);
    }
    switch (_scalars[kind]!) {
      case _Scalar.text:
        return _text(start, isLoose: identical(kind, looseStringKind));
      case _Scalar.bytes:
        return strings();
      case _Scalar.bool:
        return _bool(start);
      case _Scalar.double:
        return _double(start);
      case _Scalar.float:
        return (Float32List(1)..[0] = _double(start))[0];
      case _Scalar.int32:
        return _integer(start, 'int32', 32, isSigned: true).toInt();
      case _Scalar.uint32:
        return _integer(start, 'uint32', 32).toInt();
      case _Scalar.uint64:
        return _integer(start, 'uint64', 64);
      case _Scalar.int64:
        final value = int64OfBig(_integer(start, 'int64', 64, isSigned: true));
        if (value == null) {
          throw error(unsafeInt, start);
        }
        return value;
    }
  }

  String _text(int start, {required bool isLoose}) {
    final bytes = strings();
    // Byte by byte: the decoder drops a byte order mark at the start, which is text here.
    final hasMark =
        bytes.length >= 3 &&
        bytes[0] == 0xef &&
        bytes[1] == 0xbb &&
        bytes[2] == 0xbf;
    try {
      final text = utf8.decode(bytes, allowMalformed: isLoose);
      return hasMark ? '\uFEFF$text' : text;
    } on FormatException {
      throw error('a string that is not UTF-8', start);
    }
  }

  bool _bool(int start) {
    if (identifier() case final word?) {
      return switch (word) {
        'true' || 'True' || 't' => true,
        'false' || 'False' || 'f' => false,
        _ => throw error('`${shorten(word)}` is no bool', start),
      };
    }
    final value = TextScanner.integerOf(number() ?? '');
    if (value != BigInt.zero && value != BigInt.one) {
      throw error('expected true or false', start);
    }
    return value == BigInt.one;
  }

  BigInt _integer(int start, String type, int bits, {bool isSigned = false}) {
    final isNegative = takes(0x2d);
    final digits = number();
    final size = digits == null ? null : TextScanner.integerOf(digits);
    if (size == null) {
      throw error('expected an integer', start);
    }
    final value = isNegative ? -size : size;
    final one = BigInt.one;
    final first = isSigned ? -(one << (bits - 1)) : BigInt.zero;
    final last = (one << (isSigned ? bits - 1 : bits)) - one;
    if (value < first || value > last) {
      throw error('`${shorten('$value')}` is no $type', start);
    }
    return value;
  }

  Object _enumeration(EnumKind<EnumValue> kind, int start) {
    final name = identifier();
    final value =
        name != null
            ? kind.ofName(name)
            : kind.ofNumber(
              _integer(start, 'int32', 32, isSigned: true).toInt(),
            );
    if (value == null) {
      final shown = shorten(text.substring(start, position));
      throw error('`$shown` is no value of the enum', start);
    }
    return value;
  }

  double _double(int start) {
    final isNegative = takes(0x2d);
    final word = identifier()?.toLowerCase();
    final double? value;
    if (word != null) {
      value = switch (word) {
        'inf' || 'infinity' => double.infinity,
        'nan' => _nan,
        _ => null,
      };
    } else {
      value = switch (number()) {
        final digits? => TextScanner.doubleOf(digits),
        null => null,
      };
    }
    if (value == null) {
      throw error('expected a number', start);
    }
    return isNegative && !value.isNaN ? -value : value;
  }
}

// Not double.nan, whose sign bit depends on the machine.
final double _nan = (ByteData(8)..setUint32(0, 0x7ff80000)).getFloat64(0);

/// A value that is no message, as it is written.
String scalarText(ValueKind<Object> kind, Object value) => switch (value) {
  final EnumValue value => value.protoName ?? '${value.number}',
  final double value => _doubleText(value, isFloat: identical(kind, floatKind)),
  final String value => quoted(utf8.encode(value), isText: true),
  final Uint8List value => quoted(value, isText: false),
  _ => '$value',
};

String _doubleText(double value, {required bool isFloat}) {
  if (value.isNaN) {
    return 'nan';
  }
  if (value.isInfinite) {
    return value > 0 ? 'inf' : '-inf';
  }
  final writer = JsonWriter(const JsonOptions());
  isFloat ? writer.writeFloat(value) : writer.writeDouble(value);
  return writer.take();
}

/// A string with escapes; UTF-8 stays as it is in [isText].
String quoted(Uint8List bytes, {required bool isText}) {
  final out = BytesBuilder()..addByte(0x22);
  for (final byte in bytes) {
    final letter = switch (byte) {
      0x09 => 0x74,
      0x0a => 0x6e,
      0x0d => 0x72,
      0x22 || 0x27 || 0x5c => byte,
      _ => 0,
    };
    if (letter != 0) {
      out
        ..addByte(0x5c)
        ..addByte(letter);
    } else if (byte >= 0x20 && byte < 0x7f || isText && byte >= 0x80) {
      out.addByte(byte);
    } else {
      out
        ..addByte(0x5c)
        ..addByte(0x30 + (byte >> 6))
        ..addByte(0x30 + ((byte >> 3) & 7))
        ..addByte(0x30 + (byte & 7));
    }
  }
  out.addByte(0x22);
  return utf8.decode(out.takeBytes());
}
