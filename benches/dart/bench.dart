// What generated Dart costs beside a codec written by hand: nanoseconds per message for a small and a large Study.

// @dart = 3.7

import 'by_hand.dart' as by_hand;
import 'gen/google/protobuf/timestamp.pb.dart';
import 'gen/radiology/study/v1/inference.pb.dart';
import 'gen/radiology/study/v1/study.pb.dart';

Object? sink;

Study small() => const Study(
  id: '2f1f4e0c-8a55-4d8e-9c43-0f3a6e0f7b11',
  accessionNumber: 'ACC-2024-000123',
  modality: 'CT',
  status: StudyStatus.receiving,
  studyInstanceUid: '1.2.840.113619.2.55.3.604688119.971.1718000000.1',
  description:
      'CT thorax without contrast, lung and soft tissue kernels, 1.25 mm slices',
  performedAt: Timestamp(seconds: 1718000000, nanos: 123000000),
  bodyParts: [BodyPart.chest, BodyPart.abdomen],
  result: StudyResultRejection(Rejection(message: 'motion')),
  labels: {'arm': 'b', 'site': 'north', 'trial': 'NELSON-2'},
  revision: 42,
  phantom: true,
  queuePosition: 3,
);

Study large() => Study(
  id: 'large',
  series: [
    for (var number = 0; number < 1000; number++)
      StudySeries(
        seriesInstanceUid: '1.2.840.113619.2.55.3.604688119.$number',
        seriesNumber: number,
        modality: 'CT',
        description: 'axial',
        bodyPart: BodyPart.chest,
        sliceThicknessMm: 1.25,
        contrast: number.isEven,
      ),
  ],
);

/// Nanoseconds per call of [body] in one round of [count] calls.
double once(int count, Object? Function() body) {
  final watch = Stopwatch()..start();
  for (var call = 0; call < count; call++) {
    sink = body();
  }
  return watch.elapsedMicroseconds * 1000 / count;
}

/// The best rounds of two bodies, which take turns so that both meet the same disturbances. A round is short, so that
/// some are undisturbed.
(double, double) compare(
  int count,
  Object? Function() left,
  Object? Function() right,
) {
  var (best, other) = (double.infinity, double.infinity);
  for (var round = 0; round < 300; round++) {
    final (one, two) = (once(count, left), once(count, right));
    best = one < best ? one : best;
    other = two < other ? two : other;
  }
  return (best, other);
}

/// Prints a line for each operation. [recorded] has how many times as long as the code written by hand the official
/// runtime took when both were measured.
void report(
  String mode,
  String name,
  Study study,
  int count,
  List<double> recorded,
) {
  final bytes = study.toBytes();
  final text = study.toJsonString();
  final other = by_hand.Study.ofBytes(bytes);
  final agree =
      Study.fromBytes(other.toBytes()) == study &&
      Study.fromJsonString(other.toJson()) == study &&
      Study.fromJsonString(by_hand.Study.ofJson(text).toJson()) == study;
  if (!agree) {
    throw StateError('the two codecs do not agree on the $name study');
  }
  final pairs = <String, (Object? Function(), Object? Function())>{
    'encode': (study.toBytes, other.toBytes),
    'decode': (
      () => Study.fromBytes(bytes),
      () => by_hand.Study.ofBytes(bytes),
    ),
    'JSON out': (study.toJsonString, other.toJson),
    'JSON in': (
      () => Study.fromJsonString(text),
      () => by_hand.Study.ofJson(text),
    ),
  };
  print('$mode, $name: ${bytes.length} bytes, ${text.length} of JSON');
  var index = 0;
  pairs.forEach((what, pair) {
    final (ours, theirs) = compare(count, pair.$1, pair.$2);
    final ratio = theirs / ours;
    final official = recorded[index++];
    print(
      '${what.padRight(10)}${ours.toStringAsFixed(0).padLeft(10)}'
      '${theirs.toStringAsFixed(0).padLeft(12)}'
      '${'${ratio.toStringAsFixed(1)}x'.padLeft(8)}'
      '${'${official}x'.padLeft(10)}'
      '${'${(ratio * official).toStringAsFixed(1)}x'.padLeft(12)}',
    );
  });
}

void main(List<String> arguments) {
  final mode = arguments.single;
  print('nanoseconds     xlc     by hand   ratio  recorded  to official');
  final isCompiled = mode == 'ahead of time';
  report(
    mode,
    'small',
    small(),
    500,
    isCompiled ? [2.9, 2.4, 1.3, 1.3] : [3.1, 2.7, 1.3, 1.5],
  );
  report(
    mode,
    'large',
    large(),
    2,
    isCompiled ? [2.4, 3.4, 1.1, 1.2] : [2.4, 3.3, 1.2, 1.3],
  );
}
