// Reads the binary wire format. Generated code calls it field by field; it knows no message.

// @dart = 3.7

import 'dart:convert';
import 'dart:typed_data';

import 'errors.dart';
import 'int64.dart';
import 'registry.dart';
import 'unknown.dart';

/// How deep messages and groups may be nested.
const int maxDepth = 100;

/// Reads one buffer from front to back.
final class WireReader {
  /// A reader of all of [bytes]. [registry] knows the extensions.
  WireReader(Uint8List bytes, this.registry)
    : _bytes = bytes,
      _end = bytes.length,
      _depth = 0,
      owner = Object();

  WireReader._(
    this._bytes,
    this.registry,
    this._depth,
    this.owner,
    this._pieces,
  ) : _end = _bytes.length;

  /// A reader of a message whose bytes were put together, at this place.
  WireReader inner(Uint8List bytes) => WireReader._(
    bytes,
    registry,
    _depth + 1,
    owner,
    _pieces ??= Map.identity(),
  );

  final Uint8List _bytes;
  late final ByteData _data = ByteData.sublistView(_bytes);

  /// The extensions to look for.
  final Registry registry;

  int _pos = 0;
  int _end;
  int _depth;
  int _start = 0;
  int _endTag = 0;

  /// The next byte to be read.
  int get position => _pos;

  /// Stands for this reader without keeping its bytes alive: see `reopen`.
  final Object owner;

  /// Unknown fields that came in pieces, by what the message with the last piece has.
  Map<Uint8List, UnknownFields>? _pieces;

  /// The unknown fields of a message after those that it had [before].
  @pragma('vm:prefer-inline')
  Uint8List? join(Uint8List? before, UnknownFields? fields) =>
      fields == null
          ? before
          : (before == null ? fields.take() : _join(before, fields));

  Uint8List _join(Uint8List before, UnknownFields fields) {
    final pieces = _pieces ??= Map.identity();
    final joined =
        (pieces.remove(before) ?? (UnknownFields()..addAll(before)))
          ..addAll(fields.take());
    final all = joined.take();
    pieces[all] = joined;
    return all;
  }

  /// The error at the current position.
  DecodeException error(String message, [int? offset]) =>
      DecodeException(message, offset: offset ?? _pos);

  DecodeException _truncated() => error('it ends too early', _end);

  /// The next tag of the current message, or 0 at its end.
  @pragma('vm:prefer-inline')
  int nextTag() {
    final start = _pos;
    if (start >= _end) {
      return 0;
    }
    _start = start;
    final tag = _bytes[start];
    if (tag < 0x80 && tag >= 8 && tag & 7 < 3) {
      _pos = start + 1;
      return tag;
    }
    return _otherTag(tag);
  }

  /// A tag of several bytes, or of a rare wire type.
  @pragma('vm:never-inline')
  int _otherTag(int first) {
    var tag = first;
    if (tag < 0x80) {
      _pos++;
    } else {
      tag = _longTag();
    }
    if (tag < 8) {
      throw error('field number 0', _start);
    }
    final type = tag & 7;
    if (type == 4) {
      _endTag = tag;
      return 0;
    }
    if (type > 5) {
      throw error('wire type $type does not exist', _start);
    }
    return tag;
  }

  int _longTag() {
    var tag = 0;
    var scale = 1;
    for (var index = 0; index < 5; index++) {
      if (_pos >= _end) {
        throw _truncated();
      }
      final byte = _bytes[_pos++];
      if (index == 4 && byte > 0x0f) {
        break;
      }
      tag += (byte & 0x7f) * scale;
      if (byte < 0x80) {
        return tag;
      }
      scale *= 128;
    }
    throw error('a tag of more than 32 bits', _start);
  }

  /// Enters a message behind its length and returns the end of the one around it, for [leave].
  @pragma('vm:prefer-inline')
  int enter() {
    final length = readLength();
    final outer = _end;
    _deepen();
    _end = _pos + length;
    return outer;
  }

  /// Leaves what [enter] entered.
  @pragma('vm:prefer-inline')
  void leave(int outer) {
    if (_endTag != 0) {
      throw error('the end of a group that was not begun', _start);
    }
    _depth--;
    _end = outer;
  }

