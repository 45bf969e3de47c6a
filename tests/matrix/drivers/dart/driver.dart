// Answers the matrix in generated Dart. driver.py describes requests and answers; the test writes types.dart.

// @dart = 3.7

import 'dart:convert';
import 'dart:io';
import 'dart:typed_data';

import 'gen/xlc/src/text_format.dart';
import 'gen/xlc/xlc.dart';
import 'types.dart';

final Registry registry = Registry(files);

void part(BytesBuilder answer, String letter, List<int> data) {
  final length = ByteData(4)..setUint32(0, data.length, Endian.little);
  answer
    ..addByte(letter.codeUnitAt(0))
    ..add(length.buffer.asUint8List())
    ..add(data);
}

/// Appends what was written, or why it was not, under the capital letter.
void either(BytesBuilder answer, String letter, List<int> Function() write) {
  try {
    part(answer, letter, write());
  } on ContractException catch (error) {
    part(answer, letter.toUpperCase(), utf8.encode('$error'));
  }
}

Uint8List answer(String form, String name, Uint8List data) {
  final answer = BytesBuilder(copy: false);
  final type = registry.typeOfUrl(name)! as TextMessageType<Message>;
  final Message message;
  try {
    message = switch (form) {
      'j' => type.fromJsonString(utf8.decode(data), registry: registry),
      't' => type.fromText(utf8.decode(data), registry: registry),
      _ => type.fromBytes(data, registry: registry),
    };
  } on ContractException catch (error) {
    part(answer, 'r', utf8.encode('$error'));
    return answer.takeBytes();
  }
  either(answer, 'b', message.toBytes);
  if (form == 'c' || form == 't') {
    final options = TextOptions(registry: registry);
    either(answer, 't', () => utf8.encode(writeText(message, type, options)));
  } else {
    final options = JsonOptions(registry: registry);
    either(
      answer,
      'j',
      () => utf8.encode(message.toJsonString(options: options)),
    );
  }
  return answer.takeBytes();
}

void main() {
  final source = File('/dev/stdin').openSync();
  final sink = File('/dev/stdout').openSync(mode: FileMode.writeOnly);
  Uint8List? read(int length) {
    final bytes = Uint8List(length);
    for (var filled = 0; filled < length;) {
      final count = source.readIntoSync(bytes, filled);
      if (count == 0) {
        return null;
      }
      filled += count;
    }
    return bytes;
  }

  for (;;) {
    final head = read(4);
    if (head == null) {
      return;
    }
    final length = ByteData.sublistView(head).getUint32(0, Endian.little);
    final request = read(length)!;
    final end = 3 + request[1] + 256 * request[2];
    final name = utf8.decode(Uint8List.sublistView(request, 3, end));
    Uint8List data;
    try {
      final message = Uint8List.sublistView(request, end);
      data = answer(String.fromCharCode(request[0]), name, message);
    } on Object catch (error, stack) {
      final bug = BytesBuilder();
      part(bug, 'x', utf8.encode('$error\n$stack'));
      data = bug.takeBytes();
    }
    final size = ByteData(4)..setUint32(0, data.length, Endian.little);
    sink
      ..writeFromSync(size.buffer.asUint8List())
      ..writeFromSync(data);
  }
}
