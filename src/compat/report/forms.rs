//! The report in the forms of other tools: GitHub's workflow commands, GitLab's code quality, SARIF, JUnit, Markdown.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::published::{Item, Place, Report};
use crate::compat::buf;
use crate::compat::rules::rules;
use crate::diagnostics::codes;

/// The code under which an unused waiver is told.
const UNUSED: &str = codes::WAIVER_UNUSED.name;

impl Report {
    /// Every finding with the old version that it is against.
    fn items(&self) -> impl Iterator<Item = (&str, &Item)> {
        let comparisons = self.comparisons.iter();
        comparisons.flat_map(|it| it.findings.iter().map(|item| (it.against.as_str(), item)))
    }

    /// Those that are not accepted.
    fn counted(&self) -> impl Iterator<Item = (&str, &Item)> {
        self.items().filter(|(_, item)| item.accepted().is_none())
    }

    /// Workflow commands, which GitHub shows beside the lines of a pull request.
    #[must_use]
    pub fn github(&self) -> String {
        let mut text = String::new();
        for (against, item) in self.counted() {
            let command = match item.level.as_str() {
                "error" => "error",
                "warning" => "warning",
                _ => "notice",
            };
            let title = format!("{} against {against}", item.rule);
            let message = item.lines().join("\n");
            text.push_str(&annotation(command, item.place(), &title, &message));
        }
        for unused in &self.unused {
            let message = format!("{}\nhelp: {}", unused.message, unused.fix);
            let place = unused.place.as_ref();
            text.push_str(&annotation("warning", place, UNUSED, &message));
        }
        text
    }

    /// A code quality report as GitLab reads it.
    #[must_use]
    pub fn gitlab(&self) -> String {
        let issue = |(against, item): (&str, &Item)| {
            let place = item.place();
            json!({
                "description": item.lines().join("; "),
                "check_name": item.rule,
                "fingerprint": format!("{}-{}", item.fingerprint, against),
                "severity": match item.level.as_str() {
                    "error" => "major",
                    "warning" => "minor",
                    _ => "info",
                },
                "location": {
                    "path": place.map_or("", |it| it.file.as_str()),
                    "lines": { "begin": place.and_then(|it| it.line).unwrap_or(1) },
                },
            })
        };
        let mut issues: Vec<Value> = self.counted().map(issue).collect();
        issues.extend(self.unused.iter().map(|unused| {
            let place = unused.place.as_ref();
            json!({
                "description": format!("{}; help: {}", unused.message, unused.fix),
                "check_name": UNUSED,
                "fingerprint": format!("{}-unused", unused.fingerprint),
                "severity": "minor",
                "location": {
                    "path": place.map_or("", |it| it.file.as_str()),
                    "lines": { "begin": place.and_then(|it| it.line).unwrap_or(1) },
                },
            })
        }));
        format!("{:#}\n", Value::Array(issues))
    }

