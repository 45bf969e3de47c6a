// Tests of the files of the runtime by themselves, on the VM and in JavaScript.

// @dart = 3.7

import 'dart:typed_data';

import 'check.dart';
import 'gen/xlc/src/int64.dart';
import 'gen/xlc/src/internal.dart';
import 'gen/xlc/src/json_text.dart';
import 'gen/xlc/src/json_time.dart';
import 'gen/xlc/src/json_values.dart';
import 'gen/xlc/src/place.dart';

WireReader reader(String hex) =>
    WireReader(Uint8List.fromList(bytes(hex)), Registry.empty);

/// What a writer wrote.
String written(void Function(WireWriter) body) {
  final writer = WireWriter();
  body(writer);
  return hex(writer.take());
}

void int64() {
  test('halves of a number are those of its two halves', () {
    for (final (value, high, low) in [
      (0, 0, 0),
      (-1, 0xffffffff, 0xffffffff),
      (maxSafeInt, 0x1fffff, 0xffffffff),
      (-maxSafeInt, 0xffe00000, 1),
      (0x100000000, 1, 0),
      (-0x100000000, 0xffffffff, 0),
    ]) {
      expect(highOf(value), high);
      expect(lowOf(value), low);
      expect(signedOfHalves(high, low), value);
    }
    expect(unsignedOfHalves(0xffffffff, 0), (BigInt.one << 64) - two(32));
  });
  test('a number beyond 53 bits is kept on the VM and refused elsewhere', () {
    final beyond = signedOfHalves(0x200000, 1);
    expect(beyond == null, jsInts);
    expect(isUnsafe(maxSafeInt), false);
    expect(isUnsafe(maxSafeInt + 2), jsInts);
    expect(int64OfBig(two(53)) == null, jsInts);
    expect(int64OfBig(two(63)), null);
    expect(int64OfBig(BigInt.from(-5)), -5);
  });
  test('unsigned numbers have 64 bits everywhere', () {
    expect(isUint64(two(64) - BigInt.one), true);
    expect(isUint64(two(64)), false);
    expect(isUint64(-BigInt.one), false);
    expect(unsignedOf(7), BigInt.from(7));
  });
}

BigInt two(int power) => BigInt.one << power;

