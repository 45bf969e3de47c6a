// The text format: every type of the contracts there and back, what the reader takes and refuses, and where it says that
// an error is. With a path it also writes texts and bytes for google's runtime, or reads what that has made of them.

// @dart = 3.7

import 'dart:convert';
import 'dart:io';
import 'dart:typed_data';

import 'check.dart';
import 'gen/extensions.pb.dart' as ext;
import 'gen/google/protobuf/any.pb.dart';
import 'gen/google/protobuf/struct.pb.dart' show structTypes;
import 'gen/google/protobuf/wrappers.pb.dart';
import 'gen/names_collide.pb.dart' show namesCollideTypes;
import 'gen/no_syntax.pb.dart' show noSyntaxTypes;
import 'gen/proto2.pb.dart' as two;
import 'gen/proto3.pb.dart' show proto3Types;
import 'gen/radiology/study/v1/inference.pb.dart';
import 'gen/radiology/study/v1/study.pb.dart';
import 'gen/well_known.pb.dart' show wellKnownTypes;
import 'gen/xlc/src/internal.dart';
import 'gen/xlc/src/text_format.dart';

final List<FileTypes> files = [
  anyTypes,
  ext.extensionsTypes,
  inferenceTypes,
  namesCollideTypes,
  noSyntaxTypes,
  proto3Types,
  structTypes,
  studyTypes,
  two.proto2Types,
  wellKnownTypes,
  wrappersTypes,
];
final Registry registry = Registry(files);

Iterable<TextMessageType<Message>> get types =>
    files.expand((file) => file.declared).whereType<TextMessageType<Message>>();

/// Texts of values, some of which are at an edge of their type.
final Map<ValueKind<Object>, List<String>> samples =
    Map.identity()..addAll({
      doubleKind: const ['1.5', '-0.0', '1e300', '-inf', '4.9e-324'],
      floatKind: const ['0.1', '-0.0', '3.4e38', 'inf', '1e-45'],
      boolKind: const ['true', 'false'],
      stringKind: const ["'a\\n\\'\\\"\\\\\u00e9\u{1f600}\\001'", "''"],
      looseStringKind: const ["'\ufeffa?'", "''"],
      bytesKind: const [r"'\000\xff\n\\a'", "''"],
      for (final kind in [int32Kind, sint32Kind, sfixed32Kind])
        kind: const ['1', '-2147483648', '0x7fffffff', '0'],
      for (final kind in [uint32Kind, fixed32Kind])
        kind: const ['1', '4294967295', '0'],
      for (final kind in [int64Kind, sint64Kind, sfixed64Kind])
        kind: const ['1', '-9223372036854775808', '0777', '0'],
      for (final kind in [uint64Kind, fixed64Kind])
        kind: const ['1', '18446744073709551615', '0'],
    });

/// The text of one value.
String sample(ValueKind<Object> kind, int turn, int depth) {
  if (kind is MessageKind<Message>) {
    final type = kind.type as TextMessageType<Message>;
    return '{${fields(type, turn, depth + 1)}}';
  }
  if (kind is EnumKind<EnumValue>) {
    final numbers = [
      for (var number = -20; number < 120; number++)
        if (kind.ofNumber(number)?.protoName != null) number,
    ];
    final value = kind.ofNumber(numbers[turn % numbers.length])!;
    return turn.isEven ? value.protoName! : '${value.number}';
  }
  final texts = samples[kind]!;
  return texts[turn % texts.length];
}

/// The text of all fields of a message, of each oneof one.
String fields(TextMessageType<Message> type, int turn, int depth) {
  final out = StringBuffer();
  final oneofs = <String, List<TextField>>{};
  final needed = type.empty.$missing();
  for (final field in type.fields.all) {
    final isNeeded =
        needed != null && (field.name == needed || field.also == needed);
    if (depth > 1 && field.kind is MessageKind<Message> && !isNeeded) {
      continue;
    }
    if (field.oneof case final oneof?) {
      (oneofs[oneof] ??= []).add(field);
    } else {
      _field(out, field, turn, depth);
    }
  }
  for (final members in oneofs.values) {
    _field(out, members[turn % members.length], turn, depth);
  }
  for (final file in files) {
    for (final extension in file.declared.whereType<ExtensionField>()) {
      if (extension.extendee == type.fullName && depth < 2) {
        _field(out, TextField.extension(extension), turn, depth);
      }
    }
  }
  return '$out';
}

void _field(StringBuffer out, TextField field, int turn, int depth) {
  for (var index = 0; index < (field.isList ? 3 : 1); index++) {
    final value = sample(field.kind, turn + index, depth);
    if (field.key case final key?) {
      final keyText = sample(key, turn + index, depth);
      out.writeln('${field.name} <key: $keyText, value: $value>;');
    } else {
      out.writeln('${field.name}: $value # comment');
    }
  }
}

