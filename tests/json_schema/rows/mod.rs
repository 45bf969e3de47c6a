//! The mapping, construct by construct: what the schema of a field accepts and what it refuses, in both dialects. A module
//! for each family; here is what they share.

mod defaults;
mod fields;
mod scalars;
mod well_known;

use serde_json::{Value, json};

use crate::contracts::of_text;
use crate::schemas::Schemas;

/// A message `M` of proto3 with these fields, beside an open enum `E` and a recursive message `N`.
fn proto3(fields: &str) -> String {
    format!(
        r#"syntax = "proto3";
        package t;
        import "google/protobuf/any.proto";
        import "google/protobuf/duration.proto";
        import "google/protobuf/empty.proto";
        import "google/protobuf/field_mask.proto";
        import "google/protobuf/struct.proto";
        import "google/protobuf/timestamp.proto";
        import "google/protobuf/wrappers.proto";
        message M {{ {fields} }}
        message N {{ N n = 1; }}
        enum E {{ option allow_alias = true; ZERO = 0; ONE = 1; ALSO_ONE = 1; MINUS = -1; }}"#
    )
}

/// A message `M` of proto2 with these members, beside a closed enum `C` and what extends `M`.
fn proto2(members: &str) -> String {
    format!(
        r#"syntax = "proto2";
        package t;
        message M {{ {members} }}
        enum C {{ A = 1; B = 2; }}"#
    )
}

/// Checks documents of the message `t.M`.
struct Row {
    contract: xlc::contract::Contract,
}

impl Row {
    fn new(text: &str) -> Self {
        Self {
            contract: of_text(text),
        }
    }

    fn check(&self, options: &str, accepted: &[Value], refused: &[Value]) -> &Self {
        let schemas = Schemas::new(&self.contract, options);
        for document in accepted {
            let refusal = schemas.refusal("t.M", document);
            assert!(
                refusal.is_none(),
                "[{options}] {document}: {}",
                refusal.unwrap_or_default()
            );
        }
        for document in refused {
            assert!(
                schemas.refusal("t.M", document).is_some(),
                "[{options}] accepts {document}"
            );
        }
        self
    }

    /// Both dialects: what a serializer writes is read, too.
    fn both(&self, accepted: &[Value], refused: &[Value]) -> &Self {
        self.check("", accepted, refused)
            .check(ACCEPT, accepted, refused)
    }
}

const ACCEPT: &str = "dialect = \"accept\"";
const OPEN: &str = "dialect = \"accept\"\nunknown = \"open\"";

/// Documents with the field `f` set to each of the values of a JSON array.
fn f(values: Value) -> Vec<Value> {
    let values = values.as_array().expect("an array").clone();
    values
        .into_iter()
        .map(|value| json!({ "f": value }))
        .collect()
}
