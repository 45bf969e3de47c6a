// Malformed input: truncations, flipped bits, oversized lengths, deep nesting, random bytes, broken JSON and broken
// text. Each gives a message or the error of its format, and nothing else.

// @dart = 3.7

import 'dart:io';
import 'dart:math';
import 'dart:typed_data';

import 'gen/extensions.pb.dart';
import 'gen/google/protobuf/any.pb.dart';
import 'gen/google/protobuf/struct.pb.dart';
import 'gen/google/protobuf/timestamp.pb.dart';
import 'gen/proto2.pb.dart' as two;
import 'gen/proto3.pb.dart';
import 'gen/radiology/study/v1/inference.pb.dart';
import 'gen/radiology/study/v1/study.pb.dart';
import 'gen/well_known.pb.dart' as wkt;
import 'gen/xlc/src/text_format.dart';
import 'gen/xlc/xlc.dart';

final Registry registry = Registry([
  studyTypes,
  extensionsTypes,
  anyTypes,
  structTypes,
  timestampTypes,
]);

final List<Message> seeds = [
  Study(
    id: '1',
    accessionNumber: 'A-\u{1f600}',
    description: 'é',
    performedAt: const Timestamp(seconds: 1700000000, nanos: 5),
    bodyParts: [BodyPart.unspecified, BodyPart.fromNumber(99)],
    series: [
      StudySeries(
        instances: [
          StudySeriesInstance(
            rows: 512,
            imagePositionMm: const [1, 2.5],
            thumbnail: Uint8List(9),
          ),
        ],
        windows: const {
          1: StudySeriesWindow(width: 400),
          -7: StudySeriesWindow(),
        },
      ),
    ],
    result: const StudyResultRejection(Rejection()),
    labels: const {'a': 'b', '': 'c'},
    attributes: Struct.fromMap({
      'a': [1, null, 'x'],
      'b': {'c': true},
    }),
    attachments: [Any.pack(const Study(id: '2'))],
    totalBytes: BigInt.one << 63,
  ),
  const Base(id: '1')
      .withExtension(xInt32, -5)
      .withExtension(xgroup, const XGroup(b: 3))
      .withExtension(xsColor, [two.Color.red]),
  const Set().withExtension(setItemItem, const SetItem(text: 'a')),
  const two.Groups(
    must: two.GroupsMust(a: 1),
    may: two.GroupsMay(inner: [two.GroupsMayInner(text: 'x')]),
  ),
  const two.Tree(left: two.Tree(left: two.Tree()), named: {'a': two.Tree()}),
  Maps(
    int64Int64: const {-1: 1},
    boolBool: const {true: false},
    uint64Uint64: {BigInt.one: BigInt.two},
    int32Double: const {1: double.nan},
  ),
  const Lists(
    int32s: [1, -1, 300],
    doubles: [0.5, -0.0],
    strings: ['a', ''],
    bools: [true],
  ),
  const wkt.Repeated(timestamp: [Timestamp(seconds: 1), Timestamp(nanos: 1)]),
];

final TextOptions _all = TextOptions(registry: registry, unknownFields: true);

const String _noise = '{}[]",:0123456789-.eE\\untf\u{d800} ';

int messages = 0;
int refused = 0;

void tryBytes(MessageType<Message> type, Uint8List bytes) {
  try {
    final message = type.fromBytes(bytes, registry: registry);
    writeText(message, type as TextMessageType<Message>, _all);
    // What was read can be written, and means the same then.
    final again = type.fromBytes(message.toBytes(), registry: registry);
    if (again != message || '$message'.isEmpty) {
      throw StateError('${type.fullName} of $bytes does not survive');
    }
    messages++;
  } on DecodeException catch (error) {
    if (error.offset < 0 || error.offset > bytes.length) {
      throw StateError('the offset of $error is outside of $bytes');
    }
    refused++;
  }
}

void tryJson(MessageType<Message> type, String text) {
  try {
    type.fromJsonString(text, registry: registry);
    messages++;
  } on JsonException catch (error) {
    if (error.offset < 0 || error.offset > text.length) {
      throw StateError('the offset of $error is outside of $text');
    }
    refused++;
  }
}

