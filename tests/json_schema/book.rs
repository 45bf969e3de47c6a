//! The chapter of the book is true: its example is what is generated, its verdicts are those of the schemas, and it names
//! every option.

use serde_json::Value;

use crate::contracts::of_text;
use crate::schemas::{self, Schemas};

const PAGE: &str = include_str!("../../book/src/json-schema.md");

/// The text of the first code block of a language.
fn block(language: &str) -> &'static str {
    let (_, rest) = PAGE
        .split_once(&format!("```{language}\n"))
        .expect("it is there");
    rest.split_once("```").expect("it ends").0
}

#[test]
fn the_example_is_what_is_generated() {
    let contract = of_text(block("proto"));
    let schema = &schemas::documents(&contract, "")["shop.v1.Order"];
    let printed = serde_json::to_string_pretty(schema).expect("a value");
    let expected = block("json").trim_end();
    // The page calls the file by a name that makes sense to readers.
    assert_eq!(
        printed.replace("t.proto", "order.proto"),
        expected,
        "{printed}"
    );
}

#[test]
fn its_documents_get_the_verdicts_that_it_gives() {
    let contract = of_text(block("proto"));
    let dialects = ["", "dialect = \"accept\""].map(|options| Schemas::new(&contract, options));
    let mut rows = 0;
    for line in PAGE.lines().filter(|line| line.starts_with("| `{")) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let document: Value = serde_json::from_str(cells[0].trim_matches('`')).expect("JSON");
        for (schemas, verdict) in dialects.iter().zip(&cells[1..]) {
            let valid = schemas.refusal("shop.v1.Order", &document).is_none();
            assert_eq!(if valid { "yes" } else { "no" }, *verdict, "{line}");
        }
        rows += 1;
    }
    assert!(rows >= 10, "only {rows} rows");
}

#[test]
fn it_names_every_option() {
    let schema = schemas::target().options_schema().to_value();
    let options = schema["properties"].as_object().expect("an object");
    assert!(options.len() >= 8, "{options:?}");
    for option in options.keys() {
        assert!(PAGE.contains(&format!("| `{option}` |")), "{option}");
    }
}
