// Finds the field that a byte belongs to, after reading failed there: so that reading need not keep track of it.

// @dart = 3.7

import 'dart:typed_data';

import 'errors.dart';
import 'registry.dart';
import 'wire_reader.dart';

/// A field of a message.
final class Place {
  const Place(this.name, {this.repeated = false, this.inside}) : isMap = false;

  /// A map, whose values may be messages with fields [inside].
  const Place.map(this.name, [this.inside]) : repeated = true, isMap = true;

  /// Its name in the contract.
  final String name;

  /// Whether it is a list or a map.
  final bool repeated;

  /// Whether it is a map.
  final bool isMap;

  /// The fields of its message, or of the messages in a map, by number.
  final Place? Function(int)? inside;

  /// The fields of what is on the wire: those of the entries, if it is a map.
  Place? Function(int)? get _fields =>
      isMap
          ? (number) => switch (number) {
            1 => const Place('key'),
            2 => Place('value', inside: inside),
            _ => null,
          }
          : inside;
}

/// An extension, as error messages see it.
abstract interface class PlacedExtension {
  /// The full name in the contract.
  String get fullName;

  /// The number on the wire.
  int get number;

  /// The fields of its messages, by number.
  Place? Function(int)? get places;
}

/// The path of a field that could not be written: its number, or 0, in the messages and extensions [around] it, each
/// with its index or key behind it.
String pathAround(
  List<Object?> around,
  int number,
  Place? Function(int) places,
) {
  final path = StringBuffer();
  Place? Function(int)? fields = places;
  Place? map;
  PlacedExtension? extension;
  void add(String name, Place? Function(int)? inside, [Object? at]) {
    path.write(path.isEmpty ? name : '.$name');
    path.write(at == null ? '' : '[$at]');
    fields = inside;
  }

  void step(int number, Object? at) {
    final within = extension;
    extension = null;
    if (within != null) {
      final isItself = within.number == number;
      add('[${within.fullName}]', within.places, isItself ? at : null);
      if (isItself) {
        return;
      }
    }
    if (map case final entry?) {
      // The key or value of an entry, which the key has named already.
      fields = entry.inside;
      map = null;
    } else if (fields?.call(number) case final place?) {
      add(place.name, place.inside, at);
      map = place.isMap ? place : null;
    }
  }

  for (var index = 0; index < around.length; index += 2) {
    switch (around[index]) {
      case final PlacedExtension field:
        extension = field;
      case final int tag:
        step(tag ~/ 8, around[index + 1]);
      default:
    }
  }
  if (number != 0) {
    step(number, null);
  }
  return path.toString();
}

/// The path of the field that holds the byte at [offset], such as the first one of its tag.
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
      final inside = place._fields;
      if (inside != null && offset >= from && (tag & 7 == 2 || tag & 7 == 3)) {
        _walk(offset, from, to < end ? to : end, bytes, inside, path);
      }
      return;
    }
  }
}
