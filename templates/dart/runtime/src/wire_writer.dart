// Writes the binary wire format in one pass from the end of a buffer to its start, so that the length of a message is
// known when it is needed. Generated code calls it field by field, the last field first. Messages inside
// messages, texts and packed lists have parts of their own.

// @dart = 3.7

import 'dart:typed_data';

import 'errors.dart';
import 'int64.dart';
import 'place.dart';
import 'registry.dart';

part 'wire_writer_nesting.dart';
part 'wire_writer_packed.dart';
part 'wire_writer_text.dart';

/// Writes one buffer from back to front.
final class WireWriter {
  /// An empty writer.
  WireWriter() : _bytes = _take() {
    _pos = _bytes.length;
  }

  /// A buffer that no writer uses, so that small messages need no new one.
  static Uint8List? _spare;

  static Uint8List _take() {
    final spare = _spare;
    _spare = null;
    return spare ?? Uint8List(1024);
  }

  Uint8List _bytes;
  late ByteData _data = ByteData.sublistView(_bytes);
  int _pos = 0;

  // Not a constant, which is a list of another kind and makes all of them slower.
  static final List<Object?> _nothing = List.filled(0, null);

  /// What is around what is being written, from the outside in: of each message its tag or extension, and its index or
  /// key.
  List<Object?> _around = _nothing;

  /// Where extensions that are written are put.
  Set<Declared>? noted;

  /// How much of [_around] there is.
  int _depth = 0;

  /// The number of the field that could not be written, or 0.
  int _fault = 0;

  /// The bytes written. The writer is of no use after it.
  Uint8List take() {
    final bytes = _bytes;
    final written = bytes.sublist(_pos);
    if (bytes.length <= 65536) {
      _spare = bytes;
    }
    return written;
  }

  /// How much was written: kept before a message, for [close] after it.
  int get mark => _bytes.length - _pos;

  /// Makes room before the position.
  @pragma('vm:prefer-inline')
  void _need(int count) {
    if (_pos < count) {
      _grow(count);
    }
  }

  void _grow(int count) {
    final old = _bytes;
    final used = old.length - _pos;
    var size = old.length * 2;
    while (size - used < count) {
      size *= 2;
    }
    final grown = Uint8List(size);
    grown.setRange(size - used, size, old, _pos);
    _bytes = grown;
    _data = ByteData.sublistView(grown);
    _pos = size - used;
  }

  /// Writes a length and the tag before it.
  void writeLength(int tag, int length) {
    _need(10);
    _varint(length);
    _tag(tag);
  }

  /// Writes a tag.
  void writeTag(int tag) {
    _need(5);
    _tag(tag);
  }

  /// Takes back the tag that was written last: elements of packed lists have none.
  void dropTag(int tag) {
    for (var rest = tag; rest != 0; rest ~/= 128) {
      _pos++;
    }
  }

  @pragma('vm:prefer-inline')
  void _tag(int tag) {
    if (tag < 0x80) {
      _bytes[--_pos] = tag;
    } else {
      _longVarint(tag);
    }
  }

  @pragma('vm:prefer-inline')
  void _varint(int value) {
    if (value < 0x80) {
      _bytes[--_pos] = value;
    } else {
      _longVarint(value);
    }
  }

  /// A varint of a number from 128 to 2^53.
  void _longVarint(int value) {
    final bytes = _bytes;
    if (!jsInts || value <= 0xffffffff) {
      var size = 2;
      for (var rest = value >>> 14; rest != 0; rest >>>= 7) {
        size++;
      }
      var pos = _pos -= size;
      var rest = value;
      while (rest > 0x7f || rest < 0) {
        bytes[pos++] = (rest & 0x7f) | 0x80;
        rest >>>= 7;
      }
      bytes[pos] = rest;
      return;
    }
    _halves(highOf(value), lowOf(value));
  }

  /// A varint of 64 bits in two halves.
  void _halves(int high, int low) {
    final top = high * 16 + (low >>> 28);
    var size = 1;
    if (top == 0) {
      for (var rest = low >>> 7; rest != 0; rest >>>= 7) {
        size++;
      }
    } else {
      size = 5;
      for (var rest = top ~/ 128; rest != 0; rest ~/= 128) {
        size++;
      }
    }
    var pos = _pos -= size;
    var rest = top;
    var bits = low & 0x0fffffff;
    for (var index = 0; index < size; index++) {
      final int part;
      if (index < 4) {
        part = bits & 0x7f;
        bits >>>= 7;
      } else {
        part = rest % 128;
        rest ~/= 128;
      }
      _bytes[pos++] = index + 1 < size ? part | 0x80 : part;
    }
  }

  Never _refuse(int tag, String message) {
    _fault = tag ~/ 8;
    throw EncodeException(message);
  }

  Never _range(int tag, Object value, String type) =>
      _refuse(tag, '$value is no $type');

  void _checkSafe(int tag, int value) {
    if (isUnsafe(value)) {
      _refuse(tag, unsafeInt);
    }
  }

  /// Writes an `int32`, or the number of an enum.
  void writeInt32(int tag, int value) {
    _int32(tag, value);
    _tag(tag);
  }

  void _int32(int tag, int value) {
    _need(15);
    if (value >= 0) {
      if (value > 0x7fffffff) {
        _range(tag, value, 'int32');
      }
      _varint(value);
    } else {
      if (value < -0x80000000) {
        _range(tag, value, 'int32');
      }
      jsInts ? _halves(0xffffffff, lowOf(value)) : _longVarint(value);
    }
  }

