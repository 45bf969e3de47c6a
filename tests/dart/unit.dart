// Tests of generated code and of the runtime below it.

// @dart = 3.7

import 'dart:convert';
import 'dart:typed_data';

import 'check.dart';
import 'gen/custom_options.pb.dart';
import 'gen/extensions.pb.dart' as ext;
import 'gen/google/protobuf/any.pb.dart';
import 'gen/google/protobuf/duration.pb.dart' as pb;
import 'gen/google/protobuf/field_mask.pb.dart';
import 'gen/google/protobuf/struct.pb.dart';
import 'gen/google/protobuf/timestamp.pb.dart';
import 'gen/google/protobuf/wrappers.pb.dart';
import 'gen/names_types.pb.dart' as named;
import 'gen/proto2.pb.dart' as two;
import 'gen/proto3.pb.dart';
import 'gen/radiology/study/v1/inference.pb.dart';
import 'gen/radiology/study/v1/study.pb.dart';
import 'gen/well_known.pb.dart' as wkt;
import 'gen/xlc/xlc.dart';
import 'runtime.dart';

/// Compiles only if every oneof and every open enum can be told apart without a default.
String told(StudyResult? result, StudyStatus status) {
  final ending = switch (result) {
    StudyResultFinding(:final finding) => 'finding ${finding.id}',
    StudyResultRejection() => 'rejection',
    null => 'nothing',
  };
  final state = switch (status) {
    final KnownStudyStatus known => known.name,
    StudyStatusUnrecognized(:final number) => '$number',
  };
  return '$ending, $state';
}

void values() {
  test('a message is a constant', () {
    const study = Study(id: '1', labels: {'a': 'b'});
    expect(identical(study, const Study(id: '1', labels: {'a': 'b'})), true);
    expect(study.description, null);
    expect(study.totalBytes, BigInt.zero);
  });
  test('copyWith replaces, clears and keeps', () {
    const study = Study(id: '1', description: 'old', queuePosition: 3);
    final copy = study.copyWith(description: null, id: '2');
    expect(copy, const Study(id: '2', queuePosition: 3));
    expect(study.copyWith(), study);
    expect(study.copyWith(description: '').description, '');
  });
  test('messages are equal by value', () {
    const left = Optionals(aDouble: double.nan);
    expect(left, const Optionals(aDouble: double.nan));
    expect(left.hashCode, const Optionals(aDouble: double.nan).hashCode);
    expect(left == const Optionals(), false);
    expect(Scalars(aBytes: Uint8List(0)), const Scalars());
    expect(const Scalars(aDouble: -0.0) == const Scalars(), true);
    expect(
      const Study(labels: {'a': '1', 'b': '2'}),
      const Study(labels: {'b': '2', 'a': '1'}),
    );
    expect(
      const Study(labels: {'a': '1', 'b': '2'}).hashCode,
      const Study(labels: {'b': '2', 'a': '1'}).hashCode,
    );
  });
  test('oneofs and open enums switch exhaustively', () {
    expect(
      told(const StudyResultRejection(Rejection()), StudyStatus.fromNumber(77)),
      'rejection, 77',
    );
    expect(told(null, StudyStatus.fromNumber(0)), 'nothing, unspecified');
  });
  test('what was read cannot be changed', () {
    final study = Study.fromBytes(
      const Study(
        labels: {'a': 'b'},
        bodyParts: [BodyPart.unspecified],
      ).toBytes(),
    );
    throws<UnsupportedError>(() => study.labels['c'] = 'd');
    final struct = Struct.fromJsonString('{"a":[1],"b":2}');
    throws<UnsupportedError>(() => struct.fields['c'] = Value.of(1));
    throws<UnsupportedError>(
      () => ListValue.fromJsonString('[1]').values.add(Value.of(1)),
    );
    throws<UnsupportedError>(
      () => FieldMask.fromJsonString('"a,b"').paths.add('c'),
    );
    throws<UnsupportedError>(() => study.bodyParts.add(BodyPart.unspecified));
  });
  test('a log shows what is set, and not what is to be kept out of logs', () {
    const holder = Holder(retained: 'secret', scoped: 'shown');
    expect('$holder', 'Holder(scoped: "shown", retained: [REDACTED])');
    expect(
      '${const HolderChoiceLeft('secret')}',
      'HolderChoiceLeft([REDACTED])',
    );
    final extended = holder.withExtension(onExtension, 'secret');
    expect(
      '$extended',
      'Holder(scoped: "shown", retained: [REDACTED], [kitchen.custom.on_extension]: [REDACTED])',
    );
    expect(
      '${const ext.Base().withExtension(ext.xsString, ['a'])}',
      'Base([kitchen.ext.xs_string]: ["a"])',
    );
    expect('${const Optionals(anInt32: 0)}', 'Optionals(anInt32: 0)');
  });
  test('types called like those of Dart are usable', () {
    const uses = named.Uses(
      list: named.List(value: 1),
      duration: named.Duration(value: 2),
    );
    survives(named.Uses.$type, uses);
  });
}

