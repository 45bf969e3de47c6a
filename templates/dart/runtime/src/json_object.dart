// Goes through the members of a message's object: which field comes next, and none twice.

// @dart = 3.7

part of 'json_reader.dart';

/// The object of a message, read field by field.
final class JsonObject {
  JsonObject._(
    this._reader,
    this._names,
    this._takesNull,
    this._extendee,
    this._inAny,
  );

  final JsonReader _reader;
  final JsonNames _names;
  final Set<int> _takesNull;
  final String? _extendee;
  final bool _inAny;
  bool _begun = false;
  int _seen = 0;
  Set<int>? _more;

  /// The number of the field whose value is next.
  int number = 0;

  /// The extension whose value is next, if it is one.
  ExtensionField? extension;

  /// Goes to the value of the next field that has one; false at the end of the object.
  bool next() {
    final reader = _reader;
    for (;;) {
      final more = _begun ? reader.nextMember() : reader.firstMember();
      _begun = true;
      if (!more) {
        return false;
      }
      final start = reader.position;
      var known = reader.knownKey(_names);
      extension = null;
      if (known < 0) {
        // It has escapes, is an extension, or is not in the contract.
        final key = reader.key();
        known = _names.number(key);
        if (known < 0) {
          known = _extension(key);
        }
        if (known < 0) {
          if (!reader.ignoreUnknown && !(_inAny && key == '@type')) {
            throw reader.error('`${shorten(key)}` is no field of the message');
          }
          reader.skipValue();
          continue;
        }
      }
      _once(known, start);
      if (reader.peek() == 0x6e &&
          !_takesNull.contains(known) &&
          extension?.takesNull != true) {
        reader.literal('null');
        continue;
      }
      number = known;
      return true;
    }
  }

  int _extension(String key) {
    final extendee = _extendee;
    if (extendee == null || !key.startsWith('[') || !key.endsWith(']')) {
      return -1;
    }
    extension = _reader.registry.extensionNamed(
      extendee,
      key.substring(1, key.length - 1),
    );
    return extension?.number ?? -1;
  }

  void _once(int number, int start) {
    if (number < 32) {
      final bit = 1 << number;
      if (_seen & bit == 0) {
        _seen |= bit;
        return;
      }
    } else if ((_more ??= {}).add(number)) {
      return;
    }
    final behind = _reader.position;
    _reader.position = start;
    final key = _reader.key();
    throw _reader.error('`${shorten(key)}` twice', behind);
  }
}
