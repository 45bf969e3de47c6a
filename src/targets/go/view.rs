//! What Go's templates print: final strings. Statements are lines without the indentation of the place that they go to.

use schemars::JsonSchema;
use serde::Serialize;

/// A Go file for a .proto file.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct File {
    /// The path of the contract.
    pub(super) source: String,
    /// The package comment.
    pub(super) docs: Vec<String>,
    /// The name of the package.
    pub(super) package: String,
    /// Whether anything is imported.
    pub(super) has_imports: bool,
    /// Imports from the standard library.
    pub(super) std_imports: Vec<String>,
    /// Other imports.
    pub(super) imports: Vec<Import>,
    /// Enums.
    pub(super) enums: Vec<Enum>,
    /// Messages.
    pub(super) messages: Vec<Message>,
    /// Extensions.
    pub(super) extensions: Vec<Extension>,
}

/// An import of a generated package.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Import {
    /// The name in this file, if it is not the last part of the path.
    pub(super) alias: Option<String>,
    /// The import path.
    pub(super) path: String,
}

/// An enum type.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Enum {
    /// The comment.
    pub(super) docs: Vec<String>,
    /// The type.
    pub(super) ty: String,
    /// The function that parses a name.
    pub(super) parse: String,
    /// The constants.
    pub(super) constants: Vec<Constant>,
    /// The values, each number once.
    pub(super) numbers: Vec<Number>,
    /// All names.
    pub(super) names: Vec<Number>,
    /// The list of the constants of all numbers, for a `case`.
    pub(super) known: String,
}

/// A constant of an enum.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Constant {
    /// The comment.
    pub(super) docs: Vec<String>,
    /// Name, type and value, aligned with its neighbours.
    pub(super) declaration: String,
}

/// A number of an enum with its name.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Number {
    /// The constant.
    pub(super) ident: String,
    /// The number.
    pub(super) number: i32,
    /// The name in the contract, as a literal.
    pub(super) name: String,
}

/// A message type.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Message {
    /// The comment.
    pub(super) docs: Vec<String>,
    /// The type.
    pub(super) ty: String,
    /// The full name, as a literal.
    pub(super) name: String,
    /// The fields of the struct.
    pub(super) fields: Vec<StructField>,
    /// The unexported fields of the struct.
    pub(super) hidden: Vec<String>,
    /// The oneofs.
    pub(super) oneofs: Vec<Oneof>,
    /// The getters.
    pub(super) getters: Vec<Getter>,
    /// The wire code.
    pub(super) binary: Binary,
    /// The JSON code, unless the message has a JSON form of its own.
    pub(super) json: Option<Json>,
    /// The JSON code of a well-known type.
    pub(super) well_known: Option<WellKnown>,
    /// Statements that merge `o` into `m`.
    pub(super) merge: Vec<String>,
    /// Conditions of equality of `m` and `o`.
    pub(super) equal: Vec<String>,
    /// Statements that add to the hash `h`.
    pub(super) hash: Vec<String>,
    /// Statements that write it as text.
    pub(super) text: Vec<String>,
    /// Whether it has extensions.
    pub(super) extendable: bool,
}

/// The code for the wire format.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Binary {
    /// The message type.
    pub(super) ty: String,
    /// Statements that find a missing required field; none if there can be none.
    pub(super) missing: Vec<String>,
    /// Statements that add to the size `n`.
    pub(super) size: Vec<String>,
    /// The fields from the last to the first.
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
    /// How extensions are written.
    pub(super) extension_put: Option<String>,
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

/// A field of a struct.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct StructField {
    /// The comment.
    pub(super) docs: Vec<String>,
    /// Name and type, aligned with its neighbours.
    pub(super) declaration: String,
}

/// A oneof.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Oneof {
    /// The comment.
    pub(super) docs: Vec<String>,
    /// The interface.
    pub(super) ty: String,
    /// The members.
    pub(super) arms: Vec<OneofArm>,
}

/// The type of a member of a oneof.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct OneofArm {
    /// The comment.
    pub(super) docs: Vec<String>,
    /// The type.
    pub(super) ty: String,
    /// The field.
    pub(super) field: String,
    /// The type of the field.
    pub(super) go: String,
    /// Statements that merge the arm `o` into `m`, which has the same type.
    pub(super) merge: Vec<String>,
    /// The interface.
    pub(super) interface: String,
    /// The condition of equality of the arms `m` and `o`.
    pub(super) equal: String,
}

/// A getter.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Getter {
    /// The comment.
    pub(super) docs: Vec<String>,
    /// The message type.
    pub(super) ty: String,
    /// The name.
    pub(super) name: String,
    /// The result type.
    pub(super) result: String,
    /// The statements.
    pub(super) body: Vec<String>,
}

/// A field that is written, one of its kinds present.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Encode {
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

/// An extension.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Extension {
    /// The comment.
    pub(super) docs: Vec<String>,
    /// The variable.
    pub(super) ident: String,
    /// The type of the holder.
    pub(super) holder: String,
    /// The extended type.
    pub(super) extendee: String,
    /// Its full name, as a literal.
    pub(super) extendee_name: String,
    /// The full name, as a literal.
    pub(super) name: String,
    /// The number.
    pub(super) number: i32,
    /// The type of the value.
    pub(super) go: String,
    /// The field of the holder.
    pub(super) field: String,
    /// Statements that return the value.
    pub(super) get: Vec<String>,
    /// Statements that set the value `v`.
    pub(super) set: Vec<String>,
    /// Statements that write it as text.
    pub(super) text: Vec<String>,
    /// The wire code.
    pub(super) binary: Binary,
    /// The JSON code.
    pub(super) json: Json,
}

/// The file that lists the types of a package.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Types {
    /// The paths of the contract's files in the package.
    pub(super) source: String,
    /// The name of the package.
    pub(super) package: String,
    /// The import path of the runtime.
    pub(super) runtime: String,
    /// The message types.
    pub(super) messages: Vec<String>,
    /// The variables of extensions.
    pub(super) extensions: Vec<String>,
}

/// The file that programs see of the runtime, and `go.mod`.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Module {
    /// The import path of the root of the output.
    pub(super) module: String,
    /// The import path of the runtime.
    pub(super) runtime: String,
}
