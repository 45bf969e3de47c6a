//! The surface of Avro data: what was written with the schemas of one version is resolved to those of the other, by the
//! target's options. Decides how a message passes; what is sent and what counts is decided in `compat`.

mod data;

use data::Data;

use super::options::Options;
use crate::avro::Mapping;
use crate::compat::delta::{
    Both, EnumChange, FieldChange, Kind, MessageChange, OneofChange, ValueChange,
};
use crate::compat::surface::passage::ByPassage;
use crate::compat::surface::{Case, Judge, Surface, Unfit};
use crate::contract::{Contract, Element, MessageId};
use crate::diagnostics::Diagnostic;
use crate::targets::{Earlier, roots};

/// The surface's name.
pub(super) const NAME: &str = "avro";

/// Data of the schemas that the target writes.
pub(super) struct AvroData {
    options: Options,
    /// The baseline of the new version, if the configuration names one.
    earlier: Option<Earlier>,
}

impl AvroData {
    pub(super) fn new(options: Options, earlier: Option<Earlier>) -> Self {
        Self { options, earlier }
    }

    /// All messages of a version that the schemas hold, each with a schema of its own.
    fn mapping(
        &self,
        contract: &Contract,
        roots: &[MessageId],
        earlier: Option<&Contract>,
    ) -> Result<Mapping, Vec<Diagnostic>> {
        let options = self.options.mapping();
        let map = |roots: &[MessageId]| match earlier {
            Some(earlier) => Mapping::with_baseline(contract, &options, roots, earlier),
            None => Mapping::new(contract, &options, roots),
        };
        let reached = map(roots)?;
        let all = contract.messages().iter().map(|it| it.id);
        let all: Vec<MessageId> = all.filter(|&id| reached.record(id).is_some()).collect();
        map(&all)
    }

    /// The roots of the old version: those of the new one that it has.
    fn old_roots(&self, old: &Contract) -> Vec<MessageId> {
        let Some(names) = &self.options.roots else {
            return roots::messages(old, None, NAME).unwrap_or_default();
        };
        let found = names.iter().filter_map(|name| match old.find(name) {
            Some(Element::Message(id)) => Some(id),
            Some(Element::Enum(_) | Element::Service(_) | Element::Extension(_)) | None => None,
        });
        found.collect()
    }

    fn mappings(&self, contracts: Both<&Contract>) -> Both<Result<Mapping, Vec<Diagnostic>>> {
        let earlier = self.earlier.as_ref().map(|load| load()).transpose();
        let new = || {
            let roots = roots::messages(contracts.new, self.options.roots.as_deref(), NAME)?;
            self.mapping(contracts.new, &roots, earlier?.as_ref())
        };
        Both {
            old: self.mapping(contracts.old, &self.old_roots(contracts.old), None),
            new: new(),
        }
    }
}

impl Surface for AvroData {
    fn name(&self) -> &'static str {
        NAME
    }

    fn about(&self) -> &'static str {
        "Avro data: what one version's schemas wrote, resolved to the other's"
    }

    fn minds(&self, kind: Kind) -> bool {
        minds(kind)
    }

    fn open<'c>(&'c self, case: &'c Case<'_>) -> Result<Box<dyn Judge + 'c>, Unfit> {
        let mappings = self.mappings(case.pairs.contracts);
        let sides = match (mappings.old, mappings.new) {
            (Ok(old), Ok(new)) => Both { old, new },
            (old, new) => {
                return Err(Unfit {
                    surface: NAME,
                    problems: Both {
                        old: old.err().unwrap_or_default(),
                        new: new.err().unwrap_or_default(),
                    },
                });
            }
        };
        let types = case.pairs.messages.iter().map(|(types, _)| types);
        let passage = Data::new(case.laboratory.codecs(), sides, types);
        Ok(Box::new(ByPassage::new(NAME, minds, case, passage)))
    }
}

/// What can matter under some options: Avro knows fields, symbols and types by their names.
fn minds(kind: Kind) -> bool {
    match kind {
        Kind::Message(change) => change == MessageChange::Renamed,
        Kind::Field(change) => match change {
            FieldChange::Renamed
            | FieldChange::Type
            | FieldChange::Kind
            | FieldChange::Cardinality
            | FieldChange::Required
            | FieldChange::Presence
            | FieldChange::Oneof => true,
            FieldChange::Added
            | FieldChange::Removed
            | FieldChange::Unreserved
            | FieldChange::NumberReused
            | FieldChange::Renumbered
            | FieldChange::JsonName
            | FieldChange::Utf8
            | FieldChange::Default
            | FieldChange::Packing
            | FieldChange::Moved
            | FieldChange::Jstype
            | FieldChange::CppString
            | FieldChange::JavaUtf8 => false,
        },
        Kind::Oneof(change) => change == OneofChange::Renamed,
        Kind::Enum(change) => matches!(change, EnumChange::Renamed | EnumChange::Openness),
        Kind::Value(change) => match change {
            ValueChange::Added
            | ValueChange::Removed
            | ValueChange::Renamed
            | ValueChange::Renumbered => true,
            ValueChange::Unreserved
            | ValueChange::NumberReused
            | ValueChange::AliasAdded
            | ValueChange::AliasRemoved => false,
        },
        Kind::File(_) | Kind::Package(_) | Kind::Service(_) | Kind::Method(_) => false,
    }
}
