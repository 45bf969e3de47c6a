// Writes packed lists.

// @dart = 3.7

part of 'wire_writer.dart';

/// Writes the lists of packed fields.
extension PackedWriter on WireWriter {
  /// Writes the values of a packed field, if there are any.
  void packedInt32(int tag, List<int> values) {
    final start = mark;
    for (var index = values.length - 1; index >= 0; index--) {
      _int32(tag, values[index]);
    }
    _closePacked(tag, start);
  }

  /// See [packedInt32].
  void packedUint32(int tag, List<int> values) {
    final start = mark;
    for (var index = values.length - 1; index >= 0; index--) {
      _uint32(tag, values[index]);
    }
    _closePacked(tag, start);
  }

  /// See [packedInt32].
  void packedSint32(int tag, List<int> values) {
    final start = mark;
    for (var index = values.length - 1; index >= 0; index--) {
      _sint32(tag, values[index]);
    }
    _closePacked(tag, start);
  }

  /// See [packedInt32].
  void packedInt64(int tag, List<int> values) {
    final start = mark;
    for (var index = values.length - 1; index >= 0; index--) {
      _int64(tag, values[index]);
    }
    _closePacked(tag, start);
  }

  /// See [packedInt32].
  void packedSint64(int tag, List<int> values) {
    final start = mark;
    for (var index = values.length - 1; index >= 0; index--) {
      _sint64(tag, values[index]);
    }
    _closePacked(tag, start);
  }

  /// See [packedInt32].
  void packedUint64(int tag, List<BigInt> values) {
    final start = mark;
    for (var index = values.length - 1; index >= 0; index--) {
      _uint64(tag, values[index]);
    }
    _closePacked(tag, start);
  }

  /// See [packedInt32].
  void packedBool(int tag, List<bool> values) {
    final start = mark;
    for (var index = values.length - 1; index >= 0; index--) {
      _bool(tag, values[index]);
    }
    _closePacked(tag, start);
  }

  /// See [packedInt32].
  void packedFixed32(int tag, List<int> values) {
    final start = mark;
    for (var index = values.length - 1; index >= 0; index--) {
      _fixed32(tag, values[index]);
    }
    _closePacked(tag, start);
  }

  /// See [packedInt32].
  void packedSfixed32(int tag, List<int> values) {
    final start = mark;
    for (var index = values.length - 1; index >= 0; index--) {
      _sfixed32(tag, values[index]);
    }
    _closePacked(tag, start);
  }

  /// See [packedInt32].
  void packedFixed64(int tag, List<BigInt> values) {
    final start = mark;
    for (var index = values.length - 1; index >= 0; index--) {
      _fixed64(tag, values[index]);
    }
    _closePacked(tag, start);
  }

  /// See [packedInt32].
  void packedSfixed64(int tag, List<int> values) {
    final start = mark;
    for (var index = values.length - 1; index >= 0; index--) {
      _sfixed64(tag, values[index]);
    }
    _closePacked(tag, start);
  }

  /// See [packedInt32].
  void packedFloat(int tag, List<double> values) {
    final start = mark;
    for (var index = values.length - 1; index >= 0; index--) {
      _float(tag, values[index]);
    }
    _closePacked(tag, start);
  }

  /// See [packedInt32].
  void packedDouble(int tag, List<double> values) {
    final start = mark;
    for (var index = values.length - 1; index >= 0; index--) {
      _double(tag, values[index]);
    }
    _closePacked(tag, start);
  }

  void _closePacked(int tag, int start) {
    final length = _bytes.length - _pos - start;
    if (length != 0) {
      writeLength(tag, length);
    }
  }
}
