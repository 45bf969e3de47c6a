//! The whole story on one screen: load → plan → render → compare → write. Decides the order of the steps;
//! prints nothing, exits nowhere, and knows no terminal.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::LazyLock;

use crate::artifact::{Artifact, Content};
use crate::compat::surface::Surfaces;
use crate::config::{Baseline, Config, Known, TargetConfig};
use crate::contract::Contract;
use crate::diagnostics::{Diagnostic, Severity, codes, nearest};
use crate::load::{self, Failure, Input};
use crate::output::{self, Changes, Planned, Tree};
use crate::render::Renderer;
use crate::source::{Sources, Span};
use crate::targets::{self, TARGETS};

/// What is generated, before it is written.
#[derive(Debug)]
pub struct Generated {
    /// The files, one tree per output directory.
    pub trees: Vec<Tree>,
    /// The sources that the warnings lie in.
    pub sources: Sources,
    /// Warnings of the contract and of the targets.
    pub warnings: Vec<Diagnostic>,
}

/// How far a run has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress<'a> {
    /// The contract is being read.
    Loading,
    /// A target plans its files.
    Planning(&'a str),
    /// A file of a target is rendered: its number, and how many there are.
    Rendering(&'a str, usize, usize),
}

/// Generates the files of some targets in memory.
///
/// # Errors
/// Everything that is wrong with the contract, the options and the templates.
pub fn generate(
    config: &Config,
    targets: &[&TargetConfig],
    inputs: &[Input],
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<Generated, Failure> {
    progress(Progress::Loading);
    let loaded = load::load(inputs, &config.include)?;
    let mut run = Run::new(config, loaded.sources, loaded.warnings);
    for target in targets {
        progress(Progress::Planning(&target.name));
        let Some(artifacts) = run.plan(&loaded.contract, target) else {
            continue;
        };
        run.render(target, &artifacts, progress);
    }
    run.finish(targets)
}

/// Compares what was generated with the disk. Changes nothing.
///
/// # Errors
/// If the disk or a manifest cannot be read.
pub fn compare(generated: &Generated, force: bool) -> Result<Changes, Vec<Diagnostic>> {
    output::reconcile(&generated.trees, force)
}

/// Writes what was generated, all or nothing.
///
/// # Errors
/// A diagnostic per file that is in the way, or what the disk refused. The disk is as before then.
pub fn write(
    generated: &Generated,
    force: bool,
    observe: &mut dyn FnMut(output::Event),
) -> Result<Changes, Vec<Diagnostic>> {
    output::commit(&generated.trees, force, observe).map(|outcome| outcome.changes)
}

/// What a configuration may say: the targets there are, and their options. Worked out once.
#[must_use]
pub fn known_targets() -> &'static [Known] {
    static KNOWN: LazyLock<Vec<Known>> = LazyLock::new(describe_targets);
    &KNOWN
}

fn describe_targets() -> Vec<Known> {
    let known = |target: &&dyn targets::Target| Known {
        name: target.name(),
        options: target.options_schema(),
        surfaces: target.surfaces(&targets::Options::new()).map_or_else(
            |_| Vec::new(),
            |surfaces| surfaces.iter().map(|it| it.name()).collect(),
        ),
    };
    TARGETS.iter().map(known).collect()
}

/// The surfaces on which versions meet: those of every contract, and what each target brings, with its options in the
/// configuration or with its defaults.
///
/// # Errors
/// If options are not valid.
pub fn surfaces(config: Option<&Config>) -> Result<Surfaces, Vec<Diagnostic>> {
    let mut all = Vec::new();
    let mut errors = Vec::new();
    for target in TARGETS {
        let configured = config.map_or(&[][..], |it| &it.targets);
        let table = configured.iter().find(|it| it.name == target.name());
        let options = table.map_or_else(targets::Options::new, |it| it.options.clone());
        let baseline = table.and_then(|it| it.baseline.clone());
        let name = config.map(|it| it.name.clone()).unwrap_or_default();
        let surfaces = match baseline {
            None => target.surfaces(&options),
            Some(baseline) => {
                target.surfaces_after(Box::new(move || earlier(&baseline, &name)), &options)
            }
        };
        match surfaces {
            Ok(surfaces) => all.extend(surfaces),
            Err(problems) => errors.extend(problems),
        }
    }
    match errors.is_empty() {
        true => Ok(Surfaces::new(all)),
        false => Err(errors),
    }
}

/// Loads a baseline where the text of the configuration, in which a problem has its place, is not at hand.
fn earlier(baseline: &Baseline, config: &str) -> Result<Contract, Vec<Diagnostic>> {
    load_baseline(baseline).map_err(|mut problem| {
        problem.primary = None;
        vec![problem.in_file(config)]
    })
}

/// The targets of a configuration that are asked for; all of them if none is named.
///
/// # Errors
/// If one is named that the configuration does not have, or it has none.
pub fn select<'a>(
    config: &'a Config,
    names: &[String],
) -> Result<Vec<&'a TargetConfig>, Vec<Diagnostic>> {
    if config.targets.is_empty() {
        let error = Diagnostic::error(&codes::CONFIG, "no target is configured");
        let help = "add a table such as `[target.python]` with `out = \"gen/python\"`";
        return Err(vec![error.in_file(config.name.as_str()).help(help)]);
    }
    let configured = || config.targets.iter().map(|target| target.name.as_str());
    let mut errors = Vec::new();
    for name in names {
        if configured().any(|known| known == name) {
            continue;
        }
        let error = Diagnostic::error(&codes::CONFIG, format!("`{name}` is not configured"))
            .in_file(config.name.as_str());
        errors.push(match nearest(name, configured()) {
            Some(near) => error.help(format!("did you mean `{near}`?")),
            None if targets::find(name).is_some() => error.help(format!(
                "add a table `[target.{name}]` with `out = \"gen/{name}\"`"
            )),
            None => error.help("`xlc list targets` shows the targets that there are"),
        });
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let wanted = |target: &&TargetConfig| names.is_empty() || names.contains(&target.name);
    Ok(config.targets.iter().filter(wanted).collect())
}

