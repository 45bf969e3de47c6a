//! Data: the wire format and ProtoJSON. Decides how each is judged; what a change does there is for trials to show.

mod evidence;
mod minds;

pub(super) use minds::is_tried_on_the_wire;

use evidence::evidence;
use minds::{is_hygiene, minds};

use super::{Case, Judge, Surface, Unfit, Verdict};
use crate::compat::delta::{Delta, Kind};
use crate::compat::trial::{Direction, Format};

/// Bytes: what one version writes and the other reads.
pub(super) struct Wire;

/// ProtoJSON documents, read as strictly as the specification says.
pub(super) struct Json;

impl Surface for Wire {
    fn name(&self) -> &'static str {
        "wire"
    }

    fn about(&self) -> &'static str {
        "binary payloads: what one version writes and the other reads"
    }

    fn minds(&self, kind: Kind) -> bool {
        minds(Format::Wire, kind)
    }

    fn open<'c>(&'c self, case: &'c Case<'_>) -> Result<Box<dyn Judge + 'c>, Unfit> {
        let surface = self.name();
        let format = Format::Wire;
        Ok(Box::new(Data {
            surface,
            format,
            case,
        }))
    }
}

impl Surface for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn about(&self) -> &'static str {
        "ProtoJSON documents, read as strictly as the specification says"
    }

    fn minds(&self, kind: Kind) -> bool {
        minds(Format::Json, kind)
    }

    fn open<'c>(&'c self, case: &'c Case<'_>) -> Result<Box<dyn Judge + 'c>, Unfit> {
        let surface = self.name();
        let format = Format::Json;
        Ok(Box::new(Data {
            surface,
            format,
            case,
        }))
    }
}

/// Payloads in one format, between two versions.
struct Data<'c, 'a> {
    surface: &'static str,
    format: Format,
    case: &'c Case<'a>,
}

impl Judge for Data<'_, '_> {
    fn judge(&mut self, delta: &Delta<'_>, _: &[Verdict]) -> Vec<Verdict> {
        judge(self.surface, self.format, delta, self.case)
    }
}

fn judge(
    surface: &'static str,
    format: Format,
    delta: &Delta<'_>,
    case: &Case<'_>,
) -> Vec<Verdict> {
    if !minds(format, delta.kind()) {
        return Vec::new();
    }
    if is_hygiene(delta.kind()) {
        return vec![Verdict::hygiene(surface, Direction::Backward)];
    }
    let judged = Direction::ALL.into_iter().filter_map(|direction| {
        let evidence = evidence(format, direction, delta, case)?;
        Some(Verdict::proved(surface, direction, evidence))
    });
    judged.collect()
}