void wire() {
  test('scalars at their edges survive', () {
    for (final (int32, int64, uint64) in [
      (-0x80000000, -9223372036854775807 - 1, (BigInt.one << 64) - BigInt.one),
      (0x7fffffff, 9223372036854775807, BigInt.one << 63),
      (-1, -1, BigInt.one),
      (127, 128, BigInt.from(16383)),
      (16384, 9007199254740993, BigInt.from(1) << 35),
    ]) {
      survives(
        Scalars.$type,
        Scalars(
          anInt32: int32,
          aSint32: int32,
          aSfixed32: int32,
          aUint32: int32 & 0xffffffff,
          aFixed32: int32 & 0xffffffff,
          anInt64: int64,
          aSint64: int64,
          aSfixed64: int64,
          aUint64: uint64,
          aFixed64: uint64,
          aString: 'a\u00e9\u20ac\u{1f600}\uFEFF',
          aBytes: Uint8List.fromList([0, 255]),
        ),
      );
    }
  });
  test('negative zero is not the default', () {
    expect(hex(const Scalars(aDouble: -0.0).toBytes()), '090000000000000080');
    expect(hex(const Scalars(aFloat: -0.0).toBytes()), '1500000080');
  });
  test('a byte order mark is text', () {
    final message = Scalars.fromBytes(bytes('7206 efbbbf efbbbf'));
    expect(message.aString, '\uFEFF\uFEFF');
  });
  test('varints of ten bytes are cut to the type', () {
    expect(Scalars.fromBytes(bytes('18 ffffffffffffffffff01')).anInt32, -1);
    expect(Scalars.fromBytes(bytes('18 8080808010')).anInt32, 0);
    expect(
      Scalars.fromBytes(bytes('28 ffffffffffffffffff01')).aUint32,
      0xffffffff,
    );
    expect(Scalars.fromBytes(bytes('68 8080808080808080 8001')).aBool, true);
  });
  test('what does not fit a field is not written', () {
    throws<EncodeException>(const Scalars(anInt32: 0x80000000).toBytes);
    throws<EncodeException>(const Scalars(aUint32: -1).toBytes);
    throws<EncodeException>(Scalars(aUint64: -BigInt.one).toBytes);
    throws<EncodeException>(Scalars(aFixed64: BigInt.one << 64).toBytes);
    throws<EncodeException>(const Scalars(aString: '\ud800').toBytes);
  });
  test('what cannot be written is named by its path', () {
    String path(Message message) =>
        throws<EncodeException>(message.toBytes).path;
    const wrong = StudySeriesInstance(rows: -1);
    expect(
      path(
        const Study(
          series: [
            StudySeries(),
            StudySeries(instances: [wrong, StudySeriesInstance()]),
          ],
        ),
      ),
      'series[1].instances[0].rows',
    );
    expect(path(const Study(labels: {'a': '', 'b': '\ud800'})), 'labels[b]');
    expect(
      path(const Study(milestones: {'end': Timestamp(nanos: 0x80000000)})),
      'milestones[end].nanos',
    );
    expect(
      path(
        const Study(result: StudyResultRejection(Rejection(message: '\udc00'))),
      ),
      'rejection.message',
    );
    expect(
      path(
        const two.Groups(
          must: two.GroupsMust(a: 1),
          many: [two.GroupsMany(), two.GroupsMany(a: 0x80000000)],
        ),
      ),
      'many[1].a',
    );
    expect(
      path(const ext.Base().withExtension(ext.xInt32, 0x80000000)),
      '[kitchen.ext.x_int32]',
    );
    expect(
      path(
        const ext.Set().withExtension(
          ext.setItemItem,
          const ext.SetItem(text: '\ud800'),
        ),
      ),
      '[kitchen.ext.SetItem.item].text',
    );
    expect(
      throws<EncodeException>(
        const Study(
          series: [
            StudySeries(),
            StudySeries(exposure: pb.Duration(nanos: -1, seconds: 1)),
          ],
        ).toJsonString,
      ).path,
      'series[1].exposure',
    );
  });
  test('a value of a map is named by its path', () {
    final encoded =
        const Study(
          milestones: {'a': Timestamp(), 'b': Timestamp(nanos: 1)},
        ).toBytes();
    encoded.last = 0xff;
    expect(
      throws<DecodeException>(() => Study.fromBytes(encoded)).path,
      'milestones[1].value.nanos',
    );
  });
  test('packed and expanded are both read', () {
    expect(Lists.fromBytes(bytes('1a03 010203')).int32s.length, 3);
    expect(
      Lists.fromBytes(bytes('1801 1a0202 03 1804')).int32s.join(','),
      '1,2,3,4',
    );
  });
  test('unknown fields stay, in their order', () {
    const unknown = 'c03e01 ba3e0161 b33e 0801 b43e';
    final message = Empty.fromBytes(bytes(unknown));
    expect(hex(message.toBytes()), unknown.replaceAll(' ', ''));
    expect(message == const Empty(), false);
  });
  test('closed enums keep unknown numbers out of fields', () {
    final scalars = two.Lists.fromBytes(bytes('800101 80017f'));
    expect(scalars.colors.single, two.Color.red);
    expect(hex(scalars.toBytes()), '80010180017f');
    final maps = two.ClosedMaps.fromBytes(bytes('0a04 0801 1005'));
    expect(maps.byId.isEmpty, true);
    expect(hex(maps.toBytes()), '0a0408011005');
  });
  test('open enums keep unknown numbers', () {
    final message = Scalars.fromBytes(bytes('800163'));
    expect(message.aMood.number, 99);
    expect(message.aMood.protoName, null);
    survives(Scalars.$type, message);
  });
  test('fields may come in any order', () {
    final message = Scalars.fromBytes(
      bytes('6801 1801 c03e05 0900000000000000f0 1802 6800 c03e06'),
    );
    expect((message.anInt32, message.aBool), (2, false));
    expect(hex(message.unknownFields ?? []), 'c03e05c03e06');
  });
  test('messages merge, last scalars win', () {
    final message = two.Tree.fromBytes(bytes('0a02 0a00 0a04 1200 1200'));
    expect(message.left?.left, const two.Tree());
    expect(message.left?.children.length, 2);
    const old = Study(
      id: '1',
      bodyParts: [BodyPart.unspecified],
      labels: {'a': '1'},
    );
    final merged = old.mergedWith(
      const Study(
        modality: 'CT',
        bodyParts: [BodyPart.unspecified],
        labels: {'a': '2'},
      ),
    );
    expect(
      (merged.id, merged.modality, merged.bodyParts.length, merged.labels['a']),
      ('1', 'CT', 2, '2'),
    );
  });
  test('the same message gives the same bytes', () {
    final left = Maps(
      int32Int32: {3: 1, -1: 2, 2: 3},
      stringString: {'\u{1f600}': '', '\uffff': '', 'a': ''},
    );
    final right = Maps(
      int32Int32: {2: 3, 3: 1, -1: 2},
      stringString: {'a': '', '\uffff': '', '\u{1f600}': ''},
    );
    expect(hex(left.toBytes()), hex(right.toBytes()));
    expect(
      hex(left.toBytes()).indexOf('efbfbf') <
          hex(left.toBytes()).indexOf('f09f9880'),
      true,
    );
  });
  test('groups are read and written', () {
    const groups = two.Groups(
      must: two.GroupsMust(a: 1),
      many: [two.GroupsMany(a: 2), two.GroupsMany()],
      choice: two.GroupsChoicePlain(3),
    );
    survives(two.Groups.$type, groups);
    throws<DecodeException>(() => two.Groups.fromBytes(bytes('0b 0801')));
    throws<DecodeException>(() => two.Groups.fromBytes(bytes('0b 0801 14')));
    throws<DecodeException>(() => two.Groups.fromBytes(bytes('0c')));
  });
}