  /// Enters a group.
  void enterGroup() => _deepen();

  /// Leaves the group of this field number.
  void leaveGroup(int number) {
    final tag = _endTag;
    if (tag == 0) {
      throw _truncated();
    }
    if (tag ~/ 8 != number) {
      throw error('the end of another group than the one begun', _start);
    }
    _endTag = 0;
    _depth--;
  }

  void _deepen() {
    if (++_depth > maxDepth) {
      throw error('messages nested deeper than $maxDepth');
    }
  }

  /// Refuses an end of a group that nothing began.
  void finish() {
    if (_endTag != 0) {
      throw error('the end of a group that was not begun', _start);
    }
  }

  /// A length, checked against what is left.
  @pragma('vm:prefer-inline')
  int readLength() {
    if (_pos < _end) {
      final byte = _bytes[_pos];
      if (byte < 0x80) {
        _pos++;
        if (byte <= _end - _pos) {
          return byte;
        }
        throw _truncated();
      }
    }
    return _longLength();
  }

  @pragma('vm:never-inline')
  int _longLength() {
    final start = _pos;
    final length = _varint32();
    if (length > 0x7fffffff) {
      throw error('a length of more than 2 GiB', start);
    }
    if (length > _end - _pos) {
      throw _truncated();
    }
    return length;
  }

