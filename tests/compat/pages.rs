//! A page of the book per rule, printed from the rule and from what its fixture shows.

use std::fmt::Write as _;

use xlc::compat::report::{Section, diagnostic};
use xlc::compat::rules::{HARMLESS, Rule, rules};
use xlc::compat::{Level, Policy, Requirement};
use xlc::diagnostics::emit::Human;
use xlc::source::Sources;

use crate::{book, brought, compare, compare_all, minded, printed, read, root, whole};

#[test]
fn every_rule_has_its_page() {
    for rule in rules() {
        let name = rule.code.name;
        whole(&format!("compat/{name}.md"), &page(rule));
    }
    let pages = std::fs::read_dir(book().join("compat")).expect("the pages");
    for entry in pages {
        let name = entry
            .expect("an entry")
            .file_name()
            .to_string_lossy()
            .into_owned();
        let code = name.trim_end_matches(".md");
        assert!(
            rules().any(|it| it.code.name == code),
            "{name} is of no rule"
        );
    }
}

#[test]
fn the_summary_lists_every_rule() {
    let summary = std::fs::read_to_string(book().join("SUMMARY.md")).expect("a summary");
    for rule in rules() {
        let name = rule.code.name;
        assert!(
            summary.contains(&format!("  - [{name}](compat/{name}.md)\n")),
            "{name} is not in SUMMARY.md"
        );
    }
}

#[test]
fn the_list_of_rules_is_complete() {
    let mut text = String::from("| rule | tells of | where it can hurt |\n|---|---|---|\n");
    for rule in rules() {
        let name = rule.code.name;
        let mut on: Vec<String> = rule.on.iter().map(|on| on.surface.to_owned()).collect();
        let (code, others) = minding(rule);
        on.extend(others.iter().map(|it| (*it).to_owned()));
        if !code.is_empty() {
            on.push("[generated code](compat-source.md)".to_owned());
        }
        let summary = rule.code.summary;
        let _ = writeln!(
            text,
            "| [`{name}`](compat/{name}.md) | {summary} | {} |",
            on.join(", ")
        );
    }
    printed("compat-rules.md", "rules", &text);
    let mut text = String::from("| change | why it hurts nobody |\n|---|---|\n");
    for (kind, why) in HARMLESS {
        let _ = writeln!(text, "| `{}` | {why} |", kind.name());
    }
    printed("compat-rules.md", "harmless", &text);
}

/// The surfaces of targets that mind what a rule tells of: those of generated code, and others.
fn minding(rule: &Rule) -> (Vec<&'static str>, Vec<&'static str>) {
    let all = minded(rule).into_iter();
    all.partition(|it| it.starts_with("source."))
}

fn page(rule: &Rule) -> String {
    let name = rule.code.name;
    let mut text = format!("# `{name}`\n\n{}\n\n", rule.code.summary);
    text.push_str("| surface | direction | at worst |\n|---|---|---|\n");
    for on in rule.on {
        let directions: Vec<&str> = on.directions.iter().map(|it| it.name()).collect();
        let _ = writeln!(
            text,
            "| {} | {} | {} |",
            on.surface,
            directions.join(", "),
            on.harm.name()
        );
    }
    let (code, others) = minding(rule);
    for (names, place) in [
        (others, "[surfaces](../compat.md)"),
        (code, "[generated code](../compat-source.md)"),
    ] {
        if !names.is_empty() {
            let _ = writeln!(text, "| {} | | see {place} |", names.join(", "));
        }
    }
    let fix = rule.fix;
    let _ = write!(
        text,
        "\n{}\n\n**What to do:** {fix}.\n\n## Example\n",
        rule.why
    );
    for (side, word) in [("old", "Before"), ("new", "After")] {
        let directory = root().join(name).join(side);
        for entry in walkdir::WalkDir::new(&directory).sort_by_file_name() {
            let entry = entry.expect("the fixture can be read");
            if entry.file_type().is_file() {
                let source = std::fs::read_to_string(entry.path()).expect("it can be read");
                let file = entry.file_name().to_string_lossy();
                let _ = write!(
                    text,
                    "\n{word}, `{side}/{file}`:\n\n```proto\n{source}```\n"
                );
            }
        }
    }
    let _ = write!(
        text,
        "\nWhat `xlc check-compat new --against old` says of it when everything is required:\n\n"
    );
    let _ = write!(text, "```text\n{}```\n", shown(rule));
    text
}

/// The findings of the rule in its fixture, as people see them.
fn shown(rule: &Rule) -> String {
    let name = rule.code.name;
    let old = read(&root().join(name).join("old"));
    let new = read(&root().join(name).join("new"));
    let brought = brought();
    let names = brought
        .iter()
        .filter(|_| rule.on.is_empty())
        .map(|it| it.name());
    let all = ["wire", "json", "rpc"].into_iter().chain(names);
    let policy = Policy {
        require: all.map(|it| (it.to_owned(), Requirement::Full)).collect(),
        packages: Vec::new(),
    };
    // A rule that has no surface of every contract is shown by what the targets bring.
    let findings = match rule.on.is_empty() {
        true => compare_all(&old, &new, &brought),
        false => compare(&old, &new),
    };
    let own = findings
        .into_iter()
        .filter(|it| it.rule.code.name == name)
        .collect();
    let mut sources = Sources::default();
    let _ = sources.absorb(new.sources.clone());
    let moved = sources.absorb(old.sources.clone());
    let section = Section::new("old", own, &policy, Level::Note, &sources, moved);
    let shown = section.findings.iter();
    let diagnostics: Vec<_> = shown
        .map(|it| diagnostic(it, &policy, true, &sources))
        .collect();
    let text = Human::new(false).render(&diagnostics, &sources);
    let place = format!("{}/", root().join(name).display());
    let text = text.replace(&place, "");
    format!("{}\n", text.trim_end())
}
