// What programs that use generated code may need of its runtime.

// @dart = 3.7

export 'src/errors.dart';
export 'src/extension.dart' show Extension, ExtensionField, ExtensionSet;
export 'src/json_writer.dart' show JsonOptions;
export 'src/message.dart' show EnumValue, Message, MessageType;
export 'src/registry.dart' show Declared, FileTypes, Registry;
