//! The Avro target: a schema (`.avsc`) of each root message, built as values. What becomes of each construct is decided in
//! `avro::mapping`; this part decides what goes into which file.

mod files;
mod options;
mod surface;

pub use options::{Bundle, Options};

use super::{Capabilities, Earlier, Plan, Support, Target, TemplateSource, decode_options};
use crate::avro::mapping;
use crate::compat::surface::Surface;
use crate::contract::Contract;
use crate::diagnostics::Diagnostic;

/// What a table of the configuration, `[target.avro]`, says of the mapping.
///
/// # Errors
/// If the table is not valid.
pub fn mapping_options(table: &super::Options) -> Result<mapping::Options, Vec<Diagnostic>> {
    let options: Options = decode_options(Avro.name(), table)?;
    options.check()?;
    Ok(options.mapping())
}

/// The Avro target.
#[derive(Debug, Clone, Copy)]
pub struct Avro;

impl Avro {
    fn surface(
        self,
        options: &super::Options,
        earlier: Option<Earlier>,
    ) -> Result<Vec<Box<dyn Surface>>, Vec<Diagnostic>> {
        let options: Options = decode_options(self.name(), options)?;
        options.check()?;
        Ok(vec![Box::new(surface::AvroData::new(options, earlier))])
    }
}

impl Target for Avro {
    fn name(&self) -> &'static str {
        "avro"
    }

    fn about(&self) -> &'static str {
        "Avro schemas (.avsc) of messages"
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            // Avro's own, which the schemas describe.
            binary: Support::None,
            json: Support::None,
            text: Support::None,
            presence: Support::Full,
            // An attribute: Avro's own defaults say what absent fields read as.
            defaults: Support::Partial,
            // Unknown numbers become the default symbol, unless enums are written as text or numbers.
            open_enums: Support::Partial,
            closed_enums: Support::Full,
            oneofs: Support::Full,
            maps: Support::Full,
            groups: Support::Full,
            extensions: Support::None,
            message_sets: Support::None,
            unknown_fields: Support::None,
            // Timestamps are cut to microseconds unless they are written as records.
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
        files::plan(contract, None, &options)
    }

    fn surfaces(&self, options: &super::Options) -> Result<Vec<Box<dyn Surface>>, Vec<Diagnostic>> {
        self.surface(options, None)
    }

    fn surfaces_after(
        &self,
        earlier: Earlier,
        options: &super::Options,
    ) -> Result<Vec<Box<dyn Surface>>, Vec<Diagnostic>> {
        self.surface(options, Some(earlier))
    }

    fn plan_after(
        &self,
        contract: &Contract,
        earlier: &Contract,
        options: &super::Options,
    ) -> Result<Plan, Vec<Diagnostic>> {
        let options: Options = decode_options(self.name(), options)?;
        options.check()?;
        files::plan(contract, Some(earlier), &options)
    }
}
