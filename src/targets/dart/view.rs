//! The views of the Dart templates: final statements, one per line; the layout pass breaks and indents them.

use schemars::JsonSchema;
use serde::Serialize;

/// `dart/library`: one .proto file.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct LibraryView {
    /// The path of the .proto file.
    pub(super) source: String,
    /// Documentation of the library.
    pub(super) docs: Vec<String>,
    /// Import directives, with blank lines between the groups.
    pub(super) imports: Vec<String>,
    /// Export directives.
    pub(super) exports: Vec<String>,
    /// The prefix of types of `dart:core`: `core.` where a class hides one of them.
    pub(super) core: String,
    pub(super) enums: Vec<EnumView>,
    pub(super) messages: Vec<MessageView>,
    pub(super) extensions: Vec<ExtensionView>,
    /// The variable that lists the types and extensions.
    pub(super) types: String,
}

/// An enum.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct EnumView {
    /// The class that fields have.
    pub(super) name: String,
    /// The full name in the contract.
    pub(super) full_name: String,
    pub(super) docs: Vec<String>,
    /// The enum of the values that the contract has.
    pub(super) known: String,
    /// The class of the other values; none if it is closed.
    pub(super) unrecognized: Option<String>,
    pub(super) values: Vec<ValueView>,
    pub(super) aliases: Vec<AliasView>,
    /// The cases of the names in the contract.
    pub(super) names: Vec<NameView>,
}

/// A value of an enum, the first of its number.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct ValueView {
    pub(super) name: String,
    pub(super) docs: Vec<String>,
    pub(super) number: i32,
    /// The value, as the class that fields have sees it.
    pub(super) known: String,
    /// The declaration in the enum, with its separator.
    pub(super) declaration: String,
}

/// Another name of a value.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct AliasView {
    pub(super) name: String,
    pub(super) docs: Vec<String>,
    /// The value.
    pub(super) value: String,
}

/// A name of a value in the contract.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct NameView {
    /// The name as a literal.
    pub(super) literal: String,
    /// The value.
    pub(super) value: String,
}

/// A message.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct MessageView {
    pub(super) name: String,
    pub(super) full_name: String,
    pub(super) docs: Vec<String>,
    pub(super) copy_with: String,
    /// The declarations of the constructors.
    pub(super) constructors: Vec<String>,
    /// The message without any field.
    pub(super) empty: String,
    /// The class of the constant with the type.
    pub(super) type_class: &'static str,
    /// The arguments of the constant with the type.
    pub(super) type_arguments: String,
    pub(super) members: Vec<MemberView>,
    pub(super) oneofs: Vec<OneofView>,
    /// The parameters of `copyWith`, by their types.
    pub(super) copy_parameters: String,
    /// The same parameters as they are implemented.
    pub(super) copy_defaults: String,
    /// The copy.
    pub(super) copy: String,
    /// Statements that return false for different messages.
    pub(super) differences: Vec<String>,
    /// Statements that add to the hash.
    pub(super) hashes: Vec<String>,
    /// Statements that tell the fields.
    pub(super) describe: Vec<String>,
    /// Statements that write the fields, the last first.
    pub(super) encode: Vec<String>,
    pub(super) decode: DecodeView,
    /// Statements that write the members of the JSON object.
    pub(super) to_json: Vec<String>,
    pub(super) from_json: FromJsonView,
    /// The cases of the fields in `$place`.
    pub(super) places: Vec<String>,
    /// Statements that return the path of a missing required field; none if there can be none.
    pub(super) missing: Vec<String>,
    /// The text format, if it is wanted.
    pub(super) text: Option<TextView>,
    /// The full name again, if it can have extensions.
    pub(super) extendee: Option<String>,
    /// What a well-known type has more.
    pub(super) well_known: WellKnownView,
}

/// The text format of a message.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct TextView {
    /// The declaration of the fields.
    pub(super) fields: String,
}

/// Which well-known type a message is; at most one is true.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub(super) struct WellKnownView {
    pub(super) any: bool,
    pub(super) timestamp: bool,
    pub(super) duration: bool,
    /// `Struct`.
    pub(super) structure: bool,
    pub(super) value: bool,
    pub(super) list_value: bool,
    pub(super) field_mask: bool,
    pub(super) wrapper: Option<WrapperView>,
    /// Whether the JSON form is that of the fields.
    pub(super) plain: bool,
}

/// A wrapper.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct WrapperView {
    /// The class.
    pub(super) name: String,
    pub(super) write: String,
    pub(super) read: String,
}

/// A field or oneof as a member of the class.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct MemberView {
    pub(super) docs: Vec<String>,
    pub(super) lines: Vec<String>,
}

/// A oneof.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct OneofView {
    pub(super) name: String,
    pub(super) docs: Vec<String>,
    pub(super) arms: Vec<ArmView>,
}

/// A member of a oneof.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct ArmView {
    /// The sealed class.
    pub(super) base: String,
    pub(super) name: String,
    pub(super) docs: Vec<String>,
    pub(super) value: String,
    #[serde(rename = "type")]
    pub(super) ty: String,
    /// The value in a log, as a part of a literal.
    pub(super) shown: String,
    pub(super) number: i32,
    /// The hash of the value.
    pub(super) hash: String,
    /// The condition under which two values are the same.
    pub(super) same: String,
}

/// `$decode`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct DecodeView {
    /// The class.
    pub(super) name: String,
    /// Declarations of the variables that hold the fields.
    pub(super) locals: Vec<String>,
    /// The fields in the order of their numbers, in which they come as a rule: each is tried once, so that what came
    /// before need not be asked for again.
    pub(super) arms: Vec<StepView>,
    /// The statement for tags that no arm has.
    pub(super) rest: String,
    /// The message.
    pub(super) result: String,
}

/// What is read behind one tag.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct StepView {
    /// The condition or loop that the tag begins.
    pub(super) head: String,
    pub(super) lines: Vec<String>,
}

/// A case and its statements.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct CaseView {
    pub(super) value: u32,
    pub(super) lines: Vec<String>,
}

/// `$readJson`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct FromJsonView {
    /// The class.
    pub(super) name: String,
    /// The constant with the names.
    pub(super) names: String,
    /// The statement that begins the object.
    pub(super) open: String,
    pub(super) locals: Vec<String>,
    pub(super) arms: Vec<CaseView>,
    /// The statement for extensions.
    pub(super) rest: Option<String>,
    pub(super) result: String,
}

/// An extension.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct ExtensionView {
    pub(super) docs: Vec<String>,
    pub(super) declaration: String,
}
