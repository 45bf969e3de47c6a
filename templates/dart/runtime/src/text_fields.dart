// What the text format knows of the fields of a message, and of the type of such messages. It is read and written by way
// of the wire format, so a field needs no code of its own for it.

// @dart = 3.7

import 'extension.dart';
import 'extension_kinds.dart';
import 'message.dart';
import 'registry.dart';
import 'text_reader.dart';

/// A field in the text format.
final class TextField {
  /// A field with values of a [kind].
  const TextField(
    this.name,
    this.number,
    this.kind, {
    this.also,
    this.isList = false,
    this.oneof,
  }) : key = null;

  /// A map.
  const TextField.map(
    this.name,
    this.number,
    ValueKind<Object> this.key,
    this.kind,
  ) : also = null,
      isList = true,
      oneof = null;

  /// The field that an extension is.
  TextField.extension(ExtensionField extension)
    : this(
        '[${extension.fullName}]',
        extension.number,
        extension.kind.element,
        isList: extension.kind.isList,
      );

  /// Its name there.
  final String name;

  /// Another name under which it is read: a group has that of its type, and its own.
  final String? also;

  /// The number on the wire.
  final int number;

  /// How one value is read from the wire and written there, that of an entry if it is a map.
  final ValueKind<Object> kind;

  /// The keys, if it is a map.
  final ValueKind<Object>? key;

  /// Whether it may come more than once.
  final bool isList;

  /// The oneof that it is a member of.
  final String? oneof;

  /// Whether a value of this wire type is one of it.
  bool accepts(int wireType) =>
      key != null
          ? wireType == 2
          : wireType == kind.wireType || isPacked(wireType);

  /// Whether a value of this wire type is a packed list.
  bool isPacked(int wireType) =>
      isList && wireType == 2 && kind.wireType != 2 && kind.wireType != 3;
}

/// All fields of a message in the text format.
final class TextFields {
  TextFields(
    List<TextField> fields, {
    this.reserved = const {},
    this.isMessageSet = false,
  }) : _byName = {
         for (final field in fields) ...{
           field.name: field,
           if (field.also case final name?) name: field,
         },
       },
       _byNumber = {for (final field in fields) field.number: field};

  final Map<String, TextField> _byName;
  final Map<int, TextField> _byNumber;

  /// Names that no field has any more: what has one is passed over.
  final Set<String> reserved;

  /// Whether extensions are items of a message set.
  final bool isMessageSet;

  /// All of them.
  Iterable<TextField> get all => _byNumber.values;

  /// The field with a name.
  TextField? named(String name) => _byName[name];

  /// The field with a number.
  TextField? numbered(int number) => _byNumber[number];
}

/// What is known of all messages of a type that has the text format.
final class TextMessageType<M extends Message> extends MessageType<M> {
  const TextMessageType(
    super.fullName,
    super.empty,
    super.decode,
    super.readJson,
    super.places,
    this._fields, {
    super.isWellKnown,
  });

  final TextFields Function() _fields;

  /// The fields.
  TextFields get fields => _fields();

  /// The message that a text in the text format holds.
  ///
  /// Throws a `TextException` if it holds none, or if a required field is missing.
  M fromText(String text, {Registry registry = Registry.empty}) =>
      TextReader(text, registry).read(this);
}
