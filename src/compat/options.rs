//! Options that say what generated code looks like in languages: decoded from their bytes, as nothing else in the model
//! needs them. Decides what two versions say; not whether it matters.
//! Source: `google/protobuf/descriptor.proto`, `cpp_features.proto` and `java_features.proto` of protobuf 36.

use super::delta::{Both, FieldAt, FileChange};
use crate::contract::{Contract, Edition, File, Message, MessageId, Options, Scalar, Type};
use crate::wire::{last_bytes, last_varint};

/// What the value of a file option is, and what it is if it is not set.
#[derive(Debug, Clone, Copy)]
enum Form {
    Text,
    Number(u64),
}

/// The file options, by their numbers in `FileOptions`.
const FILE: &[(FileChange, u32, Form)] = &[
    (FileChange::JavaPackage, 1, Form::Text),
    (FileChange::JavaOuterClassname, 8, Form::Text),
    (FileChange::OptimizeFor, 9, Form::Number(1)),
    (FileChange::JavaMultipleFiles, 10, Form::Number(0)),
    (FileChange::GoPackage, 11, Form::Text),
    (FileChange::CcGenericServices, 16, Form::Number(0)),
    (FileChange::JavaGenericServices, 17, Form::Number(0)),
    (FileChange::PyGenericServices, 18, Form::Number(0)),
    (FileChange::CcEnableArenas, 31, Form::Number(1)),
    (FileChange::ObjcClassPrefix, 36, Form::Text),
    (FileChange::CsharpNamespace, 37, Form::Text),
    (FileChange::SwiftPrefix, 39, Form::Text),
    (FileChange::PhpClassPrefix, 40, Form::Text),
    (FileChange::PhpNamespace, 41, Form::Text),
    (FileChange::PhpMetadataNamespace, 44, Form::Text),
    (FileChange::RubyPackage, 45, Form::Text),
];

/// The file options that differ.
pub(super) fn of_files(files: Both<&File>) -> Vec<FileChange> {
    let differs = |number: u32, form: Form| {
        let options = files.map(|it| it.raw_options.0.as_slice());
        match form {
            Form::Text => {
                let text = options.map(|it| last_bytes(it, number).unwrap_or_default());
                text.old != text.new
            }
            Form::Number(default) => {
                let value = options.map(|it| last_varint(it, number).unwrap_or(default));
                value.old != value.new
            }
        }
    };
    let found = FILE
        .iter()
        .filter(|(_, number, form)| differs(*number, *form));
    found.map(|(change, _, _)| *change).collect()
}

/// Whether C++ and Java have no standard accessor of a message's descriptor.
pub(super) fn hides_descriptor(message: &Message) -> bool {
    last_varint(&message.raw_options.0, 2).is_some_and(|value| value != 0)
}

/// What C++ holds the text of a field in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CppString {
    /// `STRING`, unless something else is said before edition 2024.
    Text,
    /// `CORD`.
    Cord,
    /// `ctype = STRING_PIECE`.
    Piece,
    /// `VIEW`, the default of edition 2024.
    View,
}

/// What generated code makes of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Style {
    /// `jstype` by its number.
    pub(super) jstype: u64,
    /// The type of its text in C++.
    pub(super) cpp_string: CppString,
    /// Whether Java verifies its UTF-8.
    pub(super) java_utf8: bool,
}

impl Style {
    /// Of a field of a contract.
    pub(super) fn of(contract: &Contract, at: FieldAt<'_>) -> Self {
        let scope = Scope::of(contract, at);
        Self {
            jstype: last_varint(&at.field.raw_options.0, 6).unwrap_or(0),
            cpp_string: cpp_string(&scope),
            java_utf8: java_utf8(&scope),
        }
    }

    /// Whether it matters what a field of this type is held in.
    pub(super) fn is_of_long(scalar: Scalar) -> bool {
        match scalar {
            Scalar::Int64
            | Scalar::Uint64
            | Scalar::Sint64
            | Scalar::Fixed64
            | Scalar::Sfixed64 => true,
            Scalar::Double
            | Scalar::Float
            | Scalar::Int32
            | Scalar::Uint32
            | Scalar::Sint32
            | Scalar::Fixed32
            | Scalar::Sfixed32
            | Scalar::Bool
            | Scalar::String
            | Scalar::Bytes => false,
        }
    }
}

/// A field with all that its features come from.
struct Scope<'a> {
    contract: &'a Contract,
    at: FieldAt<'a>,
    file: &'a File,
}

impl<'a> Scope<'a> {
    fn of(contract: &'a Contract, at: FieldAt<'a>) -> Self {
        let file = at.extension.map_or(at.holder.file, |it| it.file);
        let file = contract.file(file);
        Self { contract, at, file }
    }

    fn is_edition(&self) -> bool {
        match self.file.edition {
            Edition::Proto2 | Edition::Proto3 => false,
            Edition::Edition2023 | Edition::Edition2024 => true,
        }
    }

    /// A feature of a language, from the nearest element that sets it. `language` is the number of its extension of
    /// `FeatureSet`.
    fn feature(&self, language: u32, number: u32) -> Option<u64> {
        if !self.is_edition() {
            return None;
        }
        let within = |options: &Options, features: u32| {
            let features = last_bytes(&options.0, features)?;
            last_varint(last_bytes(features, language)?, number)
        };
        let FieldAt {
            holder,
            field,
            extension,
        } = self.at;
        let oneof = field.oneof.and_then(|id| holder.oneofs.get(id.index()));
        let mut scope: Option<MessageId> = match extension {
            Some(extension) => extension.scope,
            None => Some(holder.id),
        };
        let mut found = within(&field.raw_options, 21)
            .or_else(|| oneof.and_then(|it| within(&it.raw_options, 1)));
        while let (None, Some(id)) = (found, scope) {
            let message = self.contract.message(id);
            found = within(&message.raw_options, 12);
            scope = message.parent;
        }
        found.or_else(|| within(&self.file.raw_options, 50))
    }
}

fn cpp_string(scope: &Scope<'_>) -> CppString {
    let is_2024 = scope.file.edition == Edition::Edition2024;
    let ctype = last_varint(&scope.at.field.raw_options.0, 1).filter(|_| !is_2024);
    match (ctype, scope.feature(1000, 2)) {
        (Some(0), _) | (None, Some(3)) => CppString::Text,
        (Some(1), _) | (None, Some(2)) => CppString::Cord,
        (Some(2), _) => CppString::Piece,
        (None, Some(1)) => CppString::View,
        (Some(_) | None, _) if is_2024 => CppString::View,
        (Some(_) | None, _) => CppString::Text,
    }
}

fn java_utf8(scope: &Scope<'_>) -> bool {
    let checks = last_varint(&scope.file.raw_options.0, 27);
    let forced = match checks {
        Some(value) => value != 0,
        None => scope.feature(1001, 2) == Some(2),
    };
    forced || scope.at.field.verify_utf8
}

/// Whether values are text or bytes, which C++ holds in one of several types.
pub(super) fn is_textual(ty: Type) -> bool {
    matches!(ty, Type::Scalar(Scalar::String | Scalar::Bytes))
}
