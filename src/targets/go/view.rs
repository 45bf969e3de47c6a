//! What Go's templates print: final strings. Statements are lines without the indentation of the place that they go to.

use schemars::JsonSchema;
use serde::Serialize;

use super::json_view::{Json, WellKnown};
use super::text::TextTable;
use super::wire_view::Binary;

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
    /// The table for the text format, if that is asked for.
    pub(super) prototext: Option<TextTable>,
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
    /// The table for the text format, if that is asked for.
    pub(super) prototext: Option<TextTable>,
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
    /// Whether messages read and write the text format.
    pub(super) text_format: bool,
}
