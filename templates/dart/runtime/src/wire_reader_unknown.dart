// Keeps and passes over what the contract does not have.

// @dart = 3.7

part of 'wire_reader.dart';

/// Reads unknown fields.
extension UnknownReader on WireReader {
  /// Keeps the field of [tag], which was just read, as it is.
  UnknownFields skip(int tag, UnknownFields? unknown) {
    final start = _start;
    _skipValue(tag);
    return (unknown ?? UnknownFields())..addRange(_bytes, start, _pos);
  }

  /// Keeps what was read since the last tag.
  UnknownFields keep(UnknownFields? unknown) => keepFrom(_start, unknown);

  /// Keeps what was read since [start].
  UnknownFields keepFrom(int start, UnknownFields? unknown) =>
      (unknown ?? UnknownFields())..addRange(_bytes, start, _pos);

  /// Keeps the message between [start] and [end] as a field with a number.
  UnknownFields keepMessage(
    int number,
    int start,
    int end,
    UnknownFields? unknown,
  ) => (unknown ?? UnknownFields())..addMessage(number, _bytes, start, end);

  /// Whether the current message or list ends here.
  bool get atEnd => _pos >= _end;

  /// Keeps the varint since [start], an element of a packed list, as a field of its own.
  UnknownFields keepElement(int number, int start, UnknownFields? unknown) =>
      (unknown ?? UnknownFields())..addElement(number, _bytes, start, _pos);

  /// Passes over so many bytes.
  void pass(int count) => _take(count);

  /// Passes over the field of [tag], which was just read.
  void drop(int tag) => _skipValue(tag);

  void _skipValue(int tag) {
    switch (tag & 7) {
      case 0:
        _halves();
      case 1:
        _take(8);
      case 2:
        _take(readLength());
      case 5:
        _take(4);
      default:
        enterGroup();
        for (var inner = nextTag(); inner != 0; inner = nextTag()) {
          _skipValue(inner);
        }
        leaveGroup(tag ~/ 8);
    }
  }

  /// Where the last tag began.
  int get fieldStart => _start;
}
