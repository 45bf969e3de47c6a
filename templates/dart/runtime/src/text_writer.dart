// Writes the text format, from the message in the wire format: so fields have its order, and entries of maps that of
// their keys.

// @dart = 3.7

import 'dart:convert';
import 'dart:typed_data';

import 'errors.dart';
import 'extension_kinds.dart';
import 'message.dart';
import 'registry.dart';
import 'text_fields.dart';
import 'text_scalars.dart';
import 'unknown_records.dart';
import 'wire_reader.dart';

/// How the text format is written.
final class TextOptions {
  const TextOptions({
    this.registry = Registry.empty,
    this.unknownFields = false,
    this.singleLine = false,
  });

  /// The types that an `Any` may hold, and extensions that a message did not know when it was read.
  final Registry registry;

  /// Whether fields that the contract does not have are written, by their numbers. No reader takes them.
  final bool unknownFields;

  /// Whether all is written in one line.
  final bool singleLine;
}

/// [message] in the text format. It must have its type, and all required fields.
String writeText(
  Message message,
  TextMessageType<Message> type,
  TextOptions options,
) {
  if (message.$missing() case final path?) {
    throw EncodeException('a required field is missing', path: path);
  }
  final writer = TextWriter._(options);
  try {
    writer._message(message, type);
  } on DecodeException catch (fault) {
    throw EncodeException(fault.message);
  }
  return writer._out.toString();
}

/// Writes one document.
final class TextWriter {
  TextWriter._(this.options) : _registry = options.registry;

  /// How to write.
  final TextOptions options;

  final StringBuffer _out = StringBuffer();
  Registry _registry;

  /// How far lines are indented.
  int _depth = 0;

  /// How many messages are around one another; entries of maps are none.
  int _nesting = 0;

  /// The fields of a message, with the extensions that it knows itself.
  void _message(Message message, TextMessageType<Message> type) {
    final known = <Declared>{};
    final bytes = message.$toBytes(known);
    final outer = _registry;
    if (known.isNotEmpty) {
      _registry = Registry([outer, ...known]);
    }
    _fields(bytes, type);
    _registry = outer;
  }

  /// The fields of a message, or of a group with its end.
  void _fields(Uint8List bytes, TextMessageType<Message> type) {
    final records = recordsOf(bytes);
    final rest = records.isEmpty ? null : records.last;
    final isTooDeep =
        rest != null && rest.tag == 0 && bytes[rest.start] & 7 == 3;
    if (++_nesting > maxDepth + 1 || isTooDeep) {
      throw const EncodeException('messages nested deeper than $maxDepth');
    }
    if (type.fullName != 'google.protobuf.Any' || !_any(bytes, records)) {
      _plainFields(bytes, records, type);
    }
    _nesting--;
  }

  void _plainFields(
    Uint8List bytes,
    List<UnknownRecord> records,
    TextMessageType<Message> type,
  ) {
    final reader = WireReader(bytes, Registry.empty);
    for (final record in records) {
      final wireType = record.tag & 7;
      final extension = _registry.extension(type.fullName, record.number);
      final field =
          type.fields.numbered(record.number) ??
          (extension == null ? null : TextField.extension(extension));
      if (field != null && field.accepts(wireType)) {
        _values(field, reader, record, bytes);
      } else if (!type.fields.isMessageSet ||
          record.tag != 11 ||
          !_item(bytes, record, type.fullName)) {
        _unknown(bytes, record, 0);
      }
    }
  }

  /// All values in a record of a field.
  void _values(
    TextField field,
    WireReader reader,
    UnknownRecord record,
    Uint8List bytes,
  ) {
    final kind = field.kind;
    if (field.key case final key?) {
      _entry(field, key, record.content(bytes));
    } else if (kind is MessageKind<Message>) {
      _inside(field.name, kind, record.content(bytes));
    } else {
      final (end, behind) = reader.revisit(record.value, record.end);
      if (field.isPacked(record.tag & 7)) {
        reader.readLength();
      }
      while (!reader.atEnd) {
        if (kind.read(reader, 0, null) case final value?) {
          _line('${field.name}: ${scalarText(kind, value)}');
        } else {
          _unknown(bytes, record, 0);
        }
      }
      reader.leaveRevisited(end, behind);
    }
  }

