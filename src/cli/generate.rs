//! `xlc gen`: generates, or with `--check`, `--diff` and `--dry-run` tells what generating would do.

use std::path::{Path, PathBuf};

use super::progress::Watcher;
use super::setup::{self, Setup};
use super::terminal::{Terminal, Tone};
use super::{Global, Status};
use crate::config::{Config, Draft};
use crate::output::{Change, ChangeKind, Changes, Conflict, Forsaken, forsaken, unified_diff};
use crate::pipeline::{self, Generated};
use crate::source::Sources;

/// Arguments of `xlc gen`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The targets to generate [default: all that are configured]
    #[arg(value_name = "TARGET")]
    targets: Vec<String>,
    /// Write nothing; tell which files are not up to date, and exit with 1 if there are any
    #[arg(long, conflicts_with_all = ["force", "dry_run"])]
    check: bool,
    /// Print a unified diff of what changes, on standard output
    #[arg(long)]
    diff: bool,
    /// Write nothing; tell what would be done
    #[arg(long)]
    dry_run: bool,
    /// Overwrite files that were edited by hand or that xlc did not write
    #[arg(long)]
    force: bool,
    #[command(flatten, next_help_heading = "Without a configuration file")]
    direct: Direct,
}

/// One target without a configuration file.
#[derive(Debug, clap::Args)]
struct Direct {
    /// What to compile: a file, directory or glob, or `-` for a descriptor set on standard input
    #[arg(long, value_name = "PATH", requires = "out", conflicts_with = "config", value_hint = clap::ValueHint::AnyPath)]
    contract: Vec<String>,
    /// A directory that imports are looked up in [default: the directories of `--contract`, or the current one]
    #[arg(short = 'I', long, value_name = "DIR", requires = "contract", value_hint = clap::ValueHint::DirPath)]
    include: Vec<String>,
    /// The output directory
    #[arg(long, value_name = "DIR", requires = "contract", value_hint = clap::ValueHint::DirPath)]
    out: Option<PathBuf>,
    /// An option of the target
    #[arg(long = "option", value_name = "KEY=VALUE", requires = "contract")]
    options: Vec<String>,
}

const DOING: &str = "could not generate";

pub(super) fn run(arguments: &Arguments, global: &Global, terminal: &mut Terminal) -> Status {
    let Some(setup) = configure(arguments, global, terminal) else {
        return Status::Failed;
    };
    let targets = match pipeline::select(&setup.config, &arguments.targets) {
        Ok(targets) => targets,
        Err(problems) => return terminal.fail(DOING, &problems, &Sources::default()),
    };
    let mut watcher = Watcher::new(terminal, global.quiet);
    let generated = pipeline::generate(&setup.config, &targets, &setup.inputs, &mut |it| {
        watcher.progress(it);
    });
    drop(watcher);
    let generated = match generated {
        Ok(generated) => generated,
        Err(failure) => return terminal.fail(DOING, &failure.diagnostics, &failure.sources),
    };
    if !global.quiet {
        terminal.show(&generated.warnings, &generated.sources);
    }
    if arguments.check {
        check(arguments, global, &generated, terminal)
    } else if arguments.dry_run {
        dry_run(arguments, global, &generated, terminal)
    } else {
        match write(arguments, global, &generated, terminal) {
            Err(status) => return status,
            // Who says `--out` writes to one place today and to another tomorrow.
            Ok(changes) if arguments.direct.out.is_none() && !global.quiet => {
                tell_forsaken(&changes, &setup.config, terminal);
            }
            Ok(_) => {}
        }
        Status::Clean
    }
}

/// Tells of directories that files were moved away from.
fn tell_forsaken(changes: &Changes, config: &Config, terminal: &Terminal) {
    let base = Path::new(&config.name).parent().unwrap_or(Path::new(""));
    let outs: Vec<PathBuf> = config.targets.iter().map(|it| it.out.clone()).collect();
    for Forsaken { directory, targets } in forsaken(changes, base, &outs) {
        let targets: Vec<String> = targets.into_iter().collect();
        let (directory, targets) = (directory.display(), targets.join("`, `"));
        let text = format!("`{directory}` holds what `{targets}` now writes elsewhere");
        terminal.status(Tone::Attention, "Left", &text);
        terminal.help(&format!(
            "delete `{directory}` if `out` moved from there: xlc does not update it any more"
        ));
    }
}