void writing() {
  test('numbers are written as the format has them', () {
    expect(written((w) => w.writeInt32(8, -1)), '08ffffffffffffffffff01');
    expect(
      written((w) => w.writeInt64(8, -maxSafeInt)),
      '0881808080808080f0ff01',
    );
    expect(written((w) => w.writeSint64(8, -maxSafeInt)), '08fdffffffffffff1f');
    expect(written((w) => w.writeSint32(8, -0x80000000)), '08ffffffff0f');
    expect(written((w) => w.writeUint32(8, 0xffffffff)), '08ffffffff0f');
    expect(written((w) => w.writeUint64(8, two(63))), '0880808080808080808001');
    expect(written((w) => w.writeFixed64(9, two(63))), '090000000000000080');
    expect(written((w) => w.writeSfixed64(9, -2)), '09feffffffffffffff');
    expect(written((w) => w.writeFixed32(13, 0xfffffffe)), '0dfeffffff');
    expect(written((w) => w.writeSfixed32(13, -2)), '0dfeffffff');
    expect(written((w) => w.writeFloat(13, 1.5)), '0d0000c03f');
    expect(written((w) => w.writeDouble(9, -0.0)), '090000000000000080');
    expect(written((w) => w.writeBool(8, true)), '0801');
    expect(written((w) => w.writeInt32(2147483640, 1)), 'f8ffffff0701');
  });
  test('numbers that do not fit are refused', () {
    for (final body in <void Function(WireWriter)>[
      (w) => w.writeInt32(8, 0x80000000),
      (w) => w.writeUint32(8, -1),
      (w) => w.writeSint32(8, -0x80000001),
      (w) => w.writeFixed32(8, 0x100000000),
      (w) => w.writeSfixed32(8, 0x80000000),
      (w) => w.writeUint64(8, -BigInt.one),
      (w) => w.writeFixed64(8, two(64)),
    ]) {
      throws<EncodeException>(() => written(body));
    }
    // JavaScript has lost a digit of this number before it comes here.
    for (final body in <void Function(WireWriter)>[
      (w) => w.writeInt64(8, maxSafeInt + 2),
      (w) => w.writeSint64(8, -maxSafeInt - 2),
      (w) => w.writeSfixed64(8, maxSafeInt + 2),
    ]) {
      jsInts ? throws<EncodeException>(() => written(body)) : written(body);
    }
  });
  test('texts are UTF-8, from one byte to four', () {
    expect(
      written((w) => w.writeString(10, 'a\u00e9\u20ac\u{1f600}')),
      '0a0a61c3a9e282acf09f9880',
    );
    for (final half in ['\ud800', '\udc00', 'a\ud800b', '\udc00\ud800']) {
      throws<EncodeException>(() => written((w) => w.writeString(10, half)));
    }
  });
  test('a buffer grows, and what was taken stays as it is', () {
    final long = 'x' * 5000;
    final writer = WireWriter()..writeString(10, long);
    final taken = writer.take();
    WireWriter()
      ..writeString(10, 'y' * 5000)
      ..take();
    expect(hex(taken), '0a8827${'78' * 5000}');
  });
  test('packed lists have no tags inside', () {
    expect(written((w) => w.packedSint32(10, [0, -1, 300])), '0a040001d804');
    expect(written((w) => w.packedDouble(10, [])), '');
    expect(written((w) => w.packedBool(10, [true, false])), '0a020100');
    expect(
      written((w) => w.packedUint64(10, [two(63), BigInt.one])),
      '0a0b8080808080808080800101',
    );
    expect(written((w) => w.packedFixed32(10, [1])), '0a0401000000');
  });
  test('messages nested without end are refused', () {
    throws<EncodeException>(
      () => written((w) {
        for (;;) {
          w.open(10);
        }
      }),
    );
  });
  test('where it went wrong is told by fields, indexes and keys', () {
    Place? inner(int number) => number == 3 ? const Place('deep') : null;
    Place? outer(int number) => switch (number) {
      1 => Place('list', repeated: true, inside: inner),
      2 => Place.map('map', inside: inner),
      _ => null,
    };
    expect(pathAround([10, 4], 3, outer), 'list[4].deep');
    expect(pathAround([18, 'k', 18, null], 3, outer), 'map[k].deep');
    expect(pathAround([18, 'k'], 1, outer), 'map[k]');
    expect(pathAround([], 0, outer), '');
    expect(pathAround([74, 1], 3, outer), '');
  });
}