  void _inside(String name, MessageKind<Message> kind, Uint8List bytes) {
    _open(name);
    _fields(bytes, kind.type as TextMessageType<Message>);
    _close();
  }

  /// The entry of a map.
  void _entry(TextField field, ValueKind<Object> key, Uint8List bytes) {
    final reader = WireReader(bytes, Registry.empty);
    _open(field.name);
    for (final record in recordsOf(bytes)) {
      final part =
          record.number == 1
              ? TextField('key', 1, key)
              : TextField('value', 2, field.kind);
      _values(part, reader, record, bytes);
    }
    _close();
  }

  /// The item of a message set; false if its type is not known.
  bool _item(Uint8List bytes, UnknownRecord record, String extendee) {
    final content = record.content(bytes);
    final parts = recordsOf(content);
    final reader = WireReader(content, Registry.empty);
    if (parts.length < 2 || parts[0].tag != 16 || parts[1].tag != 26) {
      return false;
    }
    final (end, behind) = reader.revisit(parts[0].value, parts[0].end);
    final extension = _registry.extension(extendee, reader.readUint32());
    reader.leaveRevisited(end, behind);
    final kind = extension?.kind.element;
    if (extension == null || kind is! MessageKind<Message>) {
      return false;
    }
    _inside('[${extension.fullName}]', kind, parts[1].content(content));
    return true;
  }

  /// The message in an `Any`, written out behind its URL; false if its type is not known, or its bytes are none.
  bool _any(Uint8List bytes, List<UnknownRecord> records) {
    var url = '';
    Uint8List? value;
    for (final record in records) {
      switch (record.tag) {
        case 10:
          url = utf8.decode(record.content(bytes), allowMalformed: true);
        case 18:
          value = record.content(bytes);
        case != 0:
          return false;
      }
    }
    final type = _registry.typeOfUrl(url);
    if (!url.contains('/') || type is! TextMessageType<Message>) {
      return false;
    }
    final Message message;
    try {
      message = type.fromBytes(value ?? Uint8List(0), registry: _registry);
    } on DecodeException {
      return false;
    }
    _open('[$url]');
    _message(message, type);
    _close();
    return true;
  }

  /// A field by its number, if that is asked for. Bytes that could be a message are shown as one.
  void _unknown(Uint8List bytes, UnknownRecord record, int depth) {
    if (!options.unknownFields || record.tag == 0) {
      return;
    }
    final reader = WireReader(bytes, Registry.empty);
    final (end, behind) = reader.revisit(record.value, record.end);
    final number = record.number;
    switch (record.tag & 7) {
      case 0:
        _line('$number: ${reader.readUint64()}');
      case 1:
        final digits = reader.readFixed64().toRadixString(16);
        _line('$number: 0x${digits.padLeft(16, '0')}');
      case 5:
        final digits = reader.readFixed32().toRadixString(16);
        _line('$number: 0x${digits.padLeft(8, '0')}');
      case 3:
        _unknowns('$number', record.content(bytes), depth);
      default:
        final content = record.content(bytes);
        final inner = depth < 10 ? recordsOf(content) : <UnknownRecord>[];
        if (inner.isEmpty || inner.last.tag == 0) {
          _line('$number: ${quoted(content, isText: false)}');
        } else {
          _unknowns('$number', content, depth + 1);
        }
    }
    reader.leaveRevisited(end, behind);
  }

  void _unknowns(String name, Uint8List bytes, int depth) {
    _open(name);
    for (final record in recordsOf(bytes)) {
      _unknown(bytes, record, depth);
    }
    _close();
  }

  void _open(String name) {
    _line('$name {');
    _depth++;
  }

  void _close() {
    _depth--;
    _line('}');
  }

  void _line(String line) {
    if (!options.singleLine) {
      _out
        ..write('  ' * _depth)
        ..writeln(line);
    } else {
      _out.write(_out.isEmpty ? line : ' $line');
    }
  }
}
