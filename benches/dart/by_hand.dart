// What a careful programmer writes by hand for the messages of the bench: immutable classes, the wire format in two
// passes (sizes, then bytes) and with a switch over the tags, JSON by way of maps. A codec of this shape was measured
// beside the official runtime; what generated code costs beside it tells what it costs beside that.

// @dart = 3.7

import 'dart:convert';
import 'dart:typed_data';

final class Series {
  const Series({
    this.uid = '',
    this.number = 0,
    this.modality = '',
    this.description,
    this.bodyPart = 0,
    this.thickness,
    this.contrast = false,
  });

  factory Series.read(Reader r, int end) {
    var uid = '';
    var number = 0;
    var modality = '';
    String? description;
    var bodyPart = 0;
    double? thickness;
    var contrast = false;
    while (r.at < end) {
      switch (r.varint()) {
        case 10:
          uid = r.text();
        case 16:
          number = r.varint();
        case 26:
          modality = r.text();
        case 34:
          description = r.text();
        case 40:
          bodyPart = r.varint();
        case 77:
          thickness = r.float();
        case 80:
          contrast = r.varint() != 0;
        default:
          throw const FormatException('an unknown field');
      }
    }
    return Series(
      uid: uid,
      number: number,
      modality: modality,
      description: description,
      bodyPart: bodyPart,
      thickness: thickness,
      contrast: contrast,
    );
  }

  factory Series.ofMap(Map<String, Object?> map) => Series(
    uid: map['seriesInstanceUid'] as String? ?? '',
    number: map['seriesNumber'] as int? ?? 0,
    modality: map['modality'] as String? ?? '',
    description: map['description'] as String?,
    bodyPart: bodyParts.indexOf(map['bodyPart'] as String? ?? bodyParts[0]),
    thickness: (map['sliceThicknessMm'] as num?)?.toDouble(),
    contrast: map['contrast'] as bool? ?? false,
  );

  final String uid;
  final int number;
  final String modality;
  final String? description;
  final int bodyPart;
  final double? thickness;
  final bool contrast;

  int get size =>
      textSize(uid) +
      (number == 0 ? 0 : 1 + varintSize(number)) +
      textSize(modality) +
      (description == null ? 0 : textSize(description!)) +
      (bodyPart == 0 ? 0 : 1 + varintSize(bodyPart)) +
      (thickness == null ? 0 : 5) +
      (contrast ? 2 : 0);

  void write(Writer w) {
    w.textField(10, uid);
    w.intField(16, number);
    w.textField(26, modality);
    if (description case final description?) {
      w.textField(34, description);
    }
    w.intField(40, bodyPart);
    if (thickness case final thickness?) {
      w.varint(77);
      w.float(thickness);
    }
    w.intField(80, contrast ? 1 : 0);
  }

  Map<String, Object?> toMap() => {
    if (uid != '') 'seriesInstanceUid': uid,
    if (number != 0) 'seriesNumber': number,
    if (modality != '') 'modality': modality,
    if (description != null) 'description': description,
    if (bodyPart != 0) 'bodyPart': bodyParts[bodyPart],
    if (thickness != null) 'sliceThicknessMm': thickness,
    if (contrast) 'contrast': contrast,
  };
}

final class Study {
  const Study({
    this.id = '',
    this.accession = '',
    this.modality = '',
    this.status = 0,
    this.uid = '',
    this.description,
    this.performedAt,
    this.parts = const [],
    this.series = const [],
    this.rejection,
    this.labels = const {},
    this.revision = 0,
    this.phantom = false,
    this.queuePosition,
  });

  factory Study.ofBytes(Uint8List bytes) {
    final r = Reader(bytes);
    var id = '';
    var accession = '';
    var modality = '';
    var status = 0;
    var uid = '';
    String? description;
    (int, int)? performedAt;
    final parts = <int>[];
    final series = <Series>[];
    String? rejection;
    final labels = <String, String>{};
    var revision = 0;
    var phantom = false;
    int? queuePosition;
    while (r.at < bytes.length) {
      switch (r.varint()) {
        case 10:
          id = r.text();
        case 18:
          accession = r.text();
        case 26:
          modality = r.text();
        case 32:
          status = r.varint();
        case 42:
          uid = r.text();
        case 58:
          description = r.text();
        case 66:
          performedAt = r.time(r.end());
        case 74:
          final end = r.end();
          while (r.at < end) {
            parts.add(r.varint());
          }
        case 82:
          series.add(Series.read(r, r.end()));
        case 98:
          rejection = r.only(18, r.end());
        case 106:
          final (key, value) = r.entry(r.end());
          labels[key] = value;
        case 144:
          revision = r.varint();
        case 160:
          phantom = r.varint() != 0;
        case 168:
          queuePosition = r.varint();
        default:
          throw const FormatException('an unknown field');
      }
    }
    return Study(
      id: id,
      accession: accession,
      modality: modality,
      status: status,
      uid: uid,
      description: description,
      performedAt: performedAt,
      parts: parts,
      series: series,
      rejection: rejection,
      labels: labels,
      revision: revision,
      phantom: phantom,
      queuePosition: queuePosition,
    );
  }

