//! What becomes of elements that are gone, once their number or name is used again. Decides which changes tell of that:
//! that they are gone was told when they went. Knows nothing of where it was written down what they were.

use super::delta::{Both, Delta, FieldChange, ValueChange};
use super::surface::{SURFACES, Unfit};
use super::trial::Readers;
use super::{Finding, findings};
use crate::contract::Contract;
use crate::source::Span;

/// What hurts those who still have data or clients of elements that are gone: `is_gone` tells which elements of the old
/// version these are, by their place. Only surfaces that need nothing but contracts are asked: code of that time is
/// nobody's any more.
///
/// # Errors
/// If a version is unfit for one of the surfaces.
pub fn remnants<'a>(
    contracts: Both<&'a Contract>,
    readers: Readers,
    is_gone: &dyn Fn(Span) -> bool,
) -> Result<Vec<Finding<'a>>, Unfit> {
    let mut found = findings(contracts, SURFACES, readers)?;
    found.retain(|finding| {
        let delta = finding.delta();
        delta.is_some_and(|delta| is_reuse(delta) && delta.old_span().is_some_and(is_gone))
    });
    for finding in &mut found {
        finding.earlier = true;
        if let ((Some(_), Some(_)), None) = (finding.about.names(), &finding.through) {
            finding.through = Some(EARLIER.to_owned());
        }
    }
    Ok(found)
}

/// Why something is compared that is not in the last version.
const EARLIER: &str = "this was in an earlier version, and data of that time may still be there";

/// Whether something else stands now where an element was, or could at any time.
fn is_reuse(delta: &Delta<'_>) -> bool {
    match delta {
        Delta::File(..) | Delta::Package(..) => false,
        Delta::Message(_, ends) => ends.both().is_some(),
        Delta::Field(change, _, ends) => {
            *change == FieldChange::Unreserved || ends.both().is_some()
        }
        Delta::Oneof(_, _, ends) => ends.both().is_some(),
        Delta::Enum(_, ends) => ends.both().is_some(),
        Delta::Value(change, _, ends) => {
            *change == ValueChange::Unreserved || ends.both().is_some()
        }
        Delta::Service(_, ends) => ends.both().is_some(),
        Delta::Method(_, _, ends) => ends.both().is_some(),
    }
}
