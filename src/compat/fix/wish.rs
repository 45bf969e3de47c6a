//! From findings to what is to be written: which numbers and names of which message or enum, which name of which field.
//! Decides what is allowed there; knows no text.

use std::collections::{BTreeMap, BTreeSet};

use super::text;
use crate::compat::delta::{Delta, EnumChange, FieldChange, MessageChange, ValueChange};
use crate::compat::finding::Finding;
use crate::compat::policy::{Level, Policy};
use crate::compat::surface::{Harm, Verdict};
use crate::contract::{
    Contract, Edition, Enum, EnumId, File, FileId, Message, MessageId, NumberRange, Reserved,
};
use crate::source::Span;

/// What has reserved numbers and names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Holder {
    Message(MessageId),
    Enum(EnumId),
}

impl Holder {
    pub(super) fn file(self, contract: &Contract) -> FileId {
        match self {
            Self::Message(id) => contract.message(id).file,
            Self::Enum(id) => contract.enumeration(id).file,
        }
    }

    pub(super) fn full_name(self, contract: &Contract) -> &str {
        match self {
            Self::Message(id) => contract.message(id).full_name.as_str(),
            Self::Enum(id) => contract.enumeration(id).full_name.as_str(),
        }
    }

    /// Where its name stands in its declaration.
    pub(super) fn span(self, contract: &Contract) -> Option<Span> {
        match self {
            Self::Message(id) => contract.message(id).span,
            Self::Enum(id) => contract.enumeration(id).span,
        }
    }

    /// The greatest number there can be, which is written `max`.
    pub(super) fn max(self) -> i32 {
        match self {
            Self::Message(_) => 536_870_911,
            Self::Enum(_) => i32::MAX,
        }
    }
}

/// What is to be reserved.
#[derive(Debug, Default)]
pub(super) struct Reserve {
    /// Sorted, apart from one another.
    pub(super) ranges: Vec<NumberRange>,
    pub(super) names: Vec<String>,
    pub(super) max: i32,
    /// The findings that ask for it.
    pub(super) of: BTreeSet<String>,
}

impl Reserve {
    /// What it comes to, for people.
    pub(super) fn texts(&self, edition: Edition) -> Vec<String> {
        let ranges: Vec<String> = self
            .ranges
            .iter()
            .map(|it| text::range(*it, self.max))
            .collect();
        let names: Vec<String> = self
            .names
            .iter()
            .map(|it| text::name(it, edition))
            .collect();
        let lists = [ranges, names].into_iter().filter(|it| !it.is_empty());
        lists
            .map(|it| format!("reserved {}", it.join(", ")))
            .collect()
    }

    fn add(&mut self, range: NumberRange) {
        self.ranges.push(range);
        self.ranges.sort();
        let mut joined: Vec<NumberRange> = Vec::new();
        for range in self.ranges.drain(..) {
            match joined.last_mut() {
                Some(last) if range.first <= last.last.saturating_add(1) => {
                    last.last = last.last.max(range.last);
                }
                Some(_) | None => joined.push(range),
            }
        }
        self.ranges = joined;
    }
}

/// The JSON name that a field is to keep.
#[derive(Debug)]
pub(super) struct Pin {
    pub(super) name: String,
    pub(super) of: BTreeSet<String>,
}

/// All that is to be written.
#[derive(Debug, Default)]
pub(super) struct Wishes {
    pub(super) reserve: BTreeMap<Holder, Reserve>,
    /// By message and number of the field.
    pub(super) pins: BTreeMap<(MessageId, i32), Pin>,
}

impl Wishes {
    pub(super) fn new<'a>(
        findings: impl IntoIterator<Item = &'a Finding<'a>>,
        policy: &Policy,
        contract: &Contract,
        may: &dyn Fn(&File) -> bool,
    ) -> Self {
        let mut wishes = Self::default();
        // Fields that kept one name in one old version and another one in another: only one can be pinned.
        let mut torn = BTreeSet::new();
        for finding in findings {
            let Some(delta) = finding.delta() else {
                continue;
            };
            let counts = |about: &dyn Fn(&Verdict) -> bool| {
                let mut verdicts = finding.verdicts.iter().filter(|it| about(it));
                verdicts.any(|it| policy.level(it, &finding.package) >= Level::Warning)
            };
            let print = finding.fingerprint();
            // What only has the number of something that is gone means something else: it is not to have its name.
            if !finding.earlier
                && counts(&hurts_documents)
                && let Some((at, name)) = pinned(delta)
            {
                let pin = wishes.pins.entry(at).or_insert_with(|| Pin {
                    name: name.clone(),
                    of: BTreeSet::new(),
                });
                if pin.name != name {
                    torn.insert(at);
                }
                pin.of.insert(print.clone());
            }
            if counts(&|it| it.harm == Harm::Hygiene)
                && let Some((holder, used, ranges, names)) = dropped(delta)
            {
                wishes.keep(holder, &used, &ranges, &names, print);
            }
        }
        let is_free = |at: &(MessageId, i32), pin: &Pin| {
            let message = contract.message(at.0);
            let others = message.fields.iter().filter(|it| it.number != at.1);
            !others
                .into_iter()
                .any(|it| it.name == pin.name || it.json_name.as_str() == pin.name)
        };
        wishes.pins.retain(|at, pin| {
            let file = contract.file(contract.message(at.0).file);
            !torn.contains(at) && is_free(at, pin) && may(file)
        });
        wishes
            .reserve
            .retain(|holder, _| may(contract.file(holder.file(contract))));
        wishes
    }

    /// Asks for what is not reserved and not in use.
    fn keep(
        &mut self,
        holder: Holder,
        used: &Used<'_>,
        ranges: &[NumberRange],
        names: &[String],
        print: String,
    ) {
        let free: Vec<NumberRange> = ranges.iter().flat_map(|it| used.free(*it)).collect();
        let names: Vec<&String> = names.iter().filter(|it| !used.has(it)).collect();
        if free.is_empty() && names.is_empty() {
            return;
        }
        let wish = self.reserve.entry(holder).or_default();
        wish.max = holder.max();
        free.into_iter().for_each(|range| wish.add(range));
        for name in names {
            if !wish.names.contains(name) {
                wish.names.push(name.clone());
            }
        }
        wish.of.insert(print);
    }
}

