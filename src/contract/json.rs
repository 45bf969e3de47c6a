//! What ProtoJSON makes of messages: the names of their fields there, and which have a form of their own. True in every
//! language, so computed here alone; must not know how a language reads or writes.

use std::collections::BTreeSet;

use super::{Message, WellKnown};

/// The names of one field in ProtoJSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldNames<'a> {
    /// The name that is written.
    pub written: &'a str,
    /// The names that are read, the written one first. Empty if other fields have them all.
    pub read: Vec<&'a str>,
}

impl Message {
    /// The names of each field in ProtoJSON, in the order of [`Self::field_order`]: the JSON name and the name in the
    /// contract (ProtoJSON specification, "Field names as JSON keys"). A name that two fields have is the JSON name's
    /// before the other's, and then the lower number's; only proto2 lets two JSON names be the same.
    #[must_use]
    pub fn json_names(&self) -> Vec<FieldNames<'_>> {
        let fields = self.fields_by_number();
        let mut taken = BTreeSet::new();
        let mut names: Vec<FieldNames<'_>> = fields
            .iter()
            .map(|field| {
                let written = field.json_name.as_str();
                let read = taken.insert(written).then_some(written);
                FieldNames {
                    written,
                    read: read.into_iter().collect(),
                }
            })
            .collect();
        for (field, names) in fields.iter().zip(&mut names) {
            let name = field.name.as_str();
            names.read.extend(taken.insert(name).then_some(name));
            if let Some(first) = names.read.first() {
                names.written = first;
            }
        }
        names
    }

    /// Whether the JSON form is an object of the fields: of all messages but those well-known types that have another.
    #[must_use]
    pub fn has_plain_json(&self) -> bool {
        self.own_json().is_none()
    }

    /// The well-known type that it is, if that has a JSON form of its own (ProtoJSON specification, "Representation of
    /// each type"): in an `Any`, such a form stands under `value`.
    #[must_use]
    pub fn own_json(&self) -> Option<WellKnown> {
        self.well_known.filter(|kind| match kind {
            WellKnown::Empty => false,
            WellKnown::Any
            | WellKnown::Timestamp
            | WellKnown::Duration
            | WellKnown::Struct
            | WellKnown::Value
            | WellKnown::ListValue
            | WellKnown::FieldMask
            | WellKnown::Wrapper(_) => true,
        })
    }
}