fn configure(arguments: &Arguments, global: &Global, terminal: &Terminal) -> Option<Setup> {
    let direct = &arguments.direct;
    let Some(out) = &direct.out else {
        return setup::from_file(global, terminal, DOING);
    };
    let [target] = arguments.targets.as_slice() else {
        terminal.error(
            "`--out` goes with exactly one TARGET, as in `xlc gen python --contract . --out gen`",
        );
        return None;
    };
    let mut draft = Draft::of_contract(&direct.contract, &direct.include);
    let words = direct.options.iter().map(String::as_str);
    if let Err(reason) = draft.add_options(target, words) {
        terminal.error(&format!("--option: {reason}"));
        return None;
    }
    draft.set_out(target, &out.to_string_lossy());
    setup::from_draft(&draft, terminal, DOING)
}

fn check(
    arguments: &Arguments,
    global: &Global,
    generated: &Generated,
    terminal: &mut Terminal,
) -> Status {
    let changes = match pipeline::compare(generated, false) {
        Ok(changes) => changes,
        Err(problems) => {
            return terminal.fail("could not check", &problems, &generated.sources);
        }
    };
    let mut manifests = Vec::new();
    for directory in &changes.directories {
        let files_differ = directory
            .changes
            .iter()
            .any(|change| change.kind != ChangeKind::Unchanged);
        if directory.interrupted && !global.quiet {
            let name = directory.shown.display().to_string();
            terminal.status(Tone::Attention, "interrupted", &name);
        }
        // When files differ, that the record of them does goes without saying.
        manifests.extend(directory.manifest.iter().filter(|_| !files_differ));
    }
    for change in changes.files().chain(manifests) {
        if (change.kind != ChangeKind::Unchanged && !global.quiet) || global.verbose {
            let (tone, word) = state(change.kind);
            terminal.status(tone, word, &change.name);
        }
        if arguments.diff {
            print_diff(change, terminal);
        }
    }
    if changes.is_clean() {
        if !global.quiet {
            let all = files(changes.count(|_| true));
            terminal.status(Tone::Good, "Checked", &format!("{all}, all up to date"));
        }
        return Status::Clean;
    }
    if !global.quiet {
        explain_findings(&changes, terminal);
    }
    Status::Findings
}

/// The state of a file in a word, as `--check` tells it.
fn state(kind: ChangeKind) -> (Tone, &'static str) {
    match kind {
        ChangeKind::Unchanged => (Tone::Good, "up to date"),
        ChangeKind::Create => (Tone::Attention, "missing"),
        ChangeKind::Update => (Tone::Attention, "stale"),
        ChangeKind::LineEndings => (Tone::Attention, "line endings"),
        ChangeKind::Delete => (Tone::Attention, "orphaned"),
        ChangeKind::Conflict(Conflict::HandEdited) => (Tone::Bad, "hand-edited"),
        ChangeKind::Conflict(Conflict::HandEditedOrphan) => (Tone::Bad, "edited orphan"),
        ChangeKind::Conflict(Conflict::Foreign) => (Tone::Bad, "not by xlc"),
        ChangeKind::Conflict(Conflict::Directory | Conflict::NoDirectory) => (Tone::Bad, "blocked"),
    }
}

fn files(count: usize) -> String {
    match count {
        1 => "1 file".to_owned(),
        more => format!("{more} files"),
    }
}

fn explain_findings(changes: &Changes, terminal: &Terminal) {
    let all = files(changes.count(|_| true));
    let wrong = changes.count(|kind| kind != ChangeKind::Unchanged);
    terminal.error(&match wrong {
        0 => "the record of the generated files is not up to date".to_owned(),
        _ => format!("not up to date: {wrong} of {all}"),
    });
    if changes.directories.iter().any(|it| it.interrupted) {
        terminal.help("an earlier run was killed while it wrote; `xlc gen` finishes its work");
    }
    let edited = changes.count(|kind| matches!(kind, ChangeKind::Conflict(_)));
    if edited > 0 {
        terminal.help("`xlc gen --force` overwrites what xlc did not write");
    }
    let ended = changes.count(|kind| kind == ChangeKind::LineEndings);
    if ended > 0 {
        terminal.help("to keep git from changing line endings, add `-text` for the directory to .gitattributes");
    }
    if wrong > edited || wrong == 0 {
        terminal.help("`xlc gen` brings the files up to date");
    }
}