void tryText(MessageType<Message> type, String text) {
  final textual = type as TextMessageType<Message>;
  try {
    final message = textual.fromText(text, registry: registry);
    final written = writeText(message, textual, _all);
    if (textual.fromText(written, registry: registry) != message) {
      throw StateError('$text does not survive');
    }
    messages++;
  } on TextException catch (error) {
    if (error.line < 1 || error.column < 1) {
      throw StateError('the place of $error is outside of $text');
    }
    refused++;
  }
}

/// A message in very many pieces takes time in proportion to its bytes: were each piece merged into a copy of those
/// before it, this would take minutes.
void tryPieces() {
  List<int> pieces(List<int> piece) => [
    // `left` with 100,000 times the piece, then 50,000 times `left` with it once.
    0x0a,
    ..._varint(piece.length * 100000),
    for (var count = 0; count < 100000; count++) ...piece,
    for (var count = 0; count < 50000; count++) ...[
      0x0a,
      piece.length,
      ...piece,
    ],
  ];
  final watch = Stopwatch()..start();
  tryBytes(two.Tree.$type, Uint8List.fromList(pieces([0x12, 0x00])));
  tryBytes(two.Tree.$type, Uint8List.fromList(pieces([0x78, 0x01])));
  tryBytes(
    Base.$type,
    Uint8List.fromList([
      for (var count = 0; count < 100000; count++) ...[0x90, 0x08, 0x01],
    ]),
  );
  if (watch.elapsed > const Duration(seconds: 60)) {
    throw StateError('a message in pieces took ${watch.elapsed}');
  }
}

List<int> _varint(int value) => [
  for (var rest = value; rest > 0; rest ~/= 128)
    rest > 127 ? rest % 128 + 128 : rest,
];

void main(List<String> arguments) {
  tryPieces();
  final rounds = int.parse(arguments.first);
  final random = Random(7);
  for (final seed in seeds) {
    final type = seed.$messageType;
    final bytes = seed.toBytes();
    for (var length = 0; length <= bytes.length; length++) {
      tryBytes(type, bytes.sublist(0, length));
    }
    for (var round = 0; round < rounds; round++) {
      final broken = Uint8List.fromList(bytes);
      for (var flips = random.nextInt(4); flips >= 0; flips--) {
        broken[random.nextInt(broken.length)] ^= 1 << random.nextInt(8);
      }
      tryBytes(type, broken);
      tryBytes(
        type,
        Uint8List.fromList([
          for (var at = random.nextInt(40); at >= 0; at--) random.nextInt(256),
        ]),
      );
      final from = random.nextInt(bytes.length);
      final huge = [
        ...bytes.sublist(0, from),
        0xff,
        0xff,
        0xff,
        0xff,
        random.nextInt(16),
        ...bytes.sublist(from),
      ];
      tryBytes(type, Uint8List.fromList(huge));
    }
    tryBytes(type, Uint8List(100000)..fillRange(0, 100000, 0x0b));
    final text = seed.toJsonString(options: JsonOptions(registry: registry));
    for (var length = 0; length <= text.length; length++) {
      tryJson(type, text.substring(0, length));
    }
    for (var round = 0; round < rounds; round++) {
      final units = [...text.codeUnits];
      for (var flips = random.nextInt(3); flips >= 0; flips--) {
        units[random.nextInt(units.length)] = _noise.codeUnitAt(
          random.nextInt(_noise.length),
        );
      }
      tryJson(type, String.fromCharCodes(units));
    }
    final written = writeText(
      seed,
      type as TextMessageType<Message>,
      TextOptions(registry: registry),
    );
    for (var length = 0; length <= written.length; length++) {
      tryText(type, written.substring(0, length));
    }
    for (var round = 0; round < rounds; round++) {
      final units = [...written.codeUnits];
      for (var flips = random.nextInt(3); flips >= 0; flips--) {
        units[random.nextInt(units.length)] = _noise.codeUnitAt(
          random.nextInt(_noise.length),
        );
      }
      tryText(type, String.fromCharCodes(units));
    }
    tryText(type, '{' * 100000);
    tryText(type, 'left {' * 100000);
    tryText(type, 'left <#\n' * 100000);
    tryJson(type, '[' * 100000);
    tryJson(type, '{"a":' * 100000);
  }
  stdout.writeln(
    'tried ${messages + refused}, messages $messages, refused $refused',
  );
}
