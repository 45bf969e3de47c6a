// How the values of extensions are read and written, type by type. Fields have code of their own instead.

// @dart = 3.7

import 'dart:typed_data';

import 'errors.dart';
import 'extension.dart';
import 'json_reader.dart';
import 'json_writer.dart';
import 'message.dart';
import 'values.dart';
import 'wire_reader.dart';
import 'wire_writer.dart';

/// How one value is read and written.
abstract base class ValueKind<T extends Object> {
  const ValueKind(this.wireType);

  /// The wire type of a value.
  final int wireType;

  /// Whether `null` is a value in JSON.
  bool get takesNull => false;

  /// A value; null if it is a number that a closed enum does not have.
  T? read(WireReader reader, int tag, T? before);

  /// Writes a value and the tag before it.
  void write(WireWriter writer, int tag, T value);

  /// A value; null if it is to be passed over.
  T? readJson(JsonReader reader);

  /// Writes a value as JSON.
  void writeJson(JsonWriter writer, T value);

  /// The path of a required field that is missing in a value.
  String? missing(T value) => null;
}

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
  void write(WireWriter writer, int tag, T value) => _write(writer, tag, value);

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

/// The kind of an enum.
final class EnumKind<T extends EnumValue> extends ValueKind<T> {
  const EnumKind(this._ofNumber, this._ofName, {this.isNull = false})
    : super(0);

  final T? Function(int) _ofNumber;
  final T? Function(String) _ofName;

  /// Whether it is `google.protobuf.NullValue`.
  final bool isNull;

  @override
  bool get takesNull => isNull;

  @override
  T? read(WireReader reader, int tag, T? before) =>
      _ofNumber(reader.readInt32());

  @override
  void write(WireWriter writer, int tag, T value) =>
      writer.writeInt32(tag, value.number);

  @override
  T? readJson(JsonReader reader) =>
      isNull
          ? reader.readNullValue(_ofName, _ofNumber)
          : reader.readEnum(_ofName, _ofNumber);

  @override
  void writeJson(JsonWriter writer, T value) =>
      isNull
          ? writer.writeNull()
          : writer.writeEnum(value.protoName, value.number);
}

/// The kind of a message or group.
final class MessageKind<T extends Message> extends ValueKind<T> {
  const MessageKind(this._type, {bool group = false, this.takesNull = false})
    : super(group ? 3 : 2);

  final MessageType<T> _type;

  @override
  final bool takesNull;

  @override
  T read(WireReader reader, int tag, T? before) {
    if (wireType == 3) {
      reader.enterGroup();
      final value = _type.decode(reader, before);
      reader.leaveGroup(tag ~/ 8);
      return value;
    }
    final end = reader.enter();
    final value = _type.decode(reader, before);
    reader.leave(end);
    return value;
  }

  /// The message that a reader holds.
  T readWhole(WireReader reader, T? before) {
    final value = _type.decode(reader, before);
    reader.finish();
    return value;
  }

  @override
  void write(WireWriter writer, int tag, T value) {
    if (wireType == 3) {
      writer.openGroup(tag + 1);
      value.$encode(writer);
      writer.closeGroup(tag);
    } else {
      final mark = writer.open();
      value.$encode(writer);
      writer.close(tag, mark);
    }
  }

  @override
  T readJson(JsonReader reader) => _type.readJson(reader);

  @override
  void writeJson(JsonWriter writer, T value) => value.$writeJson(writer);

  @override
  String? missing(T value) => value.$missing();
}

/// How all values of an extension are read and written.
abstract base class FieldKind<T extends Object> {
  const FieldKind();

  /// What stands for an absent value.
  T? get absent => null;

  /// See [ExtensionField.takesNull].
  bool get takesNull => false;

  /// See [ExtensionField.accepts].
  bool accepts(int wireType);

  /// See [ExtensionField.read].
  T? read(ExtensionReader reader, int tag, T? before);

  /// See [ExtensionField.readItem].
  T? readItem(WireReader reader, T? before) => null;

  /// See [ExtensionField.write].
  void write(WireWriter writer, int number, T value);

  /// See [ExtensionField.writeItem].
  void writeItem(WireWriter writer, T value) {}

  /// See [ExtensionField.readJson].
  T? readJson(JsonReader reader);

  /// See [ExtensionField.writeJson].
  void writeJson(JsonWriter writer, T value);

  /// See [ExtensionField.missing].
  String? missing(String name, T value);
}

