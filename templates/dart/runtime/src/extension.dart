// Extensions: the fields that other contracts add to a message, and the set of those that a message holds.

// @dart = 3.7

import 'dart:typed_data';

import 'describer.dart';
import 'extension_kinds.dart';
import 'json_reader.dart';
import 'json_writer.dart';
import 'message.dart';
import 'place.dart';
import 'registry.dart';
import 'unknown.dart';
import 'unknown_records.dart';
import 'values.dart';
import 'wire_reader.dart';
import 'wire_writer.dart';

/// An extension of some message and of some type.
abstract base class ExtensionField implements PlacedExtension {
  const ExtensionField(this.fullName, this.extendee, this.number);

  @override
  final String fullName;

  /// The full name of the message that it extends.
  final String extendee;

  @override
  final int number;

  /// How its values are read and written.
  FieldKind<Object> get kind;

  /// Whether its values may not be shown in logs.
  bool get redact;

  /// Whether `null` is a value of it in JSON.
  bool get takesNull;

  /// Whether a value of this wire type can be read.
  bool accepts(int wireType);

  /// The value after one more occurrence; null if there is none.
  Object? read(ExtensionReader reader, int tag, Object? before);

  /// The value after its message in an item of a message set.
  Object? readItem(WireReader reader, Object? before);

  /// Writes a value.
  void write(WireWriter writer, Object value);

  /// Writes the message of an item of a message set.
  void writeItem(WireWriter writer, Object value);

  /// Reads a value from JSON; null if it is to be passed over.
  Object? readJson(JsonReader reader);

  /// Writes a value as JSON.
  void writeJson(JsonWriter writer, Object value);

  /// The path of a required field that is missing in a value.
  String? missing(Object value);
}

/// An extension of messages of type [M] with values of type [T], which is a list for a repeated one.
final class Extension<M extends Message, T extends Object>
    extends ExtensionField {
  const Extension(
    super.fullName,
    super.extendee,
    super.number,
    this.kind, {
    this.defaultValue,
    this.redact = false,
  });

  @override
  final FieldKind<T> kind;

  /// What stands for an absent value; null if nothing does.
  final T? defaultValue;

  @override
  final bool redact;

  @override
  Place? Function(int)? get places => kind.places;

  @override
  Place get place => kind.placeOf('[$fullName]');

  @override
  bool get takesNull => kind.takesNull;

  @override
  bool accepts(int wireType) => kind.accepts(wireType);

  @override
  Object? read(ExtensionReader reader, int tag, Object? before) =>
      kind.read(reader, tag, before as T?);

  @override
  Object? readItem(WireReader reader, Object? before) =>
      kind.readItem(reader, before as T?);

  @override
  void write(WireWriter writer, Object value) =>
      kind.write(writer, number, value as T);

  @override
  void writeItem(WireWriter writer, Object value) =>
      kind.writeItem(writer, value as T);

  @override
  Object? readJson(JsonReader reader) => kind.readJson(reader);

  @override
  void writeJson(JsonWriter writer, Object value) =>
      kind.writeJson(writer, value as T);

  @override
  String? missing(Object value) => kind.missing('[$fullName]', value as T);
}

/// The extensions that a message holds, in the order of their numbers.
final class ExtensionSet {
  const ExtensionSet._(this._entries);

  /// No extensions.
  static const ExtensionSet empty = ExtensionSet._([]);

  final List<(ExtensionField, Object)> _entries;

  /// Whether there are none.
  bool get isEmpty => _entries.isEmpty;

  /// The extensions that are set.
  Iterable<ExtensionField> get fields => _entries.map((entry) => entry.$1);

