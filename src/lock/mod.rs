//! The lock of a contract, `xlc.lock`: what it ever had, one element per line, so that what is gone is still known when
//! its number or name is used again. Decides what is in a lock, how it is written, read and merged, and which old versions
//! it stands for. Knows nothing of what hurts whom, nor of files.
//!
//! | word | meaning |
//! |---|---|
//! | element | a file, type, field, value, method or reservation with its facts: one line |
//! | live | in the contract that was locked last |
//! | gone | in a contract that was locked earlier |
//! | remnant | a version in which elements that are gone are there again, as far as they go together |
//!
//! A line never changes, apart from the word `gone` at its end, and the order of lines means nothing. So two branches that
//! both locked something are merged by keeping the lines of both.

mod default;
mod elements;
mod generations;
mod item;
mod line;
mod parts;
mod read;
mod reserve;
mod words;

use hashbrown::HashSet;

use self::item::{Item, Kept};
pub use self::read::Conflicts;
use crate::contract::Contract;
use crate::diagnostics::Diagnostic;
use crate::source::{SourceId, Sources, Span};

/// The name of the file.
pub const FILE_NAME: &str = "xlc.lock";

/// The version of the format that is written.
const VERSION: u64 = 1;

/// What a contract ever had. It borrows from the text and the contracts that it was made of.
#[derive(Debug, Clone, Default)]
pub struct Lock<'a> {
    entries: Vec<Entry<'a>>,
    /// How many conflicts of a merge were resolved when it was read.
    conflicts: usize,
}

/// An element and what became of it.
#[derive(Debug, Clone)]
struct Entry<'a> {
    item: Item<'a>,
    gone: bool,
    /// Its line; nothing if it comes from a contract.
    span: Option<Span>,
}

/// What locking a contract adds to a lock, as lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Added {
    /// Elements that are new.
    pub new: Vec<String>,
    /// Elements that are gone now.
    pub gone: Vec<String>,
    /// Elements that were gone and are there again.
    pub back: Vec<String>,
}

impl Added {
    /// What the lock lacked: without it, reuse would not be seen.
    pub fn lacking(&self) -> impl Iterator<Item = &String> {
        self.new.iter().chain(&self.back)
    }
}

/// The old versions that a lock stands for.
#[derive(Debug)]
pub struct Versions {
    /// What was locked last.
    pub newest: Contract,
    /// What is gone, in as few versions as it fits into.
    pub remnants: Vec<Remnant>,
}

/// A version in which elements are there again that are gone. The others are there to make it whole.
#[derive(Debug)]
pub struct Remnant {
    /// The version.
    pub contract: Contract,
    /// The lines of what is gone.
    lines: HashSet<u32>,
}

impl Remnant {
    /// Whether what stands here is gone.
    #[must_use]
    pub fn is_gone(&self, span: Span) -> bool {
        self.lines.contains(&span.start_line)
    }
}

impl<'a> Lock<'a> {
    /// Reads a lock from a text among the sources.
    ///
    /// # Errors
    /// The first thing that is wrong with it, with its place.
    pub fn read(
        text: &'a str,
        source: SourceId,
        sources: &Sources,
        conflicts: Conflicts,
    ) -> Result<Self, Box<Diagnostic>> {
        read::read(text, source, sources, conflicts)
    }

    /// How many conflicts of a merge were resolved when it was read.
    #[must_use]
    pub fn conflicts(&self) -> usize {
        self.conflicts
    }

    /// How many elements it has, and how many of them are gone.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        let gone = self.entries.iter().filter(|it| it.gone).count();
        (self.entries.len(), gone)
    }

    /// Locks a contract: what is new in it is added, and what it no longer has is gone from now on.
    pub fn add(&mut self, contract: &'a Contract) -> Added {
        let items = elements::of_contract(contract);
        let mut added = Added::default();
        let is_new = self.news(&items);
        let known: HashSet<&Item<'a>> = items.iter().collect();
        for entry in &mut self.entries {
            // Who reserved something meant it to stay so.
            let stays = matches!(entry.item, Item::Reserved(..));
            let is_gone = !stays && !known.contains(&entry.item);
            let list = match (entry.gone, is_gone) {
                (false, true) => &mut added.gone,
                (true, false) => &mut added.back,
                (true, true) | (false, false) => continue,
            };
            list.push(entry.item.to_string());
            entry.gone = is_gone;
        }
        drop(known);
        let news = items.into_iter().zip(is_new).filter(|(_, is_new)| *is_new);
        for (item, _) in news {
            added.new.push(item.to_string());
            self.entries.push(Entry {
                item,
                gone: false,
                span: None,
            });
        }
        added
    }

    /// For each element, whether the lock does not have it yet.
    fn news(&self, items: &[Item<'a>]) -> Vec<bool> {
        let held: HashSet<&Item<'a>> = self.entries.iter().map(|it| &it.item).collect();
        let reserved = reserve::by_owner(self.entries.iter().map(|it| &it.item));
        let is_new = |item: &Item<'a>| match item {
            // A wider range reserves as well.
            Item::Reserved(owner, Kept::Numbers(range)) => {
                !(reserved.get(owner)).is_some_and(|kept| reserve::covers(kept, *range))
            }
            Item::Reserved(_, Kept::Name(_))
            | Item::File(_)
            | Item::Type(_)
            | Item::Extensions(..)
            | Item::Field(_)
            | Item::Value(_)
            | Item::Method(_) => !held.contains(item),
        };
        items.iter().map(is_new).collect()
    }

    /// The lock as text: sorted, so that it is the same whatever order its elements came in.
    #[must_use]
    pub fn text(&self) -> String {
        let mut lines: Vec<_> = (self.entries.iter())
            .map(|entry| (entry.item.place(), !entry.gone, entry.item.to_string()))
            .collect();
        lines.sort();
        let mut text = format!("{HEAD}version {VERSION}\n");
        let mut block = None;
        for (place, live, line) in &lines {
            if block.replace(&place.block) != Some(&place.block) {
                text.push('\n');
            }
            text.push_str(line);
            text.push_str(if *live { "\n" } else { " gone\n" });
        }
        text
    }

    /// Names of protobuf's own types that the lock mentions and does not hold.
    #[must_use]
    pub fn foreign(&self) -> Vec<&'a str> {
        let held: HashSet<&str> = self.entries.iter().filter_map(type_name).collect();
        let mentioned = self.entries.iter().flat_map(|it| it.item.mentions());
        let holders = self.entries.iter().filter_map(|it| it.item.owner());
        let mut names: Vec<&str> = (mentioned.flatten().chain(holders))
            .filter(|name| elements::is_google(name) && !held.contains(name))
            .collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The old versions that the lock stands for, to be compared with a new one. Definitions of [`Lock::foreign`] types
    /// are taken from the first of `around` that has them. `source` is the text that the lock was read from.
    #[must_use]
    pub fn versions(&self, source: SourceId, new: &Contract, around: &[&Contract]) -> Versions {
        generations::versions(self, source, new, around)
    }
}

/// The name of a type, if the entry is one.
fn type_name<'a>(entry: &Entry<'a>) -> Option<&'a str> {
    match &entry.item {
        Item::Type(it) => Some(it.name),
        Item::File(_)
        | Item::Reserved(..)
        | Item::Extensions(..)
        | Item::Field(_)
        | Item::Value(_)
        | Item::Method(_) => None,
    }
}

const HEAD: &str = "\
# What this contract ever had, one element per line; `gone` is what it no longer has. Written by `xlc lock`: commit it,
# and do not edit it. After a merge keep the lines of both sides, in any order: `xlc lock` sorts them.
";
