//! The views of the Python templates: final strings, in the shape in which the templates print them.
//! A string may hold several lines; those after the first are relative to the column of the first.

use schemars::JsonSchema;
use serde::Serialize;

/// `python/module`: one .proto file.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct ModuleView {
    /// The path of the .proto file.
    pub(super) source: String,
    /// The docstring.
    pub(super) docs: Vec<String>,
    /// Import statements, with blank lines between the groups.
    pub(super) imports: Vec<String>,
    /// Top-level enums.
    pub(super) enums: Vec<EnumView>,
    /// Top-level messages.
    pub(super) messages: Vec<MessageView>,
    /// `__all__` where it is needed, and names for classes whose own names are hidden in a class body.
    pub(super) visible: Vec<String>,
    /// Whether there are any classes.
    pub(super) has_classes: bool,
    /// Whether anything follows the classes.
    pub(super) has_tail: bool,
    /// Definitions of what functions need: a zero, and the tables of short heads.
    pub(super) heads: Vec<String>,
    /// Tables of the enums.
    pub(super) tables: Vec<TableView>,
    /// Definitions of the extensions.
    pub(super) extensions: Vec<ExtensionView>,
    /// The statements that describe the text format of messages.
    pub(super) texts: Vec<String>,
}

/// `python/package`: the `__init__.py` of a directory.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct PackageView {
    /// The directory of the contract.
    pub(super) source: String,
    /// Imports from the runtime.
    pub(super) runtime: Vec<String>,
    /// The names that it re-exports, by module.
    pub(super) imports: Vec<String>,
    /// The entries of `__all__`, sorted.
    pub(super) names: Vec<String>,
    /// The entries of the table from a name to its module.
    pub(super) places: Vec<String>,
    /// The table of all types; only in the root.
    pub(super) types: Option<TypesView>,
}

/// The table of all types of an output tree.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct TypesView {
    /// Entries from a full name to its module and class.
    pub(super) places: Vec<String>,
    /// Entries from an extended message to its extensions by number.
    pub(super) extendees: Vec<ExtendeeView>,
}

/// The extensions of one message.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct ExtendeeView {
    /// The full name of the message.
    pub(super) name: String,
    /// Entries from a number to the extension's full name.
    pub(super) entries: Vec<String>,
}

/// An enum class.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct EnumView {
    pub(super) name: String,
    pub(super) docs: Vec<String>,
    pub(super) values: Vec<ValueView>,
}

/// A value of an enum.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct ValueView {
    pub(super) name: String,
    pub(super) number: i32,
    pub(super) docs: Vec<String>,
}

/// The table of an enum's numbers and names.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct TableView {
    pub(super) name: String,
    /// The enum class.
    #[serde(rename = "type")]
    pub(super) ty: String,
    /// Entries from a number to its name in the contract.
    pub(super) entries: Vec<String>,
    /// Entries from each further name of a number to it.
    pub(super) aliases: Vec<String>,
}

/// The definition of an extension.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct ExtensionView {
    pub(super) definition: String,
    pub(super) docs: Vec<String>,
}

/// A message class.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct MessageView {
    pub(super) name: String,
    /// The line that opens the class.
    pub(super) head: String,
    pub(super) docs: Vec<String>,
    /// `__match_args__` and `__slots__`.
    pub(super) members: Vec<String>,
    pub(super) full_name: String,
    /// The statement that names the attributes to redact, if there are any.
    pub(super) redacted: Vec<String>,
    /// The head of the table of the fields' names.
    pub(super) fields_head: String,
    /// Entries from a field's number to its name.
    pub(super) numbers: Vec<String>,
    /// The head of the table of the names in JSON.
    pub(super) json_head: String,
    /// Entries from a name in JSON to the field's number.
    pub(super) json_names: Vec<String>,
    pub(super) enums: Vec<EnumView>,
    pub(super) messages: Vec<MessageView>,
    /// Classes of the members of oneofs.
    pub(super) arms: Vec<ArmView>,
    /// Type aliases of the oneofs.
    pub(super) aliases: Vec<String>,
    pub(super) attributes: Vec<AttributeView>,
    /// Parameters of the constructor.
    pub(super) parameters: Vec<String>,
    /// Statements of the constructor.
    pub(super) assignments: Vec<String>,
    pub(super) extendable: bool,
    pub(super) read: Option<ReadView>,
    pub(super) write: Option<WriteView>,
    pub(super) merge: Option<MergeView>,
    pub(super) missing: Option<MissingView>,
    pub(super) to_json: Option<ToJsonView>,
    pub(super) from_dict: Option<FromDictView>,
    /// The JSON form of a wrapper.
    pub(super) wrapper: Option<WrapperView>,
    /// Whether it is `google.protobuf.Struct`.
    pub(super) is_struct: bool,
    /// Whether it is `google.protobuf.Value`.
    pub(super) is_value: bool,
    /// Whether it is `google.protobuf.ListValue`.
    pub(super) is_list_value: bool,
}

/// The functions for the JSON form of a wrapper's value.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct WrapperView {
    pub(super) put: String,
    pub(super) get: String,
}

