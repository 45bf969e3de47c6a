//! `xlc diff`: reads two versions and prints what changed. It is no check: the exit code is 0 whatever changed, unless
//! `--exit-code` asks for 1.

use super::check_compat::input::{self, Old, Place};
use super::terminal::Terminal;
use super::{Global, Status, setup};
use crate::compat::api::Api;
use crate::compat::changelog::Changelog;
use crate::compat::delta::Both;
use crate::compat::pair::Pairs;
use crate::compat::surface::{Surface, Surfaces};
use crate::diagnostics::{Diagnostic, codes, nearest};
use crate::load::{self, Loaded};
use crate::pipeline;
use crate::source::Sources;

/// Arguments of `xlc diff`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The old version: a directory, a .proto file, a descriptor set, `git:REVISION`, `latest-tag`, or `lock` for what
    /// xlc.lock holds
    #[arg(value_hint = clap::ValueHint::AnyPath)]
    old: String,
    /// The new version, in the same words [default: the contract of xlc.toml]
    #[arg(value_hint = clap::ValueHint::AnyPath)]
    new: Option<String>,
    /// A directory that imports are looked up in after those of the versions themselves, for both versions; may be given
    /// again
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    include: Vec<String>,
    /// Show how the generated API changes as well: `source.python`; may be given again
    #[arg(long, value_name = "SURFACE")]
    surface: Vec<String>,
    /// The form of the changelog
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
    /// Exit with 1 if anything changed
    #[arg(long)]
    exit_code: bool,
}

/// The form of a changelog.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// A line per change, under its package and file
    Human,
    /// All there is; `xlc schema diff` describes it
    Json,
    /// Markdown, for release notes
    Markdown,
}

const DOING: &str = "could not compare";

pub(super) fn run(arguments: &Arguments, global: &Global, terminal: &mut Terminal) -> Status {
    let Some(versions) = Versions::read(arguments, global, terminal) else {
        return Status::Failed;
    };
    let changelog = match versions.changelog(arguments) {
        Ok(changelog) => changelog,
        Err(problems) => return terminal.fail(DOING, &problems, &versions.new.sources),
    };
    match arguments.format {
        Format::Human => terminal.print(&changelog.text()),
        Format::Json => terminal.print(&changelog.json()),
        Format::Markdown => terminal.print(&changelog.markdown()),
    }
    if !global.quiet {
        terminal.done(&changelog.tally());
    }
    match arguments.exit_code && !changelog.is_empty() {
        true => Status::Findings,
        false => Status::Clean,
    }
}

/// Both versions, and the surfaces there are.
struct Versions {
    old: Loaded,
    new: Loaded,
    /// What the new one is called.
    name: String,
    surfaces: Surfaces,
}

impl Versions {
    /// Reads them; nothing after the reason was shown.
    fn read(arguments: &Arguments, global: &Global, terminal: &Terminal) -> Option<Self> {
        // What is no path is a version of what the other one names, or of the contract of xlc.toml.
        let is_path = |entry: &&String| {
            let words = ["git:", "tags:"];
            !words.iter().any(|it| entry.starts_with(it))
                && !["latest-tag", "lock"].contains(&entry.as_str())
        };
        let path = arguments.new.as_ref().filter(is_path);
        let path = path.or(arguments
            .new
            .as_ref()
            .and(Some(&arguments.old).filter(is_path)));
        let (place, configured, surfaces) = match path {
            Some(path) => {
                let place = input::of_paths(std::slice::from_ref(path));
                (place, None, pipeline::surfaces(None))
            }
            None => {
                let setup = setup::from_file(global, terminal, DOING)?;
                let surfaces = pipeline::surfaces(Some(&setup.config));
                (input::of_config(&setup.config), Some(setup), surfaces)
            }
        };
        let failed = |problems: &[Diagnostic], sources: &Sources| {
            let _: Status = terminal.fail(DOING, problems, sources);
        };
        let surfaces = surfaces
            .map_err(|it| failed(&it, &Sources::default()))
            .ok()?;
        let read = |entry: &str| {
            let old = one(entry, &place).map_err(|it| failed(&[*it], &Sources::default()));
            let read = input::read_old(&old.ok()?, &place, &arguments.include);
            read.map_err(|it| failed(&it.diagnostics, &it.sources)).ok()
        };
        let old = read(&arguments.old)?;
        let (new, name) = match (&arguments.new, configured) {
            (Some(entry), _) => (read(entry)?, entry.clone()),
            (None, Some(setup)) => {
                let loaded = load::load(&setup.inputs, &setup.config.include);
                let loaded = loaded.map_err(|it| failed(&it.diagnostics, &it.sources));
                (loaded.ok()?, setup.config.name)
            }
            (None, None) => return None,
        };
        Some(Self {
            old,
            new,
            name,
            surfaces,
        })
    }

