// Reads the binary wire format: tags, lengths, nesting and numbers. Generated code calls it field by field; it knows no
// message. Varints, texts, packed lists and unknown fields have parts of their own.

// @dart = 3.7

import 'dart:convert';
import 'dart:typed_data';

import 'errors.dart';
import 'int64.dart';
import 'registry.dart';
import 'unknown.dart';

part 'wire_reader_packed.dart';
part 'wire_reader_text.dart';
part 'wire_reader_unknown.dart';
part 'wire_reader_varint.dart';

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

  // Not final: what is final is loaded at the head of a method that reads many fields, and put on the stack for each
  // of them.
  // ignore: prefer_final_fields
  Uint8List _bytes;
  late final ByteData _data = _bytes.buffer.asByteData(
    _bytes.offsetInBytes,
    _bytes.length,
  );

  /// The extensions to look for.
  final Registry registry;

  int _pos = 0;
  int _end;
  int _depth;
  int _start = 0;
  int _endTag = 0;
  int _high = 0;

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
    final next = _pos + 1;
    if (tag < 0x80) {
      _pos = next;
    } else if (next < _end && _bytes[next] < 0x80) {
      tag += (_bytes[next] - 1) * 0x80;
      _pos = next + 1;
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
    final second = _pos + 1;
    if (second < _end && _bytes[second] < 0x80) {
      final tag = (_bytes[_pos] & 0x7f) | (_bytes[second] << 7);
      _pos = second + 1;
      return tag;
    }
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

  /// As [enter], for what is no message and no level of its own: the entry of a map, or a packed list.
  @pragma('vm:prefer-inline')
  int enterPart() {
    final length = readLength();
    final outer = _end;
    _end = _pos + length;
    return outer;
  }

  /// Leaves what [enterPart] entered.
  @pragma('vm:prefer-inline')
  void leavePart(int outer) {
    if (_endTag != 0) {
      throw error('the end of a group that was not begun', _start);
    }
    _end = outer;
  }

  /// Enters a message that was passed over, whose bytes are here; returns what [leaveRevisited] needs.
  (int, int) revisit(int start, int end) {
    final outer = (_end, _pos);
    _deepen();
    _pos = start;
    _end = end;
    return outer;
  }

  /// Leaves what [revisit] entered.
  void leaveRevisited(int outer, int behind) {
    leave(outer);
    _pos = behind;
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

  /// A `bytes`, as a copy.
  Uint8List readBytes() {
    final length = readLength();
    final start = _pos;
    _pos = start + length;
    return _bytes.sublist(start, _pos);
  }
}
