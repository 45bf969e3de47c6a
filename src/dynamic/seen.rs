//! What a text may say once: the slots of one message that were read. On the wire the last one wins.

use std::collections::BTreeSet;

use super::Error;

/// The slots that were read, by their index.
#[derive(Default)]
pub(super) struct Seen {
    low: u64,
    high: BTreeSet<usize>,
}

impl Seen {
    /// False if it was there.
    pub(super) fn insert(&mut self, index: usize) -> bool {
        match u32::try_from(index)
            .ok()
            .and_then(|at| 1u64.checked_shl(at))
        {
            Some(bit) => {
                let new = self.low & bit == 0;
                self.low |= bit;
                new
            }
            None => self.high.insert(index),
        }
    }
}

/// An error about what a text says again.
pub(super) fn twice() -> Error {
    Error::new("it is there twice")
}

/// An error about a second member of a oneof.
pub(super) fn another_member() -> Error {
    Error::new("another field of the same oneof stands before it")
}