  /// The value of an extension. Where it was not in the registry when the message was read, it is read now from the
  /// [unknown] fields. What is absent has the default, an empty list or null.
  T? get<M extends Message, T extends Object>(
    Extension<M, T> extension, [
    Uint8List? unknown,
  ]) {
    for (final (field, value) in _entries) {
      if (field.number == extension.number && value is T) {
        return value;
      }
    }
    if (unknown != null) {
      final registry = Registry([extension]);
      final wire = WireReader(unknown, registry);
      final reader = ExtensionReader(wire, extension.extendee, empty);
      UnknownFields? rest;
      for (var tag = wire.nextTag(); tag != 0; tag = wire.nextTag()) {
        rest = reader.read(tag, rest);
      }
      final found = reader.take();
      if (!found.isEmpty) {
        return found.get(extension);
      }
    }
    return extension.defaultValue ?? extension.kind.absent;
  }

  /// Whether an extension is set, be it among the [unknown] fields.
  bool has(ExtensionField extension, [Uint8List? unknown]) =>
      _entries.any((entry) => entry.$1.number == extension.number) ||
      unknown != null &&
          recordsOf(unknown).any(
            (record) =>
                record.number == extension.number &&
                extension.accepts(record.tag & 7),
          );

  /// These extensions with one set to [value], or removed if that is null.
  ExtensionSet put<M extends Message, T extends Object>(
    Extension<M, T> extension,
    T? value,
  ) {
    final entries = [
      for (final entry in _entries)
        if (entry.$1.number != extension.number) entry,
      if (value != null &&
          !(value is List<Object?> && value is! Uint8List && value.isEmpty))
        (extension, value),
    ];
    return _sorted(entries);
  }

  static ExtensionSet _sorted(List<(ExtensionField, Object)> entries) {
    entries.sort((a, b) => a.$1.number - b.$1.number);
    return entries.isEmpty ? empty : ExtensionSet._(List.unmodifiable(entries));
  }

  /// Writes those with numbers from [first] to [last], and the [unknown] fields with such numbers.
  void encode(WireWriter writer, int first, int last, Uint8List? unknown) {
    if (_entries.isEmpty && unknown == null) {
      return;
    }
    bool isWithin(int number) => number >= first && number <= last;
    _inTurn(
      _entries.where((entry) => isWithin(entry.$1.number)),
      recordsOf(unknown).where((record) => isWithin(record.number)),
      (field, value) {
        writer.openExtension(field);
        field.write(writer, value);
        writer.closeExtension();
      },
      (record) => writer.writeRange(unknown!, record.start, record.end),
    );
  }

  /// Writes all as the items of a message set, and the [unknown] fields that could be items.
  void encodeItems(WireWriter writer, Uint8List? unknown) {
    void item(int number, void Function() content) {
      writer.openGroup(12);
      final mark = writer.open(26);
      content();
      writer
        ..close(26, mark)
        ..writeUint32(16, number)
        ..closeGroup(11);
    }

    _inTurn(
      _entries,
      recordsOf(unknown).where((record) => record.tag & 7 == 2),
      (field, value) => item(field.number, () {
        writer.openExtension(field);
        field.writeItem(writer, value);
        writer.closeExtension();
      }),
      (record) => item(record.number, () {
        final message = record.content(unknown!);
        writer.writeRange(message, 0, message.length);
      }),
    );
  }

  /// Calls one of both functions for all [entries] and [records], from the highest number to the lowest.
  static void _inTurn(
    Iterable<(ExtensionField, Object)> entries,
    Iterable<UnknownRecord> records,
    void Function(ExtensionField, Object) known,
    void Function(UnknownRecord) unknown,
  ) {
    final rest = byNumber(records);
    void writeFrom(int number) {
      while (rest.isNotEmpty && rest.last.number >= number) {
        unknown(rest.removeLast());
      }
    }

    for (final (field, value) in entries.toList().reversed) {
      writeFrom(field.number);
      known(field, value);
    }
    writeFrom(0);
  }

  /// Writes all as members of a JSON object.
  void writeJson(JsonWriter writer) {
    for (final (field, value) in _entries) {
      writer.key('[${field.fullName}]');
      field.writeJson(writer, value);
    }
  }

  /// The path of a required field that is missing.
  String? missing() {
    for (final (field, value) in _entries) {
      if (field.missing(value) case final path?) {
        return path;
      }
    }
    return null;
  }

