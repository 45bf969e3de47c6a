// Finds the field that a byte belongs to, after reading failed there: so that reading need not keep track of it.

// @dart = 3.7

import 'dart:typed_data';

import 'errors.dart';
import 'registry.dart';
import 'wire_reader.dart';

/// A field of a message.
final class Place {
  const Place(this.name, {this.repeated = false, this.inside, this.extendee})
    : isMap = false;

  /// A map, whose values may be messages with fields [inside].
  const Place.map(this.name, {this.inside, this.extendee})
    : repeated = true,
      isMap = true;

  /// Its name in the contract.
  final String name;

  /// Whether it is a list or a map.
  final bool repeated;

  /// Whether it is a map.
  final bool isMap;

  /// The fields of its message, or of the messages in a map, by number.
  final Place? Function(int)? inside;

  /// The full name of its message, if that can have extensions.
  final String? extendee;

  /// The fields of what is on the wire: those of the entries, if it is a map.
  Place? Function(int)? get _fields =>
      isMap
          ? (number) => switch (number) {
            1 => const Place('key'),
            2 => Place('value', inside: inside, extendee: extendee),
            _ => null,
          }
          : inside;
}

/// An extension, as error messages see it.
abstract interface class PlacedExtension implements Declared {
  /// The full name in the contract.
  String get fullName;

  /// The number on the wire.
  int get number;

  /// The fields of its messages, by number.
  Place? Function(int)? get places;

  /// What it is as a field.
  Place get place;
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

/// The path of the field that holds the byte at [offset], such as the first one of its tag, in a message with fields
/// [places] and with the extensions that [registry] has for [extendee].
String pathTo(
  Uint8List bytes,
  int offset,
  Place? Function(int) places, {
  String? extendee,
  Registry registry = Registry.empty,
}) {
  final walk = _Walk(bytes, offset, registry);
  walk.message(0, bytes.length, Place('', inside: places, extendee: extendee));
  return walk.path.join('.');
}

/// The way to a byte.
final class _Walk {
  _Walk(this.bytes, this.offset, this.registry);

  final Uint8List bytes;
  final int offset;
  final Registry registry;
  final List<String> path = [];

  /// Goes on within the message of [around], whose bytes are those from [start] to [end].
  void message(int start, int end, Place around) {
    final fields = around._fields;
    final extendee = around.isMap ? null : around.extendee;
    final counts = <int, int>{};
    final window = WireReader(
      Uint8List.sublistView(bytes, start, end),
      Registry.empty,
    );
    while (path.length < maxDepth) {
      final int tag;
      try {
        tag = window.nextTag();
      } on DecodeException {
        return;
      }
      if (tag == 0) {
        return;
      }
      final number = tag ~/ 8;
      final index = counts.update(
        number,
        (count) => count + 1,
        ifAbsent: () => 0,
      );
      final (from, to) = _value(window, tag, start, end);
      if (offset < to) {
        final place =
            fields?.call(number) ??
            (extendee == null
                ? null
                : registry.extension(extendee, number)?.place);
        if (place != null) {
          _enter(place, index, tag, from, to < end ? to : end);
        } else if (extendee != null && tag == 11) {
          _item(from, to < end ? to : end, extendee);
        }
        return;
      }
    }
  }

  /// Where a value begins and ends; one that cannot be read has no end.
  (int, int) _value(WireReader window, int tag, int start, int end) {
    var from = start + window.position;
    try {
      if (tag & 7 != 2) {
        window.drop(tag);
        return (from, start + window.position);
      }
      final length = window.readLength();
      from = start + window.position;
      window.pass(length);
      return (from, from + length);
    } on DecodeException {
      return (from, bytes.length + 1);
    }
  }

  void _enter(Place place, int index, int tag, int from, int to) {
    path.add(place.repeated ? '${place.name}[$index]' : place.name);
    final type = tag & 7;
    if (place._fields != null && offset >= from && (type == 2 || type == 3)) {
      message(from, to, place);
    }
  }

  /// Goes on within an item of a message set, whose type is not known from its number.
  void _item(int start, int end, String extendee) {
    final window = WireReader(
      Uint8List.sublistView(bytes, start, end),
      Registry.empty,
    );
    var number = 0;
    (int, int)? found;
    try {
      for (var tag = window.nextTag(); tag != 0; tag = window.nextTag()) {
        if (tag == 16 && number == 0) {
          number = window.readUint32();
        } else {
          final value = _value(window, tag, start, end);
          found ??= tag == 26 ? value : null;
        }
      }
    } on DecodeException {
      // The end of what can be read.
    }
    final place = registry.extension(extendee, number)?.place;
    if (place != null && found != null) {
      _enter(place, 0, 26, found.$1, found.$2 < end ? found.$2 : end);
    }
  }
}