    fn changelog(&self, arguments: &Arguments) -> Result<Changelog, Vec<Diagnostic>> {
        let contracts = Both {
            old: &self.old.contract,
            new: &self.new.contract,
        };
        let mut sources = self.new.sources.clone();
        let moved = sources.absorb(self.old.sources.clone());
        let names = Both {
            old: arguments.old.as_str(),
            new: self.name.as_str(),
        };
        let mut changelog = Changelog::new(names, contracts, &sources, moved);
        if !arguments.surface.is_empty() {
            let pairs = Pairs::new(contracts);
            for name in &arguments.surface {
                let apis = self.apis(name)?;
                let apis = Both {
                    old: &apis.old,
                    new: &apis.new,
                };
                changelog.add_api(name, apis, &pairs);
            }
        }
        Ok(changelog)
    }

    /// What is generated for both versions, as a surface sees it.
    fn apis(&self, name: &str) -> Result<Both<Api>, Vec<Diagnostic>> {
        let mut all = self.surfaces.all();
        let made = all.find(|it| it.name() == name).and_then(|surface| {
            let old = surface.api(&self.old.contract)?;
            let new = surface.api(&self.new.contract)?;
            Some((old, new))
        });
        let Some((old, new)) = made else {
            return Err(vec![self.no_api(name)]);
        };
        let unplaced = |problems: Vec<Diagnostic>| -> Vec<Diagnostic> {
            let note = |it: Diagnostic| Diagnostic {
                primary: None,
                secondary: Vec::new(),
                ..it.note(format!("`{name}` of the old version needs it"))
            };
            problems.into_iter().map(note).collect()
        };
        Ok(Both {
            old: old.map_err(unplaced)?,
            new: new?,
        })
    }

    /// That a name is of no surface that has an API.
    fn no_api(&self, name: &str) -> Diagnostic {
        let has = |it: &&dyn Surface| it.api(&self.new.contract).is_some();
        let known = self.surfaces.all().filter(has).map(|it| it.name());
        let known: Vec<&str> = known.collect();
        let is_there = self.surfaces.names().any(|it| it == name);
        let message = match is_there {
            true => format!("surface `{name}` is not about names and types"),
            false => format!("there is no surface `{name}`"),
        };
        let problem = Diagnostic::error(&codes::CONFIG, message);
        match nearest(name, known.iter().copied()) {
            Some(near) if !is_there => problem.help(format!("did you mean `{near}`?")),
            Some(_) | None => problem.help(format!("those that are: `{}`", known.join("`, `"))),
        }
    }
}

/// The one version that an entry stands for.
fn one(entry: &str, place: &Place) -> Result<Old, Box<Diagnostic>> {
    let mut found = input::versions(entry, place)?;
    match (found.pop(), found.is_empty()) {
        (Some(one), true) => Ok(one),
        (Some(_), false) | (None, _) => {
            let message = format!("`{entry}` is not one version");
            let problem = Diagnostic::error(&codes::CONFIG, message);
            Err(Box::new(problem.help("name a revision: `git:v1.0.0`")))
        }
    }
}
