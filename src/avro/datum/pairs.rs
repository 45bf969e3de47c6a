//! The records of two versions of a contract, pair by pair: how data of the one is read as data of the other, whatever the
//! records are called. Each pair is worked out once, so that one problem can be looked at where another one comes first.

use std::collections::BTreeMap;

use super::Value;
use super::read::{MAX_DEPTH, Reading};
use super::resolve::{Problem, Read, Resolution, Resolver};
use crate::avro::schema::{TypeId, Types};
use crate::dynamic::Error;
use crate::wire::Reader;

/// A record of the writer and one of the reader.
pub type RecordPair = (TypeId, TypeId);

/// How the records of one version are read as those of another.
#[derive(Debug, Clone)]
pub struct RecordPairs {
    whole: Resolution,
    /// The place of each pair among the records.
    places: BTreeMap<RecordPair, usize>,
    /// The problems of each pair.
    problems: BTreeMap<RecordPair, Vec<usize>>,
}

impl RecordPairs {
    /// Works out pairs of records and all that they hold. Problems belong to the nearest record that stands by itself;
    /// other records are parts of the one around them.
    #[must_use]
    pub fn new(
        writer: &Types,
        reader: &Types,
        pairs: &[RecordPair],
        stands_alone: &dyn Fn(TypeId) -> bool,
    ) -> Self {
        let mut resolver = Resolver::new(writer, reader);
        resolver.stands_alone = Some(stands_alone);
        for (from, to) in pairs {
            resolver.named(*from, *to);
        }
        let places = resolver.known.clone();
        let whole = resolver.done(Read::Union(Vec::new()));
        let mut problems: BTreeMap<RecordPair, Vec<usize>> = BTreeMap::new();
        for (index, problem) in whole.problems().iter().enumerate() {
            if let Some(pair) = problem.records.first() {
                problems.entry(*pair).or_default().push(index);
            }
        }
        Self {
            whole,
            places,
            problems,
        }
    }

    /// What cannot be read in a pair, what is inside of records that stand by themselves aside.
    pub fn problems(&self, pair: RecordPair) -> impl Iterator<Item = &Problem> {
        let own = self.problems.get(&pair).into_iter().flatten();
        own.filter_map(|&index| self.whole.problems().get(index))
    }

    /// Reads a record from the front of some bytes. Only the problems that `counts` speaks of are errors: a field with
    /// another one is passed over, and what the writer has not is zero. `None` if the pair is unknown.
    ///
    /// # Errors
    /// As [`Resolution::read`].
    pub fn read<'a>(
        &self,
        pair: RecordPair,
        counts: &dyn Fn(&Problem) -> bool,
        bytes: &'a [u8],
    ) -> Option<Result<Value<'a>, Error>> {
        let place = *self.places.get(&pair)?;
        let problems = self.whole.problems();
        let passes_over = |index: usize| problems.get(index).is_some_and(|it| !counts(it));
        let reading = Reading {
            of: &self.whole,
            passes_over: Some(&passes_over),
        };
        Some(reading.value(&Read::Record(place), &mut Reader::new(bytes), MAX_DEPTH))
    }
}
