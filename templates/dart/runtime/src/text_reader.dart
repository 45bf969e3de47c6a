// Reads the text format: goes through the fields of a text, refuses what may not be there, and writes what it finds in
// the wire format, which the message is then read from.

// @dart = 3.7

import 'dart:typed_data';

import 'errors.dart';
import 'extension_kinds.dart';
import 'json_values.dart';
import 'message.dart';
import 'registry.dart';
import 'text_fields.dart';
import 'text_scalars.dart';
import 'text_scanner.dart';
import 'wire_reader.dart';
import 'wire_writer.dart';

/// The fields of one message, in the order of the text.
final class _Node {
  _Node(this.fields, this.extendee);

  final TextFields fields;
  final String extendee;
  final List<(TextField, Object)> members = [];
  final Set<int> _numbers = {};
  final Set<String> _oneofs = {};

  /// Why a field may not come now; null if it may.
  String? refusal(TextField field) {
    if (!_numbers.add(field.number) && !field.isList) {
      return '`${field.name}` twice';
    }
    final oneof = field.oneof;
    return oneof == null || _oneofs.add(oneof)
        ? null
        : 'two members of the oneof `$oneof`';
  }

  /// Writes the fields, the last one first.
  void write(WireWriter writer) {
    for (final (field, value) in members.reversed) {
      if (fields.isMessageSet) {
        writer.openGroup(12);
        final mark = writer.open(26);
        (value as _Node).write(writer);
        writer
          ..close(26, mark)
          ..writeUint32(16, field.number)
          ..closeGroup(11);
      } else {
        _value(writer, field.number, field.kind, value);
      }
    }
  }

  static void _value(
    WireWriter writer,
    int number,
    ValueKind<Object> kind,
    Object value,
  ) {
    final tag = number * 8 + kind.wireType;
    if (value is! _Node) {
      kind.write(writer, tag, value);
    } else if (value is! _Entry && kind.wireType == 3) {
      writer.openGroup(tag + 1);
      value.write(writer);
      writer.closeGroup(tag);
    } else {
      final mark = writer.open(number * 8 + 2);
      value.write(writer);
      writer.close(number * 8 + 2, mark);
    }
  }
}

/// The entry of a map.
final class _Entry extends _Node {
  _Entry(TextFields fields) : super(fields, '');
}

/// Reads one document.
final class TextReader extends TextScanner {
  TextReader(super.text, this.registry);

  /// The types that an `Any` may hold, and the extensions.
  final Registry registry;

  int _depth = 0;

  /// The message that the whole text holds.
  M read<M extends Message>(TextMessageType<M> type) {
    final node = _Node(type.fields, type.fullName);
    while (peek() != -1) {
      _field(node);
    }
    return _message(type, node, text.length);
  }

  M _message<M extends Message>(
    TextMessageType<M> type,
    _Node node,
    int offset,
  ) {
    final writer = WireWriter();
    node.write(writer);
    try {
      return type.fromBytes(writer.take(), registry: registry);
    } on DecodeException catch (fault) {
      if (fault.path.isNotEmpty) {
        path.add(fault.path);
      }
      throw error(fault.message, offset);
    }
  }

  void _field(_Node node) {
    final start = (peek(), position).$2;
    final String name;
    TextField? field;
    if (takes(0x5b)) {
      name = _bracketed();
      if (name.contains('/')) {
        _any(node, name, start);
        _separator();
        return;
      }
      // google's runtimes call an item of a message set as its type, where that declares the item.
      final extension =
          registry.extensionNamed(node.extendee, name) ??
          (node.fields.isMessageSet
              ? registry.itemOfType(node.extendee, name)
              : null);
      field = extension == null ? null : TextField.extension(extension);
      if (field == null) {
        throw error(
          '`[${shorten(name)}]` is no extension in the registry',
          start,
        );
      }
    } else {
      final word = identifier();
      if (word == null) {
        throw error('expected the name of a field');
      }
      name = word;
      field = node.fields.named(name);
    }
    if (field == null) {
      if (!node.fields.reserved.contains(name)) {
        throw error('`${shorten(name)}` is no field of the message', start);
      }
      _skipField();
    } else {
      path.add(field.name);
      if (node.refusal(field) case final reason?) {
        throw error(reason, start);
      }
      _values(node, field);
      path.removeLast();
    }
    _separator();
  }

