// Reads ProtoJSON, strictly: no name twice, no half surrogate pair, no number that does not fit. Generated code calls it
// field by field.

// @dart = 3.7

import 'dart:typed_data';

import 'errors.dart';
import 'extension.dart';
import 'int64.dart';
import 'json_names.dart';
import 'json_text.dart';
import 'json_time.dart';
import 'json_values.dart';
import 'message.dart';
import 'registry.dart';
import 'wire_reader.dart';

part 'json_object.dart';

/// What a value of JSON is.
enum JsonKind { nothing, boolean, number, string, list, object }

/// Reads one document.
final class JsonReader extends JsonText {
  JsonReader(super.text, this.registry, {this.ignoreUnknown = false});

  /// The types that an `Any` may hold, and the extensions.
  final Registry registry;

  /// Whether names and enum values that the contract does not have are passed over.
  final bool ignoreUnknown;

  bool _inAny = false;

  // How many messages are around the place, as in the binary format: a list or a map is none.
  int _depth = 0;

  /// What the next value is.
  JsonKind get kind => switch (peek()) {
    0x6e => JsonKind.nothing,
    0x74 || 0x66 => JsonKind.boolean,
    0x22 => JsonKind.string,
    0x5b => JsonKind.list,
    0x7b => JsonKind.object,
    _ => JsonKind.number,
  };

  /// Begins the object of a message. [takesNull] has the numbers of fields for which `null` is a value; [extendee] is
  /// the full name of the message, if it can have extensions.
  JsonObject object(
    JsonNames names, {
    Set<int> takesNull = const {},
    String? extendee,
  }) {
    beginObject();
    final fields = JsonObject._(this, names, takesNull, extendee, _inAny);
    _inAny = false;
    return fields;
  }

  /// Reads a message within another.
  @pragma('vm:prefer-inline')
  M message<M>(M Function(JsonReader) read) {
    if (++_depth > maxDepth) {
      throw tooDeep();
    }
    final message = read(this);
    _depth--;
    return message;
  }

  /// Passes over a value that the contract does not know: each list and object in it counts as a message.
  void skipValue() => skipWithin(maxDepth - _depth);

  /// An integer, quoted or not, as an `int` if it has up to 15 digits.
  (int, BigInt?) _integer() {
    skipSpace();
    final start = position;
    final text = peek() == 0x22 ? readString() : number();
    return _integerOf(text, start);
  }

  (int, BigInt?) _integerOf(String text, int start) {
    final length = text.length;
    if (length <= 15 && isPlainInteger(text)) {
      return (int.parse(text), null);
    }
    final big = exactInteger(text);
    if (big == null) {
      throw error('`${shorten(text)}` is no integer', start);
    }
    return (0, big);
  }

  int _within(String text, int start, int first, int last, String type) {
    final (small, big) = _integerOf(text, start);
    final value = big == null ? small : int64OfBig(big);
    if (value == null || value < first || value > last) {
      throw error('`${shorten(text)}` is no $type', start);
    }
    return value;
  }

  String _numberText() => peek() == 0x22 ? readString() : number();

  /// An `int32` and its like.
  int readInt32() {
    final small = smallInteger();
    if (small != null) {
      return small;
    }
    final start = position;
    return _within(_numberText(), start, -0x80000000, 0x7fffffff, 'int32');
  }

  /// A `uint32` and its like.
  int readUint32() {
    skipSpace();
    final start = position;
    final small = smallInteger();
    if (small != null) {
      if (small < 0) {
        throw error('`$small` is no uint32', start);
      }
      return small;
    }
    return _within(_numberText(), start, 0, 0xffffffff, 'uint32');
  }

  /// An `int64` and its like.
  int readInt64() {
    final plain = smallInteger();
    if (plain != null) {
      return plain;
    }
    final start = position;
    final (small, big) = _integer();
    final value = big == null ? small : int64OfBig(big);
    if (value == null) {
      throw error(
        '`${shorten(text.substring(start, position))}` is no int64 that an int can hold',
        start,
      );
    }
    return value;
  }

