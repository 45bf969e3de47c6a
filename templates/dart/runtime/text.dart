// What programs may need of the runtime for the text format.

// @dart = 3.7

export 'src/text_writer.dart' show TextOptions;
