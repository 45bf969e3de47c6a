//! The rules of `buf breaking` that are in a category: what each tells of, in our words, by which of our changes, and what
//! to do. Decides nothing; a test holds the list and the categories against the program.

use super::Category::{self, File, Package, Wire, WireJson};
use crate::compat::delta::{
    EnumChange, FieldChange, FileChange, Kind, MessageChange, MethodChange, OneofChange,
    PackageChange, ServiceChange, ValueChange,
};
use crate::compat::rules::Rule;
use crate::diagnostics::Code;

/// A rule of buf.
#[derive(Debug)]
pub struct BufRule {
    /// The rule; its code is buf's name for it.
    pub rule: Rule,
    /// The categories that it is in.
    pub categories: &'static [Category],
}

/// Every rule, in the order of the table.
pub fn all() -> impl Iterator<Item = &'static BufRule> {
    ALL.iter().copied()
}

/// The rule of this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static BufRule> {
    all().find(|it| it.rule.code.name == name)
}

const WHY: &str = "A rule of `buf breaking`. Under `--profile` it is told as buf tells it: by names and numbers, in no \
                   direction, and without a payload that shows a break.";

/// Declares the rules: name, categories, changes, what it tells of, what to do.
macro_rules! rules {
    ($($name:ident [$($category:ident)*] ($($kind:expr),*) $summary:literal $fix:literal;)*) => {
        $(
            #[doc = $summary]
            pub(super) static $name: BufRule = BufRule {
                rule: Rule {
                    code: Code { name: stringify!($name), summary: $summary },
                    kinds: &[$($kind),*],
                    on: &[],
                    why: WHY,
                    fix: $fix,
                },
                categories: &[$($category),*],
            };
        )*

        static ALL: &[&BufRule] = &[$(&$name),*];
    };
}