/// What one target plans for a contract, not rendered. For those who want to see the views.
///
/// # Errors
/// Everything that is wrong with the contract and the options.
pub fn plan(
    config: &Config,
    target: &TargetConfig,
    inputs: &[Input],
) -> Result<Vec<Artifact>, Failure> {
    let loaded = load::load(inputs, &config.include)?;
    let mut run = Run::new(config, loaded.sources, loaded.warnings);
    let artifacts = run.plan(&loaded.contract, target);
    match (artifacts, run.errors.is_empty()) {
        (Some(artifacts), true) => Ok(artifacts),
        (Some(_) | None, _) => Err(run.fail()),
    }
}

/// Reads an earlier version of the contract. What is wrong with it is told by its first problem: it was compiled before.
pub(crate) fn load_baseline(baseline: &Baseline) -> Result<Contract, Box<Diagnostic>> {
    let failed = |problems: &[Diagnostic]| {
        let errors = problems.iter().filter(|it| it.severity == Severity::Error);
        let first = errors.map(|it| it.message.as_str()).next();
        let message = format!(
            "the baseline `{}` cannot be read: {}",
            baseline.name,
            first.unwrap_or("it is not valid")
        );
        let error = Diagnostic::error(&codes::CONFIG, message);
        let help = "it must be valid by itself: a descriptor set that holds its imports, or sources with theirs beside them";
        Box::new(error.at(baseline.span, "").help(help))
    };
    let inputs = baseline.inputs().map_err(|problems| failed(&problems))?;
    let loaded = load::load(&inputs, &baseline.include);
    let loaded = loaded.map_err(|failure| failed(&failure.diagnostics))?;
    Ok(loaded.contract)
}

/// A run on its way: problems are collected over all targets, so that one run shows them all.
struct Run<'a> {
    config: &'a Config,
    sources: Sources,
    warnings: Vec<Diagnostic>,
    errors: Vec<Diagnostic>,
    trees: BTreeMap<PathBuf, Tree>,
}