/// At most one value.
final class Single<T extends Object> extends FieldKind<T> {
  const Single(this._kind);

  final ValueKind<T> _kind;

  @override
  bool get takesNull => _kind.takesNull;

  @override
  bool accepts(int wireType) => wireType == _kind.wireType;

  @override
  T? read(ExtensionReader reader, int tag, T? before) {
    final value = _kind.read(reader.reader, tag, before);
    if (value == null) {
      reader.unknown = reader.reader.keep(reader.unknown);
    }
    return value;
  }

  @override
  T? readItem(WireReader reader, T? before) => switch (_kind) {
    final MessageKind<Message> kind =>
      kind.readWhole(reader, before as Message?) as T,
    _ => null,
  };

  @override
  void write(WireWriter writer, int number, T value) =>
      _kind.write(writer, number * 8 + _kind.wireType, value);

  @override
  void writeItem(WireWriter writer, T value) {
    if (value is! Message) {
      throw const EncodeException(
        'an item of a message set that is no message',
      );
    }
    value.$encode(writer);
  }

  @override
  T? readJson(JsonReader reader) => _kind.readJson(reader);

  @override
  void writeJson(JsonWriter writer, T value) => _kind.writeJson(writer, value);

  @override
  String? missing(String name, T value) {
    final path = _kind.missing(value);
    return path == null ? null : '$name.$path';
  }
}

/// A list of values.
final class Many<E extends Object> extends FieldKind<List<E>> {
  const Many(this._kind, {this.packed = false});

  final ValueKind<E> _kind;

  /// Whether the values are written packed. Both forms are read.
  final bool packed;

  @override
  List<E> get absent => const [];

  @override
  bool accepts(int wireType) =>
      wireType == _kind.wireType || wireType == 2 && _kind.wireType != 3;

  @override
  List<E> read(ExtensionReader reader, int tag, List<E>? before) {
    final values = reader.list(before);
    final wire = reader.reader;
    if (tag & 7 == _kind.wireType) {
      final value = _kind.read(wire, tag, null);
      if (value == null) {
        reader.unknown = wire.keep(reader.unknown);
      } else {
        values.add(value);
      }
    } else {
      final number = tag ~/ 8;
      final outer = wire.enter();
      while (!wire.atEnd) {
        final start = wire.position;
        final value = _kind.read(wire, tag, null);
        if (value == null) {
          reader.unknown = wire.keepElement(number, start, reader.unknown);
        } else {
          values.add(value);
        }
      }
      wire.leave(outer);
    }
    return values;
  }

  @override
  void write(WireWriter writer, int number, List<E> value) {
    final tag = number * 8 + _kind.wireType;
    if (!packed) {
      for (final element in value.reversed) {
        _kind.write(writer, tag, element);
      }
      return;
    }
    final mark = writer.open();
    for (final element in value.reversed) {
      _kind.write(writer, tag, element);
      writer.dropTag(tag);
    }
    writer.close(number * 8 + 2, mark);
  }

  @override
  List<E> readJson(JsonReader reader) {
    final values = <E>[];
    for (var more = reader.firstElement(); more; more = reader.nextElement()) {
      if (_kind.readJson(reader) case final value?) {
        values.add(value);
      }
    }
    return values;
  }

  @override
  void writeJson(JsonWriter writer, List<E> value) {
    writer.beginList();
    for (final element in value) {
      writer.element();
      _kind.writeJson(writer, element);
    }
    writer.endList();
  }

  @override
  String? missing(String name, List<E> value) =>
      value is List<Message>
          ? missingInList(name, value as List<Message>)
          : null;
}