void reading() {
  test('numbers are read as the format has them', () {
    expect(reader('ffffffffffffffffff01').readInt32(), -1);
    expect(reader('ffffffffffffffffff01').readInt64(), -1);
    expect(reader('81808080808080f0ff01').readInt64(), -maxSafeInt);
    expect(reader('fdffffffffffff1f').readSint64(), -maxSafeInt);
    expect(reader('ffffffff0f').readSint32(), -0x80000000);
    expect(reader('ffffffff0f').readUint32(), 0xffffffff);
    expect(reader('80808080808080808001').readUint64(), two(63));
    expect(reader('0000000000000080').readFixed64(), two(63));
    expect(reader('feffffffffffffff').readSfixed64(), -2);
    expect(reader('feffffff').readSfixed32(), -2);
    expect(reader('0000c03f').readFloat(), 1.5);
    expect(reader('8000').readBool(), false);
    expect(reader('808080808001').readBool(), true);
  });
  test('a signed number beyond 53 bits is kept or refused, never changed', () {
    for (final read in <int Function()>[
      () => reader('8180808080808010').readInt64(),
      () => reader('8280808080808020').readSint64(),
      () => reader('0100000000002000').readSfixed64(),
    ]) {
      if (jsInts) {
        expect(throws<DecodeException>(read).message, unsafeInt);
      } else {
        expect(read(), two(53).toInt() + 1);
      }
    }
  });
  test('texts are the same however long', () {
    for (var length = 0; length < 40; length++) {
      final text = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEF'.substring(
        0,
        length,
      );
      for (final suffix in ['', '\u00e9', '\u{1f600}']) {
        final all = '$text$suffix';
        final encoded = written((w) => w.writeString(10, all));
        // Twice: a short text is remembered.
        for (var time = 0; time < 2; time++) {
          final read = reader(encoded)..nextTag();
          expect(read.readString(), all);
        }
      }
    }
    expect(reader('00').readString(), '');
    expect(reader('0100').readString(), '\u0000');
    expect(reader('020000').readString(), '\u0000\u0000');
  });
  test('texts that are no UTF-8 are refused, or have U+FFFD', () {
    for (final wrong in [
      '01ff',
      '02c080',
      '03eda080',
      '0861626364656667ff',
      '04f4908080',
    ]) {
      throws<DecodeException>(() => reader(wrong).readString());
      expect(reader(wrong).readLooseString().contains('\ufffd'), true);
    }
  });
  test('what ends too early is refused', () {
    for (final read in <void Function()>[
      () => reader('80').readInt32(),
      () => reader('').readInt64(),
      () => reader('000000').readFixed32(),
      () => reader('00000000000000').readDouble(),
      () => reader('0261').readString(),
      () => reader('02').readBytes(),
      () => reader('ffffffff7f').readLength(),
      () => reader('0400').packedFixed32([]),
      () => reader('0180').packedInt32([]),
    ]) {
      throws<DecodeException>(read);
    }
  });
  test('tags have up to five bytes', () {
    expect(reader('08').nextTag(), 8);
    expect(reader('8801').nextTag(), 136);
    expect(reader('8880808000').nextTag(), 8);
    expect(reader('f8ffffff0f').nextTag(), 0xfffffff8);
    for (final wrong in [
      '00',
      '0e',
      '0f',
      '80',
      '888080808000',
      'f8ffffff1f',
    ]) {
      throws<DecodeException>(() => reader(wrong).nextTag());
    }
  });
  test('packed lists end where they end', () {
    final values = <int>[];
    reader('04 01 ac02 03').packedInt32(values);
    expect(values.join(','), '1,300,3');
    final doubles = <double>[];
    reader('08 000000000000f83f').packedDouble(doubles);
    expect(doubles.single, 1.5);
  });
  test('unknown fields are kept as they came', () {
    final read = reader('0805 120161 1b 0801 1c');
    UnknownFields? unknown;
    for (var tag = read.nextTag(); tag != 0; tag = read.nextTag()) {
      unknown = read.skip(tag, unknown);
    }
    expect(hex(unknown!.take()), '08051201611b08011c');
    final more = UnknownFields()..addVarint(1, -2);
    expect(hex(more.take()), '08feffffffffffffffff01');
  });
  test('the field of a byte is found', () {
    Place? fields(int number) =>
        number == 1 ? Place('a', repeated: true, inside: fields) : null;
    final nested = Uint8List.fromList(bytes('0a00 0a04 0a00 0a00'));
    expect(pathTo(nested, 7, fields), 'a[1].a[1]');
  });
}

