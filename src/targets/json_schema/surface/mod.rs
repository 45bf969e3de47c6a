//! The surface of JSON Schema: the documents that one version writes are held against the schemas of the other, by the
//! target's options. Decides how a document passes; what is sent and what counts is decided in `compat`.

mod documents;
mod limits;

use documents::{Documents, Side};

use super::options::{EnumForm, Names, Options, PresenceRule};
use super::{bundle, dialect};
use crate::compat::delta::{Both, EnumChange, FieldChange, Kind, ValueChange};
use crate::compat::surface::passage::ByPassage;
use crate::compat::surface::{Case, Judge, Surface, Unfit};
use crate::contract::{Contract, Element, MessageId};
use crate::dynamic::{Codec, Settings};
use crate::targets::roots;

/// The surface's name.
pub(super) const NAME: &str = "json-schema";

/// Documents against the schemas that the target writes.
pub(super) struct Schemas {
    pub(super) options: Options,
}

impl Schemas {
    /// What a serializer is told by whom the schemas are right.
    fn settings(&self) -> Settings {
        Settings {
            proto_names: self.options.names == Names::Proto,
            enum_numbers: self.options.enums == EnumForm::Integer,
            always_print: self.options.presence == PresenceRule::Always,
            ..Settings::default()
        }
    }

    /// The messages of a version that the schemas are written for. Of those that the options name, the ones it has.
    fn roots(&self, contract: &Contract) -> Vec<MessageId> {
        let Some(names) = &self.options.roots else {
            return roots::messages(contract, None, super::JSON_SCHEMA).unwrap_or_default();
        };
        let found = names.iter().filter_map(|name| match contract.find(name) {
            Some(Element::Message(id)) => Some(id),
            Some(Element::Enum(_) | Element::Service(_) | Element::Extension(_)) | None => None,
        });
        found.collect()
    }

    fn side<'c>(&self, contract: &'c Contract) -> Side<'c> {
        let dialect = dialect::of(&self.options);
        let definitions = bundle::definitions(contract, dialect.as_ref(), &self.options);
        let codec = Codec::with(contract, self.settings());
        Side::new(codec, definitions, &self.roots(contract))
    }
}

impl Surface for Schemas {
    fn name(&self) -> &'static str {
        NAME
    }

    fn about(&self) -> &'static str {
        "JSON Schema: documents of one version, held against the schemas of the other"
    }

    fn minds(&self, kind: Kind) -> bool {
        minds(kind)
    }

    fn open<'c>(&'c self, case: &'c Case<'_>) -> Result<Box<dyn Judge + 'c>, Unfit> {
        let contracts = case.pairs.contracts;
        // A root that the new version does not have is a mistake in the options.
        let named = self.options.roots.as_deref();
        if let Err(problems) = roots::messages(contracts.new, named, super::JSON_SCHEMA) {
            return Err(Unfit {
                surface: NAME,
                problems: Both {
                    old: Vec::new(),
                    new: problems,
                },
            });
        }
        let sides = contracts.map(|contract| self.side(contract));
        let passage = Documents::new(sides, &self.options);
        Ok(Box::new(ByPassage::new(NAME, minds, case, passage)))
    }
}

/// What can matter under some options: a document has the names of fields and values, and none of types.
fn minds(kind: Kind) -> bool {
    match kind {
        Kind::Field(change) => match change {
            FieldChange::Added
            | FieldChange::Removed
            | FieldChange::Renamed
            | FieldChange::JsonName
            | FieldChange::Kind
            | FieldChange::Cardinality
            | FieldChange::Required
            | FieldChange::Presence
            | FieldChange::Oneof => true,
            FieldChange::Unreserved
            | FieldChange::NumberReused
            | FieldChange::Renumbered
            | FieldChange::Type
            | FieldChange::Utf8
            | FieldChange::Default
            | FieldChange::Packing
            | FieldChange::Moved
            | FieldChange::Jstype
            | FieldChange::CppString
            | FieldChange::JavaUtf8 => false,
        },
        Kind::Enum(change) => change == EnumChange::Openness,
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
        Kind::File(_)
        | Kind::Package(_)
        | Kind::Message(_)
        | Kind::Oneof(_)
        | Kind::Service(_)
        | Kind::Method(_) => false,
    }
}