    /// SARIF 2.1.0, for code scanning.
    #[must_use]
    pub fn sarif(&self) -> String {
        // Of other tools' rules just those that are told.
        let told = |name: &str| self.items().any(|(_, item)| item.rule == name);
        let others = buf::all().map(|it| &it.rule);
        let others = others.filter(|it| told(it.code.name));
        let mut rules: Vec<Value> = rules()
            .chain(others)
            .map(|rule| {
                json!({
                    "id": rule.code.name,
                    "shortDescription": { "text": rule.code.summary },
                    "fullDescription": { "text": rule.why },
                    "help": { "text": rule.fix },
                })
            })
            .collect();
        rules.push(json!({
            "id": UNUSED,
            "shortDescription": { "text": codes::WAIVER_UNUSED.summary },
        }));
        let result = |(against, item): (&str, &Item)| {
            let mut result = json!({
                "ruleId": item.rule,
                "level": item.level,
                "message": { "text": item.lines().join("\n") },
                "partialFingerprints": { "xlc/v1": item.fingerprint },
                "properties": { "against": against, "verdicts": item.verdicts },
            });
            if let Some(place) = item.place() {
                result["locations"] = json!([location(place)]);
            }
            if let (Some(_), Some(old)) = (&item.new, &item.old) {
                let mut before = location(old);
                before["message"] = json!({ "text": "before" });
                result["relatedLocations"] = json!([before]);
            }
            // Where one result has them, all must.
            result["suppressions"] = json!([]);
            if let Some(reason) = item.accepted() {
                let mut suppression =
                    json!({ "kind": "external", "status": "accepted", "justification": reason });
                let place = item.waiver.as_ref().and_then(|it| it.place.as_ref());
                if let Some(place) = place {
                    suppression["location"] = location(place);
                }
                result["suppressions"] = json!([suppression]);
            }
            result
        };
        let mut results: Vec<Value> = self.items().map(result).collect();
        results.extend(self.unused.iter().map(|unused| {
            let mut result = json!({
                "ruleId": UNUSED,
                "level": "warning",
                "message": { "text": format!("{}\nhelp: {}", unused.message, unused.fix) },
                "partialFingerprints": { "xlc/v1": unused.fingerprint },
                "suppressions": [],
            });
            if let Some(place) = &unused.place {
                result["locations"] = json!([location(place)]);
            }
            result
        }));
        let log = json!({
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": { "driver": { "name": "xlc", "version": self.tool, "rules": rules } },
                "columnKind": "unicodeCodePoints",
                "results": results,
            }],
        });
        format!("{log:#}\n")
    }

    /// JUnit's XML: a suite per old version, a failure per error.
    #[must_use]
    pub fn junit(&self) -> String {
        let mut text = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"xlc check-compat\">\n",
        );
        for comparison in &self.comparisons {
            let against = xml(&comparison.against);
            let tests = comparison.findings.len().max(1);
            let failures = comparison.errors;
            let _ = writeln!(
                text,
                "  <testsuite name=\"{against}\" tests=\"{tests}\" failures=\"{failures}\" skipped=\"{}\">",
                comparison.accepted
            );
            if comparison.findings.is_empty() {
                let _ = writeln!(
                    text,
                    "    <testcase classname=\"{against}\" name=\"compatible\"/>"
                );
            }
            for item in &comparison.findings {
                let place = item.place();
                let class = place.map_or("", |it| it.file.as_str());
                let lines = xml(&item.lines().join("\n"));
                let _ = writeln!(
                    text,
                    "    <testcase classname=\"{}\" name=\"{}: {}\">",
                    xml(class),
                    xml(&item.rule),
                    xml(&item.message)
                );
                let _ = match (item.accepted(), item.level.as_str()) {
                    (Some(reason), _) => {
                        writeln!(text, "      <skipped message=\"{}\"/>", xml(reason))
                    }
                    (None, "error") => writeln!(
                        text,
                        "      <failure type=\"{}\" message=\"{}\">{lines}</failure>",
                        xml(&item.rule),
                        xml(&item.message)
                    ),
                    (None, _) => writeln!(text, "      <system-out>{lines}</system-out>"),
                };
                text.push_str("    </testcase>\n");
            }
            text.push_str("  </testsuite>\n");
        }
        text.push_str("</testsuites>\n");
        text
    }

    /// Markdown, for a comment or a summary of a run.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut text = String::new();
        for comparison in &self.comparisons {
            let verdict = match comparison.errors {
                0 => "compatible",
                _ => "not compatible",
            };
            let _ = writeln!(
                text,
                "## {verdict} with {}\n\n{}, {}\n",
                code(&comparison.against),
                count(comparison.errors, "breaking change"),
                count(comparison.warnings, "warning")
            );
            let (accepted, counted): (Vec<&Item>, Vec<&Item>) = comparison
                .findings
                .iter()
                .partition(|it| it.accepted().is_some());
            for item in counted {
                let _ = writeln!(text, "### {}: {}\n", code(&item.rule), item.message);
                for (word, place) in [("now", &item.new), ("before", &item.old)] {
                    if let Some(place) = place {
                        let _ = writeln!(text, "* {word}: {}", code(&shown(place)));
                    }
                }
                for opinion in item.deciding() {
                    let _ = writeln!(text, "* {}", opinion.text);
                }
                if let Some(beside) = item.beside() {
                    let _ = writeln!(text, "* {beside}");
                }
                let _ = writeln!(text, "* {}\n", item.fix);
            }
            if !accepted.is_empty() {
                text.push_str("### Accepted\n\n");
                for item in accepted {
                    let reason = item.accepted().unwrap_or_default();
                    let _ = writeln!(text, "* {}: {}: {reason}", code(&item.rule), item.message);
                }
                text.push('\n');
            }
        }
        for unused in &self.unused {
            let place = unused.place.as_ref().map(shown).unwrap_or_default();
            let _ = writeln!(
                text,
                "* {}: {}; {}",
                code(&place),
                unused.message,
                unused.fix
            );
        }
        text
    }
}

fn count(number: usize, noun: &str) -> String {
    match number {
        1 => format!("1 {noun}"),
        more => format!("{more} {noun}s"),
    }
}

fn shown(place: &Place) -> String {
    match (place.line, place.column) {
        (Some(line), Some(column)) => format!("{}:{line}:{column}", place.file),
        (Some(_) | None, _) => place.file.clone(),
    }
}

fn location(place: &Place) -> Value {
    let mut physical = json!({ "artifactLocation": { "uri": place.file.replace('\\', "/") } });
    if let Some(line) = place.line {
        physical["region"] = json!({ "startLine": line, "startColumn": place.column.unwrap_or(1) });
    }
    json!({ "physicalLocation": physical })
}

/// One workflow command.
fn annotation(command: &str, place: Option<&Place>, title: &str, message: &str) -> String {
    let mut properties = Vec::new();
    if let Some(place) = place {
        properties.push(format!("file={}", property(&place.file)));
        properties.extend(place.line.map(|line| format!("line={line}")));
        properties.extend(place.column.map(|column| format!("col={column}")));
    }
    properties.push(format!("title={}", property(title)));
    format!("::{command} {}::{}\n", properties.join(","), data(message))
}

/// Text in the message of a workflow command.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Text in a property of a workflow command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// Text in XML; what XML cannot hold is replaced.
fn xml(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\t' => escaped.push(c),
            c if c < ' ' || c == '\u{fffe}' || c == '\u{ffff}' => escaped.push('\u{fffd}'),
            c => escaped.push(c),
        }
    }
    escaped
}

/// A code span; backticks inside are fenced off by more of them.
fn code(text: &str) -> String {
    match text.contains('`') {
        true => format!("`` {text} ``"),
        false => format!("`{text}`"),
    }
}
