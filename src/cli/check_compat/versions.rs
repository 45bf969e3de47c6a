//! The versions that are compared, the policy and the ledger that hold for them: from arguments and xlc.toml to what the
//! library needs. `check-compat` and `accept` see the same findings because both begin here.

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use super::contents::Contents;
use clap::builder::PossibleValuesParser;

use super::input::{self, Old, Place};
use super::require;
use crate::cli::terminal::Terminal;
use crate::cli::{Global, Status, setup};
use crate::compat::Finding;
use crate::compat::surface::{Surfaces, Unfit};
use crate::compat::trial::Readers;
use crate::compat::waiver::{self, Date, Ledger};
use crate::config::{self, Compat};
use crate::contract::Contract;
use crate::diagnostics::{Diagnostic, Label, codes};
use crate::load::{self, Failure, Input};
use crate::pipeline;
use crate::source::{Moved, Sources};

/// What is compared with what.
#[derive(Debug, Clone, clap::Args)]
pub(in crate::cli) struct Selection {
    /// An old version: a directory, a .proto file, a descriptor set, `git:REVISION`, `latest-tag`, `tags:PATTERN` for
    /// every tag that matches, or `lock` for what xlc.lock holds; may be given again [default: `compat.against` of
    /// xlc.toml, or else `lock` where there is one]
    #[arg(long, value_name = "OLD", value_hint = clap::ValueHint::AnyPath)]
    against: Vec<String>,
    /// A directory that imports are looked up in after those of the versions themselves, for all versions; may be given
    /// again
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    include: Vec<String>,
    /// What must hold, instead of what xlc.toml requires: `wire=full`, `json=backward`, `rpc=forward`, `json=warn`; may be
    /// given again
    #[arg(long, value_name = "SURFACE=DIRECTION")]
    require: Vec<String>,
    /// Tell what another tool tells, and what `--require` says besides: `buf:FILE`, `buf:PACKAGE`, `buf:WIRE_JSON`,
    /// `buf:WIRE` [default: `compat.profile` of xlc.toml]
    #[arg(long, value_name = "PROFILE")]
    profile: Option<String>,
    /// How readers behave, instead of what xlc.toml says: `official`, `lenient-json` or `prost`
    #[arg(long, value_name = "WHO", hide_possible_values = true, value_parser = PossibleValuesParser::new(Readers::ALL.map(Readers::name)))]
    readers: Option<String>,
    /// The ledger of accepted findings [default: `compat.accepted` of xlc.toml, or else `xlc-accepted.toml` beside it;
    /// without an xlc.toml, here]
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    accepted: Option<PathBuf>,
}

/// An old version.
pub(in crate::cli) struct Version {
    pub(in crate::cli) name: String,
    contents: Contents,
    /// Where its files are in the sources of all.
    pub(in crate::cli) moved: Moved,
}

/// Everything that a comparison needs.
pub(in crate::cli) struct Versions {
    pub(in crate::cli) new: Contract,
    pub(in crate::cli) olds: Vec<Version>,
    /// The files of all versions and the ledger.
    pub(in crate::cli) sources: Sources,
    pub(in crate::cli) compat: Compat,
    pub(in crate::cli) ledger: Ledger,
    pub(in crate::cli) today: Date,
    /// Whether the command line says what is required. Then not all surfaces may have been asked that waivers are of.
    pub(in crate::cli) own_policy: bool,
    /// What the new version was loaded from, and where its imports were looked up.
    pub(in crate::cli) inputs: Vec<Input>,
    pub(in crate::cli) roots: Vec<PathBuf>,
    surfaces: Surfaces,
}

