// Equality, hashes, order and copies of what fields hold.

// @dart = 3.7

import 'dart:collection';
import 'dart:typed_data';

import 'message.dart';

/// What an argument of `copyWith` is that was not given.
const Object unset = _Unset();

final class _Unset {
  const _Unset();
}

/// No bytes.
final Uint8List noBytes = Uint8List(0);

/// Whether two floating-point numbers are the same; NaN is the same as NaN.
bool sameDouble(double? a, double? b) =>
    a == b || a != null && b != null && a.isNaN && b.isNaN;

/// Whether a field without presence has the default 0, which -0 is not.
bool isZero(double value) => value == 0 && !value.isNegative;

/// Whether two byte sequences are the same.
bool sameBytes(Uint8List? a, Uint8List? b) {
  if (identical(a, b)) {
    return true;
  }
  if (a == null || b == null || a.length != b.length) {
    return false;
  }
  for (var index = 0; index < a.length; index++) {
    if (a[index] != b[index]) {
      return false;
    }
  }
  return true;
}

/// Whether two values of fields are the same, lists and maps by what they hold.
bool same(Object? a, Object? b) {
  if (identical(a, b)) {
    return true;
  }
  return switch (a) {
    final double a => b is double && sameDouble(a, b),
    final Uint8List a => b is Uint8List && sameBytes(a, b),
    final List<Object?> a => b is List<Object?> && sameList(a, b),
    final Map<Object?, Object?> a =>
      b is Map<Object?, Object?> && sameMap(a, b),
    _ => a == b,
  };
}

/// Whether two lists hold the same values.
bool sameList<E>(List<E> a, List<E> b) {
  if (identical(a, b)) {
    return true;
  }
  if (a.length != b.length) {
    return false;
  }
  for (var index = 0; index < a.length; index++) {
    if (!same(a[index], b[index])) {
      return false;
    }
  }
  return true;
}

/// Whether two maps hold the same entries, in any order.
bool sameMap<K, V>(Map<K, V> a, Map<K, V> b) {
  if (identical(a, b)) {
    return true;
  }
  if (a.length != b.length) {
    return false;
  }
  for (final MapEntry(:key, :value) in a.entries) {
    if (!b.containsKey(key) || !same(value, b[key])) {
      return false;
    }
  }
  return true;
}

/// A hash with one more hash in it.
@pragma('vm:prefer-inline')
int mix(int hash, int more) => 0x1fffffff & (hash * 31 + more);

/// The hash of a floating-point number: the same for all that are the same.
int hashDouble(double? value) =>
    value == null ? 0 : (value == 0 ? 1 : (value.isNaN ? 2 : value.hashCode));

/// The hash of bytes.
int hashBytes(Uint8List? bytes) {
  if (bytes == null) {
    return 0;
  }
  var hash = bytes.length;
  for (var index = 0; index < bytes.length; index++) {
    hash = mix(hash, bytes[index]);
  }
  return hash;
}

/// The hash of a list.
int hashList(List<Object?> list) {
  var hash = list.length;
  for (var index = 0; index < list.length; index++) {
    hash = mix(hash, hashOf(list[index]));
  }
  return hash;
}

/// The hash of a map, whatever the order of its entries.
int hashMap(Map<Object?, Object?> map) {
  var hash = map.length;
  for (final MapEntry(:key, :value) in map.entries) {
    hash = 0x1fffffff & (hash + mix(hashOf(key), hashOf(value)));
  }
  return hash;
}

/// The hash of a value of a field: the same for values that are [same].
int hashOf(Object? value) => switch (value) {
  final double value => hashDouble(value),
  final Uint8List bytes => hashBytes(bytes),
  final List<Object?> list => hashList(list),
  final Map<Object?, Object?> map => hashMap(map),
  _ => value.hashCode,
};

/// A list that was read, which no one may change but the reader that made it.
final class _SealedList<E> extends UnmodifiableListView<E> {
  _SealedList(this._list, this._owner) : super(_list);

  final List<E> _list;
  final Object? _owner;
}

/// A list that was read, which no one may change. [owner] is who may add to it while it reads on.
@pragma('vm:prefer-inline')
List<E> seal<E>(List<E>? read, List<E> before, [Object? owner]) =>
    read == null ? before : _SealedList<E>(read, owner);

/// A list to add to: that of a message that [owner] has just read and replaces now, so that a message in a thousand
/// pieces is not copied a thousand times; else a copy.
@pragma('vm:prefer-inline')
List<E> reopen<E>(List<E> before, Object owner) =>
    before.isEmpty ? <E>[] : _reopen(before, owner);

List<E> _reopen<E>(List<E> before, Object owner) =>
    before is _SealedList<E> && identical(before._owner, owner)
        ? before._list
        : [...before];

/// The order of text keys: that of their UTF-8, not of their UTF-16.
int compareText(String a, String b) {
  final length = a.length < b.length ? a.length : b.length;
  for (var index = 0; index < length; index++) {
    final left = a.codeUnitAt(index);
    final right = b.codeUnitAt(index);
    if (left != right) {
      // Surrogates stand for runes above all that need none.
      final isHigh = (left & 0xf800) == 0xd800;
      return isHigh == ((right & 0xf800) == 0xd800)
          ? left - right
          : (isHigh ? 1 : -1);
    }
  }
  return a.length - b.length;
}

/// The order of bool keys.
int compareBool(bool a, bool b) => a == b ? 0 : (a ? 1 : -1);

/// The keys of a map from the last to the first.
List<K> lastFirst<K>(Map<K, Object?> map, int Function(K, K) compare) {
  final keys = map.keys.toList();
  final count = keys.length;
  if (count > 16) {
    return keys..sort((a, b) => compare(b, a));
  }
  // Few keys are put in their places faster than a general sort can.
  for (var next = 1; next < count; next++) {
    final key = keys[next];
    var at = next;
    while (at > 0 && compare(keys[at - 1], key) < 0) {
      keys[at] = keys[--at];
    }
    keys[at] = key;
  }
  return keys;
}

/// The entries of a map in the order of their keys.
Iterable<MapEntry<K, V>> byKey<K, V>(
  Map<K, V> map,
  int Function(K, K) compare,
) {
  if (map.length < 2) {
    return map.entries;
  }
  return map.entries.toList()..sort((a, b) => compare(a.key, b.key));
}

/// The path of a required field that is missing in [message], the value of a field.
String? missingIn(String name, Message? message) {
  final path = message?.$missing();
  return path == null ? null : '$name.$path';
}

/// As [missingIn], for the elements of a list.
String? missingInList(String name, List<Message> list) {
  for (var index = 0; index < list.length; index++) {
    if (list[index].$missing() case final path?) {
      return '$name[$index].$path';
    }
  }
  return null;
}

/// As [missingIn], for the values of a map.
String? missingInMap(String name, Map<Object, Message> map) {
  for (final MapEntry(:key, :value) in map.entries) {
    if (value.$missing() case final path?) {
      return '$name[$key].$path';
    }
  }
  return null;
}

/// The order of integer keys.
int compareInt(int a, int b) => a.compareTo(b);

/// The order of unsigned 64-bit keys.
int compareBig(BigInt a, BigInt b) => a.compareTo(b);

/// An argument of `copyWith`, or what was [before] if it was not given.
T given<T>(Object? value, T before) =>
    identical(value, unset) ? before : value as T;
