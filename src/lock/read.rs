//! From the text of a lock to its elements. Decides what makes a lock unreadable: lines that say nothing, marks of a merge,
//! another version of the format, and elements of what the lock does not have.

use hashbrown::{HashMap, HashSet};

use super::item::{Item, Sort, TypeName};
use super::line::{self, Line};
use super::words::Wrong;
use super::{Entry, FILE_NAME, Lock, VERSION, elements};
use crate::diagnostics::{Diagnostic, codes};
use crate::source::{SourceId, Sources, Span};

/// What is done about the marks that a merge leaves where it cannot tell which side is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conflicts {
    /// They are an error.
    Refuse,
    /// The lines of both sides are kept, which is always right.
    KeepBoth,
}

/// The marks, in their order.
const MARKS: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

pub(super) fn read<'a>(
    text: &'a str,
    source: SourceId,
    sources: &Sources,
    conflicts: Conflicts,
) -> Result<Lock<'a>, Box<Diagnostic>> {
    let reader = Reader { source, sources };
    let lines: Vec<&str> = text.split('\n').collect();
    reader.version(&lines)?;
    let mut lock = Lock::default();
    // The part of a conflict that both sides changed is in neither of them.
    let mut is_base = false;
    for (number, whole) in lines.into_iter().enumerate() {
        let line = whole.strip_suffix('\r').unwrap_or(whole);
        if let Some(mark) = MARKS.iter().find(|mark| line.starts_with(**mark)) {
            if conflicts == Conflicts::Refuse {
                return Err(Box::new(reader.conflict(number, line)));
            }
            lock.conflicts += usize::from(mark.starts_with('<'));
            is_base = mark.starts_with('|');
            continue;
        }
        if is_base {
            continue;
        }
        match line::read(line) {
            Ok(Line::Element(item, gone)) => lock.entries.push(Entry {
                item,
                gone,
                span: Some(reader.span(number, 0..line.len())),
            }),
            Ok(Line::Nothing | Line::Version(_)) => {}
            Err(wrong) => return Err(Box::new(reader.wrong(number, wrong))),
        }
    }
    reader.check(&lock)?;
    lock.entries = unique(lock.entries);
    Ok(lock)
}

/// Each element once. What is both gone and live comes from two branches, one of which did nothing to it: it is gone.
fn unique(entries: Vec<Entry<'_>>) -> Vec<Entry<'_>> {
    // The place of each element among those that are kept, and whether it is gone.
    let mut places: HashMap<&Item<'_>, usize> = HashMap::with_capacity(entries.len());
    let mut gone: Vec<bool> = Vec::with_capacity(entries.len());
    let mut is_first = vec![false; entries.len()];
    for (entry, is_first) in entries.iter().zip(&mut is_first) {
        let place = *places.entry(&entry.item).or_insert(gone.len());
        match gone.get_mut(place) {
            Some(gone) => *gone |= entry.gone,
            None => {
                gone.push(entry.gone);
                *is_first = true;
            }
        }
    }
    drop(places);
    let first = entries.into_iter().zip(is_first).filter(|(_, it)| *it);
    let first = first.zip(gone);
    first
        .map(|((entry, _), gone)| Entry { gone, ..entry })
        .collect()
}

struct Reader<'s> {
    source: SourceId,
    sources: &'s Sources,
}