impl Versions {
    /// Reads them; nothing after the reason was shown. `new` are the paths of the new version, none for xlc.toml.
    pub(in crate::cli) fn read(
        new: &[String],
        selection: &Selection,
        global: &Global,
        terminal: &Terminal,
        doing: &str,
    ) -> Option<Self> {
        let is_configured = new.is_empty();
        let named = Named::new(new, selection, global, terminal, doing)?;
        let new = shown(load::load(&named.inputs, &named.roots), terminal, doing)?;
        let Named {
            inputs,
            roots,
            place,
            mut compat,
            surfaces,
        } = named;
        if !selection.against.is_empty() {
            compat.against.clone_from(&selection.against);
        }
        if compat.against.is_empty() && is_configured && place.lock.is_file() {
            compat.against.push(input::LOCK.to_owned());
        }
        let readers = selection.readers.as_deref();
        compat.readers = readers.and_then(Readers::find).unwrap_or(compat.readers);
        if let Some(ledger) = &selection.accepted {
            compat.accepted.clone_from(ledger);
        }
        let mut sources = new.sources;
        let mut read = || {
            if let Some(profile) = &selection.profile {
                let category = config::profile(profile).map_err(|problem| vec![*problem])?;
                compat.profile = Some(category);
                compat.policy.require.clear();
                compat.policy.packages.clear();
            }
            if !selection.require.is_empty() {
                compat.policy = require::policy(&selection.require, &surfaces)?;
            }
            let ledger = ledger(&compat.accepted, &mut sources)?;
            let today = today().map_err(|problem| vec![*problem])?;
            let olds = old_versions(&compat.against, &place).map_err(|problem| vec![*problem])?;
            if compat.profile.is_some() {
                whole(&olds)?;
            }
            Ok::<_, Vec<Diagnostic>>((ledger, today, olds))
        };
        let (ledger, today, named) = match read() {
            Ok(read) => read,
            Err(problems) => {
                let _: Status = terminal.fail(doing, &problems, &sources);
                return None;
            }
        };
        let mut olds = Vec::new();
        for old in &named {
            let version = Contents::read(old, &place, &selection.include, &new.contract);
            let (contents, files) = shown(version, terminal, doing)?;
            olds.push(Version {
                name: old.name().to_owned(),
                contents,
                moved: sources.absorb(files),
            });
        }
        Some(Self {
            new: new.contract,
            olds,
            sources,
            compat,
            ledger,
            today,
            own_policy: !selection.require.is_empty() || selection.profile.is_some(),
            inputs,
            roots,
            surfaces,
        })
    }

    /// What is found against one of the old versions.
    ///
    /// # Errors
    /// What makes a version unfit for a surface that is asked for.
    pub(in crate::cli) fn findings<'v>(
        &'v self,
        old: &'v Version,
    ) -> Result<Vec<Finding<'v>>, Vec<Diagnostic>> {
        self.findings_of(old, &self.new)
    }

    /// What is found in another new version against one of the old ones.
    ///
    /// # Errors
    /// What makes a version unfit for a surface that is asked for.
    pub(super) fn findings_of<'v>(
        &'v self,
        old: &'v Version,
        new: &'v Contract,
    ) -> Result<Vec<Finding<'v>>, Vec<Diagnostic>> {
        let surfaces = self.surfaces.asked(&self.compat.policy);
        let readers = self.compat.readers;
        let found = (old.contents).findings(new, &surfaces, readers);
        let found = found.map_err(|unfit| unfit_for(unfit, old))?;
        Ok(match self.compat.profile {
            Some(category) => old.contents.under(category, new, found),
            None => found,
        })
    }
}

/// What makes a version unfit for a surface, with places in the sources of all.
fn unfit_for(unfit: Unfit, old: &Version) -> Vec<Diagnostic> {
    let surface = unfit.surface;
    let moved = |label: Label| Label {
        span: old.moved.span(label.span),
        ..label
    };
    let of_old = unfit.problems.old.into_iter().map(|it| {
        let it = it.note(format!("`{surface}` of `{}` needs it", old.name));
        Diagnostic {
            primary: it.primary.map(moved),
            secondary: it.secondary.into_iter().map(moved).collect(),
            ..it
        }
    });
    let of_new = unfit.problems.new.into_iter();
    let of_new = of_new.map(|it| it.note(format!("`{surface}` of the new version needs it")));
    of_old.chain(of_new).collect()
}

/// What was loaded, or nothing after it was told why not.
fn shown<T>(loaded: Result<T, Failure>, terminal: &Terminal, doing: &str) -> Option<T> {
    loaded
        .map_err(|failure| terminal.fail(doing, &failure.diagnostics, &failure.sources))
        .ok()
}

/// The new version as it is named, and what holds for it.
struct Named {
    inputs: Vec<Input>,
    roots: Vec<PathBuf>,
    place: Place,
    compat: Compat,
    surfaces: Surfaces,
}

