//! The files of the runtime: which of them an output needs.

use super::file::runtime_path;
use super::options::{Options, Setters};
use crate::artifact::Artifact;
use crate::contract::{Contract, FileId};

/// The runtime files, those of the well-known types only where their messages are generated.
pub(super) fn artifacts(contract: &Contract, files: &[FileId], options: &Options) -> Vec<Artifact> {
    let has = |path: &str| files.iter().any(|&id| contract.file(id).path == path);
    let text: &[(&str, &str)] = if options.text_format { TEXT } else { &[] };
    let always = ALWAYS.iter().chain(text);
    let well_known = WELL_KNOWN.iter().filter(|(path, ..)| has(path));
    let mut all: Vec<Artifact> = always
        .map(|&(name, text)| Artifact::verbatim(runtime_path(name), text))
        .chain(well_known.map(|&(_, name, text)| Artifact::verbatim(runtime_path(name), text)))
        .collect();
    if options.setters == Setters::Init {
        let (name, text) = INIT;
        all.push(Artifact::verbatim(runtime_path(name), text));
    }
    all
}

/// The helpers for Kafka.
pub(super) fn kafka() -> Artifact {
    let (name, text) = KAFKA;
    Artifact::verbatim(runtime_path(name), text)
}

macro_rules! source {
    ($name:literal) => {
        (
            $name,
            include_str!(concat!("../../../templates/csharp/runtime/", $name)),
        )
    };
    ($path:literal, $name:literal) => {
        (
            $path,
            $name,
            include_str!(concat!("../../../templates/csharp/runtime/", $name)),
        )
    };
}

static ALWAYS: &[(&str, &str)] = &[
    source!("Codec.cs"),
    source!("EnumTable.cs"),
    source!("Errors.cs"),
    source!("ExtendableMessage.cs"),
    source!("ExtendableMessageJson.cs"),
    source!("Extension.cs"),
    source!("JsonNames.cs"),
    source!("JsonNumber.cs"),
    source!("JsonReader.cs"),
    source!("JsonReaderValues.cs"),
    source!("JsonTime.cs"),
    source!("JsonWriter.cs"),
    source!("JsonWriterValues.cs"),
    source!("Message.cs"),
    source!("MessageSequence.cs"),
    source!("MessageSetItem.cs"),
    source!("MessageValues.cs"),
    source!("Options.cs"),
    source!("TypeRegistry.cs"),
    source!("UnknownFields.cs"),
    source!("Utf8.cs"),
    source!("WireReader.cs"),
    source!("WireReaderValues.cs"),
    source!("WireWriter.cs"),
];

/// What the text format needs.
static TEXT: &[(&str, &str)] = &[
    source!("ExtensionText.cs"),
    source!("MessageText.cs"),
    source!("TextBuffer.cs"),
    source!("TextNames.cs"),
    source!("TextParser.cs"),
    source!("TextParserStrings.cs"),
    source!("TextParserValues.cs"),
    source!("TextPrinter.cs"),
    source!("TextPrinterValues.cs"),
    source!("TextScanner.cs"),
    source!("TextWire.cs"),
];

static WELL_KNOWN: &[(&str, &str, &str)] = &[
    source!("google/protobuf/any.proto", "WellKnownTypes/Any.cs"),
    source!(
        "google/protobuf/duration.proto",
        "WellKnownTypes/Duration.cs"
    ),
    source!(
        "google/protobuf/field_mask.proto",
        "WellKnownTypes/FieldMask.cs"
    ),
    source!("google/protobuf/struct.proto", "WellKnownTypes/Struct.cs"),
    source!(
        "google/protobuf/timestamp.proto",
        "WellKnownTypes/Timestamp.cs"
    ),
    source!(
        "google/protobuf/wrappers.proto",
        "WellKnownTypes/Wrappers.cs"
    ),
];

static KAFKA: (&str, &str) = source!("Kafka.cs");

static INIT: (&str, &str) = source!("IsExternalInit.cs");