void survive() {
  test('every message comes back from its text', () {
    var count = 0;
    for (final type in types) {
      for (var turn = 0; turn < 6; turn++) {
        final message = type.fromText(
          fields(type, turn, 0),
          registry: registry,
        );
        for (final options in [
          TextOptions(registry: registry),
          TextOptions(registry: registry, singleLine: true),
        ]) {
          final text = writeText(message, type, options);
          final again = type.fromText(text, registry: registry);
          expect(again, message);
          expect(writeText(again, type, options), text);
        }
        expect(type.fromBytes(message.toBytes(), registry: registry), message);
        count++;
      }
    }
    expect(count > 400, true);
  });
}

void form() {
  test('the text has the order of the numbers and the form of others', () {
    final study = Study(
      id: 'a\n"é"',
      performedAt: null,
      bodyParts: [BodyPart.chest, BodyPart.fromNumber(99)],
      series: const [StudySeries(sliceThicknessMm: 0.1), StudySeries()],
      result: const StudyResultRejection(Rejection(message: 'no')),
      labels: const {'b': '2', 'a': '1'},
      attachments: [
        Any.pack(const Rejection(message: 'x')),
        Any(typeUrl: 'a/b', value: Uint8List.fromList([0, 255])),
      ],
      totalBytes: BigInt.parse('18446744073709551615'),
    );
    expect(study.toText(options: TextOptions(registry: registry)), r'''
id: "a\n\"é\""
body_parts: BODY_PART_CHEST
body_parts: 99
series {
  slice_thickness_mm: 0.1
}
series {
}
rejection {
  message: "no"
}
labels {
  key: "a"
  value: "1"
}
labels {
  key: "b"
  value: "2"
}
attachments {
  [type.googleapis.com/radiology.study.v1.Rejection] {
    message: "x"
  }
}
attachments {
  type_url: "a/b"
  value: "\000\377"
}
total_bytes: 18446744073709551615
''');
    expect(
      const Study(
        id: '1',
        revision: -1,
      ).toText(options: const TextOptions(singleLine: true)),
      'id: "1" revision: -1',
    );
  });
  test('extensions, groups and message sets are there without a registry', () {
    final base = const ext.Base(id: '1')
        .withExtension(ext.xInt32, -5)
        .withExtension(ext.xgroup, const ext.XGroup(b: 3));
    final text = '''
id: "1"
[kitchen.ext.x_int32]: -5
[kitchen.ext.xgroup] {
  b: 3
}
''';
    expect(base.toText(), text);
    expect(ext.Base.fromText(text, registry: registry), base);
    final set = const ext.Set().withExtension(
      ext.setItemItem,
      const ext.SetItem(text: 'a'),
    );
    final items = '''
[kitchen.ext.SetItem.item] {
  text: "a"
}
''';
    expect(set.toText(), items);
    expect(ext.Set.fromText(items, registry: registry), set);
    const byType = '[kitchen.ext.SetItem] { text: "a" }';
    expect(ext.Set.fromText(byType, registry: registry), set);
    const groups = two.Groups(must: two.GroupsMust(a: 1));
    expect(groups.toText(), 'Must {\n  a: 1\n}\n');
    expect(two.Groups.fromText('must { a: 1 }'), groups);
    // Bytes that nobody knows are known to the one who asks.
    final unknown = ext.Base.fromBytes(base.toBytes());
    expect(unknown.toText(), 'id: "1"\n');
    expect(unknown.toText(options: TextOptions(registry: registry)), text);
  });
  test('unknown fields are written if they are asked for', () {
    final study = Study.fromBytes(
      bytes(
        'd03e07 d13e0100000000000000 d23e020805 d23e01ff d53e01000000 d33e0801d43e',
      ),
    );
    expect(study.toText(), '');
    expect(study.toText(options: const TextOptions(unknownFields: true)), r'''
1002: 7
1002: 0x0000000000000001
1002 {
  1: 5
}
1002: "\377"
1002: 0x00000001
1002 {
  1: 1
}
''');
  });
}

