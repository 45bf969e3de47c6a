//! The views that the templates print: final strings. A list called like a part of a class holds the lines of that
//! part, without the indentation of the place where they go.

use schemars::JsonSchema;
use serde::Serialize;

/// A file of C#.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct FileView {
    /// The path of the contract file.
    pub(super) source: String,
    /// The namespace of its types.
    pub(super) namespace: String,
    /// Whether there are well-known types in the output.
    pub(super) well_known: bool,
    /// The class that describes the file.
    pub(super) class: ClassView,
    /// Top-level enums.
    pub(super) enums: Vec<EnumView>,
    /// Top-level messages.
    pub(super) messages: Vec<MessageView>,
}

/// The class that describes a file.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ClassView {
    /// XML documentation, without the comment signs.
    pub(super) docs: Vec<String>,
    /// `public` or `internal`.
    pub(super) access: String,
    /// Its name.
    pub(super) name: String,
    /// The tables of the names of enums.
    pub(super) tables: Vec<TableView>,
    /// The extensions at file level.
    pub(super) extensions: Vec<MemberView>,
    /// What is added to the registry.
    pub(super) registry: Vec<String>,
}

/// The table of the names of an enum.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct TableView {
    /// The lines of its declaration.
    pub(super) lines: Vec<String>,
}

/// An enum.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct EnumView {
    /// XML documentation, without the comment signs.
    pub(super) docs: Vec<String>,
    /// Attributes, in brackets.
    pub(super) attributes: Vec<String>,
    /// `public` or `internal`.
    pub(super) access: String,
    /// Its name.
    pub(super) name: String,
    /// Its values, aliases included.
    pub(super) values: Vec<ValueView>,
}

/// A value of an enum.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ValueView {
    /// XML documentation, without the comment signs.
    pub(super) docs: Vec<String>,
    /// Attributes, in brackets.
    pub(super) attributes: Vec<String>,
    /// Its name.
    pub(super) name: String,
    /// Its number.
    pub(super) number: i32,
}

/// A public member: a property or a constant.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct MemberView {
    /// XML documentation, without the comment signs.
    pub(super) docs: Vec<String>,
    /// Attributes, in brackets.
    pub(super) attributes: Vec<String>,
    /// The lines of its declaration.
    pub(super) lines: Vec<String>,
}

/// A section of a `switch`.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct SectionView {
    /// What it is for.
    pub(super) label: String,
    /// Its statements, without the `break`.
    pub(super) lines: Vec<String>,
}

/// A message.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct MessageView {
    /// XML documentation, without the comment signs.
    pub(super) docs: Vec<String>,
    /// Attributes, in brackets.
    pub(super) attributes: Vec<String>,
    /// `public` or `internal`.
    pub(super) access: String,
    /// Its name.
    pub(super) name: String,
    /// Its base class.
    pub(super) base: String,
    /// Its full name in the contract.
    pub(super) full_name: String,
    /// The declaration of the names of its fields in JSON.
    pub(super) json_names: Vec<String>,
    /// The declaration of its fields for the text format; empty if there is none.
    pub(super) text_names: Vec<String>,
    /// The declarations of what its properties hold.
    pub(super) storage: Vec<String>,
    /// Properties and constants.
    pub(super) members: Vec<MemberView>,
    /// Statements that merge another message.
    pub(super) merge: Vec<String>,
    /// The rest of the condition that another message is equal.
    pub(super) equal: Vec<String>,
    /// Statements that hash the fields.
    pub(super) hash: Vec<String>,
    /// How fields are read.
    pub(super) read: Vec<SectionView>,
    /// Statements that write the fields, the last one first.
    pub(super) write: Vec<String>,
    /// How fields are read from JSON.
    pub(super) read_json: Vec<SectionView>,
    /// Statements that write the fields to JSON.
    pub(super) write_json: Vec<String>,
    /// The arms that name the fields.
    pub(super) describe: Vec<String>,
    /// The expression for the path to a required field that is missing; empty if there can be none.
    pub(super) missing: Vec<String>,
    /// Whether it can have extensions.
    pub(super) extendable: bool,
    /// The condition under which `number` is that of an extension.
    pub(super) extension_numbers: Vec<String>,
    /// Whether its extensions are items of a message set.
    pub(super) message_set: bool,
    /// The types of its oneofs.
    pub(super) oneofs: Vec<OneofView>,
    /// The extensions declared in it.
    pub(super) extensions: Vec<MemberView>,
    /// Whether it is the first message after the enums of its scope.
    pub(super) after_enums: bool,
    /// Whether it has nested types.
    pub(super) has_types: bool,
    /// Nested enums.
    pub(super) enums: Vec<EnumView>,
    /// Nested messages.
    pub(super) messages: Vec<MessageView>,
}

/// The type of a oneof.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct OneofView {
    /// XML documentation, without the comment signs.
    pub(super) docs: Vec<String>,
    /// Its name.
    pub(super) name: String,
    /// One type per member.
    pub(super) arms: Vec<ArmView>,
}

/// The type of a member of a oneof.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ArmView {
    /// XML documentation, without the comment signs.
    pub(super) docs: Vec<String>,
    /// Attributes, in brackets.
    pub(super) attributes: Vec<String>,
    /// Its name.
    pub(super) name: String,
    /// The name of the oneof's type.
    pub(super) base: String,
    /// The type of its value.
    pub(super) value: String,
    /// What the constructor puts in.
    pub(super) init: String,
    /// The condition that `arm` holds an equal value.
    pub(super) equal: String,
    /// The expression for the hash of the value.
    pub(super) hash: String,
    /// Its number.
    pub(super) number: i32,
    /// Statements that return what becomes of this value when it is merged into `old`.
    pub(super) merged: Vec<String>,
}
