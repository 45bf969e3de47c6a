//! What a target is: a name, capabilities, options, templates and a pure function from a contract to artifacts.
//! It renders nothing, writes nothing, reads no configuration file and knows no other target.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::artifact::Artifact;
use crate::compat::surface::Surface;
use crate::contract::Contract;
use crate::diagnostics::{Diagnostic, codes};

/// The target's own options as they stand in its `[target.NAME]` table, `out` and `templates` taken out.
pub type Options = toml::Table;

/// Loads the earlier version of the contract whose names a target carries on. It is loaded when it is needed.
pub type Earlier = Box<dyn Fn() -> Result<Contract, Vec<Diagnostic>> + Send + Sync>;

/// A back end.
pub trait Target: Sync {
    /// The name on the command line and in `[target.NAME]`.
    fn name(&self) -> &'static str;

    /// One line that says what it generates.
    fn about(&self) -> &'static str;

    /// What it supports, construct by construct.
    fn capabilities(&self) -> Capabilities;

    /// The JSON Schema of its options.
    fn options_schema(&self) -> schemars::Schema;

    /// Its templates. Empty for a target whose artifacts are data.
    fn templates(&self) -> &'static [TemplateSource];

    /// The text of a template, laid out as the language's formatter would. Most templates print it so already.
    fn layout(&self, text: String) -> String {
        text
    }

    /// Plans the output for a contract. Pure: the same input gives the same plan.
    ///
    /// # Errors
    /// Diagnostics with severity error if the options are not valid or the contract cannot be expressed.
    fn plan(&self, contract: &Contract, options: &Options) -> Result<Plan, Vec<Diagnostic>>;

    /// The surfaces on which versions meet in what it generates: its own names and types, its schemas. Their names must
    /// not depend on the options, and there must be some for empty options if there are any at all.
    ///
    /// # Errors
    /// Diagnostics with severity error if the options are not valid.
    fn surfaces(&self, options: &Options) -> Result<Vec<Box<dyn Surface>>, Vec<Diagnostic>> {
        let _ = options;
        Ok(Vec::new())
    }

    /// The same for a target that carries on names of an earlier version of the new side's contract. Most do not.
    ///
    /// # Errors
    /// As [`Target::surfaces`].
    fn surfaces_after(
        &self,
        earlier: Earlier,
        options: &Options,
    ) -> Result<Vec<Box<dyn Surface>>, Vec<Diagnostic>> {
        let _ = earlier;
        self.surfaces(options)
    }

    /// Plans the output for a contract that had an earlier version, whose names a target may carry on. Most do not.
    ///
    /// # Errors
    /// As [`Target::plan`].
    fn plan_after(
        &self,
        contract: &Contract,
        earlier: &Contract,
        options: &Options,
    ) -> Result<Plan, Vec<Diagnostic>> {
        let _ = earlier;
        self.plan(contract, options)
    }
}

/// An artifact that `template` prints from `view`.
///
/// # Errors
/// If the view cannot be serialised.
pub fn artifact<V: Serialize>(
    path: impl Into<String>,
    template: &'static str,
    view: &V,
) -> Result<Artifact, Vec<Diagnostic>> {
    let path = path.into();
    Artifact::from_view(path.as_str(), template, view).map_err(|error| {
        let message = format!("cannot serialise the view of `{path}`: {error}");
        vec![Diagnostic::error(&codes::TEMPLATE, message)]
    })
}

/// What a target wants to be written.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// The files.
    pub artifacts: Vec<Artifact>,
    /// Warnings: what the target cannot express exactly.
    pub warnings: Vec<Diagnostic>,
}

/// A template that ships with a target.
#[derive(Debug, Clone, Copy)]
pub struct TemplateSource {
    /// The registered name, which is the path under `templates/` without `.hbs`: `python/module`, `python/partials/enum`.
    pub name: &'static str,
    /// The template text.
    pub text: &'static str,
    /// The JSON Schema of the view that it prints. `None` for a partial that is checked where it is included.
    pub view: Option<fn() -> schemars::Schema>,
}

/// Whether a target expresses a construct.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Support {
    /// Fully.
    Full,
    /// With a loss that the target's page of the book names.
    Partial,
    /// Not at all: a contract that needs it is refused or the construct is left out with a warning.
    None,
}

/// What a target supports. One field per construct, so that a new construct must be answered by every target.
///
/// A target that describes data (a schema) has no code to run: it answers for the documents that it describes, and
/// [`Support::None`] where they have nothing of the kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Capabilities {
    /// The binary wire format.
    pub binary: Support,
    /// Canonical ProtoJSON.
    pub json: Support,
    /// The protobuf text format.
    pub text: Support,
    /// Presence of singular fields: implicit, explicit and required.
    pub presence: Support,
    /// Explicit defaults.
    pub defaults: Support,
    /// Open enums with unknown numbers.
    pub open_enums: Support,
    /// Closed enums.
    pub closed_enums: Support,
    /// Oneofs.
    pub oneofs: Support,
    /// Maps.
    pub maps: Support,
    /// Groups and delimited fields.
    pub groups: Support,
    /// Extensions.
    pub extensions: Support,
    /// MessageSet.
    pub message_sets: Support,
    /// Unknown fields kept on a round trip.
    pub unknown_fields: Support,
    /// Natural conversions of the well-known types.
    pub well_known_types: Support,
    /// Services.
    pub services: Support,
}

/// Decodes a target's options, with a diagnostic that names the key at fault.
///
/// # Errors
/// If a key is unknown or a value has the wrong type.
pub fn decode_options<T: DeserializeOwned>(
    target: &str,
    options: &Options,
) -> Result<T, Vec<Diagnostic>> {
    options
        .clone()
        .try_into()
        .map_err(|error: toml::de::Error| {
            vec![
                Diagnostic::error(
                    &codes::CONFIG,
                    format!("`[target.{target}]` is not valid: {}", error.message()),
                )
                .help(format!(
                    "`xlc schema config` prints the keys that `[target.{target}]` has"
                )),
            ]
        })
}
