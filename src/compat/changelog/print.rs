//! The changelog for people: as text, and as Markdown for release notes.

use std::fmt::Write as _;

use super::{Change, Changelog, Sort};

impl Sort {
    const ALL: [Self; 4] = [Self::Added, Self::Changed, Self::Deprecated, Self::Removed];

    fn sign(self) -> char {
        match self {
            Self::Added => '+',
            Self::Changed => '~',
            Self::Deprecated => '!',
            Self::Removed => '-',
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Added => "Added",
            Self::Changed => "Changed",
            Self::Deprecated => "Deprecated",
            Self::Removed => "Removed",
        }
    }
}

impl Changelog {
    /// As text: a line per change, under its package and file.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        let mut last: Option<(&str, &str)> = None;
        for change in &self.changes {
            let (package, file) = (change.package.as_str(), change.file.as_str());
            if last.map(|it| it.0) != Some(package) {
                let gap = if text.is_empty() { "" } else { "\n" };
                let _ = writeln!(text, "{gap}{}", titled(package));
            }
            if last != Some((package, file)) {
                let _ = writeln!(text, "  {file}");
            }
            last = Some((package, file));
            let _ = writeln!(text, "    {} {}", change.sort.sign(), change.message);
        }
        for api in &self.apis {
            let gap = if text.is_empty() { "" } else { "\n" };
            let _ = writeln!(text, "{gap}{}", api.surface);
            let mut last = None;
            for line in &api.lines {
                if last != Some(&line.within) {
                    let _ = writeln!(text, "  {}", titled(&line.within));
                }
                last = Some(&line.within);
                for (sign, line) in [('-', &line.old), ('+', &line.new)] {
                    if let Some(line) = line {
                        let _ = writeln!(text, "    {sign} {line}");
                    }
                }
            }
        }
        text
    }

    /// As Markdown: a section per package, and in it one per sort of change.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut text = String::new();
        let mut packages: Vec<&str> = self.changes.iter().map(|it| it.package.as_str()).collect();
        packages.dedup();
        for package in packages {
            let _ = writeln!(text, "## {}\n", quoted(package));
            for sort in Sort::ALL {
                let of = |it: &&Change| it.package == package && it.sort == sort;
                let mut changes = self.changes.iter().filter(of).peekable();
                if changes.peek().is_none() {
                    continue;
                }
                let _ = writeln!(text, "### {}\n", sort.title());
                for change in changes {
                    let _ = writeln!(text, "- {}", change.message);
                }
                text.push('\n');
            }
        }
        for api in self.apis.iter().filter(|it| !it.lines.is_empty()) {
            let _ = writeln!(text, "## `{}`\n\n```diff", api.surface);
            let mut last = None;
            for line in &api.lines {
                if last != Some(&line.within) {
                    let _ = writeln!(text, "  {}", titled(&line.within));
                }
                last = Some(&line.within);
                for (sign, line) in [('-', &line.old), ('+', &line.new)] {
                    if let Some(line) = line {
                        let _ = writeln!(text, "{sign}   {line}");
                    }
                }
            }
            text.push_str("```\n\n");
        }
        text.truncate(text.trim_end().len());
        text.push('\n');
        text
    }

    /// How many changes there are of each sort, in words.
    #[must_use]
    pub fn tally(&self) -> String {
        let counts = Sort::ALL.map(|sort| {
            let count = self.changes.iter().filter(|it| it.sort == sort).count();
            (count, sort.title().to_lowercase())
        });
        let counts: Vec<String> = (counts.iter())
            .filter(|(count, _)| *count > 0)
            .map(|(count, word)| format!("{count} {word}"))
            .collect();
        match counts.is_empty() {
            true => "no change of the contract".to_owned(),
            false => counts.join(", "),
        }
    }
}

fn titled(name: &str) -> &str {
    match name.is_empty() {
        true => "(no package)",
        false => name,
    }
}

fn quoted(package: &str) -> String {
    match package.is_empty() {
        true => "No package".to_owned(),
        false => format!("`{package}`"),
    }
}