rules! {
    ENUM_NO_DELETE [File] (Kind::Enum(EnumChange::Removed), Kind::Enum(EnumChange::Moved))
        "An enum left its file."
        "keep it in its file, or check by package instead of by file";
    EXTENSION_NO_DELETE [File] (Kind::Field(FieldChange::Removed), Kind::Field(FieldChange::Moved), Kind::Field(FieldChange::Renamed), Kind::Message(MessageChange::Removed))
        "An extension left its file."
        "keep it in its file, or check by package instead of by file";
    FILE_NO_DELETE [File] (Kind::File(FileChange::Removed))
        "The path of a file is gone, that of an imported one included."
        "keep a file of this path, which may import another one publicly";
    MESSAGE_NO_DELETE [File] (Kind::Message(MessageChange::Removed), Kind::Message(MessageChange::Moved), Kind::Field(FieldChange::Removed), Kind::Field(FieldChange::Renamed), Kind::Field(FieldChange::Cardinality))
        "A message left its file. The entry of a map is a message that goes with the name of the field."
        "keep it in its file, or check by package instead of by file";
    SERVICE_NO_DELETE [File] (Kind::Service(ServiceChange::Removed), Kind::Service(ServiceChange::Moved))
        "A service left its file."
        "keep it in its file, or check by package instead of by file";
    ENUM_SAME_TYPE [File Package] (Kind::Enum(EnumChange::Openness))
        "An enum is closed now, or open."
        "keep `features.enum_type`";
    FIELD_SAME_CARDINALITY [File Package] (Kind::Field(FieldChange::Cardinality), Kind::Field(FieldChange::Required), Kind::Field(FieldChange::Presence))
        "A field is another one of optional, implicit, required, repeated and map."
        "keep the label";
    FIELD_SAME_CPP_STRING_TYPE [File Package] (Kind::Field(FieldChange::CppString))
        "C++ holds the text of a field in another type."
        "keep the option";
    FIELD_SAME_JAVA_UTF8_VALIDATION [File Package] (Kind::Field(FieldChange::JavaUtf8))
        "Java verifies the UTF-8 of a field now, or no longer."
        "keep the option";
    FIELD_SAME_JSTYPE [File Package] (Kind::Field(FieldChange::Jstype))
        "JavaScript holds the 64 bits of a field in another type."
        "keep the option";
    FIELD_SAME_TYPE [File Package] (Kind::Field(FieldChange::Kind), Kind::Field(FieldChange::Type))
        "The values of a field are of another kind, or of a message or enum of another name."
        "keep the type; add a field with the new one";
    FIELD_SAME_UTF8_VALIDATION [File Package] (Kind::Field(FieldChange::Utf8))
        "The UTF-8 of a field is verified now, or no longer."
        "keep `features.utf8_validation`";
    FILE_SAME_CC_ENABLE_ARENAS [File Package] (Kind::File(FileChange::CcEnableArenas))
        "The file option `cc_enable_arenas` has another value."
        "keep the option";
    FILE_SAME_CC_GENERIC_SERVICES [File Package] (Kind::File(FileChange::CcGenericServices))
        "The file option `cc_generic_services` has another value."
        "keep the option";
    FILE_SAME_CSHARP_NAMESPACE [File Package] (Kind::File(FileChange::CsharpNamespace))
        "The file option `csharp_namespace` has another value."
        "keep the option";
    FILE_SAME_GO_PACKAGE [File Package] (Kind::File(FileChange::GoPackage))
        "The file option `go_package` has another value."
        "keep the option";
    FILE_SAME_JAVA_GENERIC_SERVICES [File Package] (Kind::File(FileChange::JavaGenericServices))
        "The file option `java_generic_services` has another value."
        "keep the option";
    FILE_SAME_JAVA_MULTIPLE_FILES [File Package] (Kind::File(FileChange::JavaMultipleFiles))
        "The file option `java_multiple_files` has another value."
        "keep the option";
    FILE_SAME_JAVA_OUTER_CLASSNAME [File Package] (Kind::File(FileChange::JavaOuterClassname))
        "The file option `java_outer_classname` has another value."
        "keep the option";
    FILE_SAME_JAVA_PACKAGE [File Package] (Kind::File(FileChange::JavaPackage))
        "The file option `java_package` has another value."
        "keep the option";
    FILE_SAME_OBJC_CLASS_PREFIX [File Package] (Kind::File(FileChange::ObjcClassPrefix))
        "The file option `objc_class_prefix` has another value."
        "keep the option";
    FILE_SAME_OPTIMIZE_FOR [File Package] (Kind::File(FileChange::OptimizeFor))
        "The file option `optimize_for` has another value."
        "keep the option";
    FILE_SAME_PHP_CLASS_PREFIX [File Package] (Kind::File(FileChange::PhpClassPrefix))
        "The file option `php_class_prefix` has another value."
        "keep the option";
    FILE_SAME_PHP_METADATA_NAMESPACE [File Package] (Kind::File(FileChange::PhpMetadataNamespace))
        "The file option `php_metadata_namespace` has another value."
        "keep the option";
    FILE_SAME_PHP_NAMESPACE [File Package] (Kind::File(FileChange::PhpNamespace))
        "The file option `php_namespace` has another value."
        "keep the option";
    FILE_SAME_PY_GENERIC_SERVICES [File Package] (Kind::File(FileChange::PyGenericServices))
        "The file option `py_generic_services` has another value."
        "keep the option";
    FILE_SAME_RUBY_PACKAGE [File Package] (Kind::File(FileChange::RubyPackage))
        "The file option `ruby_package` has another value."
        "keep the option";
    FILE_SAME_SWIFT_PREFIX [File Package] (Kind::File(FileChange::SwiftPrefix))
        "The file option `swift_prefix` has another value."
        "keep the option";
    FILE_SAME_SYNTAX [File Package] (Kind::File(FileChange::Edition))
        "A file went from one of proto2, proto3 and editions to another."
        "keep the syntax, or set the features that keep the meaning of elements and check with `wire` and `json`";
    ENUM_VALUE_NO_DELETE [File Package] (Kind::Value(ValueChange::Removed), Kind::Value(ValueChange::Renumbered))
        "No value of an enum has a number any more."
        "keep it, and mark it `deprecated`";
    EXTENSION_MESSAGE_NO_DELETE [File Package] (Kind::Message(MessageChange::ExtensionRange))
        "A message leaves fewer numbers to extensions."
        "keep the range";
    FIELD_NO_DELETE [File Package] (Kind::Field(FieldChange::Removed), Kind::Field(FieldChange::Renumbered))
        "No field of a message has a number any more, reserved or not."
        "keep it, and mark it `deprecated`";
    MESSAGE_NO_REMOVE_STANDARD_DESCRIPTOR_ACCESSOR [File Package] (Kind::Message(MessageChange::DescriptorAccessor))
        "`no_standard_descriptor_accessor` is set now."
        "keep the option";
    ONEOF_NO_DELETE [File Package] (Kind::Oneof(OneofChange::Removed))
        "No oneof of a message has a name any more."
        "keep the name";
    RPC_NO_DELETE [File Package] (Kind::Method(MethodChange::Removed))
        "A method left its service."
        "keep it, and mark it `deprecated`";
    PACKAGE_ENUM_NO_DELETE [Package] (Kind::Enum(EnumChange::Removed), Kind::Enum(EnumChange::Moved))
        "An enum left its package."
        "keep it, and mark it `deprecated`";
    PACKAGE_EXTENSION_NO_DELETE [Package] (Kind::Field(FieldChange::Removed), Kind::Field(FieldChange::Moved), Kind::Field(FieldChange::Renamed), Kind::Message(MessageChange::Removed))
        "An extension left its package."
        "keep it, and mark it `deprecated`";
    PACKAGE_MESSAGE_NO_DELETE [Package] (Kind::Message(MessageChange::Removed), Kind::Message(MessageChange::Moved), Kind::Field(FieldChange::Removed), Kind::Field(FieldChange::Renamed), Kind::Field(FieldChange::Cardinality))
        "A message left its package. The entry of a map is a message that goes with the name of the field."
        "keep it, and mark it `deprecated`";
    PACKAGE_NO_DELETE [Package] (Kind::Package(PackageChange::Removed))
        "No file has a package any more, that of an imported file included."
        "keep the package beside the new one";
    PACKAGE_SERVICE_NO_DELETE [Package] (Kind::Service(ServiceChange::Removed), Kind::Service(ServiceChange::Moved))
        "A service left its package."
        "keep it, and mark it `deprecated`";
    ENUM_SAME_JSON_FORMAT [File Package WireJson] (Kind::Enum(EnumChange::JsonFormat))
        "The JSON form of an enum is no longer guaranteed."
        "keep `features.json_format`";
    ENUM_VALUE_SAME_NAME [File Package WireJson] (Kind::Value(ValueChange::Renamed), Kind::Value(ValueChange::AliasRemoved))
        "A number of an enum lost one of its names."
        "keep the name as an alias: `option allow_alias = true;`";
    FIELD_SAME_JSON_NAME [File Package WireJson] (Kind::Field(FieldChange::JsonName))
        "A field number has another name in JSON."
        "pin the old name: `[json_name = \"oldName\"]`";
    FIELD_SAME_NAME [File Package WireJson] (Kind::Field(FieldChange::Renamed))
        "A field number has another name."
        "keep the name";
    MESSAGE_SAME_JSON_FORMAT [File Package WireJson] (Kind::Message(MessageChange::JsonFormat))
        "The JSON form of a message is no longer guaranteed."
        "keep `features.json_format`";
    ENUM_VALUE_NO_DELETE_UNLESS_NAME_RESERVED [WireJson] (Kind::Value(ValueChange::Unreserved), Kind::Value(ValueChange::Renumbered))
        "No value of an enum has a number any more, and its names are not all reserved."
        "reserve what is gone: `reserved 3; reserved \"name\";`";
    FIELD_NO_DELETE_UNLESS_NAME_RESERVED [WireJson] (Kind::Field(FieldChange::Unreserved), Kind::Field(FieldChange::Renumbered))
        "No field of a message has a number any more, and the name is not reserved."
        "reserve what is gone: `reserved 3; reserved \"name\";`";
    FIELD_WIRE_JSON_COMPATIBLE_CARDINALITY [WireJson] (Kind::Field(FieldChange::Cardinality), Kind::Field(FieldChange::Required), Kind::Field(FieldChange::Presence))
        "A field went from one of singular, required, repeated and map to another."
        "keep the label";
    FIELD_WIRE_JSON_COMPATIBLE_TYPE [WireJson] (Kind::Field(FieldChange::Kind), Kind::Field(FieldChange::Type))
        "The values of a field are of a kind that does not go together with the old one on the wire and in JSON, or of a type of another name."
        "keep the type; add a field with the new one";
    ENUM_VALUE_NO_DELETE_UNLESS_NUMBER_RESERVED [WireJson Wire] (Kind::Value(ValueChange::Unreserved), Kind::Value(ValueChange::Renumbered))
        "No value of an enum has a number any more, and it is not reserved."
        "reserve what is gone: `reserved 3; reserved \"name\";`";
    FIELD_NO_DELETE_UNLESS_NUMBER_RESERVED [WireJson Wire] (Kind::Field(FieldChange::Unreserved), Kind::Field(FieldChange::Renumbered))
        "No field of a message has a number any more, and it is not reserved."
        "reserve what is gone: `reserved 3; reserved \"name\";`";
    FIELD_WIRE_COMPATIBLE_CARDINALITY [Wire] (Kind::Field(FieldChange::Cardinality), Kind::Field(FieldChange::Required), Kind::Field(FieldChange::Presence))
        "A field went from one of singular, required and many values to another."
        "keep the label";
    FIELD_WIRE_COMPATIBLE_TYPE [Wire] (Kind::Field(FieldChange::Kind), Kind::Field(FieldChange::Type))
        "The values of a field are of a kind that does not go together with the old one on the wire, or of a type of another name."
        "keep the type; add a field with the new one";
    FIELD_SAME_DEFAULT [File Package WireJson Wire] (Kind::Field(FieldChange::Default))
        "An unset field reads differently."
        "keep the default";
    FIELD_SAME_ONEOF [File Package WireJson Wire] (Kind::Field(FieldChange::Oneof))
        "A field number is in a oneof of another name, in one now, or in none any more."
        "keep the oneof and its name";
    FILE_SAME_PACKAGE [File Package WireJson Wire] (Kind::File(FileChange::Package))
        "A file has another package."
        "keep the package, and add the new one in another file";
    MESSAGE_SAME_REQUIRED_FIELDS [File Package WireJson Wire] (Kind::Field(FieldChange::Required))
        "A message requires a number now, or no longer."
        "keep the label `required`, and add only optional fields";
    RESERVED_ENUM_NO_DELETE [File Package WireJson Wire] (Kind::Enum(EnumChange::ReservedDropped))
        "An enum reserves less."
        "keep what is reserved";
    RESERVED_MESSAGE_NO_DELETE [File Package WireJson Wire] (Kind::Message(MessageChange::ReservedDropped))
        "A message reserves less."
        "keep what is reserved";
    RPC_SAME_CLIENT_STREAMING [File Package WireJson Wire] (Kind::Method(MethodChange::ClientStreaming))
        "The client of a method sends a stream now, or no longer."
        "add a method with a new name";
    RPC_SAME_IDEMPOTENCY_LEVEL [File Package WireJson Wire] (Kind::Method(MethodChange::Idempotency))
        "A method has another `idempotency_level`."
        "keep `idempotency_level`, or add a method with a new name";
    RPC_SAME_REQUEST_TYPE [File Package WireJson Wire] (Kind::Method(MethodChange::Request))
        "The request of a method has another name."
        "add a method with a new name";
    RPC_SAME_RESPONSE_TYPE [File Package WireJson Wire] (Kind::Method(MethodChange::Response))
        "The response of a method has another name."
        "add a method with a new name";
    RPC_SAME_SERVER_STREAMING [File Package WireJson Wire] (Kind::Method(MethodChange::ServerStreaming))
        "The server of a method sends a stream now, or no longer."
        "add a method with a new name";
}
