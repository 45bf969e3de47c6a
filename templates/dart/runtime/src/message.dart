// What every message is, and how one is read from bytes and from ProtoJSON.

// @dart = 3.7

import 'dart:convert';
import 'dart:typed_data';

import 'describer.dart';
import 'errors.dart';
import 'extension.dart';
import 'json_reader.dart';
import 'json_text.dart';
import 'json_writer.dart';
import 'place.dart';
import 'registry.dart';
import 'wire_reader.dart';
import 'wire_writer.dart';

/// An immutable message of a contract.
///
/// Members whose names have a dollar sign are the generated code's own.
abstract base class Message {
  const Message();

  /// What is known of all messages of this type.
  MessageType<Message> get $messageType;

  /// The message on the wire. The same message always gives the same bytes.
  ///
  /// Throws an [EncodeException] if a required field is missing or a value does not fit its field.
  Uint8List toBytes() {
    _checkRequired();
    return $toBytes();
  }

  /// The message in ProtoJSON.
  ///
  /// Throws an [EncodeException] if a required field is missing or a value has no form in JSON.
  String toJsonString({JsonOptions options = const JsonOptions()}) {
    _checkRequired();
    final writer = JsonWriter(options);
    try {
      $writeJson(writer);
    } on EncodeException catch (error) {
      // What was written ends inside of what could not be.
      final text = writer.take();
      throw EncodeException(
        error.message,
        path: JsonText.pathTo(text, text.length),
      );
    }
    return writer.take();
  }

  /// The message in ProtoJSON as maps, lists, texts and numbers: what `jsonEncode` asks for.
  Object? toJson() => jsonDecode(toJsonString());

  void _checkRequired() {
    if ($missing() case final path?) {
      throw EncodeException('a required field is missing', path: path);
    }
  }

  /// As [toBytes], whether or not all required fields are there. What extensions there are is put into [noted].
  Uint8List $toBytes([Set<Declared>? noted]) {
    final writer = WireWriter()..noted = noted;
    try {
      $encode(writer);
    } on EncodeException catch (error) {
      final path = writer.pathOfFault($messageType.places);
      throw EncodeException(error.message, path: path);
    }
    return writer.take();
  }

  /// The path of the first required field that is missing.
  String? $missing() => null;

  /// The extensions that are set.
  Iterable<ExtensionField> get $extensions => const [];

  /// Writes the fields, the last one first.
  void $encode(WireWriter $w);

  /// Writes the JSON form.
  void $writeJson(JsonWriter $w) {
    $w.beginObject();
    $writeJsonFields($w);
    $w.endObject();
  }

  /// Writes the members of the JSON form, if it is an object.
  void $writeJsonFields(JsonWriter $w) {}

  /// Tells the fields for a log.
  void $describe(Describer $d) {}

  /// The fields that are set, for a log. Its form may change.
  @override
  String toString() => Describer.describe(this);
}

/// A value of an enum.
abstract interface class EnumValue {
  /// The number on the wire.
  int get number;

  /// The name in the contract; null for a number that the contract does not have.
  String? get protoName;
}

/// What is known of all messages of a type: how to tell, read and make them.
base class MessageType<M extends Message> implements Declared {
  const MessageType(
    this.fullName,
    this.empty,
    this._decode,
    this._readJson,
    this.places, {
    this.isWellKnown = false,
  });

  /// The full name in the contract.
  final String fullName;

  /// The message without any field.
  final M empty;

  /// Whether its JSON form is not that of its fields.
  final bool isWellKnown;

  final M Function(WireReader, M) _decode;
  final M Function(JsonReader) _readJson;

  /// The fields, by number, for error messages.
  final Place? Function(int) places;

  /// The message that [bytes] hold, merged into [into].
  ///
  /// Throws a [DecodeException] if they hold none, or if a required field is missing.
  M fromBytes(List<int> bytes, {Registry registry = Registry.empty, M? into}) {
    final data = bytes is Uint8List ? bytes : Uint8List.fromList(bytes);
    final reader = WireReader(data, registry);
    final M message;
    try {
      message = _decode(reader, into ?? empty);
      reader.finish();
    } on DecodeException catch (error) {
      throw DecodeException(
        error.message,
        offset: error.offset,
        // The field that was begun last, not the offset: what ends too early does so where the next field begins.
        path: pathTo(
          data,
          reader.fieldStart,
          places,
          extendee: fullName,
          registry: registry,
        ),
      );
    }
    if (message.$missing() case final path?) {
      throw DecodeException(
        'a required field is missing',
        offset: data.length,
        path: path,
      );
    }
    return message;
  }

  /// The message that a text in ProtoJSON holds.
  ///
  /// Throws a [JsonException] if it holds none, or if a required field is missing.
  M fromJsonString(
    String text, {
    Registry registry = Registry.empty,
    bool ignoreUnknown = false,
  }) {
    final reader = JsonReader(text, registry, ignoreUnknown: ignoreUnknown);
    final message = readJsonDocument(reader, _readJson);
    if (message.$missing() case final path?) {
      throw JsonException(
        'a required field is missing',
        offset: text.length,
        path: path,
      );
    }
    return message;
  }

  /// The message that ProtoJSON holds which `jsonDecode` has read. Prefer [fromJsonString]: it sees names that stand
  /// twice and large numbers.
  M fromJson(
    Object? json, {
    Registry registry = Registry.empty,
    bool ignoreUnknown = false,
  }) {
    final text = jsonEncode(json);
    return fromJsonString(
      text,
      registry: registry,
      ignoreUnknown: ignoreUnknown,
    );
  }

  /// [message] with the fields of [other] merged into it, as if the bytes of one were behind those of the other.
  M merge(M message, M other) {
    return _decode(
      WireReader(other.$toBytes(), Registry(other.$extensions)),
      message,
    );
  }

  /// Reads a message in the middle of a document.
  M readJson(JsonReader reader) => _readJson(reader);

  /// Reads the fields of a message over those of [into].
  M decode(WireReader reader, M? into) => _decode(reader, into ?? empty);

  /// Reads the message in an `Any` that is written as JSON.
  M decodeAny(Uint8List bytes, Registry registry) {
    try {
      return fromBytes(bytes, registry: registry);
    } on DecodeException catch (error) {
      throw EncodeException(
        'an `Any` whose content is no `$fullName`: ${error.message}',
      );
    }
  }
}
