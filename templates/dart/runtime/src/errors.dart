// What goes wrong, with the place where it does.

// @dart = 3.7

/// A message could not be read or written.
sealed class ContractException implements Exception {
  const ContractException(this.message, {this.path = ''});

  /// What is wrong, without the place.
  final String message;

  /// The field at fault, such as `series[2].instances[0].rows`; empty for the message itself.
  final String path;

  String get _where => path.isEmpty ? '' : ' in `$path`';
}

/// Bytes are no valid message.
final class DecodeException extends ContractException {
  const DecodeException(super.message, {required this.offset, super.path});

  /// The byte at which reading failed, from the start of the bytes that were given.
  final int offset;

  @override
  String toString() => 'DecodeException: $message$_where at byte $offset';
}

/// A text is no valid ProtoJSON of a message.
final class JsonException extends ContractException {
  const JsonException(super.message, {required this.offset, super.path});

  /// The UTF-16 code unit at which reading failed, from the start of the text.
  final int offset;

  @override
  String toString() => 'JsonException: $message$_where at offset $offset';
}

/// A text is no valid message in the text format.
final class TextException extends ContractException {
  const TextException(
    super.message, {
    required this.line,
    required this.column,
    super.path,
  });

  /// The line at which reading failed; the first one is 1.
  final int line;

  /// The UTF-16 code unit in that line; the first one is 1.
  final int column;

  @override
  String toString() =>
      'TextException: $message$_where at line $line, column $column';
}

/// A message holds what cannot be written.
final class EncodeException extends ContractException {
  const EncodeException(super.message, {super.path});

  @override
  String toString() => 'EncodeException: $message$_where';
}
