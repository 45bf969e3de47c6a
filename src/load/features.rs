//! Editions features: which ones a file starts with and how an element's own change them.
//! Source: protobuf 36.2's feature defaults (`protoc --edition_defaults_out`) and `google.protobuf.FeatureSet`.
//!
//! proto2 and proto3 are editions too: their labels and options (`required`, `packed`, groups, `optional`) are
//! mapped to features here, so that nothing after the front end asks for a syntax.

use super::convert::MAP_ENTRY;
use super::descriptor::{FieldProto, Kind, Label};
use super::link::LinkedFile;
use crate::contract::{Edition, JsonFormat};
use crate::wire::{self, Reader, Value};

/// `FeatureSet.field_presence`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum FieldPresence {
    /// `EXPLICIT`.
    #[default]
    Explicit,
    /// `IMPLICIT`.
    Implicit,
    /// `LEGACY_REQUIRED`.
    LegacyRequired,
}

/// The features of one element, resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Features {
    /// `field_presence`.
    pub(crate) field_presence: FieldPresence,
    /// `enum_type` is `CLOSED`.
    pub(crate) closed_enum: bool,
    /// `repeated_field_encoding` is `PACKED`.
    pub(crate) packed: bool,
    /// `utf8_validation` is `VERIFY`.
    pub verify_utf8: bool,
    /// `message_encoding` is `DELIMITED`.
    pub(crate) delimited: bool,
    /// `json_format`.
    pub(crate) json_format: JsonFormat,
}

impl Default for Features {
    fn default() -> Self {
        Self::of_edition(Edition::Proto2)
    }
}

/// The number of `features` in each options message.
pub(crate) mod number {
    /// In `FileOptions`.
    pub(crate) const FILE: u32 = 50;
    /// In `MessageOptions`.
    pub(crate) const MESSAGE: u32 = 12;
    /// In `FieldOptions`.
    pub(crate) const FIELD: u32 = 21;
    /// In `OneofOptions`.
    pub(crate) const ONEOF: u32 = 1;
    /// In `EnumOptions`.
    pub(crate) const ENUM: u32 = 7;
}

/// The number of `packed` in `FieldOptions`.
const FIELD_PACKED: u32 = 2;

impl Features {
    /// What a file of this edition starts with.
    pub(crate) fn of_edition(edition: Edition) -> Self {
        match edition {
            Edition::Proto2 => Self {
                field_presence: FieldPresence::Explicit,
                closed_enum: true,
                packed: false,
                verify_utf8: false,
                delimited: false,
                json_format: JsonFormat::LegacyBestEffort,
            },
            Edition::Proto3 => Self {
                field_presence: FieldPresence::Implicit,
                ..Self::of_edition(Edition::Edition2023)
            },
            Edition::Edition2023 | Edition::Edition2024 => Self {
                field_presence: FieldPresence::Explicit,
                closed_enum: false,
                packed: true,
                verify_utf8: true,
                delimited: false,
                json_format: JsonFormat::Allow,
            },
        }
    }

    /// These features with those that an element sets itself: `number` is that of `features` in its options.
    #[must_use]
    pub(crate) fn with(mut self, options: &[u8], number: u32) -> Self {
        if options.is_empty() {
            return self;
        }
        let mut reader = Reader::new(options);
        while let Ok(Some((found, value))) = reader.next() {
            if let Value::Bytes(set) = value
                && found == number
            {
                self.set(set);
            }
        }
        self
    }

    /// Overwrites what a `FeatureSet` sets. Unknown values change nothing.
    fn set(&mut self, mut set: Reader<'_>) {
        while let Ok(Some((number, value))) = set.next() {
            let Value::Varint(value) = value else {
                continue;
            };
            match (number, value) {
                (1, 1) => self.field_presence = FieldPresence::Explicit,
                (1, 2) => self.field_presence = FieldPresence::Implicit,
                (1, 3) => self.field_presence = FieldPresence::LegacyRequired,
                (2, 1) => self.closed_enum = false,
                (2, 2) => self.closed_enum = true,
                (3, 1) => self.packed = true,
                (3, 2) => self.packed = false,
                (4, 2) => self.verify_utf8 = true,
                (4, 3) => self.verify_utf8 = false,
                (5, 1) => self.delimited = false,
                (5, 2) => self.delimited = true,
                (6, 1) => self.json_format = JsonFormat::Allow,
                (6, 2) => self.json_format = JsonFormat::LegacyBestEffort,
                _ => {}
            }
        }
    }

    /// The features of a field in a scope with these features: its own, and what proto2 and proto3 say by other means.
    #[must_use]
    pub(crate) fn of_field(self, field: &FieldProto, edition: Edition) -> Self {
        let options = field.options.bytes();
        let mut features = self.with(options, number::FIELD);
        match edition {
            Edition::Proto2 | Edition::Proto3 => {
                if field.label == Label::Required {
                    features.field_presence = FieldPresence::LegacyRequired;
                }
                if field.kind == Some(Kind::Group) {
                    features.delimited = true;
                }
                if field.proto3_optional {
                    features.field_presence = FieldPresence::Explicit;
                }
                if let Some(packed) = wire::last_varint(options, FIELD_PACKED) {
                    features.packed = packed != 0;
                }
            }
            Edition::Edition2023 | Edition::Edition2024 => {}
        }
        features
    }
}

/// Fills the `features` and `map_entry` of all elements of a file, outer ones first.
pub(crate) fn resolve(file: &mut LinkedFile) {
    let edition = file.edition;
    let proto = &mut file.proto;
    let top = Features::of_edition(edition).with(proto.options.bytes(), number::FILE);
    proto.features = top;
    for index in 0..proto.messages.len() {
        let outer = proto.messages[index]
            .parent
            .map_or(top, |parent| proto.messages[parent as usize].features);
        let message = &mut proto.messages[index];
        let options = message.options.bytes();
        message.features = outer.with(options, number::MESSAGE);
        message.map_entry = wire::last_varint(options, MAP_ENTRY) == Some(1);
        for oneof in &mut message.oneofs {
            oneof.features = message.features.with(oneof.options.bytes(), number::ONEOF);
        }
        for field in &mut message.fields {
            let outer = field
                .oneof_index
                .and_then(|index| message.oneofs.get(usize::try_from(index).ok()?))
                .map_or(message.features, |oneof| oneof.features);
            field.features = outer.of_field(field, edition);
        }
    }
    for enumeration in &mut proto.enums {
        let outer = enumeration
            .parent
            .map_or(top, |parent| proto.messages[parent as usize].features);
        enumeration.features = outer.with(enumeration.options.bytes(), number::ENUM);
    }
    for extension in &mut proto.extensions {
        let outer = extension
            .scope
            .map_or(top, |scope| proto.messages[scope as usize].features);
        extension.field.features = outer.of_field(&extension.field, edition);
    }
}