fn dry_run(
    arguments: &Arguments,
    global: &Global,
    generated: &Generated,
    terminal: &mut Terminal,
) -> Status {
    let changes = match pipeline::compare(generated, arguments.force) {
        Ok(changes) => changes,
        Err(problems) => return terminal.fail(DOING, &problems, &generated.sources),
    };
    for change in changes.files() {
        if !global.quiet && (change.kind != ChangeKind::Unchanged || global.verbose) {
            let (tone, word) = match change.kind {
                ChangeKind::Unchanged => (Tone::Good, "Unchanged"),
                ChangeKind::Create => (Tone::Good, "Would create"),
                ChangeKind::Update | ChangeKind::LineEndings => (Tone::Good, "Would update"),
                ChangeKind::Delete => (Tone::Good, "Would delete"),
                ChangeKind::Conflict(_) => (Tone::Bad, "Would refuse"),
            };
            terminal.status(tone, word, &change.name);
        }
        if arguments.diff {
            print_diff(change, terminal);
        }
    }
    if !global.quiet {
        terminal.status(Tone::Good, "Dry run", &summary(&changes));
    }
    match changes.count(|kind| matches!(kind, ChangeKind::Conflict(_))) {
        0 => Status::Clean,
        _ => Status::Failed,
    }
}

fn write(
    arguments: &Arguments,
    global: &Global,
    generated: &Generated,
    terminal: &mut Terminal,
) -> Result<Changes, Status> {
    let mut recovered = None;
    let mut watcher = Watcher::new(terminal, global.quiet);
    let written = pipeline::write(generated, arguments.force, &mut |event| {
        use crate::output::Event;
        match event {
            Event::Finished => recovered = Some("finished what an earlier run left undone"),
            Event::Undone => recovered = Some("undid what an earlier run could not finish"),
            Event::Waiting
            | Event::Staged
            | Event::Synced
            | Event::Committed
            | Event::Applied
            | Event::Done => {}
        }
        watcher.event(event);
    });
    drop(watcher);
    if let (Some(what), false) = (recovered, global.quiet) {
        terminal.status(Tone::Attention, "Recovered", what);
    }
    let changes = match written {
        Ok(changes) => changes,
        Err(problems) => {
            return Err(terminal.fail("nothing was written", &problems, &generated.sources));
        }
    };
    for change in changes.files() {
        if global.verbose {
            let word = match change.kind {
                ChangeKind::Unchanged | ChangeKind::Conflict(_) => "Unchanged",
                ChangeKind::Create => "Created",
                ChangeKind::Update | ChangeKind::LineEndings => "Updated",
                ChangeKind::Delete => "Deleted",
            };
            terminal.status(Tone::Good, word, &change.name);
        }
        if arguments.diff {
            print_diff(change, terminal);
        }
    }
    if !global.quiet {
        terminal.status(Tone::Good, "Finished", &summary(&changes));
    }
    Ok(changes)
}

/// `create 12, update 1, delete 0, unchanged 3`, and what is refused if anything is.
fn summary(changes: &Changes) -> String {
    let count = |kind: ChangeKind| changes.count(|it| it == kind);
    let refused = changes.count(|kind| matches!(kind, ChangeKind::Conflict(_)));
    let mut text = format!(
        "create {}, update {}, delete {}, unchanged {}",
        count(ChangeKind::Create),
        count(ChangeKind::Update) + count(ChangeKind::LineEndings),
        count(ChangeKind::Delete),
        count(ChangeKind::Unchanged)
    );
    if refused > 0 {
        text.push_str(&format!(", refuse {refused}"));
    }
    text
}

/// The diff of one file, coloured as git does; nothing for a file that does not change.
fn print_diff(change: &Change, terminal: &mut Terminal) {
    if matches!(change.kind, ChangeKind::Unchanged | ChangeKind::LineEndings) {
        return;
    }
    let diff = unified_diff(&change.name, change.old.as_deref(), change.new.as_deref());
    let mut text = String::with_capacity(diff.len());
    for line in diff.split_inclusive('\n') {
        let color = match line.as_bytes().first() {
            _ if line.starts_with("+++") || line.starts_with("---") => "\u{1b}[1m",
            Some(b'+') => "\u{1b}[32m",
            Some(b'-') => "\u{1b}[31m",
            Some(b'@') => "\u{1b}[36m",
            Some(_) | None => "",
        };
        match color {
            "" => text.push_str(line),
            color => {
                let body = line.strip_suffix('\n').unwrap_or(line);
                text.push_str(&format!("{color}{body}\u{1b}[0m\n"));
            }
        }
    }
    terminal.print_styled(&text);
}
