//! The table of diagnostic codes: one const per kind of problem. A code is stable: people search for it.

/// The kind of a diagnostic.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code {
    /// The stable kebab-case name, shown in brackets: `error[unused-import]`.
    pub name: &'static str,
    /// One sentence on what the code means, for lists and documentation.
    pub summary: &'static str,
}

/// Declares the codes and the list of them all.
macro_rules! codes {
    ($($(#[$doc:meta])* $ident:ident = $name:literal, $summary:literal;)*) => {
        $(
            #[doc = $summary]
            $(#[$doc])*
            pub static $ident: Code = Code { name: $name, summary: $summary };
        )*

        /// Every code, in the order of the table.
        pub static ALL: &[&Code] = &[$(&$ident),*];
    };
}

codes! {
    // Input and configuration.
    IO = "io", "A file or directory could not be read or written.";
    CONFIG = "config", "The configuration file is not valid.";
    NOT_FOUND = "not-found", "An input that was named does not exist.";
    DESCRIPTOR_SET = "descriptor-set", "A descriptor set could not be decoded or is not complete.";
    // Comparing versions.
    WAIVER = "waiver", "The ledger of accepted findings is not valid, or cannot take what is to be accepted.";
    WAIVER_UNUSED = "waiver-unused", "A waiver is of no finding that there is.";
    // Payloads.
    PAYLOAD = "payload", "A payload is no message of its type, or has no form in the other format.";
    NO_MESSAGE = "no-message", "The contract has no message of the name that was asked for.";
    // Templates and output.
    TEMPLATE = "template", "A template is not valid, or asks for what its view does not have.";
    OUTPUT_PATH = "output-path", "A planned file has a path that cannot be written safely.";
    HAND_EDITED = "hand-edited", "A generated file was changed by hand.";
    IN_THE_WAY = "in-the-way", "Something that xlc did not write stands where a file is to be written.";
    MANIFEST = "manifest", "The record of what was generated earlier cannot be read.";
    // Targets.
    SCHEMA_LOSS = "schema-loss", "A rule of the contract is not expressed in its schema.";
    GO_PACKAGE = "go-package", "The files of a contract do not fit into Go packages.";
    LOCK = "lock", "The lock of a contract cannot be read, or contradicts itself.";
    AVRO_NAME = "avro-name", "A name of the contract cannot be used in Avro.";
    AVRO_BASELINE = "avro-baseline", "A name means something else in Avro than in an earlier version of the contract.";
    AVRO_LOSS = "avro-loss", "An element of the contract is not in the Avro schema.";
    AVRO_SIZE = "avro-size", "An Avro schema would be too large or nest too deep.";
    // Source text.
    SYNTAX = "syntax", "The source does not follow the grammar of .proto files.";
    EDITION_SOURCE = "edition-source", "The source is written in an edition, which is read as a descriptor set only.";
    NOT_UTF8 = "not-utf8", "A source file is not UTF-8.";
    OUTSIDE_ROOTS = "outside-roots", "A source file lies under no include root, so it has no import path.";
    SHADOWED_INPUT = "shadowed-input", "A source file is hidden by one of the same import path in an earlier include root.";
    IMPORT_NOT_FOUND = "import-not-found", "An imported file is in no include root and not built in.";
    IMPORT_CYCLE = "import-cycle", "Files import one another in a circle.";
    UNSUPPORTED_EDITION = "unsupported-edition", "A descriptor is of an edition that is not known.";
    // Names and types.
    DUPLICATE_NAME = "duplicate-name", "A full name is defined twice.";
    UNKNOWN_NAME = "unknown-name", "A name is not defined anywhere in reach.";
    NOT_IMPORTED = "not-imported", "A name is defined in a file that is not imported.";
    WRONG_KIND = "wrong-kind", "A name stands for another kind of thing than is needed.";
    DEFAULT_VALUE = "default-value", "A default is no value of its field's type.";
    OPTION = "option", "An option does not exist or has a value that it cannot have.";
    TOO_DEEP = "too-deep", "The source nests deeper than any compiler accepts.";
    // Rules of protobuf.
    IDENTIFIER = "identifier", "A name in a descriptor set is not one that can be written.";
    PACKAGE_LIMIT = "package-limit", "A package name is longer or deeper than protobuf allows.";
    RESERVED_NAME_USED = "reserved-name-used", "A field or enum value has a name that is reserved.";
    RESERVED_TWICE = "reserved-twice", "A name is reserved twice.";
    RESERVED_NAME = "reserved-name", "A reserved name is one that nothing can have.";
    FIELD_NUMBER = "field-number", "A field number is out of range or kept for protobuf itself.";
    FIELD_NUMBER_TWICE = "field-number-twice", "Two fields of a message have one number.";
    RANGE = "range", "A range of numbers is reversed or out of bounds.";
    RANGES_OVERLAP = "ranges-overlap", "Two ranges of numbers overlap.";
    RESERVED_NUMBER_USED = "reserved-number-used", "A field or enum value has a number that is reserved or left to extensions.";
    ENUM_EMPTY = "enum-empty", "An enum has no value.";
    ENUM_FIRST_VALUE = "enum-first-value", "The first value of an open enum is not zero.";
    ENUM_ALIAS = "enum-alias", "Two values of an enum have one number, and aliases are not allowed.";
    ENUM_ALIAS_OPTION = "enum-alias-option", "The option `allow_alias` is set without need.";
    ENUM_NAMES_ALIKE = "enum-names-alike", "Two values of an enum are the same without the enum's name and in one case.";
    JSON_NAME = "json-name", "A `json_name` is not usable as one.";
    JSON_NAME_CONFLICT = "json-name-conflict", "Two fields of a message have one name in JSON.";
    PACKED = "packed", "A field is packed that cannot be.";
    LAZY = "lazy", "A field is lazy that cannot be.";
    JSTYPE = "jstype", "A field has a JavaScript type that it cannot have.";
    ONEOF = "oneof", "A field is in a oneof where it cannot be.";
    ONEOF_EMPTY = "oneof-empty", "A oneof has no field.";
    PROTO3_OPTIONAL = "proto3-optional", "A field of a descriptor set is marked as `optional` of proto3 and is not.";
    MAP_ENTRY = "map-entry", "The message that stands for a map's entries is made or used by hand.";
    MAP_KEY = "map-key", "A map has keys of a type that cannot be one.";
    MAP_VALUE = "map-value", "A map holds an enum whose first value is not zero.";
    MESSAGE_SET = "message-set", "A MessageSet holds what it cannot hold.";
    CLOSED_ENUM = "closed-enum", "A closed enum is used where unknown numbers must be kept.";
    PROTO3 = "proto3", "A proto3 file has what only proto2 has.";
    EDITION = "edition", "A file with an edition says by other means what editions say by features.";
    EXTENSION = "extension", "An extension is what an extension cannot be.";
    EXTENSION_NUMBER = "extension-number", "An extension has a number that its message does not leave to extensions.";
    EXTENSION_NUMBER_TWICE = "extension-number-twice", "Two extensions of a message have one number.";
    EXTENSION_DECLARATION = "extension-declaration", "A declaration of an extension is not valid.";
    EXTENSION_UNDECLARED = "extension-undeclared", "An extension is not what its message declares.";
    FEATURES = "features", "Features are set in a file without an edition.";
    OPTION_TARGET = "option-target", "An option is set on an element that it is not for.";
    GENERIC_SERVICES = "generic-services", "A file asks for generic services, which protobuf has replaced.";
    LITE = "lite", "A lite file and one that is not depend on one another in the wrong way.";
    IMPORT_TWICE = "import-twice", "A file is imported twice.";
    UNUSED_IMPORT = "unused-import", "A file is imported and nothing of it is used.";
}

#[cfg(test)]
mod tests {
    use super::ALL;

    #[test]
    fn codes_are_unique_and_kebab_case() {
        let mut names: Vec<_> = ALL.iter().map(|code| code.name).collect();
        assert!(names.iter().all(|name| {
            name.bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        }));
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), ALL.len());
    }

    #[test]
    fn summaries_are_sentences() {
        assert!(ALL.iter().all(|code| code.summary.ends_with('.')));
    }
}
