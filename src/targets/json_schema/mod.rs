//! The JSON Schema target: draft 2020-12 schemas of the ProtoJSON documents of a contract, built as values.
//!
//! A *dialect* (`canonical`, `accept`) says how values look; everything else is one code for all dialects. The mapping,
//! construct by construct, is the chapter "JSON Schema" of the book.

mod accept;
mod bundle;
mod canonical;
mod defaults;
mod definition;
mod dialect;
mod docs;
mod options;
mod pattern;
mod presence;
mod range;
mod rules;
#[cfg(feature = "cli")]
mod surface;

pub use options::{Bundle, DialectName, EnumForm, Names, Options, PresenceRule, Unknown};

use super::{Capabilities, Plan, Support, Target, TemplateSource, decode_options};
#[cfg(feature = "cli")]
use crate::compat::surface::Surface;
use crate::contract::Contract;
use crate::diagnostics::Diagnostic;

/// The target's name.
const JSON_SCHEMA: &str = "json_schema";

/// The JSON Schema target.
#[derive(Debug, Clone, Copy)]
pub struct JsonSchema;

impl Target for JsonSchema {
    fn name(&self) -> &'static str {
        JSON_SCHEMA
    }

    fn about(&self) -> &'static str {
        "JSON Schema (draft 2020-12) of the ProtoJSON documents of messages"
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            binary: Support::None,
            json: Support::Full,
            text: Support::None,
            presence: Support::Full,
            // An annotation: a schema has no readers to give a default to.
            defaults: Support::Partial,
            open_enums: Support::Full,
            closed_enums: Support::Full,
            oneofs: Support::Full,
            maps: Support::Full,
            groups: Support::Full,
            extensions: Support::Full,
            message_sets: Support::Full,
            // ProtoJSON has none.
            unknown_fields: Support::None,
            // The content of an Any is not checked.
            well_known_types: Support::Partial,
            services: Support::None,
        }
    }

    fn options_schema(&self) -> schemars::Schema {
        schemars::schema_for!(Options)
    }

    fn templates(&self) -> &'static [TemplateSource] {
        &[]
    }

    fn plan(&self, contract: &Contract, options: &super::Options) -> Result<Plan, Vec<Diagnostic>> {
        let options: Options = decode_options(self.name(), options)?;
        options.check()?;
        let dialect = dialect::of(&options);
        bundle::plan(contract, dialect.as_ref(), &options)
    }

    // Who generates from a build script needs no validator.
    #[cfg(feature = "cli")]
    fn surfaces(&self, options: &super::Options) -> Result<Vec<Box<dyn Surface>>, Vec<Diagnostic>> {
        let options: Options = decode_options(self.name(), options)?;
        options.check()?;
        Ok(vec![Box::new(surface::Schemas { options })])
    }
}