void texts() {
  test('numbers of JSON', () {
    for (final number in ['0', '-0', '1.5', '1e9', '-12.5E-3']) {
      expect(isNumber(number), true);
    }
    for (final none in ['', '-', '01', '1.', '.5', '1e', '+1', '0x1', '1 ']) {
      expect(isNumber(none), false);
    }
    expect(exactInteger('1.5e1'), BigInt.from(15));
    expect(exactInteger('1.5'), null);
    expect(exactInteger('1e999999999'), null);
  });
  test('names find their fields', () {
    final names = JsonNames({for (var n = 1; n < 200; n++) 'name$n': n});
    for (var number = 1; number < 200; number++) {
      final reader = JsonText(' "name$number" :1');
      expect(reader.knownKey(names), number);
      expect(reader.peek(), 0x31);
    }
    for (final other in ['"name200":', '"":', '"name', r'"n\u0061me1":', '1']) {
      final reader = JsonText(other);
      expect(reader.knownKey(names), -1);
      expect(reader.position, 0);
    }
    expect(JsonText('"a":').knownKey(JsonNames(const {})), -1);
    throws<JsonException>(() => JsonText('"name1"').knownKey(names));
  });
  test('short integers', () {
    int? small(String text) => JsonText(text).smallInteger();
    expect(small('0'), 0);
    expect(small(' "-12"'), -12);
    expect(small('999999999,'), 999999999);
    for (final other in [
      '01',
      '1.0',
      '1e2',
      '1E2',
      '"1',
      '"1 "',
      '-',
      '',
      '1234567890',
      '""',
      'true',
    ]) {
      expect(small(other), null);
    }
  });
  test('base64 in either alphabet', () {
    expect(hex(parseBase64('+/8=')!), 'fbff');
    expect(hex(parseBase64('-_8')!), 'fbff');
    expect(parseBase64('A'), null);
    expect(parseBase64('AA=A'), null);
    expect(parseBase64('')!.length, 0);
  });
  test('the place in a text', () {
    expect(JsonText.pathTo('{"a":[{},{"b":', 99), 'a[1].b');
    expect(JsonText.pathTo('', 0), '');
  });
  test('what is written as JSON is read again', () {
    for (final text in [
      '',
      'a"b\\c\n\u0000',
      '\u00e9\u007f',
      '\u20ac\u{1f600}',
      'x' * 3000,
    ]) {
      final writer = JsonWriter(const JsonOptions())..writeString(text);
      expect(JsonReader(writer.take(), Registry.empty).readString(), text);
    }
    for (final value in [
      0,
      7,
      -1,
      10,
      99,
      100,
      12345,
      0x7fffffff,
      -0x80000000,
      0xffffffff,
    ]) {
      final writer = JsonWriter(const JsonOptions())..writeInt64(value);
      expect(writer.take(), '"$value"');
      expect(JsonReader('"$value"', Registry.empty).readInt64(), value);
    }
    throws<EncodeException>(
      () => JsonWriter(const JsonOptions()).writeString('\ud800'),
    );
  });
  test('a name of a field may be in any script', () {
    final writer =
        JsonWriter(const JsonOptions())
          ..beginObject()
          ..name('"\u540d":', '')
          ..writeInt32(1)
          ..name('"\u00e9":', '')
          ..writeBool(true)
          ..endObject();
    expect(writer.take(), '{"\u540d":1,"\u00e9":true}');
  });
  test('floats are as short as can be', () {
    String float(double value) =>
        (JsonWriter(const JsonOptions())..writeFloat(value)).take();
    expect(float(0.10000000149011612), '0.1');
    expect(float(1.25), '1.25');
    expect(float(16777216), '16777216');
    expect(float(3.4028234663852886e38), '3.4028235e+38');
    expect(float(1.401298464324817e-45), '1e-45');
    expect(float(1.1754943508222875e-38), '1.1754944e-38');
    expect(float(123456.7890625), '123456.79');
    expect(float(-0.0), '-0.0');
  });
  test('times', () {
    expect(printTimestamp(951782399, 5000), '2000-02-28T23:59:59.000005Z');
    expect(printTimestamp(951782400, 0), '2000-02-29T00:00:00Z');
    expect(printTimestamp(minTimestamp, 1), '0001-01-01T00:00:00.000000001Z');
    expect(printTimestamp(maxTimestamp, 0), '9999-12-31T23:59:59Z');
    expect(printTimestamp(-1, 0), '1969-12-31T23:59:59Z');
    throws<EncodeException>(() => printTimestamp(maxTimestamp + 1, 0));
    for (var day = -800000; day < 2900000; day += 997) {
      final seconds = day * 86400 + day.abs() % 86400;
      if (seconds >= minTimestamp && seconds <= maxTimestamp) {
        expect(parseTimestamp(printTimestamp(seconds, 0)), (seconds, 0));
      }
    }
    expect(parseTimestamp('2023-02-29T00:00:00Z'), null);
    expect(printDuration(-1, -500000000), '-1.500s');
    expect(parseDuration('0.000000001s'), (0, 1));
    expect(parseDuration('1'), null);
  });
}

