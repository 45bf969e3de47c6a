//! The options of `[target.avro]`: their names, defaults and what they mean for the mapping.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::avro::mapping;
use crate::diagnostics::{Diagnostic, codes};

/// Options of the target `avro`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(rename = "AvroOptions")]
pub struct Options {
    /// What goes into one file: a root message and all that it reaches (`root`), or a union of all root messages of a
    /// .proto file (`file`) or of a package (`package`).
    pub bundle: Bundle,
    /// Full names of the messages to write schemas for. Without it, all top-level messages of the contract.
    pub roots: Option<Vec<String>>,
    /// How unsigned 64-bit integers are written: as a number for everyone (`decimal`), as a `long` of the same bits, as
    /// eight bytes (`fixed`) or as digits (`string`).
    pub uint64: mapping::Uint64,
    /// How `google.protobuf.Timestamp` is written: as a `long` of `micros`, `millis` or `nanos`, or as a `record` of seconds
    /// and nanos, which alone loses nothing.
    pub timestamp: mapping::Timestamp,
    /// How enum values are written: as an Avro `enum`, which has no place for unknown numbers, as `string` or as `int`.
    pub enums: mapping::Enums,
    /// How oneofs are written: as a `nullable` field per member, or as one `union` of a record per member.
    pub oneofs: mapping::Oneofs,
    /// How maps are written whose keys are no strings: as an array of `entries`, or as an Avro map with the keys as `text`.
    pub maps: mapping::Maps,
    /// Where nested messages and enums show their outer message: in the `namespace`, or in the name with an `underscore`,
    /// as generators of Java want it.
    pub nested: mapping::Nested,
    /// How fields without presence are written: as their type (`plain`), or as a union with null (`nullable`), which lets
    /// a field gain or lose presence later.
    pub presence: mapping::Presence,
    /// Whether the schemas carry what Avro has no place for: `proto.number`, `proto.oneof`, `proto.default`,
    /// `proto.numbers` and `deprecated`. Default: true.
    pub properties: bool,
    /// The namespace of messages and enums that are in no package. Default: none.
    pub namespace: String,
    /// Whether a file with the fingerprint (CRC-64-AVRO), the header of single-object encoding and the canonical form is
    /// written beside each schema.
    pub fingerprint: bool,
    /// An earlier version of the contract: a descriptor set, a .proto file, or a directory of them, relative to this file.
    /// Renamed fields and messages get their earlier names as aliases and renamed enum values keep their symbols, so that
    /// data of that version is read right. Numbers say what is what.
    pub baseline: Option<String>,
}

/// What goes into one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Bundle {
    /// A root message and all that it reaches.
    #[default]
    Root,
    /// A union of the root messages of a .proto file.
    File,
    /// A union of the root messages of a package.
    Package,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            bundle: Bundle::default(),
            roots: None,
            uint64: mapping::Uint64::default(),
            timestamp: mapping::Timestamp::default(),
            enums: mapping::Enums::default(),
            oneofs: mapping::Oneofs::default(),
            maps: mapping::Maps::default(),
            nested: mapping::Nested::default(),
            presence: mapping::Presence::default(),
            properties: true,
            namespace: String::new(),
            fingerprint: false,
            baseline: None,
        }
    }
}

impl Options {
    /// Checks what the types cannot say.
    ///
    /// # Errors
    /// If `namespace` is none.
    pub(super) fn check(&self) -> Result<(), Vec<Diagnostic>> {
        if self.namespace.is_empty() || self.namespace.split('.').all(is_name) {
            return Ok(());
        }
        let error = Diagnostic::error(
            &codes::CONFIG,
            format!(
                "`[target.avro]` is not valid: `namespace` is no Avro namespace: `{}`",
                self.namespace
            ),
        );
        Err(vec![error.help(
            "write names of ASCII letters, digits and `_` with dots between them: `com.example`",
        )])
    }

    /// What they mean for the mapping.
    #[must_use]
    pub fn mapping(&self) -> mapping::Options {
        mapping::Options {
            uint64: self.uint64,
            timestamp: self.timestamp,
            enums: self.enums,
            oneofs: self.oneofs,
            maps: self.maps,
            nested: self.nested,
            presence: self.presence,
            properties: self.properties,
            namespace: self.namespace.clone(),
        }
    }
}

/// Whether a text is a name of Avro.
fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}
