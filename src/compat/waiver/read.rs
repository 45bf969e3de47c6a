//! From the text of a ledger to waivers. Whatever it does not say as it should is an error with its place: a waiver that
//! is not understood must not be taken for one that does not exist.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Date, Ledger, Waiver};
use crate::compat::rules;
use crate::diagnostics::{Diagnostic, codes, nearest};
use crate::source::{SourceId, Sources, Span};

const KEYS: [&str; 6] = [
    "fingerprint",
    "rule",
    "element",
    "message",
    "reason",
    "until",
];

impl Ledger {
    /// Reads a ledger. Its text is added to `sources` under `name`.
    ///
    /// # Errors
    /// Everything that is wrong with it, each with its place.
    pub fn parse(name: &str, text: &str, sources: &mut Sources) -> Result<Self, Vec<Diagnostic>> {
        let source = sources.add(name, Some(text.into()));
        let (table, errors) = DeTable::parse_recoverable(text);
        let mut read = Read {
            source,
            sources,
            problems: Vec::new(),
        };
        for error in errors {
            read.syntax(&error);
        }
        let mut ledger = Self::default();
        if read.problems.is_empty() {
            read.file(table.get_ref(), &mut ledger);
        }
        match read.problems.is_empty() {
            true => Ok(ledger),
            false => Err(read.problems),
        }
    }
}

struct Read<'s> {
    source: SourceId,
    sources: &'s Sources,
    problems: Vec<Diagnostic>,
}

impl Read<'_> {
    fn span(&self, range: std::ops::Range<usize>) -> Option<Span> {
        self.sources.span(self.source, range)
    }

    fn error(&self, range: std::ops::Range<usize>, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(&codes::WAIVER, message)
            .in_file(self.sources.get(self.source).name())
            .at(self.span(range), "")
    }

    /// What is no TOML; one problem is told once, however many the parser makes of it.
    fn syntax(&mut self, error: &toml::de::Error) {
        let message = error.message().replace('\n', ", ");
        let problem = self.error(error.span().unwrap_or(0..0), message);
        let text = self.sources.get(self.source).text().unwrap_or_default();
        let marks = ["<<<<<<<", "=======", ">>>>>>>"];
        let torn = text
            .lines()
            .any(|line| marks.iter().any(|it| line.starts_with(it)));
        let problem = match torn {
            true => problem.help("it has the marks of a merge: keep the waivers of both sides and take out the marks"),
            false => problem.help("a waiver begins with `[[waiver]]`, and dates are written without quotes: `until = 2026-12-31`"),
        };
        if self.problems.is_empty() {
            self.problems.push(problem);
        }
    }

    fn file(&mut self, table: &DeTable<'_>, ledger: &mut Ledger) {
        let version = table
            .get("version")
            .map(|it| (it.span(), it.get_ref().as_integer()));
        if let Some((range, number)) = &version
            && number.is_none_or(|it| it.as_str() != "1")
        {
            let problem = self.error(
                range.clone(),
                "the ledger is of a version that this xlc does not know",
            );
            self.problems
                .push(problem.help("write `version = 1`, or use the xlc that it was written for"));
            return;
        }
        for (key, value) in table {
            match (key.get_ref().as_ref(), value.get_ref()) {
                ("version", _) => {}
                ("waiver", DeValue::Array(items)) => {
                    for item in items.iter() {
                        self.waiver(item, ledger);
                    }
                }
                (other, _) => {
                    let problem =
                        self.error(key.span(), format!("`{other}` is no key of a ledger"));
                    self.problems
                        .push(problem.help("each waiver is a table `[[waiver]]`"));
                }
            }
        }
        if version.is_none() && self.problems.is_empty() && !ledger.waivers.is_empty() {
            let problem = self.error(0..0, "`version` is missing");
            self.problems
                .push(problem.help("begin the file with `version = 1`"));
        }
    }

    fn waiver(&mut self, item: &Spanned<DeValue<'_>>, ledger: &mut Ledger) {
        let Some(table) = item.get_ref().as_table() else {
            let problem = self.error(item.span(), "a waiver is a table");
            self.problems
                .push(problem.help("write `[[waiver]]` and its keys below"));
            return;
        };
        for key in table
            .keys()
            .filter(|key| !KEYS.contains(&key.get_ref().as_ref()))
        {
            let name = key.get_ref().as_ref();
            let problem = self.error(key.span(), format!("`{name}` is no key of a waiver"));
            self.problems.push(match nearest(name, KEYS) {
                Some(near) => problem.help(format!("did you mean `{near}`?")),
                None => problem.help(format!("the keys are `{}`", KEYS.join("`, `"))),
            });
        }
        let [fingerprint, rule, element, message, reason] =
            ["fingerprint", "rule", "element", "message", "reason"]
                .map(|key| self.text(item, table, key));
        let until = self.until(table);
        let (Some(fingerprint), Some(rule), Some(reason)) = (fingerprint, rule, reason) else {
            return;
        };
        self.check(&fingerprint, &rule, &reason, ledger);
        ledger.waivers.push(Waiver {
            span: self.span(fingerprint.1),
            fingerprint: fingerprint.0,
            rule: rule.0,
            element: element.unwrap_or_default().0,
            message: message.unwrap_or_default().0,
            reason: reason.0,
            until,
        });
    }

    fn check(&mut self, fingerprint: &Text, rule: &Text, reason: &Text, ledger: &Ledger) {
        let (text, range) = fingerprint;
        let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        if text.len() != 16 || !text.bytes().all(is_digit) {
            let problem = self.error(range.clone(), format!("`{text}` is no fingerprint"));
            self.problems.push(problem.help(
                "`xlc check-compat --format json` has them: 16 of the digits 0 to 9 and a to f",
            ));
        }
        if let Some(first) = ledger.find(text) {
            let problem = self.error(range.clone(), format!("`{text}` is accepted twice"));
            let problem = problem.and(first.span, "first here");
            self.problems
                .push(problem.help("keep one of the two waivers"));
        }
        let (text, range) = rule;
        if rules::find(text).is_none() {
            let problem = self.error(range.clone(), format!("there is no rule `{text}`"));
            let near = nearest(text, rules::rules().map(|rule| rule.code.name));
            self.problems.push(match near {
                Some(near) => problem.help(format!("did you mean `{near}`?")),
                None => problem.help("`xlc list rules` prints all rules"),
            });
        }
        let (text, range) = reason;
        if text.trim().is_empty() {
            let problem = self.error(range.clone(), "the reason is empty");
            self.problems
                .push(problem.help("say in a sentence why the finding is no harm"));
        }
    }

    /// The text under a key that every waiver has, and where it stands.
    fn text(
        &mut self,
        item: &Spanned<DeValue<'_>>,
        table: &DeTable<'_>,
        key: &str,
    ) -> Option<Text> {
        let problem = match table.get(key).map(|it| (it.span(), it.get_ref().as_str())) {
            Some((range, Some(text))) => return Some((text.to_owned(), range)),
            Some((range, None)) => self.error(range, format!("`{key}` is no text")),
            None => self.error(item.span(), format!("the waiver has no `{key}`")),
        };
        self.problems.push(problem.help(format!(
            "write `{key} = \"…\"`, or let `xlc accept` write the waiver"
        )));
        None
    }

    fn until(&mut self, table: &DeTable<'_>) -> Option<Date> {
        let value = table.get("until")?;
        let date = value.get_ref().as_datetime().and_then(Date::of_toml);
        if date.is_none() {
            let problem = self.error(value.span(), "`until` is no date");
            self.problems
                .push(problem.help("write a day without quotes: `until = 2026-12-31`"));
        }
        date
    }
}

