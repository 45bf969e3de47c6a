//! `xlc list`: what there is.

use serde_json::json;

use super::Status;
use super::terminal::Terminal;
use crate::compat::rules::rules;
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
    /// The rules of `check-compat`
    Rules {
        /// As JSON, with the surfaces and directions of each
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
        What::Rules { json: true } => {
            let rules: Vec<_> = rules()
                .map(|rule| {
                    let on = rule.on.iter().map(|on| {
                        let directions = on.directions.iter().map(|it| it.name());
                        json!({
                            "surface": on.surface,
                            "directions": directions.collect::<Vec<_>>(),
                            "severity": on.harm.name(),
                        })
                    });
                    json!({
                        "code": rule.code.name,
                        "about": rule.code.summary,
                        "on": on.collect::<Vec<_>>(),
                        "why": rule.why,
                        "fix": rule.fix,
                    })
                })
                .collect();
            terminal.print(&format!("{:#}\n", json!(rules)));
        }
        What::Rules { json: false } => {
            let width = rules().map(|it| it.code.name.len()).max().unwrap_or(0);
            for rule in rules() {
                terminal.print(&format!(
                    "{:width$}  {}\n",
                    rule.code.name, rule.code.summary
                ));
            }
        }
    }
    Status::Clean
}
