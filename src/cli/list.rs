//! `xlc list`: what there is.

use serde_json::json;

use super::Status;
use super::terminal::Terminal;
use crate::compat::rules::rules;
use crate::pipeline;
use crate::source::Sources;
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
    /// The surfaces on which `check-compat` compares versions
    Surfaces {
        /// As JSON
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
        What::Surfaces { json } => return surfaces(*json, terminal),
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

fn surfaces(json: bool, terminal: &mut Terminal) -> Status {
    let surfaces = match pipeline::surfaces(None) {
        Ok(surfaces) => surfaces,
        Err(problems) => {
            return terminal.fail("could not list", &problems, &Sources::default());
        }
    };
    if json {
        let all = surfaces.all();
        let all: Vec<_> = all
            .map(|it| json!({ "name": it.name(), "about": it.about() }))
            .collect();
        terminal.print(&format!("{:#}\n", json!(all)));
    } else {
        let width = surfaces.names().map(str::len).max().unwrap_or(0);
        for surface in surfaces.all() {
            terminal.print(&format!("{:width$}  {}\n", surface.name(), surface.about()));
        }
    }
    Status::Clean
}
