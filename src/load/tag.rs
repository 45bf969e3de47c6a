//! Field numbers of `descriptor.proto` (protobuf 36), of which paths of `SourceCodeInfo` are made.

/// `uninterpreted_option` of all options messages.
pub(crate) const UNINTERPRETED_OPTION: i32 = 999;
/// `FileDescriptorProto`.
pub(crate) mod file {
    /// `package`.
    pub(crate) const PACKAGE: i32 = 2;
    /// `dependency`.
    pub(crate) const DEPENDENCY: i32 = 3;
    /// `message_type`.
    pub(crate) const MESSAGE_TYPE: i32 = 4;
    /// `enum_type`.
    pub(crate) const ENUM_TYPE: i32 = 5;
    /// `service`.
    pub(crate) const SERVICE: i32 = 6;
    /// `extension`.
    pub(crate) const EXTENSION: i32 = 7;
    /// `options`.
    pub(crate) const OPTIONS: i32 = 8;
    /// `syntax`.
    pub(crate) const SYNTAX: i32 = 12;
    /// `edition`.
    pub(crate) const EDITION: i32 = 14;
    /// `option_dependency`.
    pub(crate) const OPTION_DEPENDENCY: i32 = 15;
}
/// `DescriptorProto`.
pub(crate) mod message {
    /// `name`.
    pub(crate) const NAME: i32 = 1;
    /// `field`.
    pub(crate) const FIELD: i32 = 2;
    /// `nested_type`.
    pub(crate) const NESTED_TYPE: i32 = 3;
    /// `enum_type`.
    pub(crate) const ENUM_TYPE: i32 = 4;
    /// `extension_range`.
    pub(crate) const EXTENSION_RANGE: i32 = 5;
    /// `extension`.
    pub(crate) const EXTENSION: i32 = 6;
    /// `options`.
    pub(crate) const OPTIONS: i32 = 7;
    /// `oneof_decl`.
    pub(crate) const ONEOF_DECL: i32 = 8;
    /// `reserved_range`.
    pub(crate) const RESERVED_RANGE: i32 = 9;
    /// `reserved_name`.
    pub(crate) const RESERVED_NAME: i32 = 10;
}
/// `FieldDescriptorProto`.
pub(crate) mod field {
    /// `name`.
    pub(crate) const NAME: i32 = 1;
    /// `extendee`.
    pub(crate) const EXTENDEE: i32 = 2;
    /// `number`.
    pub(crate) const NUMBER: i32 = 3;
    /// `label`.
    pub(crate) const LABEL: i32 = 4;
    /// `type`.
    pub(crate) const TYPE: i32 = 5;
    /// `type_name`.
    pub(crate) const TYPE_NAME: i32 = 6;
    /// `default_value`.
    pub(crate) const DEFAULT_VALUE: i32 = 7;
    /// `options`.
    pub(crate) const OPTIONS: i32 = 8;
    /// `json_name`.
    pub(crate) const JSON_NAME: i32 = 10;
}
/// `EnumDescriptorProto`.
pub(crate) mod enumeration {
    /// `name`.
    pub(crate) const NAME: i32 = 1;
    /// `value`.
    pub(crate) const VALUE: i32 = 2;
    /// `options`.
    pub(crate) const OPTIONS: i32 = 3;
    /// `reserved_range`.
    pub(crate) const RESERVED_RANGE: i32 = 4;
    /// `reserved_name`.
    pub(crate) const RESERVED_NAME: i32 = 5;
}
/// `EnumValueDescriptorProto`.
pub(crate) mod enum_value {
    /// `name`.
    pub(crate) const NAME: i32 = 1;
    /// `number`.
    pub(crate) const NUMBER: i32 = 2;
    /// `options`.
    pub(crate) const OPTIONS: i32 = 3;
}
/// `ServiceDescriptorProto`.
pub(crate) mod service {
    /// `name`.
    pub(crate) const NAME: i32 = 1;
    /// `method`.
    pub(crate) const METHOD: i32 = 2;
    /// `options`.
    pub(crate) const OPTIONS: i32 = 3;
}
/// `MethodDescriptorProto`.
pub(crate) mod method {
    /// `name`.
    pub(crate) const NAME: i32 = 1;
    /// `input_type`.
    pub(crate) const INPUT_TYPE: i32 = 2;
    /// `output_type`.
    pub(crate) const OUTPUT_TYPE: i32 = 3;
    /// `options`.
    pub(crate) const OPTIONS: i32 = 4;
}
/// `OneofDescriptorProto`.
pub(crate) mod oneof {
    /// `name`.
    pub(crate) const NAME: i32 = 1;
    /// `options`.
    pub(crate) const OPTIONS: i32 = 2;
}
/// What `DescriptorProto.ReservedRange` and `DescriptorProto.ExtensionRange` have in common.
pub(crate) mod range {
    /// `start`.
    pub(crate) const START: i32 = 1;
    /// `end`.
    pub(crate) const END: i32 = 2;
}
/// `DescriptorProto.ExtensionRange`.
pub(crate) mod extension_range {
    /// `options`.
    pub(crate) const OPTIONS: i32 = 3;
}