  void _separator() {
    if (!takes(0x2c)) {
      takes(0x3b);
    }
  }

  static final RegExp _nameUnit = RegExp(r'[A-Za-z0-9_.~!$&()*+,;=%/-]');

  /// What is in brackets: the full name of an extension, or a URL.
  String _bracketed() {
    final name = StringBuffer();
    while (!takes(0x5d)) {
      final unit = peek();
      final found = _nameUnit.matchAsPrefix(text, position);
      if (unit < 0 || found == null) {
        throw error('expected `]`');
      }
      name.write(found[0]);
      position++;
    }
    return '$name';
  }

  void _values(_Node node, TextField field) {
    final isMessage = field.key != null || field.kind is MessageKind<Message>;
    if (!takes(0x3a) && !isMessage) {
      throw error('expected `:`');
    }
    if (!field.isList || peek() != 0x5b) {
      node.members.add((field, _value(field)));
      return;
    }
    position++;
    if (takes(0x5d)) {
      return;
    }
    final name = path.removeLast();
    for (var index = 0; ; index++) {
      path.add('$name[$index]');
      node.members.add((field, _value(field)));
      path.removeLast();
      if (takes(0x5d)) {
        break;
      }
      expect(0x2c);
    }
    path.add(name);
  }

  Object _value(TextField field) {
    final kind = field.kind;
    if (field.key case final key?) {
      final fields = TextFields([
        TextField('key', 1, key),
        TextField('value', 2, kind),
      ]);
      return _enclosed(_Entry(fields));
    }
    if (kind is MessageKind<Message>) {
      final type = kind.type as TextMessageType<Message>;
      return _enclosed(_Node(type.fields, type.fullName));
    }
    return scalar(kind);
  }

  T _enclosed<T extends _Node>(T node) {
    final close = _open();
    // The entry of a map is no level of its own, as in the wire format.
    _depth += node is _Entry ? 0 : 1;
    if (_depth > maxDepth) {
      throw error('messages nested deeper than $maxDepth');
    }
    while (!takes(close)) {
      if (peek() < 0) {
        throw error('expected `${String.fromCharCode(close)}`');
      }
      _field(node);
    }
    _depth -= node is _Entry ? 0 : 1;
    return node;
  }

  /// Begins a message; gives what ends it.
  int _open() {
    if (takes(0x7b)) {
      return 0x7d;
    }
    if (takes(0x3c)) {
      return 0x3e;
    }
    throw error('expected `{`');
  }

  /// The message in an `Any`, written out behind its URL.
  void _any(_Node node, String url, int start) {
    final urlField = node.fields.numbered(1);
    final valueField = node.fields.numbered(2);
    if (node.extendee != 'google.protobuf.Any' ||
        urlField == null ||
        valueField == null) {
      throw error('`[${shorten(url)}]` outside of an `Any`', start);
    }
    final refusal = node.refusal(urlField) ?? node.refusal(valueField);
    if (refusal != null) {
      throw error(refusal, start);
    }
    final type = registry.typeOfUrl(url);
    if (type is! TextMessageType<Message>) {
      throw error(
        'an `Any` of `${shorten(url)}`, which is not in the registry',
        start,
      );
    }
    path.add('[$url]');
    takes(0x3a);
    final content = _enclosed(_Node(type.fields, type.fullName));
    final Uint8List bytes = _message(type, content, position).$toBytes();
    node.members
      ..add((urlField, url))
      ..add((valueField, bytes));
    path.removeLast();
  }

  /// Passes over the value of a field with a reserved name.
  void _skipField() {
    takes(0x3a);
    if (!takes(0x5b)) {
      _skipValue();
    } else if (!takes(0x5d)) {
      do {
        _skipValue();
      } while (takes(0x2c));
      expect(0x5d);
    }
  }

  void _skipValue() {
    final unit = peek();
    if (isString) {
      strings();
    } else if (unit == 0x7b || unit == 0x3c) {
      final close = _open();
      if (++_depth > maxDepth) {
        throw error('messages nested deeper than $maxDepth');
      }
      while (!takes(close)) {
        if (takes(0x5b)) {
          _bracketed();
        } else if (identifier() == null) {
          throw error('expected the name of a field');
        }
        _skipField();
        _separator();
      }
      _depth--;
    } else {
      takes(0x2d);
      if (identifier() == null && number() == null) {
        throw error('expected a value');
      }
    }
  }
}