  /// Tells the values for a log.
  void describe(Describer describer) {
    for (final (field, value) in _entries) {
      final name = '[${field.fullName}]';
      field.redact
          ? describer.redacted(name, value)
          : describer.addPresent(name, value);
    }
  }

  @override
  bool operator ==(Object other) {
    if (other is! ExtensionSet || other._entries.length != _entries.length) {
      return false;
    }
    for (var index = 0; index < _entries.length; index++) {
      final (field, value) = _entries[index];
      final (otherField, otherValue) = other._entries[index];
      if (field.number != otherField.number || !same(value, otherValue)) {
        return false;
      }
    }
    return true;
  }

  @override
  int get hashCode {
    var hash = _entries.length;
    for (final (field, value) in _entries) {
      hash = mix(mix(hash, field.number), hashOf(value));
    }
    return hash;
  }
}

/// Collects the extensions of one message while it is read.
final class ExtensionReader {
  ExtensionReader(this.reader, this._extendee, this._before);

  /// What is read.
  final WireReader reader;

  /// The unknown fields so far: values that a closed enum does not have go there.
  UnknownFields? unknown;

  final Set<Object> _lists = Set.identity();
  final String _extendee;
  final ExtensionSet _before;
  Map<int, (ExtensionField, Object)>? _read;

  Map<int, (ExtensionField, Object)> get _values =>
      _read ??= {for (final entry in _before._entries) entry.$1.number: entry};

  /// A list to add to: a copy of the one that the message had, made once.
  List<E> list<E>(List<E>? before) {
    if (before != null && _lists.contains(before)) {
      return before;
    }
    final list = [...?before];
    _lists.add(list);
    return list;
  }

  void _put(ExtensionField field, Object? value) {
    if (value != null) {
      _values[field.number] = (field, value);
    }
  }

  /// Reads the value behind [tag], or keeps it as unknown; returns the unknown fields.
  UnknownFields? read(int tag, UnknownFields? before) {
    final field = reader.registry.extension(_extendee, tag ~/ 8);
    if (field == null || !field.accepts(tag & 7)) {
      return reader.skip(tag, before);
    }
    unknown = before;
    _put(field, field.read(this, tag, _values[field.number]?.$2));
    return unknown;
  }

  /// Reads the item of a message set behind [tag]: its first type and its first message count, as with google's runtimes.
  /// One that is not in the registry becomes an unknown field whose number is the type.
  UnknownFields? readItem(int tag, UnknownFields? before) {
    if (tag != 11) {
      return read(tag, before);
    }
    var number = 0;
    int? start;
    var end = 0;
    reader.enterGroup();
    for (var inner = reader.nextTag(); inner != 0; inner = reader.nextTag()) {
      switch (inner) {
        case 16 when number == 0:
          number = reader.readUint32();
        case 26 when start == null:
          final length = reader.readLength();
          start = reader.position;
          reader.pass(length);
          end = reader.position;
        default:
          reader.drop(inner);
      }
    }
    reader.leaveGroup(1);
    if (start == null || number == 0 || number > 0x1fffffff) {
      return before;
    }
    final field = reader.registry.extension(_extendee, number);
    if (field == null) {
      return reader.keepMessage(number, start, end, before);
    }
    final (outer, behind) = reader.revisit(start, end);
    _put(field, field.readItem(reader, _values[number]?.$2));
    reader.leaveRevisited(outer, behind);
    return before;
  }

  /// The extensions read.
  ExtensionSet take() =>
      _read == null ? _before : ExtensionSet._sorted([..._values.values]);
}

/// Collects the extensions of one message while it is read from JSON.
final class JsonExtensions {
  final Map<int, (ExtensionField, Object)> _values = {};

  /// Reads the value of an extension.
  void read(ExtensionField? field, JsonReader json) {
    final value = field?.readJson(json);
    if (field != null && value != null) {
      _values[field.number] = (field, value);
    }
  }

  /// The extensions read.
  ExtensionSet take() => ExtensionSet._sorted([..._values.values]);
}
