//! Surfaces: the places where two versions of a contract meet. Each looks at one change at a time and says in which
//! direction it hurts, with evidence. The list is open: whoever has a surface of its own brings it through the trait.

mod data;
mod reach;
mod rpc;

pub use reach::{Reach, Role};

use super::delta::{Both, Delta, Kind};
use super::pair::Pairs;
use super::trial::{Direction, Effect, Evidence, Laboratory, Readers, Witness};
use crate::contract::Contract;

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
    fn proved(surface: &'static str, direction: Direction, evidence: Evidence) -> Self {
        Self {
            surface,
            direction,
            harm: Harm::of(evidence.effect),
            witness: Some(evidence.witness),
            route: None,
        }
    }

    fn hygiene(surface: &'static str, direction: Direction) -> Self {
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
pub trait Surface: Sync {
    /// The stable name: `wire`, `source.python`.
    fn name(&self) -> &'static str;

    /// One line on what meets there.
    fn about(&self) -> &'static str;

    /// Whether a kind of change can matter here at all. What is said so is held against the rules by a test.
    fn minds(&self, kind: Kind) -> bool;

    /// What a change does here. `so_far` is what the surfaces before this one said of it.
    fn judge(&self, delta: &Delta<'_>, case: &Case<'_>, so_far: &[Verdict]) -> Vec<Verdict>;
}

/// The surfaces that need nothing but contracts, in the order in which they are asked.
pub static SURFACES: &[&dyn Surface] = &[&data::Wire, &data::Json, &rpc::Rpc];