  factory Study.ofJson(String text) {
    final map = jsonDecode(text) as Map<String, Object?>;
    final at = map['performedAt'] as String?;
    final time = at == null ? null : DateTime.parse(at).microsecondsSinceEpoch;
    final rejection = map['rejection'] as Map<String, Object?>?;
    return Study(
      id: map['id'] as String? ?? '',
      accession: map['accessionNumber'] as String? ?? '',
      modality: map['modality'] as String? ?? '',
      status: statuses.indexOf(map['status'] as String? ?? statuses[0]),
      uid: map['studyInstanceUid'] as String? ?? '',
      description: map['description'] as String?,
      performedAt:
          time == null ? null : (time ~/ 1000000, time % 1000000 * 1000),
      parts: [
        for (final part in map['bodyParts'] as List<Object?>? ?? const [])
          bodyParts.indexOf(part! as String),
      ],
      series: [
        for (final one in map['series'] as List<Object?>? ?? const [])
          Series.ofMap(one! as Map<String, Object?>),
      ],
      rejection: rejection?['message'] as String?,
      labels:
          (map['labels'] as Map<String, Object?>? ?? const {})
              .cast<String, String>(),
      revision: int.parse(map['revision'] as String? ?? '0'),
      phantom: map['phantom'] as bool? ?? false,
      queuePosition: map['queuePosition'] as int?,
    );
  }

  final String id;
  final String accession;
  final String modality;
  final int status;
  final String uid;
  final String? description;
  final (int, int)? performedAt;
  final List<int> parts;
  final List<Series> series;
  final String? rejection;
  final Map<String, String> labels;
  final int revision;
  final bool phantom;
  final int? queuePosition;

  static int _timeSize((int, int) time) =>
      2 + varintSize(time.$1) + varintSize(time.$2);

  static int _entrySize(MapEntry<String, String> entry) =>
      textSize(entry.key) + textSize(entry.value);

  int get size {
    var size =
        textSize(id) +
        textSize(accession) +
        textSize(modality) +
        (status == 0 ? 0 : 1 + varintSize(status)) +
        textSize(uid);
    if (description case final description?) {
      size += textSize(description);
    }
    if (performedAt case final time?) {
      size += 2 + _timeSize(time);
    }
    if (parts.isNotEmpty) {
      size += 2 + parts.length;
    }
    for (final one in series) {
      final inner = one.size;
      size += 1 + varintSize(inner) + inner;
    }
    if (rejection case final rejection?) {
      size += 2 + textSize(rejection);
    }
    for (final entry in labels.entries) {
      size += 2 + _entrySize(entry);
    }
    size += revision == 0 ? 0 : 2 + varintSize(revision);
    size += phantom ? 3 : 0;
    if (queuePosition case final position?) {
      size += 2 + varintSize(position);
    }
    return size;
  }

  Uint8List toBytes() {
    final w = Writer(size);
    w.textField(10, id);
    w.textField(18, accession);
    w.textField(26, modality);
    w.intField(32, status);
    w.textField(42, uid);
    if (description case final description?) {
      w.textField(58, description);
    }
    if (performedAt case final time?) {
      w.varint(66);
      w.varint(_timeSize(time));
      w.intField(8, time.$1);
      w.intField(16, time.$2);
    }
    if (parts.isNotEmpty) {
      w.varint(74);
      w.varint(parts.length);
      parts.forEach(w.varint);
    }
    for (final one in series) {
      w.varint(82);
      w.varint(one.size);
      one.write(w);
    }
    if (rejection case final rejection?) {
      w.varint(98);
      w.varint(textSize(rejection));
      w.textField(18, rejection);
    }
    for (final entry in labels.entries) {
      w.varint(106);
      w.varint(_entrySize(entry));
      w.textField(10, entry.key);
      w.textField(18, entry.value);
    }
    w.intField(144, revision);
    w.intField(160, phantom ? 1 : 0);
    if (queuePosition case final position?) {
      w.varint(168);
      w.varint(position);
    }
    return w.bytes;
  }

