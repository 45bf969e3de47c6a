// A harness without packages: names what fails, and counts. It runs on the VM and in JavaScript.

// @dart = 3.7

import 'gen/xlc/xlc.dart';

int _passed = 0;
final List<String> _failed = [];

/// Runs a test.
void test(String name, void Function() body) {
  try {
    body();
    _passed++;
  } on Object catch (error, stack) {
    _failed.add('$name: $error\n$stack');
  }
}

/// Refuses two values that differ.
void expect(Object? actual, Object? wanted) {
  if (actual != wanted) {
    throw StateError('got `$actual` instead of `$wanted`');
  }
}

/// Refuses a body that throws nothing, or something else than an [E]; gives what it threw.
E throws<E extends Object>(void Function() body) {
  try {
    body();
  } on E catch (error) {
    return error;
  }
  throw StateError('it threw no $E');
}

/// Bytes as hexadecimal digits.
String hex(List<int> bytes) =>
    [for (final byte in bytes) byte.toRadixString(16).padLeft(2, '0')].join();

/// Bytes of hexadecimal digits.
List<int> bytes(String hex) {
  final digits = hex.replaceAll(' ', '');
  return [
    for (var at = 0; at < digits.length; at += 2)
      int.parse(digits.substring(at, at + 2), radix: 16),
  ];
}

/// Says that a message comes back from its bytes and from its JSON.
void survives<M extends Message>(
  MessageType<M> type,
  M message, {
  Registry? registry,
}) {
  final known = registry ?? Registry.empty;
  final encoded = message.toBytes();
  final decoded = type.fromBytes(encoded, registry: known);
  expect(decoded, message);
  expect(decoded.hashCode, message.hashCode);
  expect(hex(decoded.toBytes()), hex(encoded));
  final text = message.toJsonString(options: JsonOptions(registry: known));
  expect(type.fromJsonString(text, registry: known), message);
}

/// Prints the result, `failed 0` if all is well.
void finish() {
  _failed.forEach(print);
  print('passed $_passed, failed ${_failed.length}');
}
