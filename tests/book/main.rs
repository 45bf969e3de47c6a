//! The book cannot drift from the program: its console blocks are run, and its tables are printed from what they describe.
//! `XLC_BLESS=1 cargo test --test book` writes the tables anew.
#![cfg(feature = "cli")]

mod pages;
mod quickstart;
#[path = "../support/mod.rs"]
mod support;

use support::page::{book, check};

#[test]
fn console_blocks_do_what_the_book_says() {
    trycmd::TestCases::new()
        .case("book/src/avro.md")
        .case("book/src/json-schema.md")
        .case("book/src/quickstart.md")
        .case("book/src/command-line.md")
        .case("book/src/convert.md")
        .case("book/src/lock.md")
        .case("book/src/compat-source.md")
        .case("book/src/compat.md")
        .case("book/src/compat-buf.md")
        .case("book/src/compat-accept.md")
        .case("book/src/compat-fix.md");
}

#[test]
fn the_support_table_is_what_the_targets_say() {
    check("support.md", "support", &pages::support());
}

#[test]
fn the_configuration_page_has_every_key() {
    check("configuration.md", "keys", &pages::keys());
}

#[test]
fn the_list_of_codes_is_complete() {
    check("codes.md", "codes", &pages::codes());
}

#[test]
fn every_page_is_in_the_summary_and_there() {
    let summary = std::fs::read_to_string(book().join("SUMMARY.md")).expect("a summary");
    let listed: Vec<&str> = summary
        .split("](")
        .skip(1)
        .filter_map(|part| part.split_once(')').map(|(page, _)| page))
        .collect();
    for page in &listed {
        assert!(
            book().join(page).is_file(),
            "{page} is in SUMMARY.md but does not exist"
        );
    }
    for entry in std::fs::read_dir(book()).expect("the book") {
        let name = entry
            .expect("an entry")
            .file_name()
            .to_string_lossy()
            .into_owned();
        if name.ends_with(".md") && name != "SUMMARY.md" {
            assert!(
                listed.contains(&name.as_str()),
                "{name} is not in SUMMARY.md"
            );
        }
    }
}

/// The ledger that the console block before it wrote.
#[test]
fn the_ledger_is_the_one_that_was_written() {
    let path = book().join("compat-accept.out/xlc-accepted.toml");
    let ledger = std::fs::read_to_string(path).expect("the ledger");
    check(
        "compat-accept.md",
        "ledger",
        &format!("```toml\n{ledger}```"),
    );
}

#[test]
fn the_example_of_the_avro_page_is_what_is_generated() {
    for (name, file) in [
        ("schema", "Order.avsc"),
        ("fingerprint", "Order.fingerprint.json"),
    ] {
        check("avro.md", name, &pages::generated("avro", file));
    }
}
