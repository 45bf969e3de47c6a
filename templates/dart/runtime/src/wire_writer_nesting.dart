// Writes messages inside messages, and knows where it is when a field cannot be written.

// @dart = 3.7

part of 'wire_writer.dart';

/// Writes messages and groups.
extension NestedWriter on WireWriter {
  /// Begins a message inside another one and returns the mark for [close]. [at] is its index in a list, or its key in
  /// a map.
  int open(int tag, [Object? at]) {
    _enter(tag, at);
    return _bytes.length - _pos;
  }

  /// Writes the length of a message that began at [mark], and its tag.
  void close(int tag, int mark) {
    _depth -= 2;
    writeLength(tag, _bytes.length - _pos - mark);
  }

  /// Begins a group at its end. [at] is its index in a list.
  void openGroup(int endTag, [Object? at]) {
    _enter(endTag, at);
    writeTag(endTag);
  }

  /// Ends a group at its beginning.
  void closeGroup(int startTag) {
    _depth -= 2;
    writeTag(startTag);
  }

  /// Begins the value of an extension, for error messages.
  void openExtension(PlacedExtension extension) {
    noted?.add(extension);
    _enter(extension, null);
  }

  /// Ends the value of an extension.
  void closeExtension() => _depth -= 2;

  @pragma('vm:prefer-inline')
  void _enter(Object field, Object? at) {
    final depth = _depth;
    if (depth == _around.length) {
      _deepen();
    }
    _around[depth] = field;
    _around[depth + 1] = at;
    _depth = depth + 2;
  }

  @pragma('vm:never-inline')
  void _deepen() {
    final length = _around.length;
    if (length >= 20480) {
      throw const EncodeException('messages nested deeper than 10240');
    }
    final grown = List<Object?>.filled(length == 0 ? 16 : length * 2, null);
    _around = grown..setRange(0, length, _around);
  }

  /// The path of the field that could not be written, in a message with these fields.
  String pathOfFault(Place? Function(int) places) =>
      pathAround(_around.sublist(0, _depth), _fault, places);
}
