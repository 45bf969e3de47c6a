//! Generates from a `build.rs`: the same run as `xlc gen`, and the lines that tell cargo when to run it again.
//! Decides nothing that the command line does not decide as well, and knows no terminal.
//!
//! ```no_run
//! // build.rs
//! fn main() -> Result<(), xlc::build_script::Error> {
//!     xlc::build_script::Builder::from_config("xlc.toml").generate()
//! }
//! ```

use std::collections::BTreeSet;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::config::{self, Config, Draft};
use crate::diagnostics::emit::Human;
use crate::diagnostics::{Diagnostic, Severity};
use crate::pipeline;
use crate::source::Sources;

/// A run of xlc in a build script.
#[derive(Debug, Clone)]
pub struct Builder {
    from: From,
    force: bool,
}

#[derive(Debug, Clone)]
enum From {
    File(PathBuf),
    Draft(Draft),
}

/// Why nothing was generated. Both its forms are the diagnostics as the command line shows them, because cargo shows a
/// build script's error in the debug form.
pub struct Error(String);

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "xlc could not generate")?;
        f.write_str(&self.0)
    }
}

impl std::error::Error for Error {}

impl Builder {
    /// A run that follows a configuration file. The path is relative to the package, as cargo runs build scripts there.
    #[must_use]
    pub fn from_config(file: impl Into<PathBuf>) -> Self {
        Self {
            from: From::File(file.into()),
            force: false,
        }
    }

    /// A run over files, directories or globs, without a configuration file.
    #[must_use]
    pub fn from_contract(contract: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self {
            from: From::Draft(Draft {
                contract: contract.into_iter().map(Into::into).collect(),
                ..Draft::default()
            }),
            force: false,
        }
    }

    /// Adds an import root. For a run without a configuration file.
    #[must_use]
    pub fn include(mut self, directory: impl Into<String>) -> Self {
        if let From::Draft(draft) = &mut self.from {
            draft.include.push(directory.into());
        }
        self
    }

    /// Adds a target, its output directory and its options as in a `[target.NAME]` table. For a run without a configuration file.
    #[must_use]
    pub fn target(
        mut self,
        name: impl Into<String>,
        out: impl AsRef<Path>,
        options: toml::Table,
    ) -> Self {
        if let From::Draft(draft) = &mut self.from {
            let name = name.into();
            draft.targets.insert(name.clone(), options);
            draft.set_out(&name, &out.as_ref().to_string_lossy());
        }
        self
    }

    /// Overwrites files that were edited by hand, as `--force` does.
    #[must_use]
    pub fn force(mut self, force: bool) -> Self {
        self.force = force;
        self
    }

    /// Generates, and tells cargo when to do it again: when the contract, a file that it imports, a template or the
    /// configuration changes. Warnings are passed on to cargo.
    ///
    /// # Errors
    /// What `xlc gen` would say.
    pub fn generate(&self) -> Result<(), Error> {
        let mut sources = Sources::default();
        let known = pipeline::known_targets();
        let config = match &self.from {
            From::File(file) => {
                tell_cargo("rerun-if-changed", &file.display());
                config::read(file, known, &mut sources)
            }
            From::Draft(draft) => {
                let base = Path::new("");
                config::parse("build.rs", &draft.text(), base, known, &mut sources)
            }
        };
        let config = config.map_err(|problems| error(&problems, &sources))?;
        for path in &config.watched {
            tell_cargo("rerun-if-changed", &path.display());
        }
        self.run(&config)
    }

    fn run(&self, config: &Config) -> Result<(), Error> {
        let none = Sources::default();
        let inputs = config
            .inputs(&mut || Err(io::Error::other("a build script has no standard input")))
            .map_err(|problems| error(&problems, &none))?;
        let targets = pipeline::select(config, &[]).map_err(|problems| error(&problems, &none))?;
        let generated = pipeline::generate(config, &targets, &inputs, &mut |_| {})
            .map_err(|failure| error(&failure.diagnostics, &failure.sources))?;
        let read: BTreeSet<&str> = generated
            .sources
            .files()
            .map(|file| file.name())
            .filter(|name| Path::new(name).is_file())
            .collect();
        for name in read {
            tell_cargo("rerun-if-changed", &name);
        }
        for warning in &generated.warnings {
            tell_cargo("warning", &one_line(warning, &generated.sources));
        }
        pipeline::write(&generated, self.force, &mut |_| {})
            .map(|_| ())
            .map_err(|problems| error(&problems, &generated.sources))
    }
}

fn error(problems: &[Diagnostic], sources: &Sources) -> Error {
    Error(Human::new(false).render(problems, sources))
}

/// A diagnostic in one line: cargo shows no more of a warning.
fn one_line(diagnostic: &Diagnostic, sources: &Sources) -> String {
    debug_assert_eq!(diagnostic.severity, Severity::Warning);
    match &diagnostic.primary {
        Some(label) => {
            let (name, position) = sources.place(label.span);
            let (line, column) = (position.line, position.column);
            format!("{name}:{line}:{column}: {}", diagnostic.message)
        }
        None => diagnostic.message.clone(),
    }
}

/// Standard output is how a build script talks to cargo; it is the only place of the library that prints.
#[expect(clippy::print_stdout, reason = "cargo reads it")]
fn tell_cargo(key: &str, value: &dyn fmt::Display) {
    println!("cargo::{key}={value}");
}
