// Answers the matrix in generated Dart. driver.py describes requests and answers; the test writes types.dart.

// @dart = 3.7

import 'dart:convert';
import 'dart:io';
import 'dart:typed_data';

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

Uint8List answer(bool isJson, String name, Uint8List data) {
  final answer = BytesBuilder(copy: false);
  final type = registry.typeOfUrl(name)!;
  final Message message;
  try {
    message =
        isJson
            ? type.fromJsonString(utf8.decode(data), registry: registry)
            : type.fromBytes(data, registry: registry);
  } on ContractException catch (error) {
    part(answer, 'r', utf8.encode('$error'));
    return answer.takeBytes();
  }
  try {
    part(answer, 'b', message.toBytes());
  } on ContractException catch (error) {
    part(answer, 'B', utf8.encode('$error'));
  }
  try {
    final options = JsonOptions(registry: registry);
    part(answer, 'j', utf8.encode(message.toJsonString(options: options)));
  } on ContractException catch (error) {
    part(answer, 'J', utf8.encode('$error'));
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
      data = answer(request[0] == 0x6a, name, message);
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
