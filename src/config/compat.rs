//! The table `[compat]`: what `xlc check-compat` compares with and what it requires. Decides which words are right; what
//! they mean is decided where versions are compared.

use std::collections::BTreeMap;
use std::path::PathBuf;

use globset::{Glob, GlobMatcher};
use serde::Deserialize;

use super::{Reader, join};
use crate::compat::buf::Category;
use crate::compat::surface::SURFACES;
use crate::compat::trial::Readers;
use crate::compat::waiver;
use crate::compat::{Policy, Requirement, Requirements};
use crate::diagnostics::{Diagnostic, codes, nearest};

/// How versions are compared.
#[derive(Debug, Clone, Default)]
pub struct Compat {
    /// What is required of a new version.
    pub policy: Policy,
    /// What is compared with, if the command line names nothing: entries of `--against`.
    pub against: Vec<String>,
    /// Whose rules are told besides, or instead if nothing is required.
    pub profile: Option<Category>,
    /// How readers behave.
    pub readers: Readers,
    /// The ledger of accepted findings, which need not be there.
    pub accepted: PathBuf,
}

/// What `xlc check-compat` compares with, and what it requires.
#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Compat")]
pub(super) struct Table {
    /// What must hold, by surface (`wire`, `json`, `rpc`, and what `xlc list surfaces` shows of the targets): `full`, `backward` (new readers read old data, old clients call
    /// new servers), `forward` (the other way round), `warn` or `off`. Of a surface that is not named nothing is
    /// required. Default: `{ wire = "full", json = "backward", rpc = "backward" }`.
    #[serde(default)]
    require: Option<BTreeMap<String, Requirement>>,
    /// What is required instead in some packages, by a glob over their names: `"*.v1alpha*" = { wire = "off" }`. The longest
    /// glob that matches holds; surfaces that it does not name keep what `require` says.
    #[serde(default)]
    packages: BTreeMap<String, BTreeMap<String, Requirement>>,
    /// The old versions, in the words of `--against`, which takes their place: `["latest-tag"]`, or `["tags:v*"]` for all
    /// released versions. Paths are relative to this file.
    #[serde(default)]
    against: Vec<String>,
    /// The verdicts of another tool, for those who come from it: `buf:FILE`, `buf:PACKAGE`, `buf:WIRE_JSON` or `buf:WIRE`
    /// tell what `buf breaking` tells. What `require` says holds beside them; without it nothing else is required.
    #[serde(default)]
    profile: Option<String>,
    /// How readers behave: `official` (as the specification says), `lenient-json` (what a reader of JSON does not know is
    /// ignored), or `prost` (for Rust: a field of another wire type is an error, closed enums are open, required fields may
    /// be missing).
    #[serde(default)]
    readers: Readers,
    /// The file that the findings which were accepted stand in, relative to this file. `xlc accept` writes it. Default:
    /// `xlc-accepted.toml`.
    #[serde(default)]
    accepted: Option<String>,
}

impl Reader<'_> {
    /// The table as it is used.
    pub(super) fn compat(&self, table: Table) -> Result<Compat, Vec<Diagnostic>> {
        let mut problems = Vec::new();
        let mut policy = Policy::default();
        let requires = table.require.is_some();
        if let Some(require) = table.require {
            problems.extend(self.unknown(&["compat", "require"], &require));
            policy.require = require;
        }
        let mut category = None;
        if let Some(name) = &table.profile {
            match profile(name) {
                Ok(found) => category = Some(found),
                Err(problem) => {
                    problems.push(problem.at(self.span(&["compat", "profile"], None), ""));
                }
            }
            if !requires {
                policy.require.clear();
            }
        }
        let mut packages: Vec<(String, Requirements)> = table.packages.into_iter().collect();
        packages.sort_by_key(|(glob, _)| std::cmp::Reverse(glob.len()));
        for (glob, require) in packages {
            let keys = ["compat", "packages", &glob];
            problems.extend(self.unknown(&keys, &require));
            match matcher(&glob) {
                Ok(matcher) => policy.packages.push((matcher, require)),
                Err(problem) => problems.push(problem.at(self.key_span(&keys), "")),
            }
        }
        match problems.is_empty() {
            true => Ok(Compat {
                policy,
                against: table
                    .against
                    .into_iter()
                    .map(|entry| self.placed(entry))
                    .collect(),
                profile: category,
                readers: table.readers,
                accepted: join(
                    self.base,
                    table.accepted.as_deref().unwrap_or(waiver::FILE_NAME),
                ),
            }),
            false => Err(problems),
        }
    }

    /// An entry of `against`; what is a path is relative to this file.
    fn placed(&self, entry: String) -> String {
        let words = ["latest-tag", "lock"];
        match words.contains(&entry.as_str())
            || entry.starts_with("git:")
            || entry.starts_with("tags:")
        {
            true => entry,
            false => join(self.base, &entry).display().to_string(),
        }
    }

    /// Surfaces that there are not.
    fn unknown(&self, keys: &[&str], require: &Requirements) -> Vec<Diagnostic> {
        let own = SURFACES.iter().map(|it| it.name());
        let brought = self.known.iter().flat_map(|it| it.surfaces.iter().copied());
        let names: Vec<&str> = own.chain(brought).collect();
        let names = || names.iter().copied();
        let strange = require.keys().filter(|name| !names().any(|it| it == *name));
        let problem = |name: &String| {
            let place = [keys, &[name.as_str()]].concat();
            let message = format!("there is no surface `{name}`");
            let problem = Diagnostic::error(&codes::CONFIG, message).at(self.key_span(&place), "");
            problem.help(match nearest(name, names()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => {
                    let known: Vec<&str> = names().collect();
                    format!("the surfaces are `{}`", known.join("`, `"))
                }
            })
        };
        strange.map(problem).collect()
    }
}

/// The profile of this name.
///
/// # Errors
/// If there is none.
pub fn profile(name: &str) -> Result<Category, Box<Diagnostic>> {
    Category::of_profile(name).ok_or_else(|| {
        let problem = Diagnostic::error(&codes::CONFIG, format!("there is no profile `{name}`"));
        let known = Category::profiles();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        Box::new(problem.help(format!("the profiles are `{}`", known.join("`, `"))))
    })
}

fn matcher(glob: &str) -> Result<GlobMatcher, Box<Diagnostic>> {
    match Glob::new(glob) {
        Ok(glob) => Ok(glob.compile_matcher()),
        Err(error) => Err(Box::new(Diagnostic::error(
            &codes::CONFIG,
            format!("`{glob}` is not a valid glob: {}", error.kind()),
        ))),
    }
}
