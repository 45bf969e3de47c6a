//! What the templates print of the code for ProtoJSON: final strings, as in `view`.

use schemars::JsonSchema;
use serde::Serialize;

/// The code for JSON.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Json {
    /// The message type.
    pub(super) ty: String,
    /// The fields that are written.
    pub(super) write: Vec<JsonWrite>,
    /// The fields that are read.
    pub(super) read: Vec<JsonRead>,
    /// How many words the bits of the fields take.
    pub(super) words: usize,
    /// The full name of an extendable message, as a literal.
    pub(super) extendee: Option<String>,
}

/// A field that is written as JSON, one of its kinds present.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct JsonWrite {
    /// The statement that opens the block of the field.
    pub(super) open: String,
    /// The key, as two literals.
    pub(super) key: String,
    /// The statement that writes a single value.
    pub(super) single: Option<String>,
    /// A list.
    pub(super) list: Option<JsonList>,
    /// A map.
    pub(super) map: Option<JsonMap>,
}

/// A list in JSON.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct JsonList {
    /// The statement that opens the loop.
    pub(super) open: String,
    /// The statement that writes the element `k`.
    pub(super) write: String,
}

/// A map in JSON.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct JsonMap {
    /// The type of the room for a small map's entries.
    pub(super) room: String,
    /// The function that sorts the pairs by their keys.
    pub(super) pairs: String,
    /// The map.
    pub(super) map: String,
    /// The statement that writes `key`.
    pub(super) write_key: String,
    /// The statement that writes the value of `key`.
    pub(super) write: String,
}

/// A field that is read from JSON.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct JsonRead {
    /// Its names, as literals.
    pub(super) names: String,
    /// The condition under which there is a value.
    pub(super) guard: String,
    /// Statements that read and store a value.
    pub(super) read: Vec<String>,
    /// Whether it is a list.
    pub(super) list: bool,
    /// A map.
    pub(super) map: Option<JsonReadMap>,
}

/// How a map is read from JSON.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct JsonReadMap {
    /// The map.
    pub(super) map: String,
    /// Its type.
    pub(super) go: String,
    /// The expression of the key, made from `name`.
    pub(super) key: String,
}

/// A well-known type's JSON.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct WellKnown {
    /// The message type.
    pub(super) ty: String,
    /// Statements that write it.
    pub(super) write: Vec<String>,
    /// Statements that read it.
    pub(super) read: Vec<String>,
}
