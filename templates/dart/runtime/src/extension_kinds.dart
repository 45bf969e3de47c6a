// How the values of extensions are read and written: one or many, enums and messages. Fields have code of their own
// instead.

// @dart = 3.7

import 'errors.dart';
import 'extension.dart';
import 'json_reader.dart';
import 'json_writer.dart';
import 'message.dart';
import 'place.dart';
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

  /// Writes a value and the tag before it. [at] is its index in a list.
  void write(WireWriter writer, int tag, T value, [int? at]);

  /// A value; null if it is to be passed over.
  T? readJson(JsonReader reader);

  /// Writes a value as JSON.
  void writeJson(JsonWriter writer, T value);

  /// The path of a required field that is missing in a value.
  String? missing(T value) => null;

  /// The fields of a value that is a message, for error messages.
  Place? Function(int)? get places => null;

  /// The full name of the type of a value that is a message.
  String? get typeName => null;
}

/// The kind of an enum.
final class EnumKind<T extends EnumValue> extends ValueKind<T> {
  const EnumKind(this._ofNumber, this._ofName, {this.isNull = false})
    : super(0);

  final T? Function(int) _ofNumber;
  final T? Function(String) _ofName;

  /// The value with a number; null if a closed enum does not have it.
  T? ofNumber(int number) => _ofNumber(number);

  /// The value with a name; null if there is none.
  T? ofName(String name) => _ofName(name);

  /// Whether it is `google.protobuf.NullValue`.
  final bool isNull;

  @override
  bool get takesNull => isNull;

  @override
  T? read(WireReader reader, int tag, T? before) =>
      _ofNumber(reader.readInt32());

  @override
  void write(WireWriter writer, int tag, T value, [int? at]) =>
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
  const MessageKind(this.type, {bool group = false, this.takesNull = false})
    : super(group ? 3 : 2);

  /// The type of its messages.
  final MessageType<T> type;

  @override
  final bool takesNull;

  @override
  T read(WireReader reader, int tag, T? before) {
    if (wireType == 3) {
      reader.enterGroup();
      final value = type.decode(reader, before);
      reader.leaveGroup(tag ~/ 8);
      return value;
    }
    final end = reader.enter();
    final value = type.decode(reader, before);
    reader.leave(end);
    return value;
  }

  /// The message that a reader has entered.
  T readWhole(WireReader reader, T? before) => type.decode(reader, before);

  @override
  void write(WireWriter writer, int tag, T value, [int? at]) {
    if (wireType == 3) {
      writer.openGroup(tag + 1, at);
      value.$encode(writer);
      writer.closeGroup(tag);
    } else {
      final mark = writer.open(tag, at);
      value.$encode(writer);
      writer.close(tag, mark);
    }
  }

  @override
  T readJson(JsonReader reader) => reader.message(type.readJson);

  @override
  void writeJson(JsonWriter writer, T value) => value.$writeJson(writer);

  @override
  String? missing(T value) => value.$missing();

  @override
  Place? Function(int) get places => type.places;

  @override
  String get typeName => type.fullName;
}

/// How all values of an extension are read and written.
abstract base class FieldKind<T extends Object> {
  const FieldKind();

  /// What stands for an absent value.
  T? get absent => null;

  /// How one value is read and written.
  ValueKind<Object> get element;

  /// Whether there may be several.
  bool get isList => false;

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

  /// See [ValueKind.places].
  Place? Function(int)? get places;

  /// See [PlacedExtension.place].
  Place placeOf(String name);
}

/// At most one value.
final class Single<T extends Object> extends FieldKind<T> {
  const Single(this._kind);

  final ValueKind<T> _kind;

  @override
  ValueKind<Object> get element => _kind;

  @override
  bool get takesNull => _kind.takesNull;

  @override
  Place? Function(int)? get places => _kind.places;

  @override
  Place placeOf(String name) =>
      Place(name, inside: _kind.places, extendee: _kind.typeName);

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

  @override
  ValueKind<Object> get element => _kind;

  @override
  bool get isList => true;

  /// Whether the values are written packed. Both forms are read.
  final bool packed;

  @override
  List<E> get absent => const [];

  @override
  Place? Function(int)? get places => _kind.places;

  @override
  Place placeOf(String name) => Place(
    name,
    repeated: _kind.wireType == 2 || _kind.wireType == 3,
    inside: _kind.places,
    extendee: _kind.typeName,
  );

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
      for (var index = value.length - 1; index >= 0; index--) {
        _kind.write(writer, tag, value[index], index);
      }
      return;
    }
    final mark = writer.mark;
    for (final element in value.reversed) {
      _kind.write(writer, tag, element);
      writer.dropTag(tag);
    }
    writer.writeLength(number * 8 + 2, writer.mark - mark);
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
