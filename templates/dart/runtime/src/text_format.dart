// The text format, for generated code.

// @dart = 3.7

export 'text_fields.dart';
export 'text_writer.dart' show TextOptions, writeText;
