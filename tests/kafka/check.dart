// Checks the generated helpers for Kafka against the vectors: check.dart VECTORS.

import 'dart:io';
import 'dart:typed_data';

import 'xlc/kafka.dart';
import 'xlc/xlc.dart';

Uint8List data(String text) {
  final hex = text.replaceAll('-', '');
  return Uint8List.fromList([
    for (var at = 0; at < hex.length; at += 2)
      int.parse(hex.substring(at, at + 2), radix: 16),
  ]);
}

void same(Object a, Object b, String line) {
  if ('$a' != '$b') {
    throw StateError('$line: $a is not $b');
  }
}

void main(List<String> arguments) {
  var count = 0;
  for (final line in File(arguments.single).readAsLinesSync()) {
    if (line.startsWith('#')) {
      continue;
    }
    final [kind, number, list, payload, value] = line.split(' ');
    final indexes = [
      for (final index in list.split(','))
        if (index != '-') int.parse(index),
    ];
    switch (kind) {
      case 'frame' || 'unframe':
        if (kind == 'frame') {
          final framed = frame(int.parse(number), indexes, data(payload));
          same(framed, data(value), line);
        }
        final found = unframe(data(value));
        same(found.schemaId, number, line);
        same(found.indexes, indexes, line);
        same(found.payload, data(payload), line);
      case 'schema':
        same(frameSchema(int.parse(number), data(payload)), data(value), line);
        same(unframeSchema(data(value)).schemaId, number, line);
        same(unframeSchema(data(value)).payload, data(payload), line);
      case 'single':
        same(singleObject(data(number), data(payload)), data(value), line);
        final (fingerprint, datum) = splitSingleObject(data(value));
        same(fingerprint, data(number), line);
        same(datum, data(payload), line);
      default:
        try {
          unframe(data(value));
          throw StateError(line);
        } on DecodeException {
          // As it should be.
        }
    }
    count++;
  }
  same(
    messageIndexes['radiology.study.v1.Study.Series.Window']!,
    [2, 0, 1],
    'table',
  );
  print(count);
}