impl<'a> Run<'a> {
    fn new(config: &'a Config, sources: Sources, warnings: Vec<Diagnostic>) -> Self {
        Self {
            config,
            sources,
            warnings,
            errors: Vec::new(),
            trees: BTreeMap::new(),
        }
    }

    fn plan(&mut self, contract: &Contract, target: &TargetConfig) -> Option<Vec<Artifact>> {
        let Some(back_end) = targets::find(&target.name) else {
            let error = format!("no target is called `{}`", target.name);
            self.errors.push(Diagnostic::error(&codes::CONFIG, error));
            return None;
        };
        let earlier = match target.baseline.as_ref().map(load_baseline).transpose() {
            Ok(earlier) => earlier,
            Err(problem) => {
                let place = problem.primary.as_ref().map(|label| label.span);
                let place = place.map(|span| self.in_config(span));
                self.errors.push(problem.at(place, ""));
                return None;
            }
        };
        let planned = match &earlier {
            Some(earlier) => back_end.plan_after(contract, earlier, &target.options),
            None => back_end.plan(contract, &target.options),
        };
        match planned {
            Ok(plan) => {
                self.warnings.extend(plan.warnings);
                Some(plan.artifacts)
            }
            Err(problems) => {
                for problem in problems {
                    // A problem with no place of its own comes from the options.
                    let place = target.span.filter(|_| problem.primary.is_none());
                    let place = place.map(|span| self.in_config(span));
                    self.errors.push(problem.at(place, ""));
                }
                None
            }
        }
    }

    fn render(
        &mut self,
        target: &TargetConfig,
        artifacts: &[Artifact],
        progress: &mut dyn FnMut(Progress<'_>),
    ) {
        let back_end = targets::find(&target.name);
        let templates = back_end.map_or(&[][..], |it| it.templates());
        let renderer = match Renderer::new(templates, &target.overrides, &mut self.sources) {
            Ok(renderer) => renderer,
            Err(problems) => return self.errors.extend(problems),
        };
        let key = output::real_directory(&target.out);
        let tree = self
            .trees
            .entry(key)
            .or_insert_with(|| Tree::new(target.out.clone()));
        tree.targets.push(target.name.clone());
        for (index, artifact) in artifacts.iter().enumerate() {
            progress(Progress::Rendering(
                &target.name,
                index + 1,
                artifacts.len(),
            ));
            let added = renderer.render(artifact, &self.sources).and_then(|text| {
                let text = match (&artifact.content, back_end) {
                    (Content::Template { .. }, Some(back_end)) => back_end.layout(text),
                    (Content::Template { .. } | Content::Json(_) | Content::Verbatim(_), _) => text,
                };
                let target = target.name.clone();
                tree.add(&artifact.path, Planned { text, target })
            });
            self.errors.extend(added.err().map(|problem| *problem));
        }
    }

    fn finish(mut self, targets: &[&TargetConfig]) -> Result<Generated, Failure> {
        for other in &self.config.targets {
            let resting = !targets.iter().any(|target| target.name == other.name);
            if let (true, Some(tree)) = (
                resting,
                self.trees.get_mut(&output::real_directory(&other.out)),
            ) {
                tree.resting.push(other.name.clone());
            }
        }
        let trees: Vec<Tree> = std::mem::take(&mut self.trees).into_values().collect();
        self.errors.extend(output::overlaps(&trees));
        if !self.errors.is_empty() {
            return Err(self.fail());
        }
        Ok(Generated {
            trees,
            sources: self.sources,
            warnings: self.warnings,
        })
    }

    fn fail(self) -> Failure {
        let mut diagnostics = self.warnings;
        diagnostics.extend(self.errors);
        Failure {
            sources: self.sources,
            diagnostics,
        }
    }

    /// A span of the configuration among the sources of this run.
    fn in_config(&mut self, span: Span) -> Span {
        let text = self.config.text.clone();
        let source = self.sources.add(self.config.name.as_str(), Some(text));
        Span { source, ..span }
    }
}
