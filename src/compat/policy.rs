//! What is required of a new version: which surface must hold in which direction. Decides what is an error, a warning
//! or a note; nothing about what hurts.

use std::collections::BTreeMap;

use globset::GlobMatcher;

use super::surface::{Harm, Verdict};
use super::trial::Direction;

/// What is required of one surface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Requirement {
    /// Nothing.
    Off,
    /// Nothing, but what hurts is shown as a warning.
    Warn,
    /// New readers read old data; old clients call new servers.
    Backward,
    /// Old readers read new data; new clients call old servers.
    Forward,
    /// Both.
    Full,
}

impl Requirement {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Off,
        Self::Warn,
        Self::Backward,
        Self::Forward,
        Self::Full,
    ];

    /// The word for it in `xlc.toml` and on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Warn => "warn",
            Self::Backward => "backward",
            Self::Forward => "forward",
            Self::Full => "full",
        }
    }

    /// The requirement of this name.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    fn holds_for(self, direction: Direction) -> bool {
        match (self, direction) {
            (Self::Full, _)
            | (Self::Backward, Direction::Backward)
            | (Self::Forward, Direction::Forward) => true,
            (Self::Off | Self::Warn | Self::Backward | Self::Forward, _) => false,
        }
    }
}

/// How a finding is shown and counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Shown when everything is asked for.
    Note,
    /// Shown; the run is still clean.
    Warning,
    /// The new version is refused.
    Error,
}

impl Level {
    /// The stable name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// What is required of all surfaces.
#[derive(Debug, Clone)]
pub struct Policy {
    /// By the surface's name. Of a surface that is not named nothing is required.
    pub require: Requirements,
    /// What is required instead in packages that a glob matches, the first one that does; surfaces that it does not name
    /// keep what is required of all.
    pub packages: Vec<(GlobMatcher, Requirements)>,
}

/// What is required, by the surface's name.
pub type Requirements = BTreeMap<String, Requirement>;

impl Default for Policy {
    /// What most contracts need: data survives in both directions, documents and clients survive the next version.
    fn default() -> Self {
        let require = [
            ("wire", Requirement::Full),
            ("json", Requirement::Backward),
            ("rpc", Requirement::Backward),
        ];
        Self {
            require: require.map(|(name, it)| (name.to_owned(), it)).into(),
            packages: Vec::new(),
        }
    }
}

impl Policy {
    /// Whether it says anything of a surface but `off`.
    #[must_use]
    pub fn asks(&self, surface: &str) -> bool {
        let special = self.packages.iter().map(|(_, require)| require);
        let mut all = special.chain([&self.require]);
        all.any(|it| {
            it.get(surface)
                .is_some_and(|word| *word != Requirement::Off)
        })
    }

    /// What a verdict on something in a package counts for.
    #[must_use]
    pub fn level(&self, verdict: &Verdict, package: &str) -> Level {
        let special = self
            .packages
            .iter()
            .find(|(glob, _)| glob.is_match(package));
        let special = special.and_then(|(_, require)| require.get(verdict.surface));
        let requirement = special.or_else(|| self.require.get(verdict.surface));
        let requirement = requirement.copied().unwrap_or(Requirement::Off);
        match (verdict.harm, requirement) {
            (_, Requirement::Off) | (Harm::Presence, _) => Level::Note,
            (Harm::Hygiene, _) | (Harm::Lossy | Harm::Error, Requirement::Warn) => Level::Warning,
            (
                Harm::Lossy | Harm::Error,
                Requirement::Backward | Requirement::Forward | Requirement::Full,
            ) => match requirement.holds_for(verdict.direction) {
                true => Level::Error,
                false => Level::Note,
            },
        }
    }
}