/// What cannot be reserved, because it is already or is in use.
struct Used<'c> {
    reserved: &'c Reserved,
    ranges: Vec<NumberRange>,
    names: Vec<&'c str>,
}

impl<'c> Used<'c> {
    fn by_message(message: &'c Message) -> Self {
        let fields = message.fields.iter().map(|it| one(it.number));
        let extensions = message.extension_ranges.iter().map(|it| it.range);
        Self {
            reserved: &message.reserved,
            ranges: fields.chain(extensions).collect(),
            names: message.fields.iter().map(|it| it.name.as_str()).collect(),
        }
    }

    fn by_enum(enumeration: &'c Enum) -> Self {
        Self {
            reserved: &enumeration.reserved,
            ranges: enumeration.values.iter().map(|it| one(it.number)).collect(),
            names: enumeration
                .values
                .iter()
                .map(|it| it.name.as_str())
                .collect(),
        }
    }

    fn has(&self, name: &str) -> bool {
        self.names.contains(&name) || self.reserved.names.iter().any(|it| it == name)
    }

    /// The parts of a range that nothing holds.
    fn free(&self, range: NumberRange) -> Vec<NumberRange> {
        let mut held: Vec<NumberRange> = self
            .reserved
            .ranges
            .iter()
            .chain(&self.ranges)
            .copied()
            .collect();
        held.sort();
        let mut free = Vec::new();
        let mut next = i64::from(range.first);
        let last = i64::from(range.last);
        let mut push = |first: i64, last: i64| {
            if let (Ok(first), Ok(last)) = (i32::try_from(first), i32::try_from(last))
                && first <= last
            {
                free.push(NumberRange { first, last });
            }
        };
        for held in held {
            push(next, last.min(i64::from(held.first) - 1));
            next = next.max(i64::from(held.last) + 1);
        }
        push(next, last);
        free
    }
}

fn one(number: i32) -> NumberRange {
    NumberRange {
        first: number,
        last: number,
    }
}

/// Whether a verdict is that documents are hurt.
pub(super) fn hurts_documents(verdict: &Verdict) -> bool {
    verdict.surface == "json" && matches!(verdict.harm, Harm::Lossy | Harm::Error)
}

/// The field that a change gave another name in JSON, and the old name.
fn pinned(delta: &Delta<'_>) -> Option<((MessageId, i32), String)> {
    let Delta::Field(FieldChange::Renamed | FieldChange::JsonName, holders, ends) = delta else {
        return None;
    };
    let both = ends.both()?;
    let [old, new] = [both.old, both.new].map(|at| at.field.json_name.as_str());
    let is_own = both.old.extension.is_none() && both.new.extension.is_none();
    let is_chosen = both.new.field.json_name_explicit;
    (is_own && old != new && !is_chosen && !both.new.field.delimited)
        .then(|| ((holders.new.id, both.new.field.number), old.to_owned()))
}

/// What a change left unreserved: in what, what is in use there, which numbers and which names.
fn dropped<'a>(delta: &Delta<'a>) -> Option<(Holder, Used<'a>, Vec<NumberRange>, Vec<String>)> {
    match delta {
        Delta::Field(FieldChange::Unreserved, holders, ends) => {
            let gone = ends.was()?.field;
            let used = Used::by_message(holders.new);
            let (number, names) = (vec![one(gone.number)], vec![gone.name.clone()]);
            Some((Holder::Message(holders.new.id), used, number, names))
        }
        Delta::Message(MessageChange::ReservedDropped, ends) => {
            let both = ends.both()?;
            let used = Used::by_message(both.new);
            let Reserved { ranges, names } = both.old.reserved.clone();
            Some((Holder::Message(both.new.id), used, ranges, names))
        }
        Delta::Value(ValueChange::Unreserved, enums, ends) => {
            let gone = ends.was()?;
            let used = Used::by_enum(enums.new);
            let (number, names) = (vec![one(gone.number)], vec![gone.name.clone()]);
            Some((Holder::Enum(enums.new.id), used, number, names))
        }
        Delta::Enum(EnumChange::ReservedDropped, ends) => {
            let both = ends.both()?;
            let used = Used::by_enum(both.new);
            let Reserved { ranges, names } = both.old.reserved.clone();
            Some((Holder::Enum(both.new.id), used, ranges, names))
        }
        Delta::File(..)
        | Delta::Package(..)
        | Delta::Message(..)
        | Delta::Field(..)
        | Delta::Oneof(..)
        | Delta::Enum(..)
        | Delta::Value(..)
        | Delta::Service(..)
        | Delta::Method(..) => None,
    }
}