void errors() {
  test('an error names the field and the byte', () {
    final study =
        const Study(
          id: '1',
          series: [
            StudySeries(),
            StudySeries(
              instances: [
                StudySeriesInstance(),
                StudySeriesInstance(sopClassUid: 'abc'),
              ],
            ),
          ],
        ).toBytes();
    study[study.length - 1] = 0xff;
    final error = throws<DecodeException>(() => Study.fromBytes(study));
    expect(error.path, 'series[1].instances[1].sop_class_uid');
    expect(error.offset, study.length - 1);
    final cut = throws<DecodeException>(
      () => Study.fromBytes(study.sublist(0, study.length - 2)),
    );
    expect(cut.path.startsWith('series[1]'), true);
  });
  test('wrong tags are refused', () {
    for (final wrong in [
      '00',
      '07',
      '06',
      '0f',
      '80808080 8001',
      'ffffffff 1f',
      '0a',
      '0a05 61',
      '08 ffffffffffffffffffff01',
    ]) {
      throws<DecodeException>(() => Study.fromBytes(bytes(wrong)));
    }
  });
  test('nesting has a limit', () {
    List<int> nested(int depth) {
      var inner = <int>[];
      for (var level = 0; level < depth; level++) {
        inner = [
          10,
          ...(inner.length < 128
              ? [inner.length]
              : [inner.length % 128 + 128, inner.length ~/ 128]),
          ...inner,
        ];
      }
      return inner;
    }

    two.Tree.fromBytes(nested(100));
    throws<DecodeException>(() => two.Tree.fromBytes(nested(101)));
    throws<DecodeException>(() => two.Tree.fromBytes(List.filled(200, 0x7b)));
    throws<JsonException>(() => Value.fromJsonString('[' * 101 + ']' * 101));
  });
  test('required fields are asked for', () {
    final error = throws<DecodeException>(
      () => two.RequiredInside.fromBytes(bytes('12020801 1200')),
    );
    expect(error.path, 'list[1].value');
    // Two halves of one message make a whole one.
    throws<DecodeException>(() => two.Scalars.fromBytes(bytes('1801')));
    const inside = two.RequiredInside(
      singular: two.RequiredInsideInner(value: 3),
    );
    survives(two.RequiredInside.$type, inside);
  });
}

