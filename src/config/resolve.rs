//! From what `xlc.toml` says to paths and tables, each problem with its place. It is well-formed by now.

use std::path::Path;
use std::sync::Arc;

use toml::de::DeTable;

use super::{Baseline, Compat, Config, File, Known, TargetConfig, inputs, join, overrides};
use crate::diagnostics::{Diagnostic, codes};
use crate::source::{SourceId, Sources, Span};

/// Turns what is written into paths.
pub(super) struct Reader<'a> {
    pub(super) table: &'a DeTable<'a>,
    pub(super) source: SourceId,
    pub(super) text: Arc<str>,
    pub(super) base: &'a Path,
    pub(super) known: &'a [Known],
    pub(super) sources: &'a Sources,
}

impl Reader<'_> {
    pub(super) fn resolve(&self, file: File) -> Result<Config, Vec<Diagnostic>> {
        let mut diagnostics = Vec::new();
        let mut contract = Vec::new();
        let mut watched = Vec::new();
        for (index, entry) in file.contract.iter().enumerate() {
            let span = self.span(&["contract"], Some(index));
            match inputs::expand(self.base, entry) {
                Ok(found) => {
                    contract.extend(found);
                    watched.extend(inputs::watched(self.base, entry));
                }
                Err(problem) => diagnostics.push(problem.at(span, "")),
            }
        }
        let mut seen = std::collections::BTreeSet::new();
        contract.retain(|path| seen.insert(path.clone()));

        let roots = file.include.unwrap_or_else(|| vec![".".to_owned()]);
        let mut include = Vec::new();
        for (index, entry) in roots.iter().enumerate() {
            let path = join(self.base, entry);
            if path.is_dir() {
                include.push(path);
            } else {
                diagnostics.push(
                    Diagnostic::error(
                        &codes::NOT_FOUND,
                        format!("the import root `{entry}` is not a directory"),
                    )
                    .at(self.span(&["include"], Some(index)), ""),
                );
            }
        }
        let compat = self.compat(file.compat);
        let compat = compat.unwrap_or_else(|problems| {
            diagnostics.extend(problems);
            Compat::default()
        });
        let mut targets = Vec::new();
        for (name, table) in file.target {
            match self.target(name, table) {
                Ok(target) => {
                    watched.extend(target.templates.clone());
                    targets.push(target);
                }
                Err(problem) => diagnostics.push(*problem),
            }
        }
        if diagnostics.is_empty() {
            Ok(Config {
                name: self.sources.get(self.source).name().to_owned(),
                text: Arc::clone(&self.text),
                contract,
                watched,
                include,
                targets,
                compat,
            })
        } else {
            Err(diagnostics)
        }
    }

    fn target(
        &self,
        name: String,
        mut options: toml::Table,
    ) -> Result<TargetConfig, Box<Diagnostic>> {
        let mut take = |key: &str| match options.remove(key) {
            Some(toml::Value::String(text)) => Some(text),
            _ => None,
        };
        let out = take("out").unwrap_or_default();
        let templates = take("templates");
        let out_span = self.span(&["target", &name, "out"], None);
        if out.trim().is_empty() {
            let error = Diagnostic::error(&codes::CONFIG, "`out` is empty")
                .at(out_span, "")
                .help("write `\".\"` for the directory of this file");
            return Err(Box::new(error));
        }
        let mut overrides = Vec::new();
        let templates = templates.map(|directory| join(self.base, &directory));
        if let Some(directory) = &templates {
            overrides = overrides::read(directory, &name).map_err(|problem| {
                Box::new(problem.at(self.span(&["target", &name, "templates"], None), ""))
            })?;
        }
        let baseline = match options.get("baseline") {
            Some(toml::Value::String(entry)) => Some(self.baseline(&name, entry)?),
            Some(_) | None => None,
        };
        Ok(TargetConfig {
            baseline,
            span: self.key_span(&["target", &name]),
            out: join(self.base, &out),
            out_span,
            overrides,
            templates,
            options,
            name,
        })
    }

    /// An earlier version of the contract: imports are looked up in its directory.
    fn baseline(&self, target: &str, entry: &str) -> Result<Baseline, Box<Diagnostic>> {
        let span = self.span(&["target", target, "baseline"], None);
        let files =
            inputs::expand(self.base, entry).map_err(|problem| Box::new(problem.at(span, "")))?;
        let path = join(self.base, entry);
        let directory = if path.is_dir() {
            Some(path.as_path())
        } else {
            path.parent()
        };
        Ok(Baseline {
            name: entry.to_owned(),
            files,
            include: directory.map(Path::to_path_buf).into_iter().collect(),
            span,
        })
    }

    /// The span of the value at a path of keys, or of one item of the array there.
    pub(super) fn span(&self, keys: &[&str], item: Option<usize>) -> Option<Span> {
        let (last, outer) = keys.split_last()?;
        let value = self.walk(outer)?.get(*last)?;
        let range = match item {
            Some(index) => value.get_ref().get(index)?.span(),
            None => value.span(),
        };
        self.sources.span(self.source, range)
    }

    /// The span of the key at a path of keys.
    pub(super) fn key_span(&self, keys: &[&str]) -> Option<Span> {
        let (last, outer) = keys.split_last()?;
        let (key, _) = self.walk(outer)?.get_key_value(*last)?;
        self.sources.span(self.source, key.span())
    }

    fn walk(&self, keys: &[&str]) -> Option<&DeTable<'_>> {
        let mut table = self.table;
        for key in keys {
            table = table.get(*key)?.get_ref().as_table()?;
        }
        Some(table)
    }
}
