//! Surfaces: the places where two versions of a contract meet. Each looks at one change at a time and says in which
//! direction it hurts, with evidence. The list is open: whoever has a surface of its own brings it through the trait.

mod data;
mod list;
pub mod passage;
mod reach;
mod rpc;
mod side_effect;

pub use list::{SURFACES, Surfaces};
pub use reach::{Reach, Role};
pub use side_effect::{SideEffect, Spot};

use super::api::Api;
use super::delta::{Both, Delta, Kind};
use super::pair::Pairs;
use super::trial::{Direction, Effect, Evidence, Laboratory, Readers, Witness};
use crate::contract::Contract;
use crate::diagnostics::Diagnostic;

/// How bad a change is for a surface, in one direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Harm {
    /// Whether a value was set can no longer be told; what it reads as is the same.
    Presence,
    /// Nothing breaks today; something that kept it from breaking tomorrow is gone.
    Hygiene,
    /// Data is dropped, cut or taken for something else, without an error.
    Lossy,
    /// A payload or a call is refused.
    Error,
}

impl Harm {
    /// The stable name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Presence => "presence",
            Self::Hygiene => "hygiene",
            Self::Lossy => "lossy",
            Self::Error => "error",
        }
    }

    fn of(effect: Effect) -> Self {
        match effect {
            Effect::Presence => Self::Presence,
            Effect::Lost | Effect::Changed => Self::Lossy,
            Effect::Refused => Self::Error,
        }
    }
}

/// What one surface says of one change in one direction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The surface's name.
    pub surface: &'static str,
    /// Who is hurt.
    pub direction: Direction,
    /// How badly.
    pub harm: Harm,
    /// The evidence. Only hygiene goes without.
    pub witness: Option<Witness>,
    /// The call in which the payload travels, for calls.
    pub route: Option<Route>,
}

/// A call in which a payload travels, by the path of its method: `/pkg.Service/Method`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// From the client to the server.
    Request(String),
    /// From the server to the client.
    Response(String),
}

impl Verdict {
    /// A verdict with its evidence.
    #[must_use]
    pub fn proved(surface: &'static str, direction: Direction, evidence: Evidence) -> Self {
        Self {
            surface,
            direction,
            harm: Harm::of(evidence.effect),
            witness: Some(evidence.witness),
            route: None,
        }
    }

    /// A verdict on what hurts nobody yet.
    #[must_use]
    pub fn hygiene(surface: &'static str, direction: Direction) -> Self {
        Self {
            surface,
            direction,
            harm: Harm::Hygiene,
            witness: None,
            route: None,
        }
    }
}

/// What a surface may look at.
#[derive(Debug)]
pub struct Case<'a> {
    /// Who is who in the two versions.
    pub pairs: Pairs<'a>,
    /// Where payloads are tried.
    pub laboratory: Laboratory<'a>,
    /// Which types travel in which calls.
    pub reach: Reach,
}

impl<'a> Case<'a> {
    /// Pairs two versions and gets ready for trials.
    #[must_use]
    pub fn new(contracts: Both<&'a Contract>, readers: Readers) -> Self {
        let pairs = Pairs::new(contracts);
        let reach = Reach::new(&pairs);
        Self {
            laboratory: Laboratory::new(contracts, readers),
            pairs,
            reach,
        }
    }
}

/// A place where versions meet.
///
/// wire, JSON and calls are here; what a target generates is another place, and the target brings a surface for it.
pub trait Surface: Sync {
    /// The stable name: `wire`, `source.python`.
    fn name(&self) -> &'static str;

    /// One line on what meets there.
    fn about(&self) -> &'static str;

    /// Whether a kind of change can matter here at all. What is said so is held against the rules by a test.
    fn minds(&self, kind: Kind) -> bool;

    /// The names and types that are generated for a contract, if this surface is about such.
    fn api(&self, contract: &Contract) -> Option<Result<Api, Vec<Diagnostic>>> {
        let _ = contract;
        None
    }

    /// Gets ready to judge two versions: what needs both of them as a whole (schemas, generated code) is made here, once.
    ///
    /// # Errors
    /// What makes a version unfit for this surface.
    fn open<'c>(&'c self, case: &'c Case<'_>) -> Result<Box<dyn Judge + 'c>, Unfit>;
}

/// A surface that looks at two given versions. It is asked of every change first, and then for what is left.
pub trait Judge {
    /// What a change does here. `so_far` is what the surfaces before this one said of it.
    fn judge(&mut self, delta: &Delta<'_>, so_far: &[Verdict]) -> Vec<Verdict>;

    /// Differences that show here and were told of no change: an element that did not change itself shows another face.
    fn side_effects(&mut self) -> Vec<SideEffect> {
        Vec::new()
    }
}

/// Why a surface cannot look at two versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfit {
    /// The surface's name.
    pub surface: &'static str,
    /// What is wrong with each version. The places are in the sources of that version.
    pub problems: Both<Vec<Diagnostic>>,
}