void json() {
  const accepted = {
    '{"anInt32": 1e2}': '{"anInt32":100}',
    r'{"anInt\u0033\u0032": 7}': '{"anInt32":7}',
    '{"an_int32": "-0"}': '{}',
    '{"anInt64": "9223372036854775807"}': '{"anInt64":"9223372036854775807"}',
    '{"aUint64": 18446744073709551615}': '{"aUint64":"18446744073709551615"}',
    '{"aFloat": 0.1}': '{"aFloat":0.1}',
    '{"aFloat": "Infinity", "aDouble": "-Infinity"}':
        '{"aDouble":"-Infinity","aFloat":"Infinity"}',
    r'{"aString": "\ud83d\ude00\/"}': '{"aString":"\u{1f600}/"}',
    '{"aBytes": "-_8"}': '{"aBytes":"+/8="}',
    '{"aMood": 77}': '{"aMood":77}',
    '{"aMessage": null, "aBool": true}': '{"aBool":true}',
  };
  accepted.forEach((text, printed) {
    test(
      'JSON $text',
      () => expect(Scalars.fromJsonString(text).toJsonString(), printed),
    );
  });
  for (final refused in [
    '',
    '{',
    '{}}',
    '[]',
    '{"anInt32": 1, "an_int32": 1}',
    '{"anInt32": 1.5}',
    '{"anInt32": 2147483648}',
    '{"anInt32": "1 "}',
    '{"anInt32": 01}',
    '{"anInt32": true}',
    '{"aUint64": -1}',
    '{"anInt64": 9223372036854775808}',
    '{"aDouble": true}',
    '{"aDouble": 1e999}',
    '{"aFloat": 3.5e38}',
    '{"aDouble": NaN}',
    '{"aMood": "MOOD_NONE_SUCH"}',
    '{"aMood": [0]}',
    '{"aMood": true}',
    r'{"aString": "\ud800"}',
    r'{"aString": "\udc00\ud800"}',
    '{"aString": "\u0001"}',
    '{"aString": 1}',
    "{'aString': ''}",
    '{"aBool": "true"}',
    '{"aBytes": "A"}',
    '{"none": 1}',
    '{"aBool": true,}',
  ]) {
    test(
      'JSON $refused',
      () => throws<JsonException>(() => Scalars.fromJsonString(refused)),
    );
  }
  test('unknown names and values can be passed over', () {
    const text = '{"none": [{"a": 1}], "aMood": "NO", "anInt32": 1}';
    expect(
      Scalars.fromJsonString(text, ignoreUnknown: true),
      const Scalars(anInt32: 1),
    );
  });
  test('an error in JSON has its place', () {
    const text = '{"series": [{}, {"instances": [{"rows": -1}]}]}';
    final error = throws<JsonException>(() => Study.fromJsonString(text));
    expect(error.path, 'series[1].instances[0].rows');
    expect(text.substring(error.offset).startsWith('-1'), true);
  });
  test('JSON can be printed in other ways', () {
    const message = Scalars(anInt32: 1);
    final text = message.toJsonString(
      options: const JsonOptions(protoNames: true),
    );
    expect(text, '{"an_int32":1}');
    final all = jsonDecode(
      const Mixed().toJsonString(options: const JsonOptions(defaults: true)),
    );
    expect('$all', '{second: 0, called_otherwise: , js: 0, largest: 0}');
    expect(jsonEncode(message), '{"anInt32":1}');
    expect(Scalars.fromJson(jsonDecode('{"anInt32":1}')), message);
  });
  test('oneofs take one member', () {
    throws<JsonException>(
      () => Oneofs.fromJsonString('{"anInt32": 1, "aBool": true}'),
    );
    expect(
      Oneofs.fromJsonString('{"anInt32": null, "aBool": false}').value,
      const OneofsValueABool(false),
    );
  });
  test('maps refuse a key twice', () {
    throws<JsonException>(
      () => Maps.fromJsonString('{"int32Int32": {"1": 1, "1e0": 2}}'),
    );
    survives(
      Maps.$type,
      Maps(
        uint64Uint64: {BigInt.one << 63: BigInt.two},
        boolBool: const {true: false},
      ),
    );
  });
}

