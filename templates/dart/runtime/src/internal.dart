// All of the runtime, for generated code.

// @dart = 3.7

export 'describer.dart';
export 'errors.dart';
export 'extension.dart';
export 'extension_kinds.dart';
export 'extension_scalars.dart';
export 'json_names.dart';
export 'json_reader.dart' show JsonKind, JsonObject, JsonReader;
export 'json_writer.dart';
export 'message.dart';
export 'place.dart' show Place;
export 'read_map.dart';
export 'registry.dart';
export 'unknown.dart';
export 'unknown_records.dart'
    show
        hashUnknown,
        sameUnknown,
        unknownBesideItems,
        unknownOutside,
        withoutUnknown;
export 'values.dart';
export 'wire_reader.dart';
export 'wire_writer.dart';
