//! Names as the contract has them. They are types of their own, so that a wire name, a JSON name and a target
//! language's identifier are never mixed up.

use serde::Serialize;

/// A fully qualified protobuf name without a leading dot: `radiology.study.v1.Study`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct FullName(String);

impl FullName {
    /// The full name with this text.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self(name.into())
    }

    /// `scope.name`, or `name` alone in the empty scope.
    #[must_use]
    pub fn within(scope: &str, name: &str) -> Self {
        if scope.is_empty() {
            Self(name.to_owned())
        } else {
            Self(format!("{scope}.{name}"))
        }
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part.
    #[must_use]
    pub fn short(&self) -> &str {
        self.0.rsplit('.').next().unwrap_or(&self.0)
    }
}

impl std::fmt::Display for FullName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// The name of a field in ProtoJSON: lowerCamelCase by default, or what `json_name` says.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct JsonName(String);

impl JsonName {
    /// The JSON name with this text.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self(name.into())
    }

    /// The JSON name that protobuf gives a field without `json_name`: underscores go, and a letter after one
    /// becomes upper case (source: protobuf's `ToJsonName`).
    #[must_use]
    pub fn of_field(name: &str) -> Self {
        let mut json = String::with_capacity(name.len());
        let mut upper = false;
        for c in name.chars() {
            if c == '_' {
                upper = true;
            } else if std::mem::take(&mut upper) {
                json.push(c.to_ascii_uppercase());
            } else {
                json.push(c);
            }
        }
        Self(json)
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for JsonName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{FullName, JsonName};

    #[test]
    fn json_names_follow_protobuf() {
        for (name, json) in [
            ("accession_number", "accessionNumber"),
            ("_x", "X"),
            ("__x", "X"),
            ("FieldName8", "FieldName8"),
            ("a_1", "a1"),
            ("x_", "x"),
        ] {
            assert_eq!(JsonName::of_field(name).as_str(), json, "{name}");
        }
    }

    #[test]
    fn a_name_in_the_empty_scope_stands_alone() {
        assert_eq!(FullName::within("", "A").as_str(), "A");
        assert_eq!(FullName::within("a.b", "C").short(), "C");
    }
}