  /// A `uint64` and its like.
  BigInt readUint64() {
    skipSpace();
    final start = position;
    final (small, big) = _integer();
    final value = big ?? BigInt.from(small);
    if (!isUint64(value)) {
      throw error('`${shorten('$value')}` is no uint64', start);
    }
    return value;
  }

  /// A `bool`.
  bool readBool() {
    final start = peek();
    if (start != 0x74 && start != 0x66) {
      throw error('expected true or false');
    }
    literal(start == 0x74 ? 'true' : 'false');
    return start == 0x74;
  }

  // Not double.nan, whose sign bit depends on the machine.
  static final double _nan = (ByteData(8)
    ..setUint32(0, 0x7ff80000)).getFloat64(0);

  /// A `double`.
  double readDouble() {
    skipSpace();
    final start = position;
    if (peek() != 0x22) {
      return _finite(number(), start);
    }
    final text = readString();
    return switch (text) {
      'NaN' => _nan,
      'Infinity' => double.infinity,
      '-Infinity' => double.negativeInfinity,
      _ when isNumber(text) => _finite(text, start),
      _ => throw error('`${shorten(text)}` is no number', start),
    };
  }

  double _finite(String text, int start) {
    final value = double.parse(text);
    if (!value.isFinite) {
      throw error('`${shorten(text)}` is no double', start);
    }
    return value;
  }

  static final Float32List _float = Float32List(1);

  /// A `float`.
  double readFloat() {
    skipSpace();
    final start = position;
    final value = readDouble();
    _float[0] = value;
    if (value.isFinite && !_float[0].isFinite) {
      throw error('`$value` is no float', start);
    }
    return _float[0];
  }

  /// A `bytes`.
  Uint8List readBytes() {
    skipSpace();
    final start = position;
    final bytes = parseBase64(readString());
    if (bytes == null) {
      throw error('a text that is not base64', start);
    }
    return bytes;
  }

  /// A value of an enum, or null if it is one to be passed over.
  T? readEnum<T extends Object>(
    T? Function(String) ofName,
    T? Function(int) ofNumber,
  ) {
    skipSpace();
    final start = position;
    final T? value;
    if (peek() == 0x22) {
      value = ofName(readString());
    } else {
      value = ofNumber(
        _within(number(), start, -0x80000000, 0x7fffffff, 'int32'),
      );
    }
    if (value == null && !ignoreUnknown) {
      throw error(
        '`${shorten(text.substring(start, position))}` is no value of the enum',
        start,
      );
    }
    return value;
  }

  /// The only value of `google.protobuf.NullValue`.
  T? readNullValue<T extends Object>(
    T? Function(String) ofName,
    T? Function(int) ofNumber,
  ) {
    if (peek() != 0x6e) {
      return readEnum(ofName, ofNumber);
    }
    literal('null');
    return ofNumber(0);
  }

  /// A key of a map of 32-bit integers.
  int int32Key(String key) =>
      _within(key, position, -0x80000000, 0x7fffffff, 'int32');

  /// See [int32Key].
  int uint32Key(String key) => _within(key, position, 0, 0xffffffff, 'uint32');

  /// See [int32Key].
  int int64Key(String key) {
    final (small, big) = _integerOf(key, position);
    final value = big == null ? small : int64OfBig(big);
    if (value == null) {
      throw error('`${shorten(key)}` is no int64 that an int can hold');
    }
    return value;
  }

  /// See [int32Key].
  BigInt uint64Key(String key) {
    final (small, big) = _integerOf(key, position);
    final value = big ?? BigInt.from(small);
    if (!isUint64(value)) {
      throw error('`${shorten(key)}` is no uint64');
    }
    return value;
  }

  /// See [int32Key].
  bool boolKey(String key) => switch (key) {
    'true' => true,
    'false' => false,
    _ => throw error('`${shorten(key)}` is no bool'),
  };

