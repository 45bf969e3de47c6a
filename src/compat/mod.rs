//! Whether one version of a contract can stand in for another: a verdict with evidence, for every place where the two
//! meet. The story: pair the elements, list what changed, let each surface judge each change by trial, name the rule.
//! Decides nothing of where contracts come from, how reports look or what exit code a run has.
//!
//! | word | meaning |
//! |---|---|
//! | pair | an element of the old version and the one of the new version that it is |
//! | delta | one typed change between paired elements, or at the only end that there is |
//! | surface | a place where versions meet: bytes, JSON, calls; an open list |
//! | direction | backward: the new version reads what the old one wrote; forward: the other way round |
//! | trial | one version writes, the other reads; what differs is the witness |
//! | verdict | what one surface says of one delta in one direction |
//! | rule | the code, the reason and the remedy for a kind of delta |
//! | side effect | what a surface shows of an element that did not change itself |
//! | finding | a delta or a side effect with its rule and all its verdicts |
//! | policy | which verdicts count as errors |
//! | fix | what is written into the new version so that a finding is gone |
//! | waiver | a finding that somebody accepted, and why; they stand in a ledger |

pub mod api;
pub mod buf;
pub mod changelog;
mod changes;
pub mod delta;
mod finding;
pub mod fix;
mod options;
pub mod pair;
mod policy;
mod remnant;
pub mod report;
pub mod rules;
pub mod surface;
pub mod trial;
pub mod waiver;
mod words;

pub use finding::{About, Finding, findings};
pub use policy::{Level, Policy, Requirement, Requirements};
pub use remnant::remnants;
