//! `xlc completions`: a completion script for a shell.

use clap::CommandFactory as _;

use super::Status;
use super::terminal::Terminal;

/// Arguments of `xlc completions`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The shell
    shell: clap_complete::Shell,
}

pub(super) fn run(arguments: &Arguments, terminal: &mut Terminal) -> Status {
    let mut script = Vec::new();
    let mut command = super::Arguments::command();
    clap_complete::generate(arguments.shell, &mut command, "xlc", &mut script);
    terminal.print_bytes(&script);
    Status::Clean
}