  String toJson() => jsonEncode({
    if (id != '') 'id': id,
    if (accession != '') 'accessionNumber': accession,
    if (modality != '') 'modality': modality,
    if (status != 0) 'status': statuses[status],
    if (uid != '') 'studyInstanceUid': uid,
    if (description != null) 'description': description,
    if (performedAt case (final seconds, final nanos)?)
      'performedAt':
          DateTime.fromMicrosecondsSinceEpoch(
            seconds * 1000000 + nanos ~/ 1000,
            isUtc: true,
          ).toIso8601String(),
    if (parts.isNotEmpty)
      'bodyParts': [for (final part in parts) bodyParts[part]],
    if (series.isNotEmpty) 'series': [for (final one in series) one.toMap()],
    if (rejection != null) 'rejection': {'message': rejection},
    if (labels.isNotEmpty) 'labels': labels,
    if (revision != 0) 'revision': '$revision',
    if (phantom) 'phantom': phantom,
    if (queuePosition != null) 'queuePosition': queuePosition,
  });
}

const bodyParts = [
  'BODY_PART_UNSPECIFIED',
  'BODY_PART_HEAD',
  'BODY_PART_CHEST',
  'BODY_PART_ABDOMEN',
];

const statuses = ['STUDY_STATUS_UNSPECIFIED', 'STUDY_STATUS_RECEIVING'];

int varintSize(int value) {
  var size = 1;
  for (var rest = value >>> 7; rest != 0; rest >>>= 7) {
    size++;
  }
  return size;
}

/// The size of a text field with a tag of one byte; none is written if it is empty.
int textSize(String text) {
  var size = 0;
  for (var index = 0; index < text.length; index++) {
    final unit = text.codeUnitAt(index);
    size += unit < 0x80 ? 1 : (unit < 0x800 ? 2 : 3);
  }
  return size == 0 ? 0 : 1 + varintSize(size) + size;
}

final class Writer {
  Writer(int size) : bytes = Uint8List(size);

  final Uint8List bytes;
  late final ByteData _data = ByteData.sublistView(bytes);
  int _at = 0;

  void varint(int value) {
    var rest = value;
    while (rest > 0x7f || rest < 0) {
      bytes[_at++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    bytes[_at++] = rest;
  }

  void float(double value) {
    _data.setFloat32(_at, value, Endian.little);
    _at += 4;
  }

  void intField(int tag, int value) {
    if (value != 0) {
      varint(tag);
      varint(value);
    }
  }

  void textField(int tag, String text) {
    if (text.isEmpty) {
      return;
    }
    varint(tag);
    varint(text.length);
    for (var index = 0; index < text.length; index++) {
      final unit = text.codeUnitAt(index);
      if (unit >= 0x80) {
        throw UnsupportedError('the bench has ASCII only');
      }
      bytes[_at++] = unit;
    }
  }
}

final class Reader {
  Reader(this.bytes);

  final Uint8List bytes;
  late final ByteData _data = ByteData.sublistView(bytes);
  int at = 0;

  int varint() {
    final first = bytes[at++];
    if (first < 0x80) {
      return first;
    }
    var value = first & 0x7f;
    for (var shift = 7; shift < 70; shift += 7) {
      final byte = bytes[at++];
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) {
        return value;
      }
    }
    throw const FormatException('a varint of more than ten bytes');
  }

  int end() {
    final length = varint();
    if (length > bytes.length - at) {
      throw const FormatException('it ends too early');
    }
    return at + length;
  }

  String text() {
    final last = end();
    final text = const Utf8Decoder().convert(bytes, at, last);
    at = last;
    return text;
  }

  double float() {
    final value = _data.getFloat32(at, Endian.little);
    at += 4;
    return value;
  }

  (int, int) time(int end) {
    var seconds = 0;
    var nanos = 0;
    while (at < end) {
      varint() == 8 ? seconds = varint() : nanos = varint();
    }
    return (seconds, nanos);
  }

  String only(int tag, int end) {
    var value = '';
    while (at < end) {
      if (varint() == tag) {
        value = text();
      }
    }
    return value;
  }

  (String, String) entry(int end) {
    var key = '';
    var value = '';
    while (at < end) {
      varint() == 10 ? key = text() : value = text();
    }
    return (key, value);
  }
}
