//! `xlc list`: what there is.

use serde_json::json;

use super::Status;
use super::terminal::Terminal;
use crate::targets::TARGETS;

/// Arguments of `xlc list`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// The targets that can be generated
    Targets {
        /// As JSON, with what each supports
        #[arg(long)]
        json: bool,
    },
}

pub(super) fn run(arguments: &Arguments, terminal: &mut Terminal) -> Status {
    match &arguments.what {
        What::Targets { json: true } => {
            let targets: Vec<_> = TARGETS
                .iter()
                .map(|target| {
                    json!({
                        "name": target.name(),
                        "about": target.about(),
                        "capabilities": target.capabilities(),
                    })
                })
                .collect();
            terminal.print(&format!("{:#}\n", json!(targets)));
        }
        What::Targets { json: false } => {
            let width = TARGETS.iter().map(|it| it.name().len()).max().unwrap_or(0);
            for target in TARGETS {
                terminal.print(&format!("{:width$}  {}\n", target.name(), target.about()));
            }
        }
    }
    Status::Clean
}