/// Text, and where it stands.
type Text = (String, std::ops::Range<usize>);

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "version = 1\n\n[[waiver]]\nfingerprint = \"0123456789abcdef\"\nrule = \"field-kind\"\n\
                        element = \"a.B.c\"\nmessage = \"m\"\nreason = \"nobody reads it\"\nuntil = 2026-12-31\n";

    fn problems(text: &str) -> Vec<(u32, String)> {
        let mut sources = Sources::default();
        let failed = Ledger::parse("ledger", text, &mut sources).unwrap_err();
        let line = |it: &Diagnostic| {
            it.primary
                .as_ref()
                .map_or(0, |label| label.span.start_line + 1)
        };
        for problem in &failed {
            assert!(!problem.help.is_empty(), "{problem:?}");
        }
        failed
            .iter()
            .map(|it| (line(it), it.message.clone()))
            .collect()
    }

    #[test]
    fn a_ledger_is_read() {
        let mut sources = Sources::default();
        let ledger = Ledger::parse("ledger", GOOD, &mut sources).unwrap();
        let [waiver] = ledger.waivers.as_slice() else {
            panic!("{ledger:?}");
        };
        assert_eq!(waiver.reason, "nobody reads it");
        assert_eq!(
            waiver.until.map(|it| it.to_string()).as_deref(),
            Some("2026-12-31")
        );
        assert_eq!(waiver.span.map(|it| it.start_line), Some(3));
        assert_eq!(
            Ledger::parse("ledger", "", &mut sources),
            Ok(Ledger::default())
        );
    }

    #[test]
    fn every_mistake_has_its_place_and_a_remedy() {
        let second = GOOD.trim_start_matches("version = 1\n");
        for (text, line, words) in [
            (
                GOOD.replace("field-kind", "field-knd"),
                5,
                "there is no rule `field-knd`",
            ),
            (
                GOOD.replace("\"nobody reads it\"", "\" \""),
                8,
                "the reason is empty",
            ),
            (
                GOOD.replace("reason = \"nobody reads it\"\n", ""),
                3,
                "the waiver has no `reason`",
            ),
            (
                GOOD.replace("2026-12-31", "\"2026-12-31\""),
                9,
                "`until` is no date",
            ),
            (
                GOOD.replace("2026-12-31", "2026-12-31T00:00:00Z"),
                9,
                "`until` is no date",
            ),
            (
                GOOD.replace("89abcdef", ""),
                4,
                "`01234567` is no fingerprint",
            ),
            (
                GOOD.replace("until", "untill"),
                9,
                "`untill` is no key of a waiver",
            ),
            (
                GOOD.replace("version = 1", "version = 2"),
                1,
                "the ledger is of a version that this xlc does not know",
            ),
            (GOOD.replace("version = 1", ""), 1, "`version` is missing"),
            (
                GOOD.replace("[[waiver]]", "[[waivers]]"),
                3,
                "`waivers` is no key of a ledger",
            ),
            (
                format!("{GOOD}{second}"),
                12,
                "`0123456789abcdef` is accepted twice",
            ),
        ] {
            assert_eq!(problems(&text), [(line, words.to_owned())], "{text}");
        }
        for text in [
            GOOD.replace("2026-12-31", "2026-02-30"),
            format!("{GOOD}<<<<<<< ours\n{second}"),
            "waiver = [".to_owned(),
        ] {
            assert_eq!(problems(&text).len(), 1, "{text}");
        }
    }
}
