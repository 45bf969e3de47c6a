//! The options of the Dart target.

use schemars::JsonSchema;
use serde::Deserialize;

/// `[target.dart]`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Options {
    /// Whether helpers for messages on Kafka are written: Confluent's framing, with the indexes of each message, and the
    /// single-object encoding of Avro.
    pub kafka: bool,
    /// Whether messages are written to protobuf's text format and read from it.
    pub text_format: bool,
}
