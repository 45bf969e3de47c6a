// Finds the field that a byte belongs to, after reading failed there: so that reading need not keep track of it.

// @dart = 3.7

import 'dart:typed_data';

import 'errors.dart';
import 'registry.dart';
import 'wire_reader.dart';

/// A field of a message.
final class Place {
  const Place(this.name, {this.repeated = false, this.inside});

  /// Its name in the contract.
  final String name;

  /// Whether it is a list or a map.
  final bool repeated;

  /// The fields of its message, by number.
  final Place? Function(int)? inside;
}

/// The fields of the entries of a map.
Place? mapEntry(int number) => switch (number) {
  1 => const Place('key'),
  2 => const Place('value'),
  _ => null,
};

/// The path of the field that holds the byte at [offset].
String pathTo(Uint8List bytes, int offset, Place? Function(int) places) {
  final path = <String>[];
  _walk(offset, 0, bytes.length, bytes, places, path);
  return path.join('.');
}

void _walk(
  int offset,
  int start,
  int end,
  Uint8List bytes,
  Place? Function(int) places,
  List<String> path,
) {
  final counts = <int, int>{};
  final window = WireReader(
    Uint8List.sublistView(bytes, start, end),
    Registry.empty,
  );
  while (path.length < maxDepth) {
    final int tag;
    var broken = false;
    try {
      tag = window.nextTag();
    } on DecodeException {
      return;
    }
    if (tag == 0) {
      return;
    }
    final number = tag ~/ 8;
    final place = places(number);
    final index = counts.update(
      number,
      (count) => count + 1,
      ifAbsent: () => 0,
    );
    final inner = start + window.position;
    var from = inner;
    var to = end;
    try {
      if (tag & 7 == 2) {
        final length = window.readLength();
        from = start + window.position;
        to = from + length;
        window.pass(length);
      } else {
        window.drop(tag);
        to = start + window.position;
      }
    } on DecodeException {
      broken = true;
    }
    if (broken || offset < to) {
      if (place == null) {
        return;
      }
      path.add(place.repeated ? '${place.name}[$index]' : place.name);
      final inside = place.inside;
      if (inside != null && (tag & 7 == 2 || tag & 7 == 3)) {
        _walk(offset, from, to, bytes, inside, path);
      }
      return;
    }
  }
}
