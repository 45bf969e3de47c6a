//! What an old version holds: one contract, or what a lock stands for. Decides that a change which several definitions of
//! one element show is told once.

use std::collections::BTreeSet;
use std::path::Path;

use super::input::{self, Old, Place};
use crate::cli::lock::Text;
use crate::compat::buf::{self, Category};
use crate::compat::delta::Both;
use crate::compat::surface::{Surface, Unfit};
use crate::compat::trial::Readers;
use crate::compat::{Finding, findings, remnants};
use crate::contract::Contract;
use crate::load::{self, Failure};
use crate::lock::{Conflicts, Remnant, Versions};
use crate::source::Sources;

/// What an old version holds.
pub(in crate::cli) struct Contents {
    contract: Contract,
    /// What was in it once, if that is known.
    remnants: Vec<Remnant>,
}

impl Contents {
    /// Reads an old version, which is to be compared with a new one; and the files that its places lie in.
    pub(super) fn read(
        old: &Old,
        place: &Place,
        include: &[String],
        new: &Contract,
    ) -> Result<(Self, Sources), Failure> {
        if let Old::Lock(path) = old {
            return Self::locked(Path::new(path), new);
        }
        let loaded = input::read_old(old, place, include)?;
        let contents = Self {
            contract: loaded.contract,
            remnants: Vec::new(),
        };
        Ok((contents, loaded.sources))
    }

    fn locked(path: &Path, new: &Contract) -> Result<(Self, Sources), Failure> {
        let text = Text::open(path)?;
        let lock = text.lock(Conflicts::Refuse)?;
        let foreign = lock.foreign();
        let versions = if foreign.iter().all(|name| new.find(name).is_some()) {
            lock.versions(text.source, new, &[new])
        } else {
            lock.versions(text.source, new, &[new, &load::built_in()])
        };
        let Versions { newest, remnants } = versions;
        let contents = Self {
            contract: newest,
            remnants,
        };
        Ok((contents, text.sources))
    }

    /// What hurts when the new version takes its place.
    pub(super) fn findings<'a>(
        &'a self,
        new: &'a Contract,
        surfaces: &[&dyn Surface],
        readers: Readers,
    ) -> Result<Vec<Finding<'a>>, Unfit> {
        let against = |old| Both { old, new };
        let mut found = findings(against(&self.contract), surfaces, readers)?;
        let mut told: BTreeSet<String> = match self.remnants.is_empty() {
            true => BTreeSet::new(),
            false => found.iter().map(Finding::fingerprint).collect(),
        };
        for remnant in &self.remnants {
            let is_gone = |span| remnant.is_gone(span);
            let more = remnants(against(&remnant.contract), readers, &is_gone)?;
            found.extend(more.into_iter().filter(|it| told.insert(it.fingerprint())));
        }
        Ok(found)
    }

    /// What another tool's rules say, and beside it what was found.
    pub(super) fn under<'a>(
        &'a self,
        category: Category,
        new: &'a Contract,
        found: Vec<Finding<'a>>,
    ) -> Vec<Finding<'a>> {
        let contracts = Both {
            old: &self.contract,
            new,
        };
        buf::findings(contracts, category, found)
    }
}