void wellKnown() {
  test('timestamps and durations', () {
    final time = DateTime.utc(1969, 12, 31, 23, 59, 59, 999, 999);
    expect(
      Timestamp.fromDateTime(time),
      const Timestamp(seconds: -1, nanos: 999999000),
    );
    expect(Timestamp.fromDateTime(time).toDateTime(), time);
    expect(
      const Timestamp(nanos: 1000000).toJsonString(),
      '"1970-01-01T00:00:00.001Z"',
    );
    expect(
      Timestamp.fromJsonString('"2024-02-29T23:00:00.5+01:30"').seconds,
      1709242200,
    );
    for (final wrong in [
      '2023-02-29T00:00:00Z',
      '2024-01-01T24:00:00Z',
      '2024-01-01t00:00:00Z',
      '2024-01-01T00:00:00',
      '2024-01-01T00:00:00.1234567890Z',
      '0000-12-31T23:59:59Z',
      '9999-12-31T23:59:59-00:01',
    ]) {
      throws<JsonException>(() => Timestamp.fromJsonString('"$wrong"'));
    }
    const span = Duration(seconds: -1, microseconds: -500000);
    expect(
      pb.Duration.fromDuration(span),
      const pb.Duration(seconds: -1, nanos: -500000000),
    );
    expect(pb.Duration.fromDuration(span).toDuration(), span);
    expect(const pb.Duration(nanos: -1).toJsonString(), '"-0.000000001s"');
    throws<EncodeException>(
      const pb.Duration(seconds: 1, nanos: -1).toJsonString,
    );
  });
  test('structs', () {
    final struct = Struct.fromMap({
      'a': [1, null, true],
      'b': {'c': 'd'},
    });
    expect('${struct.toMap()}', '{a: [1.0, null, true], b: {c: d}}');
    survives(Struct.$type, struct);
    throws<EncodeException>(Value.of(double.nan).toJsonString);
    throws<EncodeException>(const Value().toJsonString);
  });
  test('any', () {
    final registry = Registry([studyTypes, anyTypes, wrappersTypes]);
    final any = Any.pack(const Study(id: '7'));
    expect(any.unpack(Study.$type), const Study(id: '7'));
    expect(any.unpack(Value.$type), null);
    final holder = Study(
      attachments: [
        any,
        Any.pack(any),
        Any.pack(const StringValue(value: 'x')),
      ],
    );
    survives(Study.$type, holder, registry: registry);
    throws<EncodeException>(() => any.toJsonString());
    const text =
        '{"id": "7", "@type": "type.googleapis.com/radiology.study.v1.Study"}';
    expect(
      Any.fromJsonString(text, registry: registry).unpack(Study.$type),
      const Study(id: '7'),
    );
  });
  test('null is a value of some types', () {
    final message = wkt.Singular.fromJsonString(
      '{"value": null, "nullValue": null, "any": null}',
    );
    expect(
      message,
      const wkt.Singular(
        value: Value(kind: ValueKindNullValue(NullValue.nullValue)),
      ),
    );
    expect(
      wkt.Oneof.fromJsonString('{"nullValue": null}').choice
          is wkt.OneofChoiceNullValue,
      true,
    );
    expect(wkt.Oneof.fromJsonString('{"any": null}').choice, null);
  });
}

