//! Comments as `title` and `description`.

use super::dialect::Schema;
use crate::contract::{Docs, Enum, WellKnown};

/// Adds what the comments of a message say: the first paragraph as `title`, the rest as `description`.
pub(super) fn describe_message(schema: &mut Schema, docs: &Docs) {
    let lines = docs.prose();
    let mut paragraphs = lines.splitn(2, String::is_empty);
    let title = paragraphs.next().unwrap_or_default().join(" ");
    let rest = paragraphs.next().unwrap_or_default().join("\n");
    insert(schema, "title", title);
    insert(schema, "description", rest);
}

/// Adds what the comments of a field or oneof say as `description`.
pub(super) fn describe(schema: &mut Schema, docs: &Docs) {
    insert(schema, "description", docs.prose().join("\n"));
}

/// Adds what the comments of an enum and of its values say as `description`: JSON Schema has no place for the values.
pub(super) fn describe_enum(schema: &mut Schema, enumeration: &Enum) {
    insert(schema, "description", enumeration.prose());
}

/// Adds what a well-known message looks like in JSON. Their own comments are about their use in code.
pub(super) fn describe_well_known(schema: &mut Schema, known: WellKnown) {
    let text = match known {
        WellKnown::Any => {
            "A message of any type: `@type` names it, its properties or `value` stand beside."
        }
        WellKnown::Timestamp => {
            "A point in time, RFC 3339, with up to nine digits after the second."
        }
        WellKnown::Duration => {
            "A span of time in seconds, with up to nine digits after the point and an `s`."
        }
        WellKnown::Struct => "Any JSON object.",
        WellKnown::Value => "Any JSON value.",
        WellKnown::ListValue => "Any JSON array.",
        WellKnown::FieldMask => "Paths of fields in lowerCamelCase, separated by commas.",
        WellKnown::Empty => "An object without properties.",
        WellKnown::Wrapper(_) => return,
    };
    insert(schema, "description", text.to_owned());
}

/// Adds `deprecated` if it is true.
pub(super) fn deprecate(schema: &mut Schema, deprecated: bool) {
    if deprecated {
        schema.insert("deprecated".into(), true.into());
    }
}

/// Names the rules that the schema does not express.
pub(super) fn lose(schema: &mut Schema, rules: &[String]) {
    if !rules.is_empty() {
        let text = format!("Not expressed: {}.", rules.join(", "));
        insert(schema, "$comment", text);
    }
}

fn insert(schema: &mut Schema, keyword: &str, text: String) {
    if !text.is_empty() {
        schema.insert(keyword.to_owned(), text.into());
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn docs(leading: &str, trailing: Option<&str>) -> Docs {
        Docs {
            leading: Some(leading.to_owned()),
            trailing: trailing.map(str::to_owned),
            detached: vec![" Not part of it.\n".into()],
        }
    }

    #[test]
    fn the_first_paragraph_of_a_message_is_its_title() {
        let mut schema = Schema::new();
        describe_message(
            &mut schema,
            &docs(" One\n two.\n\n Three\n four.\n\n Five.\n", None),
        );
        assert_eq!(
            Value::Object(schema),
            json!({ "title": "One two.", "description": "Three\nfour.\n\nFive." })
        );
    }

    #[test]
    fn lines_for_tools_are_left_out() {
        let mut schema = Schema::new();
        let text = " buf:lint:ignore FIELD_LOWER_SNAKE_CASE\n\n Text.\n @exclude of the docs\n";
        describe(&mut schema, &docs(text, Some(" After.\n")));
        assert_eq!(
            Value::Object(schema),
            json!({ "description": "Text.\n\nAfter." })
        );
        let mut schema = Schema::new();
        describe(&mut schema, &docs(" buf:lint:ignore X\n", None));
        assert!(schema.is_empty());
    }
}
