//! What Avro cannot say is refused at its place, with the way out.

use xlc::diagnostics::Diagnostic;

use crate::contracts::of_text;
use crate::schemas::{files, plan};

/// The only error of a contract under options.
fn error(text: &str, options: &str) -> Diagnostic {
    let mut errors = plan(&of_text(text), options).expect_err("it is refused");
    assert_eq!(errors.len(), 1, "{errors:#?}");
    let error = errors.remove(0);
    assert!(!error.help.is_empty(), "{error:#?}");
    error
}

#[test]
fn two_types_of_one_name_are_refused() {
    let text = "syntax = \"proto3\"; package t; message A { message B {} B b = 1; A_B c = 2; } message A_B {}";
    let error = error(text, "nested = \"underscore\"");
    assert_eq!(error.code.name, "avro-name");
    assert_eq!(
        error.message,
        "the message `t.A.B` and the message `t.A_B` would both be `t.A_B` in Avro"
    );
    assert!(error.primary.is_some() && error.secondary.len() == 1);
    assert!(error.help[0].contains("nested = \"namespace\""));
    files(&of_text(text), "");
}

#[test]
fn a_name_that_is_taken_by_a_word_and_a_message_is_refused() {
    let text = "syntax = \"proto3\"; package t; message M { .t.map a = 1; map_ b = 2; string_ c = 3; string d = 4; .t.string e = 5; } message string {} message string_ {} message map {} message map_ {}";
    let error = error(text, "");
    assert!(
        error.message.contains("would both be `t.string_`"),
        "{}",
        error.message
    );
}

#[test]
fn a_record_without_namespace_cannot_be_referred_to_from_another_namespace() {
    let text = "syntax = \"proto3\"; message A { message B { A a = 1; } B b = 1; }";
    let error = error(text, "");
    assert_eq!(error.code.name, "avro-name");
    assert!(error.primary.is_some() && error.secondary.len() == 1);
    assert!(error.help[0].contains("`namespace`"), "{error:#?}");
    files(&of_text(text), "namespace = \"x\"");
    files(&of_text(text), "nested = \"underscore\"");
    // Nothing is in the way of a record that is named once.
    files(
        &of_text("syntax = \"proto3\"; message A { message B {} B b = 1; B c = 2; }"),
        "",
    );
}

#[test]
fn mistakes_in_the_options_are_named() {
    let text = "syntax = \"proto3\"; message A {}";
    for (options, message) in [
        (
            "namespace = \"a b\"",
            "`namespace` is no Avro namespace: `a b`",
        ),
        ("namespace = \"a..b\"", "`namespace` is no Avro namespace"),
        ("roots = [\"B\"]", "`roots` names `B`, which is no message"),
        ("uint64 = \"int\"", "unknown variant `int`"),
        ("colour = 1", "unknown field `colour`"),
    ] {
        let error = error(text, options);
        assert!(
            error.message.contains(message),
            "{options}: {}",
            error.message
        );
        assert!(
            error.message.contains("`[target.avro]`"),
            "{}",
            error.message
        );
    }
}

/// A contract of messages that each hold the next.
fn chain(length: usize) -> String {
    let messages: String = (0..length)
        .map(|n| format!("message M{n} {{ M{} m = 1; }}\n", n + 1))
        .collect();
    format!("syntax = \"proto3\"; package t;\n{messages}message M{length} {{}}")
}

#[test]
fn a_schema_that_few_parsers_read_is_warned_of_and_one_that_none_reads_refused() {
    let options = "roots = [\"t.M0\"]";
    let contract = of_text(&chain(25));
    assert!(
        plan(&contract, options)
            .expect("a plan")
            .warnings
            .is_empty()
    );
    let schema = &files(&contract, options)["t/M0.avsc"];
    assert!(apache_avro::Schema::parse_str(&schema.to_string()).is_ok());

    let contract = of_text(&chain(60));
    let warnings = plan(&contract, options).expect("a plan").warnings;
    assert_eq!(warnings.len(), 1);
    assert_eq!(warnings[0].code.name, "avro-size");
    let schema = &files(&contract, options)["t/M0.avsc"];
    assert!(apache_avro::Schema::parse_str(&schema.to_string()).is_err());

    let error = error(&chain(400), options);
    assert_eq!(error.code.name, "avro-size");
    assert!(error.message.contains("deeper than"), "{}", error.message);
}
