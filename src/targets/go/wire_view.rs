//! What the templates print of the code for the wire format: final strings, as in `view`.

use schemars::JsonSchema;
use serde::Serialize;

use super::view::StructField;

/// The code for the wire format.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Binary {
    /// The message type.
    pub(super) ty: String,
    /// Statements that find a missing required field; none if there can be none.
    pub(super) missing: Vec<String>,
    /// Statements that add to the size `n`.
    pub(super) size: Vec<String>,
    /// The fields and extensions from the last to the first.
    pub(super) encode: Vec<Encode>,
    /// The fields as they come in.
    pub(super) decode: Vec<Arm>,
    /// The optional scalars that are allocated together.
    pub(super) shared: Option<Shared>,
    /// What the elements of a list get their parts from, if there are such lists and parts.
    pub(super) spare: Option<Spare>,
    /// The entries of maps.
    pub(super) entries: Vec<Entry>,
    /// What takes a field that the message does not have.
    pub(super) extensions: Option<Ranges>,
    /// Whether it is a message set.
    pub(super) message_set: bool,
    /// The kind of buffer that text and sizes are of: what `Size` adds for extensions.
    pub(super) extension_size: Option<String>,
}

/// A struct of the optional scalars of a message.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Shared {
    /// The type.
    pub(super) ty: String,
    /// The optional scalars.
    pub(super) fields: Vec<StructField>,
}

/// A struct of what is allocated for several messages at once.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Spare {
    /// The type.
    pub(super) ty: String,
    /// The message type.
    pub(super) message: String,
    /// Room for each kind of part.
    pub(super) fields: Vec<StructField>,
}

/// The numbers of a message's extensions.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Ranges {
    /// A condition on `number`.
    pub(super) condition: String,
}

/// A field that is written, one of its kinds present; or a range of extensions.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(super) struct Encode {
    /// How a range of extensions is written; no field then.
    pub(super) extensions: Option<String>,
    /// The statement that opens the block of the field.
    pub(super) open: String,
    /// Statements that write the tag.
    pub(super) tag: Vec<String>,
    /// A scalar or an enum.
    pub(super) scalar: Option<EncodeScalar>,
    /// A packed list.
    pub(super) packed: Option<EncodePacked>,
    /// A message.
    pub(super) message: Option<EncodeMessage>,
    /// A map.
    pub(super) map: Option<EncodeMap>,
}

/// How a scalar is written.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct EncodeScalar {
    /// The error of text that is not UTF-8.
    pub(super) error: Option<String>,
    /// The expression that writes it.
    pub(super) put: String,
}

/// How a packed list is written.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct EncodePacked {
    /// The list.
    pub(super) list: String,
    /// The expression that writes the element `k`.
    pub(super) put: String,
}

/// How a message is written.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct EncodeMessage {
    /// The message.
    pub(super) value: String,
    /// The error, made from `err`.
    pub(super) error: String,
    /// Statements that write the tag of the end of a group; none for other messages.
    pub(super) end: Vec<String>,
}

/// How a map is written.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct EncodeMap {
    /// The type of the room for a small map's entries.
    pub(super) room: String,
    /// The function that sorts the pairs by their keys.
    pub(super) pairs: String,
    /// The map.
    pub(super) map: String,
    /// How keys are written.
    pub(super) key: EncodeScalar,
    /// How scalar values are written.
    pub(super) scalar: Option<EncodeScalar>,
    /// How messages are written.
    pub(super) message: Option<EncodeMessage>,
    /// Statements that write the tag of the key.
    pub(super) key_tag: Vec<String>,
    /// Statements that write the tag of the value.
    pub(super) value_tag: Vec<String>,
}

/// A tag that is read, one of its kinds present.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Arm {
    /// The tag.
    pub(super) tag: u32,
    /// The name of the field, as a literal.
    pub(super) name: String,
    /// The name of the field, for a comment.
    pub(super) label: String,
    /// A scalar or an enum.
    pub(super) scalar: Option<ArmScalar>,
    /// A packed list.
    pub(super) packed: Option<ArmPacked>,
    /// A message.
    pub(super) message: Option<ArmMessage>,
    /// A list of messages: the expression that reads all its elements.
    pub(super) elements: Option<String>,
    /// Where the list goes.
    pub(super) list: String,
    /// A map entry.
    pub(super) map: Option<ArmMap>,
}

/// How a scalar is read.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ArmScalar {
    /// The name of the field, as a literal.
    pub(super) name: String,
    /// Whether it is a varint.
    pub(super) varint: bool,
    /// The function that reads it if it is not.
    pub(super) reader: String,
    /// Statements that store `u`.
    pub(super) store: Vec<String>,
}

/// How a packed list is read.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ArmPacked {
    /// The name of the field, as a literal.
    pub(super) name: String,
    /// The list.
    pub(super) list: String,
    /// The size of an element and the function that reads it, unless they are varints.
    pub(super) fixed: Option<Fixed>,
    /// Statements that store `u`.
    pub(super) store: Vec<String>,
}

/// Values of a fixed size.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Fixed {
    /// The size in bytes.
    pub(super) size: usize,
    /// The function that reads one.
    pub(super) reader: String,
}

/// How a message is read.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ArmMessage {
    /// The name of the field, as a literal.
    pub(super) name: String,
    /// The expression that reads its bytes.
    pub(super) reader: String,
    /// Statements that make the message.
    pub(super) make: Vec<String>,
    /// The message.
    pub(super) target: String,
    /// The error, made from `err`.
    pub(super) error: String,
    /// Whether it is a group.
    pub(super) group: bool,
}

/// How a map entry is read.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ArmMap {
    /// The name of the field, as a literal.
    pub(super) name: String,
    /// The method that reads it.
    pub(super) method: String,
}

/// The method that reads a map entry.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Entry {
    /// The message type.
    pub(super) ty: String,
    /// The method.
    pub(super) method: String,
    /// The name of the field, for a comment.
    pub(super) label: String,
    /// The name of the field, as a literal.
    pub(super) name: String,
    /// Declarations of `key` and `value`.
    pub(super) declarations: Vec<String>,
    /// Key and value.
    pub(super) arms: Vec<Arm>,
    /// Statements that store the entry.
    pub(super) store: Vec<String>,
}
