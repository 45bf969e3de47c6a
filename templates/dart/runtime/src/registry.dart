// The types that an Any may hold and the extensions that a message may have: what a program says it knows.

// @dart = 3.7

import 'extension.dart';
import 'message.dart';

/// A set of message types and extensions. Nothing is registered behind your back: a program lists what it wants.
final class Registry implements Declared {
  /// A registry of these types, extensions and files, and of what other registries have.
  factory Registry(Iterable<Declared> declared) {
    final registry = Registry._({}, {}, {});
    registry._add(declared);
    return registry;
  }

  const Registry._(this._types, this._extensions, this._names);

  /// A registry of nothing.
  static const Registry empty = Registry._({}, {}, {});

  final Map<String, MessageType<Message>> _types;
  final Map<String, Map<int, ExtensionField>> _extensions;
  final Map<String, ExtensionField> _names;

  void _add(Iterable<Declared> declared) {
    for (final element in declared) {
      switch (element) {
        case final Registry other:
          _add(other._types.values);
          other._extensions.values.map((it) => it.values).forEach(_add);
        case final FileTypes file:
          _add(file.declared);
        case final MessageType<Message> type:
          _types[type.fullName] = type;
        case final ExtensionField extension:
          (_extensions[extension.extendee] ??= {})[extension.number] =
              extension;
          _names[extension.fullName] = extension;
      }
    }
  }

  /// The type that the URL of an `Any` names.
  MessageType<Message>? typeOfUrl(String url) =>
      _types[url.substring(url.lastIndexOf('/') + 1)];

  /// The extension of a message by its number.
  ExtensionField? extension(String extendee, int number) =>
      _extensions[extendee]?[number];

  /// The item of a message set whose messages have this type.
  ExtensionField? itemOfType(String extendee, String fullName) {
    for (final extension
        in _extensions[extendee]?.values ?? const <ExtensionField>[]) {
      if (extension.kind.element.typeName == fullName) {
        return extension;
      }
    }
    return null;
  }

  /// The extension of a message by its full name.
  ExtensionField? extensionNamed(String extendee, String fullName) {
    final extension = _names[fullName];
    return extension?.extendee == extendee ? extension : null;
  }
}

/// What a registry can hold: types of messages, extensions, all that a file declares, and other registries.
abstract interface class Declared {}

/// What a file of a contract declares.
final class FileTypes implements Declared {
  const FileTypes(this.declared);

  /// Its types of messages and extensions.
  final List<Declared> declared;
}
