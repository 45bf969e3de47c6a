// Reads packed lists.

// @dart = 3.7

part of 'wire_reader.dart';

/// Reads the lists of packed fields.
extension PackedReader on WireReader {
  /// Calls [read] for each value of a packed field.
  @pragma('vm:prefer-inline')
  void _packed(void Function() read) {
    final outer = enterPart();
    while (_pos < _end) {
      read();
    }
    leavePart(outer);
  }

  /// The values of a packed field of varints that fit 32 bits, signed.
  void packedInt32(List<int> values) => _packed(() => values.add(readInt32()));

  /// See [packedInt32].
  void packedUint32(List<int> values) =>
      _packed(() => values.add(readUint32()));

  /// See [packedInt32].
  void packedSint32(List<int> values) =>
      _packed(() => values.add(readSint32()));

  /// See [packedInt32].
  void packedInt64(List<int> values) => _packed(() => values.add(readInt64()));

  /// See [packedInt32].
  void packedSint64(List<int> values) =>
      _packed(() => values.add(readSint64()));

  /// See [packedInt32].
  void packedUint64(List<BigInt> values) =>
      _packed(() => values.add(readUint64()));

  /// See [packedInt32].
  void packedBool(List<bool> values) => _packed(() => values.add(readBool()));

  /// See [packedInt32].
  void packedFixed32(List<int> values) =>
      _packed(() => values.add(readFixed32()));

  /// See [packedInt32].
  void packedSfixed32(List<int> values) =>
      _packed(() => values.add(readSfixed32()));

  /// See [packedInt32].
  void packedFixed64(List<BigInt> values) =>
      _packed(() => values.add(readFixed64()));

  /// See [packedInt32].
  void packedSfixed64(List<int> values) =>
      _packed(() => values.add(readSfixed64()));

  /// See [packedInt32].
  void packedFloat(List<double> values) =>
      _packed(() => values.add(readFloat()));

  /// See [packedInt32].
  void packedDouble(List<double> values) =>
      _packed(() => values.add(readDouble()));

  /// The values of a packed field of a closed enum. Numbers that it does not have become unknown fields of [number].
  UnknownFields? packedClosedEnum<T>(
    List<T> values,
    T? Function(int) of,
    int number,
    UnknownFields? unknown,
  ) {
    var kept = unknown;
    _packed(() {
      final value = readInt32();
      final known = of(value);
      if (known == null) {
        kept = (kept ??= UnknownFields())..addVarint(number, value);
      } else {
        values.add(known);
      }
    });
    return kept;
  }
}