  /// The lower 32 bits of a varint, unsigned.
  int _varint32() {
    final bytes = _bytes;
    final end = _end;
    var pos = _pos;
    var value = 0;
    for (var shift = 0; shift < 28; shift += 7) {
      if (pos >= end) {
        throw _truncated();
      }
      final byte = bytes[pos++];
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) {
        _pos = pos;
        return value;
      }
    }
    for (var index = 4; index < 10; index++) {
      if (pos >= end) {
        throw _truncated();
      }
      final byte = bytes[pos++];
      if (index == 4) {
        value += (byte & 0x0f) * 0x10000000;
      }
      if (byte < 0x80) {
        _pos = pos;
        return value;
      }
    }
    throw error('a varint of more than ten bytes');
  }

  /// All 64 bits of a varint. Not in JavaScript.
  int _varint64() {
    final bytes = _bytes;
    final end = _end;
    var pos = _pos;
    var value = 0;
    for (var shift = 0; shift < 70; shift += 7) {
      if (pos >= end) {
        throw _truncated();
      }
      final byte = bytes[pos++];
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) {
        _pos = pos;
        return value;
      }
    }
    throw error('a varint of more than ten bytes');
  }

  int _high = 0;

  /// The lower half of a 64-bit varint; the upper half is in [_high].
  int _halves() {
    var low = 0;
    var high = 0;
    for (var index = 0; index < 10; index++) {
      if (_pos >= _end) {
        throw _truncated();
      }
      final byte = _bytes[_pos++];
      final bits = byte & 0x7f;
      if (index < 4) {
        low += bits << (7 * index);
      } else if (index == 4) {
        low += (bits & 0x0f) * 0x10000000;
        high = bits >> 4;
      } else if (index < 9) {
        high += bits * (1 << (7 * index - 32));
      } else {
        high += (bits & 1) * 0x80000000;
      }
      if (byte < 0x80) {
        _high = high % two32;
        return low;
      }
    }
    throw error('a varint of more than ten bytes');
  }

  int _safe(int? value, int start) {
    if (value == null) {
      throw error(unsafeInt, start);
    }
    return value;
  }

  /// An `int32`.
  @pragma('vm:prefer-inline')
  int readInt32() {
    if (_pos < _end) {
      final byte = _bytes[_pos];
      if (byte < 0x80) {
        _pos++;
        return byte;
      }
    }
    return _varint32().toSigned(32);
  }

  /// A `uint32`.
  int readUint32() {
    if (_pos < _end) {
      final byte = _bytes[_pos];
      if (byte < 0x80) {
        _pos++;
        return byte;
      }
    }
    return _varint32();
  }

  /// A `sint32`.
  int readSint32() {
    final value = readUint32();
    return ((value >>> 1) ^ -(value & 1)).toSigned(32);
  }

  /// An `int64`.
  int readInt64() {
    if (_pos < _end) {
      final byte = _bytes[_pos];
      if (byte < 0x80) {
        _pos++;
        return byte;
      }
    }
    if (!jsInts) {
      return _varint64();
    }
    final start = _pos;
    final low = _halves();
    return _safe(signedOfHalves(_high, low), start);
  }

  /// A `sint64`.
  int readSint64() {
    if (!jsInts) {
      final value = readInt64();
      return (value >>> 1) ^ -(value & 1);
    }
    final start = _pos;
    final low = _halves();
    final flip = (low & 1) * 0xffffffff;
    final half = (low >>> 1) + (_high & 1) * 0x80000000;
    return _safe(signedOfHalves((_high >>> 1) ^ flip, half ^ flip), start);
  }

  /// A `uint64`.
  BigInt readUint64() {
    if (!jsInts) {
      return unsignedOf(readInt64());
    }
    final low = _halves();
    return unsignedOfHalves(_high, low);
  }

  /// A `bool`.
  @pragma('vm:prefer-inline')
  bool readBool() {
    if (_pos < _end) {
      final byte = _bytes[_pos];
      if (byte < 0x80) {
        _pos++;
        return byte != 0;
      }
    }
    final low = _halves();
    return low != 0 || _high != 0;
  }

  int _take(int length) {
    final pos = _pos;
    if (length > _end - pos) {
      throw _truncated();
    }
    _pos = pos + length;
    return pos;
  }

  /// A `fixed32`.
  int readFixed32() => _data.getUint32(_take(4), Endian.little);

  /// An `sfixed32`.
  int readSfixed32() => _data.getInt32(_take(4), Endian.little);

  /// A `fixed64`.
  BigInt readFixed64() {
    final at = _take(8);
    if (!jsInts) {
      return unsignedOf(_data.getInt64(at, Endian.little));
    }
    return unsignedOfHalves(
      _data.getUint32(at + 4, Endian.little),
      _data.getUint32(at, Endian.little),
    );
  }

  /// An `sfixed64`.
  int readSfixed64() {
    final at = _take(8);
    if (!jsInts) {
      return _data.getInt64(at, Endian.little);
    }
    final high = _data.getUint32(at + 4, Endian.little);
    return _safe(signedOfHalves(high, _data.getUint32(at, Endian.little)), at);
  }

  /// A `float`.
  double readFloat() => _data.getFloat32(_take(4), Endian.little);

  /// A `double`.
  double readDouble() => _data.getFloat64(_take(8), Endian.little);

  /// A `string` that must be UTF-8.
  String readString() {
    final length = readLength();
    final bytes = _bytes;
    final start = _pos;
    final end = start + length;
    _pos = end;
    if (length == 0) {
      return '';
    }
    // The decoder costs more to start than a few bytes of ASCII are worth.
    if (length < 12) {
      var bits = 0;
      for (var index = start; index < end; index++) {
        bits |= bytes[index];
      }
      if (bits < 0x80) {
        return String.fromCharCodes(bytes, start, end);
      }
    }
    try {
      return _decode(const Utf8Decoder(), start, end);
    } on FormatException catch (error) {
      throw DecodeException(
        'a string that is not UTF-8',
        offset: error.offset ?? start,
      );
    }
  }

  /// A `string` of a contract that lets other bytes than UTF-8 pass: each of them becomes U+FFFD.
  String readLooseString() {
    final length = readLength();
    final start = _pos;
    _pos = start + length;
    return _decode(const Utf8Decoder(allowMalformed: true), start, _pos);
  }

  /// The decoder drops a byte order mark at the start, which is text here.
  String _decode(Utf8Decoder decoder, int start, int end) {
    final bytes = _bytes;
    final marked =
        end - start >= 3 &&
        bytes[start] == 0xef &&
        bytes[start + 1] == 0xbb &&
        bytes[start + 2] == 0xbf;
    if (marked) {
      final rest = start + 3;
      return '\uFEFF${rest == end ? '' : _decode(decoder, rest, end)}';
    }
    return decoder.convert(_bytes, start, end);
  }

  /// A `bytes`, as a copy.
  Uint8List readBytes() {
    final length = readLength();
    final start = _pos;
    _pos = start + length;
    return _bytes.sublist(start, _pos);
  }

  /// Calls [read] for each value of a packed field.
  @pragma('vm:prefer-inline')
  void _packed(void Function() read) {
    final outer = _end;
    final length = readLength();
    _end = _pos + length;
    while (_pos < _end) {
      read();
    }
    _end = outer;
  }

  /// The values of a packed field of varints that fit 32 bits, signed.
  void packedInt32(List<int> values) => _packed(() => values.add(readInt32()));

  /// See [packedInt32].
  void packedUint32(List<int> values) =>
      _packed(() => values.add(readUint32()));

  /// See [packedInt32].
  void packedSint32(List<int> values) =>
      _packed(() => values.add(readSint32()));

  /// See [packedInt32].
  void packedInt64(List<int> values) => _packed(() => values.add(readInt64()));

  /// See [packedInt32].
  void packedSint64(List<int> values) =>
      _packed(() => values.add(readSint64()));

  /// See [packedInt32].
  void packedUint64(List<BigInt> values) =>
      _packed(() => values.add(readUint64()));

  /// See [packedInt32].
  void packedBool(List<bool> values) => _packed(() => values.add(readBool()));

  /// See [packedInt32].
  void packedFixed32(List<int> values) =>
      _packed(() => values.add(readFixed32()));

  /// See [packedInt32].
  void packedSfixed32(List<int> values) =>
      _packed(() => values.add(readSfixed32()));

  /// See [packedInt32].
  void packedFixed64(List<BigInt> values) =>
      _packed(() => values.add(readFixed64()));

  /// See [packedInt32].
  void packedSfixed64(List<int> values) =>
      _packed(() => values.add(readSfixed64()));

  /// See [packedInt32].
  void packedFloat(List<double> values) =>
      _packed(() => values.add(readFloat()));

  /// See [packedInt32].
  void packedDouble(List<double> values) =>
      _packed(() => values.add(readDouble()));

  /// The values of a packed field of an open enum.
  void packedOpenEnum<T>(List<T> values, T Function(int) of) =>
      _packed(() => values.add(of(readInt32())));

  /// The values of a packed field of a closed enum. Numbers that it does not have become unknown fields of [number].
  UnknownFields? packedClosedEnum<T>(
    List<T> values,
    T? Function(int) of,
    int number,
    UnknownFields? unknown,
  ) {
    var kept = unknown;
    _packed(() {
      final value = readInt32();
      final known = of(value);
      if (known == null) {
        kept = (kept ??= UnknownFields())..addVarint(number, value);
      } else {
        values.add(known);
      }
    });
    return kept;
  }

  /// Keeps the field of [tag], which was just read, as it is.
  UnknownFields skip(int tag, UnknownFields? unknown) {
    final start = _start;
    _skipValue(tag);
    return (unknown ?? UnknownFields())..addRange(_bytes, start, _pos);
  }

  /// Keeps what was read since the last tag.
  UnknownFields keep(UnknownFields? unknown) => keepFrom(_start, unknown);

  /// Keeps what was read since [start].
  UnknownFields keepFrom(int start, UnknownFields? unknown) =>
      (unknown ?? UnknownFields())..addRange(_bytes, start, _pos);

  /// Whether the current message or list ends here.
  bool get atEnd => _pos >= _end;

  /// Keeps the varint since [start], an element of a packed list, as a field of its own.
  UnknownFields keepElement(int number, int start, UnknownFields? unknown) =>
      (unknown ?? UnknownFields())..addElement(number, _bytes, start, _pos);

  /// Passes over so many bytes.
  void pass(int count) => _take(count);

  /// Passes over the field of [tag], which was just read.
  void drop(int tag) => _skipValue(tag);

  void _skipValue(int tag) {
    switch (tag & 7) {
      case 0:
        _halves();
      case 1:
        _take(8);
      case 2:
        _take(readLength());
      case 5:
        _take(4);
      default:
        enterGroup();
        for (var inner = nextTag(); inner != 0; inner = nextTag()) {
          _skipValue(inner);
        }
        leaveGroup(tag ~/ 8);
    }
  }

  /// Where the last tag began.
  int get fieldStart => _start;
}
