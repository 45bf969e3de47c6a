// The conformance testee: what the official runner talks to. Everything it calls is generated code.

// @dart = 3.7

import 'dart:io';
import 'dart:typed_data';

import 'gen/conformance/conformance.pb.dart';
import 'gen/google/protobuf/any.pb.dart';
import 'gen/google/protobuf/duration.pb.dart';
import 'gen/google/protobuf/field_mask.pb.dart';
import 'gen/google/protobuf/struct.pb.dart';
import 'gen/google/protobuf/test_messages_edition2023.pb.dart';
import 'gen/google/protobuf/test_messages_proto2.pb.dart';
import 'gen/google/protobuf/test_messages_proto2_editions.pb.dart';
import 'gen/google/protobuf/test_messages_proto3.pb.dart';
import 'gen/google/protobuf/test_messages_proto3_editions.pb.dart';
import 'gen/google/protobuf/timestamp.pb.dart';
import 'gen/google/protobuf/wrappers.pb.dart';
import 'gen/xlc/src/text_format.dart';
import 'gen/xlc/xlc.dart';

final Registry registry = Registry([
  anyTypes,
  durationTypes,
  fieldMaskTypes,
  structTypes,
  testMessagesEdition2023Types,
  testMessagesProto2Types,
  testMessagesProto2EditionsTypes,
  testMessagesProto3Types,
  testMessagesProto3EditionsTypes,
  timestampTypes,
  wrappersTypes,
]);

/// So many bytes of the input, or null at its end.
Uint8List? read(int length) {
  final bytes = Uint8List(length);
  for (var index = 0; index < length; index++) {
    final byte = stdin.readByteSync();
    if (byte < 0) {
      return null;
    }
    bytes[index] = byte;
  }
  return bytes;
}

ConformanceResponseResult answer(ConformanceRequest request) {
  final type = registry.typeOfUrl(request.messageType);
  if (type is! TextMessageType<Message>) {
    return ConformanceResponseResultRuntimeError(
      'no type `${request.messageType}`',
    );
  }
  final ignoreUnknown =
      request.testCategory == TestCategory.jsonIgnoreUnknownParsingTest;
  final Message message;
  try {
    switch (request.payload) {
      case ConformanceRequestPayloadProtobufPayload(:final protobufPayload):
        message = type.fromBytes(protobufPayload, registry: registry);
      case ConformanceRequestPayloadJsonPayload(:final jsonPayload):
        message = type.fromJsonString(
          jsonPayload,
          registry: registry,
          ignoreUnknown: ignoreUnknown,
        );
      case ConformanceRequestPayloadTextPayload(:final textPayload):
        message = type.fromText(textPayload, registry: registry);
      case ConformanceRequestPayloadJspbPayload() || null:
        return const ConformanceResponseResultSkipped('an unknown format');
    }
  } on ContractException catch (error) {
    return ConformanceResponseResultParseError('$error');
  }
  try {
    switch (request.requestedOutputFormat) {
      case KnownWireFormat.protobuf:
        return ConformanceResponseResultProtobufPayload(message.toBytes());
      case KnownWireFormat.json:
        final options = JsonOptions(registry: registry);
        return ConformanceResponseResultJsonPayload(
          message.toJsonString(options: options),
        );
      case KnownWireFormat.textFormat:
        final options = TextOptions(
          registry: registry,
          unknownFields: request.printUnknownFields,
        );
        return ConformanceResponseResultTextPayload(
          writeText(message, type, options),
        );
      case KnownWireFormat.unspecified ||
          KnownWireFormat.jspb ||
          WireFormatUnrecognized():
        return const ConformanceResponseResultSkipped('an unknown format');
    }
  } on ContractException catch (error) {
    return ConformanceResponseResultSerializeError('$error');
  }
}

// Written without buffer: the runner waits for each answer.
final RandomAccessFile _answers = File(
  '/dev/stdout',
).openSync(mode: FileMode.writeOnly);

void main() {
  for (;;) {
    final head = read(4);
    if (head == null) {
      return;
    }
    final length = ByteData.sublistView(head).getUint32(0, Endian.little);
    final request = ConformanceRequest.fromBytes(read(length)!);
    ConformanceResponseResult result;
    try {
      result = answer(request);
    } on Object catch (error, stack) {
      result = ConformanceResponseResultRuntimeError('$error\n$stack');
    }
    final bytes = ConformanceResponse(result: result).toBytes();
    final size = ByteData(4)..setUint32(0, bytes.length, Endian.little);
    _answers
      ..writeFromSync(size.buffer.asUint8List())
      ..writeFromSync(bytes);
  }
}
