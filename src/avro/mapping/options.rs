//! The choices of the mapping: where Avro has several forms for a construct, none of which suits everybody.

use schemars::JsonSchema;
use serde::Deserialize;

/// How a contract is mapped. The default is what most readers of Avro take best.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Options {
    /// Unsigned 64-bit integers.
    pub uint64: Uint64,
    /// `google.protobuf.Timestamp`.
    pub timestamp: Timestamp,
    /// Enums.
    pub enums: Enums,
    /// Oneofs.
    pub oneofs: Oneofs,
    /// Maps whose keys are no strings.
    pub maps: Maps,
    /// Names of nested messages and enums.
    pub nested: Nested,
    /// Fields without presence.
    pub presence: Presence,
    /// Whether there are attributes with what Avro has no place for.
    pub properties: bool,
    /// The namespace of what is in no package.
    pub namespace: String,
}

/// How unsigned 64-bit integers are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Uint64 {
    /// A `decimal` of 20 digits: a number for everyone who queries it.
    #[default]
    Decimal,
    /// A `long` with the same 64 bits: negative from 2^63 on.
    Long,
    /// Eight bytes, the highest first.
    Fixed,
    /// Decimal digits.
    String,
}

/// How timestamps are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Timestamp {
    /// `timestamp-micros`: what is below a microsecond is lost.
    #[default]
    Micros,
    /// `timestamp-millis`: what is below a millisecond is lost.
    Millis,
    /// `timestamp-nanos`: years 1677 to 2262 only.
    Nanos,
    /// A record of seconds and nanos.
    Record,
}

/// How enums are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Enums {
    /// An Avro enum: numbers that the contract does not know become the default symbol.
    #[default]
    Enum,
    /// The name, or the number in digits if it has none.
    String,
    /// The number.
    Int,
}

/// How oneofs are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Oneofs {
    /// A nullable field per member, of which at most one is not null.
    #[default]
    Nullable,
    /// One field with a union of null and a record per member.
    Union,
}

/// How maps are written whose keys are no strings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Maps {
    /// An array of records with `key` and `value`.
    #[default]
    Entries,
    /// An Avro map with the keys as text, as in ProtoJSON.
    Text,
}

/// How nested messages and enums are named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Nested {
    /// `Inner` in the namespace `package.Outer`.
    #[default]
    Namespace,
    /// `Outer_Inner` in the namespace `package`.
    Underscore,
}

/// How fields without presence are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Presence {
    /// As their type: zero is written.
    #[default]
    Plain,
    /// As null or their type: zero is written as null, and a field may gain or lose presence later.
    Nullable,
}