void extensions() {
  final registry = Registry([ext.extensionsTypes]);
  test('extensions are typed', () {
    final base = const ext.Base(id: '1')
        .withExtension(ext.xInt32, 5)
        .withExtension(ext.xsString, ['a', 'b'])
        .withExtension(ext.xgroup, const ext.XGroup(b: 3))
        .withExtension(ext.xsPacked, [1, 2]);
    survives(ext.Base.$type, base, registry: registry);
    expect(base.getExtension(ext.xInt32), 5);
    expect(const ext.Base().getExtension(ext.xInt32), -7);
    expect(const ext.Base().getExtension(ext.xsString)?.length, 0);
    expect(
      base.withExtension(ext.xInt32, null).hasExtension(ext.xInt32),
      false,
    );
  });
  test('an extension that was not known can still be asked for', () {
    final bytes =
        const ext.Base()
            .withExtension(ext.xMessage, const two.Tree(left: two.Tree()))
            .toBytes();
    final base = ext.Base.fromBytes(bytes);
    expect(base.hasExtension(ext.xMessage), true);
    expect(base.hasExtension(ext.xInt32), false);
    expect(base.getExtension(ext.xMessage), const two.Tree(left: two.Tree()));
    expect(hex(base.toBytes()), hex(bytes));
    final other = base.withExtension(ext.xMessage, const two.Tree());
    expect(other.getExtension(ext.xMessage), const two.Tree());
    final again = ext.Base.fromBytes(other.toBytes(), registry: registry);
    expect(
      again,
      const ext.Base().withExtension(ext.xMessage, const two.Tree()),
    );
    expect(base.withExtension(ext.xMessage, null).unknownFields, null);
  });
  test('what could be an extension is written in its place', () {
    // 900, 160, 120, 77, 1, 300, 120
    final base = ext.Between.fromBytes(
      bytes('a03801 800a02 c00703 e80404 0805 e01206 c00707'),
      registry: registry,
    );
    expect(hex(base.toBytes()), '0805c00703c00707800a02e01206a03801e80404');
    expect(ext.Between.fromBytes(base.toBytes()), base);
    expect(ext.Between.fromBytes(base.toBytes()).hashCode, base.hashCode);
    final more = base.withExtension(ext.low, 'x');
    expect(
      hex(more.toBytes()),
      '0805c00703c00707b2090178800a02e01206a03801e80404',
    );
    final swapped = ext.Between.fromBytes(bytes('c00707 c00703'));
    expect(swapped == ext.Between.fromBytes(bytes('c00703 c00707')), false);
    // What a program calls unknown need not be any field.
    for (final text in ['ff', 'c00703ff', '0f', 'e30401']) {
      final odd = ext.Between(unknownFields: Uint8List.fromList(bytes(text)));
      expect(hex(odd.toBytes()), text);
      expect(odd == odd.copyWith(first: 1), false);
    }
  });
  test('items that nobody knows are items', () {
    final set = ext.Set.fromBytes(
      bytes(
        'f00101 fa010101 0b10b9601a000c 0b1a0108100a0c 2a0107 0b10051a000c',
      ),
    );
    expect(
      hex(set.toBytes()),
      '0b10051a01070c0b10051a000c0b100a1a01080c0b101f1a01010c0b10b9601a000cf00101',
    );
    expect(set.getExtension(ext.setItemItem), const ext.SetItem());
    expect(ext.Set.fromBytes(set.toBytes()), set);
  });
  test('errors within extensions have the whole path', () {
    String path<M extends Message>(MessageType<M> type, String text) =>
        throws<DecodeException>(
          () => type.fromBytes(bytes(text), registry: registry),
        ).path;
    const xMessage = '[kitchen.ext.x_message]';
    for (final (type, text, wanted) in [
      (ext.Base.$type, 'a20704 2202 0a05', '$xMessage.chosen.left'),
      (ext.Base.$type, '8a0705ff', '[kitchen.ext.x_string]'),
      (ext.Base.$type, 'a2080161 a20805ff', '[kitchen.ext.xs_string][1]'),
      (ext.Base.$type, 'bb09 0a05ff bc09', '[kitchen.ext.xgroups][0].text'),
      (
        ext.Container.$type,
        '0a0a 0b10b960 1a030a05ff 0c',
        'set.[kitchen.ext.SetItem.item].text',
      ),
      (
        ext.Container.$type,
        '1a08 0a0161 1203 1205ff',
        'by_name[0].value.[kitchen.ext.Scoped.Deeper.text]',
      ),
      (ext.Container.$type, '1205 a20702 0a05', 'bases[0].$xMessage.left'),
    ]) {
      expect(path(type, text), wanted);
    }
    final error = throws<DecodeException>(
      () =>
          ext.Set.fromBytes(bytes('0b1a030a05ff10b9600c'), registry: registry),
    );
    expect((error.offset, error.path), (6, '[kitchen.ext.SetItem.item].text'));
  });
  test('message sets', () {
    final set = const ext.Set().withExtension(
      ext.setItemItem,
      const ext.SetItem(text: 'a'),
    );
    expect(hex(set.toBytes()), '0b10b960 1a03 0a0161 0c'.replaceAll(' ', ''));
    survives(ext.Set.$type, set, registry: registry);
    expect(hex(ext.Set.fromBytes(set.toBytes()).toBytes()), hex(set.toBytes()));
    // The first type and the first message of an item count; without either it says nothing.
    const item = '0b10b9601a030a0161';
    for (final (text, read) in [
      ('${item}1a030a016210010c', '${item}0c'),
      ('${item}0c0b10b9600c', '${item}0c'),
      ('0b1a000c${item}0c', '${item}0c'),
      // A field of the number is an item too.
      ('ca8306030a0162${item}0c', '${item}0c'),
    ]) {
      final found = ext.Set.fromBytes(bytes(text), registry: registry);
      expect(hex(found.toBytes()), read);
    }
  });
}

void main() {
  runtime();
  values();
  wire();
  errors();
  json();
  wellKnown();
  extensions();
  finish();
}
