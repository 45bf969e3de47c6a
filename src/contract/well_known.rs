//! The well-known types: messages of package `google.protobuf` that have a JSON form of their own.

use serde::Serialize;

use super::Scalar;

/// A well-known message type (ProtoJSON specification, "Well-Known Types").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub enum WellKnown {
    /// `google.protobuf.Any`.
    Any,
    /// `google.protobuf.Timestamp`.
    Timestamp,
    /// `google.protobuf.Duration`.
    Duration,
    /// `google.protobuf.Struct`.
    Struct,
    /// `google.protobuf.Value`.
    Value,
    /// `google.protobuf.ListValue`.
    ListValue,
    /// `google.protobuf.FieldMask`.
    FieldMask,
    /// `google.protobuf.Empty`.
    Empty,
    /// One of the wrappers, `google.protobuf.Int32Value` and the like, with the type of its `value`.
    Wrapper(Scalar),
}

impl WellKnown {
    /// The well-known type of this full name.
    #[must_use]
    pub fn of_message(full_name: &str) -> Option<Self> {
        Some(match full_name.strip_prefix("google.protobuf.")? {
            "Any" => Self::Any,
            "Timestamp" => Self::Timestamp,
            "Duration" => Self::Duration,
            "Struct" => Self::Struct,
            "Value" => Self::Value,
            "ListValue" => Self::ListValue,
            "FieldMask" => Self::FieldMask,
            "Empty" => Self::Empty,
            "DoubleValue" => Self::Wrapper(Scalar::Double),
            "FloatValue" => Self::Wrapper(Scalar::Float),
            "Int64Value" => Self::Wrapper(Scalar::Int64),
            "UInt64Value" => Self::Wrapper(Scalar::Uint64),
            "Int32Value" => Self::Wrapper(Scalar::Int32),
            "UInt32Value" => Self::Wrapper(Scalar::Uint32),
            "BoolValue" => Self::Wrapper(Scalar::Bool),
            "StringValue" => Self::Wrapper(Scalar::String),
            "BytesValue" => Self::Wrapper(Scalar::Bytes),
            _ => return None,
        })
    }
}

/// The full name of the enum whose only value stands for JSON `null`.
const NULL_VALUE: &str = "google.protobuf.NullValue";

impl super::Enum {
    /// Whether this is `google.protobuf.NullValue`, which is `null` in JSON.
    #[must_use]
    pub fn is_null_value(&self) -> bool {
        self.full_name.as_str() == NULL_VALUE
    }
}