void values() {
  test('values are compared by what they hold', () {
    expect(same([1.0, double.nan], [1.0, double.nan]), true);
    expect(
      same(
        {
          'a': [1],
        },
        {
          'a': [1],
        },
      ),
      true,
    );
    expect(same([1], [2]), false);
    expect(hashOf([1.0, double.nan]), hashOf([1.0, double.nan]));
    expect(hashOf(0.0), hashOf(-0.0));
  });
  test('a list that was read is opened by its reader alone', () {
    final owner = Object();
    final sealed = seal([1], const <int>[], owner);
    throws<UnsupportedError>(() => sealed.add(2));
    expect(identical(reopen(sealed, owner), reopen(sealed, owner)), true);
    final copy = reopen(sealed, Object())..add(2);
    expect((copy.length, sealed.length), (2, 1));
    final map = reopenMap(const <int, int>{}, owner)..put(1, 2);
    throws<UnsupportedError>(() => map[2] = 3);
    expect(identical(reopenMap(map, owner), map), true);
    expect((reopenMap(map, Object())..put(2, 3)).length, 2);
    expect(map.length, 1);
  });
  test('a map that was read is as any map, whatever its size', () {
    for (var size = 0; size < 40; size++) {
      final map = ReadMap<String, int>();
      final other = <String, int>{};
      for (var number = 0; number < size; number++) {
        final key = '${number * 7 % 40}';
        map
          ..put(key, number)
          ..put('0', number);
        other[key] = number;
        other['0'] = number;
      }
      expect(map.length, other.length);
      expect((map.isEmpty, map.isNotEmpty), (size == 0, size != 0));
      expect('$map', '$other');
      expect(map.keys.join(' '), other.keys.join(' '));
      expect(map.values.join(' '), other.values.join(' '));
      for (final MapEntry(:key, :value) in other.entries) {
        expect((map[key], map.containsKey(key)), (value, true));
      }
      expect((map['x'], map[null], map.containsKey('x')), (null, null, false));
      expect(sameMap(map, other) && sameMap(other, map), true);
      expect(hashMap(map), hashMap(other));
      expect(reopenMap(other, Object()).length, other.length);
      throws<UnsupportedError>(map.clear);
      throws<UnsupportedError>(() => map.remove('0'));
    }
  });
  test('keys are ordered as their bytes', () {
    expect(compareText('\uffff', '\u{1f600}') < 0, true);
    expect(compareText('a', 'ab') < 0, true);
    expect(lastFirst({1: '', 3: '', 2: ''}, compareInt).join(), '321');
    for (var size = 0; size < 40; size++) {
      final map = {for (var key = 0; key < size; key++) key * 7 % 41: ''};
      final keys = lastFirst(map, compareInt);
      expect(keys.join(' '), (map.keys.toList()..sort()).reversed.join(' '));
    }
  });
  test('errors say what, where and at which byte', () {
    const error = DecodeException('it is wrong', offset: 3, path: 'a.b');
    expect('$error', 'DecodeException: it is wrong in `a.b` at byte 3');
    expect('${const EncodeException('no')}', 'EncodeException: no');
    expect(
      '${const JsonException('no', offset: 1)}',
      'JsonException: no at offset 1',
    );
  });
  test('a registry knows what it was given', () {
    expect(Registry.empty.typeOfUrl('a/b'), null);
    expect(Registry.empty.extension('a', 1), null);
    expect(Registry.empty.extensionNamed('a', 'b'), null);
  });
}

/// All of these tests.
void runtime() {
  int64();
  writing();
  reading();
  texts();
  values();
}
