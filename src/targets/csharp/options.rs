//! The options of `[target.csharp]`: their names and defaults.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

/// Options of the target `csharp`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(rename = "CSharpOptions")]
pub struct Options {
    /// Namespaces by package, such as `{ "radiology.study.v1" = "Acme.Studies" }`. They win over the contract's
    /// `csharp_namespace`; a package without either is its namespace, in Pascal case.
    pub namespaces: BTreeMap<String, String>,
    /// Who may use the generated types.
    pub access: Access,
    /// Whether properties can be set at any time or when an object is made only.
    pub setters: Setters,
    /// Whether helpers for messages on Kafka are written: Confluent's framing, with the indexes of each message, and the
    /// single-object encoding of Avro.
    pub kafka: bool,
    /// Whether messages can be written in protobuf's text format and read from it.
    pub text_format: bool,
}

/// Who may use the generated types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Access {
    /// Everybody.
    #[default]
    Public,
    /// The assembly that they are compiled into.
    Internal,
}

/// When properties can be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Setters {
    /// At any time.
    #[default]
    Set,
    /// When an object is made (C# 9 and later). Lists and maps can still be added to.
    Init,
}

impl Access {
    pub(super) fn keyword(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Internal => "internal",
        }
    }
}

impl Setters {
    pub(super) fn keyword(self) -> &'static str {
        match self {
            Self::Set => "set",
            Self::Init => "init",
        }
    }
}