impl Reader<'_> {
    fn span(&self, line: usize, columns: std::ops::Range<usize>) -> Span {
        let number = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
        Span {
            source: self.source,
            start_line: number(line),
            start_column: number(columns.start),
            end_line: number(line),
            end_column: number(columns.end),
        }
    }

    fn error(&self, message: impl Into<String>) -> Diagnostic {
        let name = self.sources.get(self.source).name();
        Diagnostic::error(&codes::LOCK, message).in_file(name)
    }

    /// Looks for the version before anything else: another one may say everything differently.
    fn version(&self, lines: &[&str]) -> Result<(), Box<Diagnostic>> {
        let mut found = false;
        for (number, text) in lines.iter().enumerate() {
            let text = text.trim_end_matches('\r');
            if !text.starts_with(line::VERSION) {
                continue;
            }
            match line::read(text) {
                Ok(Line::Version(VERSION)) => found = true,
                Ok(Line::Version(other)) => {
                    let span = self.span(number, 0..text.len());
                    let problem = self.error(format!("the lock has version {other} of its format"));
                    let problem = problem.at(Some(span), "");
                    return Err(Box::new(
                        problem
                            .note(format!(
                                "this is xlc {}, which knows version {VERSION}",
                                env!("CARGO_PKG_VERSION")
                            ))
                            .help("use the version of xlc that wrote it, or a newer one"),
                    ));
                }
                Ok(Line::Nothing | Line::Element(..)) => {}
                Err(wrong) => return Err(Box::new(self.wrong(number, wrong))),
            }
        }
        if found {
            return Ok(());
        }
        let problem = self.error("the lock has no line `version 1`");
        Err(Box::new(problem.at(Some(self.span(0, 0..0)), "").help(format!(
            "take `{FILE_NAME}` from git as it was; without one, `xlc lock --from tags:v*` builds it from released versions"
        ))))
    }

    fn conflict(&self, number: usize, line: &str) -> Diagnostic {
        let span = self.span(number, 0..line.len());
        let problem = self.error("the lock has an unresolved conflict of a merge");
        problem
            .at(Some(span), "")
            .help("run `xlc lock`: it keeps the lines of both sides, which is always right")
            .help(format!(
                "`{FILE_NAME} merge=union` in .gitattributes lets git do that by itself"
            ))
    }

    fn wrong(&self, number: usize, wrong: Wrong) -> Diagnostic {
        let at = self.span(number, wrong.at);
        let problem = self.error(wrong.message);
        problem.at(Some(at), "").help(RESTORE)
    }

    /// Every element is of a type that is there, and every type in a file that is.
    fn check(&self, lock: &Lock<'_>) -> Result<(), Box<Diagnostic>> {
        let mut files: HashSet<&str> = HashSet::new();
        let mut types: HashMap<&str, Vec<&str>> = HashMap::new();
        let mut enums: HashSet<&str> = HashSet::new();
        for entry in &lock.entries {
            match &entry.item {
                Item::File(it) => drop(files.insert(&it.path)),
                Item::Type(it) => types.entry(it.name).or_default().push(it.sort.word()),
                Item::Reserved(..) | Item::Extensions(..) | Item::Field(_) | Item::Method(_) => {}
                Item::Value(it) => drop(enums.insert(it.holder)),
            }
        }
        let holds = |words: &[&'static str], name: &str| {
            let known = types
                .get(name)
                .is_some_and(|it| it.iter().any(|it| words.contains(it)));
            known || elements::is_google(name)
        };
        for entry in &lock.entries {
            let lacks = |words: &[&'static str], name: &str| match holds(words, name) {
                true => Ok(()),
                false => Err(Box::new(self.lacks(lock, entry, &words.join(" or "), name))),
            };
            match &entry.item {
                Item::File(_) => {}
                Item::Type(it) => {
                    self.in_file(entry, &it.file, &files)?;
                    if matches!(it.sort, Sort::Enum { .. }) && !enums.contains(it.name) {
                        let problem = self.error(format!("enum `{}` has no value", it.name));
                        return Err(Box::new(problem.at(entry.span, "").help(RESTORE)));
                    }
                }
                Item::Reserved(owner, _) => lacks(&[MESSAGE, ENUM], owner)?,
                Item::Extensions(owner, _) => lacks(&[MESSAGE], owner)?,
                Item::Field(it) => {
                    lacks(&[MESSAGE], it.holder)?;
                    if let Some(file) = &it.file {
                        self.in_file(entry, file, &files)?;
                    }
                    match it.ty {
                        TypeName::Scalar(_) => {}
                        TypeName::Enum(name) => lacks(&[ENUM], name)?,
                        TypeName::Message(name) | TypeName::Group(name) => lacks(&[MESSAGE], name)?,
                    }
                }
                Item::Value(it) => lacks(&[ENUM], it.holder)?,
                Item::Method(it) => {
                    lacks(&[SERVICE], it.holder)?;
                    lacks(&[MESSAGE], it.input)?;
                    lacks(&[MESSAGE], it.output)?;
                }
            }
        }
        Ok(())
    }

    fn in_file(
        &self,
        entry: &Entry<'_>,
        path: &str,
        files: &HashSet<&str>,
    ) -> Result<(), Box<Diagnostic>> {
        if files.contains(path) {
            return Ok(());
        }
        let problem = self.error(format!("the lock has no file `{path}`"));
        Err(Box::new(
            problem.at(entry.span, "it is needed here").help(RESTORE),
        ))
    }

    /// An element contradicts the others: what it is of, or holds, is not there, or is something else.
    fn lacks(&self, lock: &Lock<'_>, entry: &Entry<'_>, word: &str, name: &str) -> Diagnostic {
        let problem = self.error(format!("the lock has no {word} `{name}`"));
        let problem = problem.at(entry.span, "it is needed here").help(RESTORE);
        let other = lock
            .entries
            .iter()
            .find(|it| super::type_name(it) == Some(name));
        match other.map(|it| (&it.item, it.span)) {
            Some((Item::Type(it), span)) => problem.and(
                span,
                format!("here it is of another kind: {}", kind(it.sort)),
            ),
            Some(_) | None => problem,
        }
    }
}

const MESSAGE: &str = "message";
const ENUM: &str = "enum";
const SERVICE: &str = "service";

const RESTORE: &str =
    "nobody but `xlc lock` should write this file: take it from git as it was, and run `xlc lock`";

fn kind(sort: Sort) -> String {
    match sort {
        Sort::Message { .. } => "a message".to_owned(),
        Sort::Enum { .. } => "an enum".to_owned(),
        Sort::Service => "a service".to_owned(),
    }
}
