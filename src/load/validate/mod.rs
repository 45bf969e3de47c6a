//! The rules of protoc that linking does not need: which contracts are refused though every name in them resolves,
//! and which are worth a warning.
//!
//! A rule is a row of a const table: a code, a severity and a small function over one linked element. The functions
//! run in one walk over the files, take linear time (or sort), and allocate nothing while all is well. What a
//! contract means, and how a problem is shown, is none of their business.

mod at;
mod declarations;
mod editions;
mod enums;
mod extensions;
mod fields;
mod imports;
mod json_names;
mod maps;
mod message_sets;
mod names;
mod numbers;
mod oneofs;
mod options;
mod proto3;
mod ranges;
mod report;
mod reserved;
mod unused;
mod walk;

use self::at::{EnumAt, FieldAt, FileAt, Home, Load, MessageAt};
use self::report::Report;
use super::link::Linked;
use super::paths::to_u32;
use crate::diagnostics::{Code, Diagnostic, Severity};
use crate::source::Sources;

/// A rule: what it is called, how bad it is to break it, and how it is checked.
#[derive(Debug)]
struct Rule {
    code: &'static Code,
    severity: Severity,
    check: Check,
}

type OnLoad = fn(Load<'_>, &mut Report<'_>);
type OnFile = fn(FileAt<'_>, &mut Report<'_>);
type OnMessage = fn(MessageAt<'_>, &mut Report<'_>);
type OnField = fn(FieldAt<'_>, &mut Report<'_>);
type OnEnum = fn(EnumAt<'_>, &mut Report<'_>);

/// The kind of element that a rule looks at, and the function that does.
#[derive(Debug, Clone, Copy)]
enum Check {
    /// All files at once.
    Load(OnLoad),
    File(OnFile),
    Message(OnMessage),
    /// Fields, those of map entries included, and extensions.
    Field(OnField),
    Enum(OnEnum),
}

/// A rule whose violation makes the contract unusable.
const fn error(code: &'static Code, check: Check) -> Rule {
    Rule {
        code,
        severity: Severity::Error,
        check,
    }
}

/// A rule whose violation is only told.
const fn warning(code: &'static Code, check: Check) -> Rule {
    Rule {
        code,
        severity: Severity::Warning,
        check,
    }
}

/// The rules about one kind of thing.
struct Area {
    /// What it is called in the book, which a test holds to this table.
    #[cfg_attr(not(test), expect(dead_code))]
    title: &'static str,
    rules: &'static [Rule],
}

const fn area(title: &'static str, rules: &'static [Rule]) -> Area {
    Area { title, rules }
}

/// All rules.
static AREAS: &[Area] = &[
    area("Names and packages", names::RULES),
    area("Reserved names", reserved::RULES),
    area("Field numbers", numbers::RULES),
    area("Ranges of numbers", ranges::RULES),
    area("Enums", enums::RULES),
    area("JSON names", json_names::RULES),
    area("Options of fields", fields::RULES),
    area("Oneofs", oneofs::RULES),
    area("Maps", maps::RULES),
    area("MessageSets", message_sets::RULES),
    area("proto3", proto3::RULES),
    area("Editions", editions::RULES),
    area("Extensions", extensions::RULES),
    area("Declared extensions", declarations::RULES),
    area("Options", options::RULES),
    area("Imports", imports::RULES),
    area("Unused imports", unused::RULES),
];

/// The functions of the rules by the element that they look at, in the order of the tables.
#[derive(Default)]
struct Plan {
    load: Vec<Step<OnLoad>>,
    file: Vec<Step<OnFile>>,
    message: Vec<Step<OnMessage>>,
    field: Vec<Step<OnField>>,
    enumeration: Vec<Step<OnEnum>>,
}

struct Step<F> {
    rule: &'static Rule,
    check: F,
}

impl Plan {
    fn new(areas: &'static [Area]) -> Self {
        let mut plan = Self::default();
        for rule in areas.iter().flat_map(|area| area.rules) {
            match rule.check {
                Check::Load(check) => plan.load.push(Step { rule, check }),
                Check::File(check) => plan.file.push(Step { rule, check }),
                Check::Message(check) => plan.message.push(Step { rule, check }),
                Check::Field(check) => plan.field.push(Step { rule, check }),
                Check::Enum(check) => plan.enumeration.push(Step { rule, check }),
            }
        }
        plan
    }

    fn file(&self, file: FileAt<'_>, report: &mut Report<'_>) {
        for step in &self.file {
            (step.check)(file, report.of(step.rule));
        }
        for (index, message) in file.proto().messages.iter().enumerate() {
            let message = MessageAt {
                file,
                index: to_u32(index),
                message,
            };
            for step in &self.message {
                (step.check)(message, report.of(step.rule));
            }
            for (position, field) in message.message.fields.iter().enumerate() {
                let home = Home::Message { message, position };
                self.field(FieldAt { file, field, home }, report);
            }
        }
        for (index, extension) in file.proto().extensions.iter().enumerate() {
            let home = Home::Extension {
                extension,
                index: to_u32(index),
            };
            let field = &extension.field;
            self.field(FieldAt { file, field, home }, report);
        }
        for (index, enumeration) in file.proto().enums.iter().enumerate() {
            let enumeration = EnumAt {
                file,
                index: to_u32(index),
                enumeration,
            };
            for step in &self.enumeration {
                (step.check)(enumeration, report.of(step.rule));
            }
        }
    }

    fn field(&self, field: FieldAt<'_>, report: &mut Report<'_>) {
        for step in &self.field {
            (step.check)(field, report.of(step.rule));
        }
    }
}

/// Checks all rules on all files. Names that did not resolve are passed over, so it may run on what the linker refused.
pub(crate) fn validate(linked: &Linked, sources: &Sources, diagnostics: &mut Vec<Diagnostic>) {
    let plan = Plan::new(AREAS);
    let mut report = Report::new(diagnostics);
    let load = Load { linked, sources };
    for index in 0..linked.files.len() {
        plan.file(load.file(to_u32(index)), &mut report);
    }
    for step in &plan.load {
        (step.check)(load, report.of(step.rule));
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fmt::Write as _;
    use std::path::Path;

    use super::AREAS;
    use crate::diagnostics::Severity;

    /// The rules as the book lists them.
    fn table() -> String {
        let mut table = String::from("| area | code | what it says |\n|---|---|---|\n");
        for area in AREAS {
            let mut seen = BTreeSet::new();
            for rule in area.rules {
                let severity = match rule.severity {
                    Severity::Error => "",
                    Severity::Warning => "*warning:* ",
                };
                let row = format!("`{}` | {severity}{}", rule.code.name, rule.code.summary);
                if seen.insert(row.clone()) {
                    writeln!(table, "| {} | {row} |", area.title).unwrap();
                }
            }
        }
        table
    }

    #[test]
    fn the_book_lists_every_rule() {
        let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("book/src/loading.md");
        let page = std::fs::read_to_string(page).unwrap();
        assert!(page.contains(&table()), "the page lacks\n{}", table());
    }
}