impl Named {
    /// Finds out; nothing after the reason was shown.
    fn new(
        paths: &[String],
        selection: &Selection,
        global: &Global,
        terminal: &Terminal,
        doing: &str,
    ) -> Option<Self> {
        let fail = |problems: &[Diagnostic]| terminal.fail(doing, problems, &Sources::default());
        if paths.is_empty() {
            let setup = setup::from_file(global, terminal, doing)?;
            let mut roots = setup.config.include.clone();
            roots.extend(selection.include.iter().map(PathBuf::from));
            let surfaces = pipeline::surfaces(Some(&setup.config));
            return Some(Self {
                inputs: setup.inputs,
                roots,
                place: input::of_config(&setup.config),
                surfaces: surfaces.map_err(|problems| fail(&problems)).ok()?,
                compat: setup.config.compat,
            });
        }
        let read = input::inputs(paths, &selection.include);
        let (inputs, roots) = read.map_err(|problems| fail(&problems)).ok()?;
        let compat = Compat {
            accepted: PathBuf::from(waiver::FILE_NAME),
            ..Compat::default()
        };
        Some(Self {
            inputs,
            roots,
            place: input::of_paths(paths),
            surfaces: pipeline::surfaces(None)
                .map_err(|problems| fail(&problems))
                .ok()?,
            compat,
        })
    }
}

/// The old versions that are named, each once.
fn old_versions(against: &[String], place: &Place) -> Result<Vec<Old>, Box<Diagnostic>> {
    let mut olds = Vec::new();
    for entry in against {
        for old in input::versions(entry, place)? {
            if !olds.contains(&old) {
                olds.push(old);
            }
        }
    }
    match olds.is_empty() {
        false => Ok(olds),
        true => {
            let problem = Diagnostic::error(&codes::CONFIG, "there is nothing to compare with");
            Err(Box::new(problem.help(
                "name an old version: `--against git:main`, `--against latest-tag` or a directory; or say \
                 `against = [\"latest-tag\"]` under `[compat]` in xlc.toml; or write down what there is with `xlc lock`",
            )))
        }
    }
}

/// Refuses what is no whole contract: rules of other tools are about options and files as well.
fn whole(olds: &[Old]) -> Result<(), Vec<Diagnostic>> {
    let lock = olds.iter().find(|it| matches!(it, Old::Lock(_)));
    let Some(lock) = lock else {
        return Ok(());
    };
    let message = format!("a profile cannot be held against `{}`", lock.name());
    let problem = Diagnostic::error(&codes::CONFIG, message);
    let problem =
        problem.note("a lock has no files, options or labels, which the profile's rules are about");
    Err(vec![problem.help(
        "name an old version: `--against latest-tag`, `--against git:main` or a directory",
    )])
}

/// The ledger in a file; an empty one if there is no such file.
fn ledger(path: &Path, sources: &mut Sources) -> Result<Ledger, Vec<Diagnostic>> {
    let name = path.display().to_string();
    match std::fs::read_to_string(path) {
        Ok(text) => Ledger::parse(&name, &text, sources),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Ledger::default()),
        Err(error) => {
            let problem = Diagnostic::error(&codes::IO, format!("cannot read `{name}`: {error}"));
            Err(vec![
                problem.help("the ledger of accepted findings is a text file"),
            ])
        }
    }
}

/// The day on which waivers are judged: that of `SOURCE_DATE_EPOCH`, if it is set, so that a run can be repeated.
fn today() -> Result<Date, Box<Diagnostic>> {
    const VARIABLE: &str = "SOURCE_DATE_EPOCH";
    let Some(text) = std::env::var_os(VARIABLE).filter(|it| !it.is_empty()) else {
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        return Ok(Date::of_epoch(now.unwrap_or_default().as_secs()));
    };
    let seconds = text.to_str().and_then(|it| it.parse().ok());
    seconds.map(Date::of_epoch).ok_or_else(|| {
        let message = format!("`{VARIABLE}` is `{}`", text.display());
        let problem = Diagnostic::error(&codes::CONFIG, message);
        Box::new(
            problem.help("set it to a number of seconds since the beginning of 1970, or unset it"),
        )
    })
}
