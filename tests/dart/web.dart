// The same bytes on the VM and in JavaScript, where an int has 53 bits. The last line says what happens beyond those.

// @dart = 3.7

import 'dart:typed_data';

import 'check.dart';
import 'gen/proto2.pb.dart' as two;
import 'gen/proto3.pb.dart';
import 'gen/radiology/study/v1/study.pb.dart';
import 'gen/xlc/xlc.dart';
import 'runtime.dart';

void show<M extends Message>(MessageType<M> type, M message) {
  final bytes = message.toBytes();
  final text = message.toJsonString();
  if (type.fromBytes(bytes) != message ||
      type.fromJsonString(text) != message) {
    throw StateError('$message does not survive');
  }
  print('${hex(bytes)} $text');
}

void main() {
  for (final number in [
    0,
    1,
    -1,
    127,
    128,
    -128,
    300,
    0x7fffffff,
    0x80000000,
    -0x80000000,
    0xffffffff,
    0x100000000,
  ]) {
    show(
      Scalars.$type,
      Scalars(
        anInt32: number.toSigned(32),
        aSint32: number.toSigned(32),
        aUint32: number.toUnsigned(32),
        anInt64: number,
        aSint64: number,
        aSfixed64: number,
        aSfixed32: number.toSigned(32),
        aUint64: BigInt.from(number).toUnsigned(64),
        aFixed64: BigInt.from(number).toUnsigned(64),
        aString: 'a\u00e9\u20ac\u{1f600}',
        aMood: Mood.fromNumber(number.toSigned(32)),
      ),
    );
  }
  for (var bit = 1; bit < 53; bit += 3) {
    final number = 9007199254740991 - (bit * 171798691840);
    show(
      Optionals.$type,
      Optionals(anInt64: number, aSint64: -number, aSfixed64: -number),
    );
  }
  show(
    Maps.$type,
    Maps(
      int64Int64: const {9007199254740991: -9007199254740991},
      uint64Uint64: {BigInt.one << 63: BigInt.two},
    ),
  );
  show(
    two.Lists.$type,
    two.Lists(
      pInt64s: const [1, -1, 549755813888, -549755813889],
      colors: const [two.Color.blue],
      pUint64s: [BigInt.one << 53],
    ),
  );
  show(
    Study.$type,
    Study(
      id: '1',
      totalBytes: BigInt.from(7),
      series: const [StudySeries(seriesNumber: -3)],
    ),
  );
  runtime();
  finish();
  try {
    final message = Scalars.fromBytes(
      Uint8List.fromList([
        0x20,
        0x81,
        0x80,
        0x80,
        0x80,
        0x80,
        0x80,
        0x80,
        0x10,
      ]),
    );
    print('beyond 53 bits: ${message.anInt64.isOdd ? 'kept' : 'lost'}');
  } on DecodeException {
    print('beyond 53 bits: refused');
  }
}
