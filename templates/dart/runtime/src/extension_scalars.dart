// How the scalar values of extensions are read and written, type by type.

// @dart = 3.7

import 'dart:typed_data';

import 'extension_kinds.dart';
import 'json_reader.dart';
import 'json_writer.dart';
import 'wire_reader.dart';
import 'wire_writer.dart';

/// The kind of a scalar type.
final class ScalarKind<T extends Object> extends ValueKind<T> {
  const ScalarKind._(
    super.wireType,
    this._read,
    this._write,
    this._readJson,
    this._writeJson,
  );

  final T Function(WireReader) _read;
  final void Function(WireWriter, int, T) _write;
  final T Function(JsonReader) _readJson;
  final void Function(JsonWriter, T) _writeJson;

  @override
  T read(WireReader reader, int tag, T? before) => _read(reader);

  @override
  void write(WireWriter writer, int tag, T value, [int? at]) =>
      _write(writer, tag, value);

  @override
  T readJson(JsonReader reader) => _readJson(reader);

  @override
  void writeJson(JsonWriter writer, T value) => _writeJson(writer, value);
}

/// The kind of `double`.
final ScalarKind<double> doubleKind = ScalarKind._(
  1,
  (r) => r.readDouble(),
  (w, tag, value) => w.writeDouble(tag, value),
  (r) => r.readDouble(),
  (w, value) => w.writeDouble(value),
);

/// The kind of `float`.
final ScalarKind<double> floatKind = ScalarKind._(
  5,
  (r) => r.readFloat(),
  (w, tag, value) => w.writeFloat(tag, value),
  (r) => r.readFloat(),
  (w, value) => w.writeFloat(value),
);

/// The kind of `int32`.
final ScalarKind<int> int32Kind = ScalarKind._(
  0,
  (r) => r.readInt32(),
  (w, tag, value) => w.writeInt32(tag, value),
  (r) => r.readInt32(),
  (w, value) => w.writeInt32(value),
);

/// The kind of `int64`.
final ScalarKind<int> int64Kind = ScalarKind._(
  0,
  (r) => r.readInt64(),
  (w, tag, value) => w.writeInt64(tag, value),
  (r) => r.readInt64(),
  (w, value) => w.writeInt64(value),
);

/// The kind of `uint32`.
final ScalarKind<int> uint32Kind = ScalarKind._(
  0,
  (r) => r.readUint32(),
  (w, tag, value) => w.writeUint32(tag, value),
  (r) => r.readUint32(),
  (w, value) => w.writeInt32(value),
);

/// The kind of `uint64`.
final ScalarKind<BigInt> uint64Kind = ScalarKind._(
  0,
  (r) => r.readUint64(),
  (w, tag, value) => w.writeUint64(tag, value),
  (r) => r.readUint64(),
  (w, value) => w.writeUint64(value),
);

/// The kind of `sint32`.
final ScalarKind<int> sint32Kind = ScalarKind._(
  0,
  (r) => r.readSint32(),
  (w, tag, value) => w.writeSint32(tag, value),
  (r) => r.readInt32(),
  (w, value) => w.writeInt32(value),
);

/// The kind of `sint64`.
final ScalarKind<int> sint64Kind = ScalarKind._(
  0,
  (r) => r.readSint64(),
  (w, tag, value) => w.writeSint64(tag, value),
  (r) => r.readInt64(),
  (w, value) => w.writeInt64(value),
);

/// The kind of `fixed32`.
final ScalarKind<int> fixed32Kind = ScalarKind._(
  5,
  (r) => r.readFixed32(),
  (w, tag, value) => w.writeFixed32(tag, value),
  (r) => r.readUint32(),
  (w, value) => w.writeInt32(value),
);

/// The kind of `fixed64`.
final ScalarKind<BigInt> fixed64Kind = ScalarKind._(
  1,
  (r) => r.readFixed64(),
  (w, tag, value) => w.writeFixed64(tag, value),
  (r) => r.readUint64(),
  (w, value) => w.writeUint64(value),
);

/// The kind of `sfixed32`.
final ScalarKind<int> sfixed32Kind = ScalarKind._(
  5,
  (r) => r.readSfixed32(),
  (w, tag, value) => w.writeSfixed32(tag, value),
  (r) => r.readInt32(),
  (w, value) => w.writeInt32(value),
);

/// The kind of `sfixed64`.
final ScalarKind<int> sfixed64Kind = ScalarKind._(
  1,
  (r) => r.readSfixed64(),
  (w, tag, value) => w.writeSfixed64(tag, value),
  (r) => r.readInt64(),
  (w, value) => w.writeInt64(value),
);

/// The kind of `bool`.
final ScalarKind<bool> boolKind = ScalarKind._(
  0,
  (r) => r.readBool(),
  (w, tag, value) => w.writeBool(tag, value),
  (r) => r.readBool(),
  (w, value) => w.writeBool(value),
);

/// The kind of `string`.
final ScalarKind<String> stringKind = ScalarKind._(
  2,
  (r) => r.readString(),
  (w, tag, value) => w.writeString(tag, value),
  (r) => r.readString(),
  (w, value) => w.writeString(value),
);

/// The kind of `bytes`.
final ScalarKind<Uint8List> bytesKind = ScalarKind._(
  2,
  (r) => r.readBytes(),
  (w, tag, value) => w.writeBytes(tag, value),
  (r) => r.readBytes(),
  (w, value) => w.writeBytes(value),
);

/// The kind of `string` where its UTF-8 is not verified.
final ScalarKind<String> looseStringKind = ScalarKind._(
  2,
  (r) => r.readLooseString(),
  (w, tag, value) => w.writeString(tag, value),
  (r) => r.readString(),
  (w, value) => w.writeString(value),
);
