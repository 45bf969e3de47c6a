// What generated Dart costs: nanoseconds per message, the best of several rounds, for a small and a large Study.

// @dart = 3.7

import 'dart:typed_data';

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
  description: 'CT thorax without contrast',
  performedAt: Timestamp(seconds: 1718000000, nanos: 123000000),
  bodyParts: [BodyPart.chest, BodyPart.abdomen],
  result: StudyResultRejection(Rejection(message: 'motion')),
  labels: {'site': 'north', 'trial': 'NELSON-2', 'arm': 'b'},
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

/// Nanoseconds per call of [body], of the fastest of 200 rounds, short enough to be undisturbed, of [count] calls.
double measure(int count, Object? Function() body) {
  var best = double.infinity;
  for (var round = 0; round < 200; round++) {
    final watch = Stopwatch()..start();
    for (var call = 0; call < count; call++) {
      sink = body();
    }
    final nanos = watch.elapsedMicroseconds * 1000 / count;
    best = nanos < best ? nanos : best;
  }
  return best;
}

void report(String name, Study Function() make, int count) {
  final study = make();
  final bytes = study.toBytes();
  final text = study.toJsonString();
  if (Study.fromBytes(bytes) != study || Study.fromJsonString(text) != study) {
    throw StateError('the $name study does not survive');
  }
  void line(String what, Object? Function() body) {
    print(
      '$name ${what.padRight(10)} ${measure(count, body).toStringAsFixed(0).padLeft(9)} ns',
    );
  }

  print('$name: ${bytes.length} bytes, ${text.length} characters of JSON');
  line('encode', study.toBytes);
  line('decode', () => Study.fromBytes(bytes));
  line('JSON out', study.toJsonString);
  line('JSON in', () => Study.fromJsonString(text));
  final same = Study.fromBytes(Uint8List.fromList(bytes));
  line('==', () => same == study);
  line('hashCode', () => study.hashCode);
}

void main() {
  report('small', small, 500);
  report('large', large, 2);
}