/// The class of a member of a oneof.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct ArmView {
    pub(super) name: String,
    pub(super) docs: Vec<String>,
    /// Whether its value is kept out of logs.
    pub(super) redacted: bool,
    /// The annotation of its value.
    pub(super) statement: String,
    /// The head of its constructor.
    pub(super) signature: String,
}

/// The annotation of an attribute.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct AttributeView {
    pub(super) statement: String,
    pub(super) docs: Vec<String>,
}

/// Builtin types as annotations in the class body spell them.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct BuiltinsView {
    pub(super) bool: String,
    pub(super) bytes: String,
    pub(super) int: String,
    pub(super) object: String,
    pub(super) str: String,
}

/// `_read`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct ReadView {
    /// The head of the method.
    pub(super) head: String,
    /// Declarations of the variables that hold the fields.
    pub(super) locals: Vec<String>,
    pub(super) arms: Vec<ReadArm>,
    /// Entries from a number to the index or key being read.
    pub(super) places: Vec<String>,
    /// Assignments to the attributes of the new message.
    pub(super) stores: Vec<String>,
    pub(super) extendable: bool,
}

/// What reads the values of one tag.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct ReadArm {
    /// `if` or `while`.
    pub(super) keyword: String,
    pub(super) tag: u32,
    /// The field's name, as a comment.
    pub(super) comment: String,
    pub(super) map: Option<ReadMap>,
    pub(super) value: Option<ReadValue>,
}

/// What reads one value behind its tag.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub(super) struct ReadValue {
    /// Whether the position before it is needed.
    pub(super) keeps_start: bool,
    /// The function that reads a varint of several bytes.
    pub(super) varint: Option<String>,
    /// Whether a length comes before it.
    pub(super) delimited: bool,
    /// The variable with the end that the length must not lead beyond, if that must be checked.
    pub(super) checked_end: Option<String>,
    /// Whether it is a group.
    pub(super) group: bool,
    /// What makes a value of it and keeps it.
    pub(super) store: Vec<String>,
    /// The bytes of a fixed-width value.
    pub(super) width: Option<u32>,
}

/// What reads an entry of a map.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct ReadMap {
    pub(super) keeps_start: bool,
    /// Assignments of the key and value that are read if they are absent.
    pub(super) defaults: Vec<String>,
    pub(super) key_tag: u32,
    pub(super) key: ReadValue,
    pub(super) value_tag: u32,
    pub(super) value: ReadValue,
    pub(super) store: Vec<String>,
}

/// `_write`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct WriteView {
    pub(super) builtin: BuiltinsView,
    /// Whether any field is a list or a map.
    pub(super) has_lists: bool,
    /// Whether the pieces are added up at once instead of being joined at last.
    pub(super) adds_up: bool,
    pub(super) fields: Vec<WriteField>,
    /// Statements that write the unknown fields, of which there are some.
    pub(super) unknown: Vec<String>,
}

/// What writes one field, or a range of extensions.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub(super) struct WriteField {
    /// Statements that write the extensions; nothing else is set then.
    pub(super) extensions: Vec<String>,
    /// Statements before the condition.
    pub(super) load: Vec<String>,
    /// The `if` under which it is written.
    pub(super) condition: Option<String>,
    /// Statements under the condition, before the loop.
    pub(super) prepare: Vec<String>,
    /// The head of the loop over the elements.
    #[serde(rename = "loop")]
    pub(super) each: Option<String>,
    pub(super) value: WriteValue,
    /// What stands behind the condition.
    pub(super) otherwise: Vec<String>,
}

/// What writes one value.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub(super) struct WriteValue {
    /// Statements that refuse what is no such value.
    pub(super) check: Vec<String>,
    pub(super) varint: Option<VarintWrite>,
    pub(super) delimited: Option<DelimitedWrite>,
    /// Statements that do all that is to be done.
    pub(super) plain: Vec<String>,
}

/// Statements for a varint of one byte, of two bytes and for others.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct VarintWrite {
    /// Whether the value has one byte.
    pub(super) is_short: String,
    pub(super) short: String,
    /// What writes two bytes at once, if it is worth a branch.
    pub(super) two: Option<String>,
    pub(super) long: String,
}

/// What writes a value with its length before it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct DelimitedWrite {
    /// The statement that makes the bytes `s`.
    pub(super) bytes: String,
    pub(super) short: String,
    pub(super) long: String,
    /// The statement that adds `s`.
    pub(super) body: String,
}

/// `_merge`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct MergeView {
    pub(super) statements: Vec<String>,
    pub(super) extendable: bool,
}

/// `_missing`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct MissingView {
    pub(super) builtin: BuiltinsView,
    /// Required fields.
    pub(super) required: Vec<String>,
    /// Fields whose messages can miss a required field.
    pub(super) nested: Vec<String>,
    /// The value that is returned if nothing is missing.
    pub(super) rest: String,
}

/// `_to_json`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct ToJsonView {
    pub(super) builtin: BuiltinsView,
    /// Declarations of the variables that hold lists, maps and oneofs.
    pub(super) declarations: Vec<String>,
    pub(super) lines: Vec<String>,
    pub(super) extendable: bool,
}

/// `_from_dict`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct FromDictView {
    /// The head of the method.
    pub(super) head: String,
    /// Whether there is any field to look for.
    pub(super) has_fields: bool,
    pub(super) lines: Vec<String>,
}
