//! `xlc schema`: the JSON Schemas of the files that xlc reads and writes. They are committed under `schemas/`.

use super::Status;
use super::terminal::Terminal;
use crate::{compat, config, output, pipeline};

/// Arguments of `xlc schema`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Of which file
    what: What,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum What {
    /// xlc.toml
    Config,
    /// .xlc-manifest.json
    Manifest,
    /// What `check-compat --format json` prints
    CompatReport,
    /// What `diff --format json` prints
    Diff,
}

pub(super) fn run(arguments: &Arguments, terminal: &mut Terminal) -> Status {
    let schema = match arguments.what {
        What::Config => config::schema(pipeline::known_targets()),
        What::Manifest => output::manifest_schema(),
        What::CompatReport => compat::report::schema(),
        What::Diff => compat::changelog::schema(),
    };
    terminal.print(&format!("{schema:#}\n"));
    Status::Clean
}
