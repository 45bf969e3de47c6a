//! Files of a contract: paths, packages, editions and imports.

use serde::Serialize;

use super::{Docs, EnumId, ExtensionId, MaybeSpan, MessageId, Options, ServiceId, id};
use crate::source::SourceId;

id!(
    /// A file of one contract.
    FileId
);

/// The language version of a file. Only for messages to people: what an edition *means* is resolved into the elements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub enum Edition {
    /// `syntax = "proto2"` or no syntax at all.
    #[serde(rename = "proto2")]
    Proto2,
    /// `syntax = "proto3"`.
    #[serde(rename = "proto3")]
    Proto3,
    /// `edition = "2023"`.
    #[serde(rename = "2023")]
    Edition2023,
    /// `edition = "2024"`.
    #[serde(rename = "2024")]
    Edition2024,
}

impl Edition {
    /// How people call it: `proto3`, `edition 2023`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Proto2 => "proto2",
            Self::Proto3 => "proto3",
            Self::Edition2023 => "edition 2023",
            Self::Edition2024 => "edition 2024",
        }
    }
}

/// A .proto file.
#[derive(Debug, Clone)]
pub struct File {
    /// Its id.
    pub id: FileId,
    /// The path by which it is imported: `radiology/study/v1/study.proto`.
    pub path: String,
    /// The source that it was read from.
    pub source: SourceId,
    /// The package; empty if there is none.
    pub package: String,
    /// The language version.
    pub edition: Edition,
    /// Whether it was asked for, as against imported by one that was.
    pub requested: bool,
    /// What it imports, in declaration order.
    pub imports: Vec<Import>,
    /// Top-level messages, in declaration order.
    pub messages: Vec<MessageId>,
    /// Top-level enums, in declaration order.
    pub enums: Vec<EnumId>,
    /// Services, in declaration order.
    pub services: Vec<ServiceId>,
    /// Extensions at file level, in declaration order.
    pub extensions: Vec<ExtensionId>,
    /// The file options that generators know.
    pub options: FileOptions,
    /// All options, undecoded.
    pub raw_options: Options,
    /// Comments at the `syntax` or `edition` line.
    pub docs: Docs,
    /// Comments at the `package` line.
    pub package_docs: Docs,
}

/// An import of one file by another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Import {
    /// The imported file.
    pub file: FileId,
    /// How it is imported.
    pub kind: ImportKind,
    /// Where it stands.
    pub span: MaybeSpan,
}

/// How a file is imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportKind {
    /// `import "x";`
    Plain,
    /// `import public "x";`: importers of the importer see it too.
    Public,
    /// `import weak "x";`
    Weak,
}

/// The file options that generators know. `None` where not set.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct FileOptions {
    /// `go_package`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub go_package: Option<String>,
    /// `csharp_namespace`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub csharp_namespace: Option<String>,
    /// `java_package`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub java_package: Option<String>,
    /// `deprecated`.
    pub deprecated: bool,
}