void refusals() {
  test('an error has its line, column and path', () {
    final error = throws<TextException>(
      () =>
          Study.fromText('id: "1"\nseries {\n  instances: [{}, {rows: -}]\n}'),
    );
    expect(
      '$error',
      'TextException: expected an integer in `series.instances[1].rows` '
          'at line 3, column 26',
    );
  });
  test('what is no text of a message is refused', () {
    for (final (text, reason) in const [
      ('id: "1" id: "2"', '`id` twice'),
      ('finding {} rejection {}', 'two members'),
      ('revision: 9223372036854775808', 'no int64'),
      ('queue_position: -2147483649', 'no int32'),
      ('total_bytes: -1', 'no uint64'),
      ('revision: 1.0', 'an integer'),
      ('revision: 09', 'does not end'),
      ('revision: 1x', 'does not end'),
      ('phantom: yes', 'no bool'),
      ('phantom: 2', 'true or false'),
      ('status: STUDY_STATUS_NEW', 'no value of the enum'),
      ('id: 1', 'a string'),
      ('id "1"', 'expected `:`'),
      ('id: "1', 'without an end'),
      ('id: "a\nb"', 'without an end'),
      (r'id: "\q"', 'does not have'),
      (r'id: "\x"', 'digits'),
      (r'id: "\400"', 'byte'),
      (r'id: "\xff"', 'UTF-8'),
      (r'id: "\ud83d\ude00"', 'no character'),
      (r'id: "\U00110000"', 'no character'),
      ('id: "\ud800"', 'surrogate'),
      ('id: ["1"]', 'a string'),
      ('identity: "1"', 'no field'),
      ('1: "1"', 'the name'),
      ('[a.b]: 1', 'no extension'),
      ('[a/b] {}', 'outside of an `Any`'),
      ('attachments { [a/b] {} }', 'not in the registry'),
      ('attachments { type_url: "" [a/radiology.study.v1.Study] {} }', 'twice'),
      ('series {', 'expected `}`'),
      ('series < }', 'the name'),
      ('series [{}, ]', 'expected `{`'),
      ('series: 1', 'expected `{`'),
      ('labels { key: "a" key: "b" }', 'twice'),
      ('}', 'the name'),
      ('id:: "1"', 'a string'),
      ('id: "1",, ', 'the name'),
    ]) {
      final error = throws<TextException>(
        () => Study.fromText(text, registry: registry),
      );
      if (!error.message.contains(reason)) {
        throw StateError('`$text` says `${error.message}`');
      }
    }
  });
  test('nesting has a limit', () {
    String nested(int depth) => 'left {' * depth + '}' * depth;
    final deep = two.Tree.fromText(nested(100));
    expect(two.Tree.fromText(deep.toText()), deep);
    throws<TextException>(() => two.Tree.fromText(nested(101)));
    throws<TextException>(() => two.Tree.fromText('left {' * 100000));
    final tree = two.Tree(left: two.Tree.fromBytes(deep.toBytes()));
    throws<EncodeException>(tree.toText);
  });
  test('required fields are asked for', () {
    final error = throws<TextException>(
      () => two.RequiredInside.fromText('list { value: 1 } list { }'),
    );
    expect((error.path, error.line), ('list[1].value', 1));
    throws<EncodeException>(
      () =>
          two.RequiredInside.fromText(
            'singular { value: 1 }',
          ).copyWith(singular: two.RequiredInsideInner.$empty).toText(),
    );
  });
  test('what may be left out and what may be there', () {
    final study = Study.fromText(
      '# a comment\nid: "a" \'b\' # another\n"c"; body_parts: [1, BODY_PART_CHEST],'
      'series <> series: {} phantom: t revision: - 0x1F labels []',
    );
    expect(study.id, 'abc');
    expect(study.bodyParts.length, 2);
    expect(
      (study.series.length, study.phantom, study.revision),
      (2, true, -31),
    );
    for (final (text, value) in const [
      ('1f', 1.0),
      ('.5', 0.5),
      ('5.', 5.0),
      ('1e2F', 100.0),
      ('-Infinity', double.negativeInfinity),
      ('INF', double.infinity),
      ('1e999', double.infinity),
    ]) {
      expect(DoubleValue.fromText('value: $text').value, value);
    }
    expect(DoubleValue.fromText('value: -nan').value.isNaN, true);
    throws<TextException>(() => DoubleValue.fromText('value: 0x1'));
    throws<TextException>(() => DoubleValue.fromText('value: 017'));
  });
}

/// Writes a line for each message: its type, its bytes and its text.
void write(File file) {
  final out = StringBuffer();
  for (final type in types) {
    for (var turn = 0; turn < 6; turn++) {
      final text = fields(type, turn, 0);
      final message = type.fromText(text, registry: registry);
      final written = writeText(message, type, TextOptions(registry: registry));
      final parts = [
        message.toBytes(),
        utf8.encode(text),
        utf8.encode(written),
      ];
      out.writeln('${type.fullName} ${parts.map(base64.encode).join(' ')}');
    }
  }
  file.writeAsStringSync('$out');
}

/// Reads lines with a type, bytes and a text; the message must be the same.
void read(File file) {
  for (final line in file.readAsLinesSync()) {
    final [name, data, text] = line.split(' ');
    final type = registry.typeOfUrl(name)! as TextMessageType<Message>;
    final wanted = type.fromBytes(base64.decode(data), registry: registry);
    test('$name as google writes it', () {
      final written = utf8.decode(base64.decode(text));
      expect(type.fromText(written, registry: registry), wanted);
    });
  }
}

void main(List<String> arguments) {
  switch (arguments) {
    case ['write', final path]:
      write(File(path));
    case ['read', final path]:
      read(File(path));
      finish();
    default:
      survive();
      form();
      refusals();
      finish();
  }
}