  /// Refuses a key that a map has already.
  K newKey<K, V>(Map<K, V> map, K key) {
    if (map.containsKey(key)) {
      throw error('the key `$key` twice');
    }
    return key;
  }

  /// Refuses a second member of a oneof.
  void onlyMember(Object? before) {
    if (before != null) {
      throw error('two members of one oneof');
    }
  }

  /// Seconds and nanoseconds of a `Timestamp`.
  (int, int) readTimestamp() => _parsed(parseTimestamp, 'timestamp');

  /// Seconds and nanoseconds of a `Duration`.
  (int, int) readDuration() => _parsed(parseDuration, 'duration');

  (int, int) _parsed((int, int)? Function(String) parse, String what) {
    skipSpace();
    final start = position;
    final text = readString();
    return parse(text) ??
        (throw error('`${shorten(text)}` is no $what', start));
  }

  /// The paths of a `FieldMask`.
  List<String> readFieldMask() {
    skipSpace();
    final start = position;
    final text = readString();
    if (text.isEmpty) {
      return const [];
    }
    return [
      for (final path in text.split(','))
        snakePath(path) ??
            (throw error('`${shorten(path)}` is no path', start)),
    ];
  }

  /// The contents of an `Any`: its type and its bytes.
  (String, Uint8List) readAny() {
    skipSpace();
    final start = position;
    final url = _member('@type', start) ? readString() : null;
    if (url == null) {
      position = start;
      beginObject();
      if (firstKeyIn() != null) {
        throw error('an `Any` without `@type`', start);
      }
      return ('', Uint8List(0));
    }
    final type = registry.typeOfUrl(url);
    if (type == null || !url.contains('/')) {
      throw error(
        'an `Any` of `${shorten(url)}`, which is not in the registry',
        start,
      );
    }
    if (!type.isWellKnown) {
      position = start;
      _inAny = true;
      return (url, _packed(message(type.readJson), start));
    }
    if (!_member('value', start)) {
      throw error('an `Any` of `${shorten(url)}` without `value`', start);
    }
    final content = message(type.readJson);
    position = start;
    _only(const {'@type', 'value'});
    return (url, _packed(content, start));
  }

  /// The contents of an `Any` on the wire.
  Uint8List _packed(Message message, int start) {
    if (message.$missing() case final path?) {
      throw error('the required field `$path` is missing', start);
    }
    return message.$toBytes();
  }

  /// Goes to the value of a member of the object at [start].
  bool _member(String name, int start) {
    position = start;
    beginObject();
    for (var key = firstKeyIn(); key != null; key = nextKeyIn()) {
      if (key == name) {
        return true;
      }
      _skipKnown();
    }
    return false;
  }

  /// Passes over an object that may have these members only.
  void _only(Set<String> names) {
    beginObject();
    final seen = <String>{};
    for (var key = firstKeyIn(); key != null; key = nextKeyIn()) {
      if (!seen.add(key)) {
        throw error('`${shorten(key)}` twice');
      }
      if (!names.contains(key) && !ignoreUnknown) {
        throw error('`${shorten(key)}` is no field of the message');
      }
      if (names.contains(key)) {
        _skipKnown();
      } else {
        skipValue();
      }
    }
  }

  /// Passes over a value in an `Any` that is read at another time. A message has two brackets at most: its own, and
  /// those of a list or a map around it.
  void _skipKnown() => skipWithin(2 * (maxDepth - _depth));
}

/// A message from the whole of a text.
M readJsonDocument<M>(JsonReader reader, M Function(JsonReader) read) {
  try {
    final message = read(reader);
    reader.end();
    return message;
  } on JsonException catch (error) {
    throw JsonException(
      error.message,
      offset: error.offset,
      path: JsonText.pathTo(reader.text, error.offset),
    );
  } on DecodeException catch (error) {
    throw JsonException(error.message, offset: reader.position);
  }
}