  /// Writes a `uint32`.
  void writeUint32(int tag, int value) {
    _uint32(tag, value);
    _tag(tag);
  }

  void _uint32(int tag, int value) {
    _need(15);
    if (value < 0 || value > 0xffffffff) {
      _range(tag, value, 'uint32');
    }
    _varint(value);
  }

  /// Writes a `sint32`.
  void writeSint32(int tag, int value) {
    _sint32(tag, value);
    _tag(tag);
  }

  void _sint32(int tag, int value) {
    _need(15);
    if (value < -0x80000000 || value > 0x7fffffff) {
      _range(tag, value, 'sint32');
    }
    _varint(value < 0 ? -2 * value - 1 : 2 * value);
  }

  /// Writes an `int64`.
  void writeInt64(int tag, int value) {
    _int64(tag, value);
    _tag(tag);
  }

  void _int64(int tag, int value) {
    _need(15);
    if (value >= 0 && value < 0x80) {
      _bytes[--_pos] = value;
    } else if (jsInts) {
      _checkSafe(tag, value);
      _halves(highOf(value), lowOf(value));
    } else {
      _longVarint(value);
    }
  }

  /// Writes a `sint64`.
  void writeSint64(int tag, int value) {
    _sint64(tag, value);
    _tag(tag);
  }

  void _sint64(int tag, int value) {
    _need(15);
    if (!jsInts) {
      final zigzag = (value << 1) ^ (value >> 63);
      zigzag >= 0 && zigzag < 0x80
          ? _bytes[--_pos] = zigzag
          : _longVarint(zigzag);
    } else {
      _checkSafe(tag, value);
      final magnitude = value < 0 ? -value - 1 : value;
      final high = (magnitude ~/ 0x80000000) % two32;
      _halves(high, (magnitude % 0x80000000) * 2 + (value < 0 ? 1 : 0));
    }
  }

  /// Writes a `uint64`.
  void writeUint64(int tag, BigInt value) {
    _uint64(tag, value);
    _tag(tag);
  }

  void _uint64(int tag, BigInt value) {
    _need(15);
    if (!isUint64(value)) {
      _range(tag, value, 'uint64');
    }
    if (!jsInts) {
      final bits = bitsOf(value);
      bits >= 0 && bits < 0x80 ? _bytes[--_pos] = bits : _longVarint(bits);
    } else {
      _halves((value >> 32).toInt(), value.toUnsigned(32).toInt());
    }
  }

  /// Writes a `bool`.
  void writeBool(int tag, bool value) {
    _bool(tag, value);
    _tag(tag);
  }

  void _bool(int tag, bool value) {
    _need(6);
    _bytes[--_pos] = value ? 1 : 0;
  }

  /// Writes a `fixed32`.
  void writeFixed32(int tag, int value) {
    _fixed32(tag, value);
    _tag(tag);
  }

  void _fixed32(int tag, int value) {
    if (value < 0 || value > 0xffffffff) {
      _range(tag, value, 'fixed32');
    }
    _need(9);
    _data.setUint32(_pos -= 4, value, Endian.little);
  }

  /// Writes an `sfixed32`.
  void writeSfixed32(int tag, int value) {
    _sfixed32(tag, value);
    _tag(tag);
  }

  void _sfixed32(int tag, int value) {
    if (value < -0x80000000 || value > 0x7fffffff) {
      _range(tag, value, 'sfixed32');
    }
    _need(9);
    _data.setInt32(_pos -= 4, value, Endian.little);
  }

  void _eightBytes(int high, int low) {
    _data.setUint32(_pos -= 4, high, Endian.little);
    _data.setUint32(_pos -= 4, low, Endian.little);
  }

  /// Writes a `fixed64`.
  void writeFixed64(int tag, BigInt value) {
    _fixed64(tag, value);
    _tag(tag);
  }

  void _fixed64(int tag, BigInt value) {
    if (!isUint64(value)) {
      _range(tag, value, 'fixed64');
    }
    _need(13);
    if (jsInts) {
      _eightBytes((value >> 32).toInt(), value.toUnsigned(32).toInt());
    } else {
      _data.setInt64(_pos -= 8, bitsOf(value), Endian.little);
    }
  }

  /// Writes an `sfixed64`.
  void writeSfixed64(int tag, int value) {
    _sfixed64(tag, value);
    _tag(tag);
  }

  void _sfixed64(int tag, int value) {
    _need(13);
    if (jsInts) {
      _checkSafe(tag, value);
      _eightBytes(highOf(value), lowOf(value));
    } else {
      _data.setInt64(_pos -= 8, value, Endian.little);
    }
  }

  /// Writes a `float`: the nearest one to [value].
  void writeFloat(int tag, double value) {
    _float(tag, value);
    _tag(tag);
  }

  void _float(int tag, double value) {
    _need(9);
    _data.setFloat32(_pos -= 4, value, Endian.little);
  }

  /// Writes a `double`.
  void writeDouble(int tag, double value) {
    _double(tag, value);
    _tag(tag);
  }

  void _double(int tag, double value) {
    _need(13);
    _data.setFloat64(_pos -= 8, value, Endian.little);
  }

  /// Writes fields as they were read.
  void writeUnknown(Uint8List? fields) {
    if (fields != null) {
      writeRange(fields, 0, fields.length);
    }
  }

  /// Writes bytes as they are.
  void writeRange(Uint8List bytes, int start, int end) {
    final length = end - start;
    _need(length);
    _bytes.setRange(_pos -= length, _pos + length, bytes, start);
  }
}
