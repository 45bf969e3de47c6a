//! Views become text: handlebars in strict mode, with templates that were checked against the schema of their view.
//! Decides what a template may do; knows no contract, no language and no file of the output.

mod helpers;
mod lint;

use std::collections::BTreeMap;
use std::ops::Range;

use handlebars::{Handlebars, RenderError, TemplateError, no_escape};

use crate::artifact::{Artifact, Content};
use crate::diagnostics::{Diagnostic, codes, nearest};
use crate::source::{SourceId, Sources, Span};
use crate::targets::TemplateSource;

/// A template of the user that takes the place of one that ships with a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// The registered name of the template that it replaces: `python/module`.
    pub name: String,
    /// The file it was read from, for messages.
    pub file: String,
    /// The template text.
    pub text: String,
}

/// The templates of one target, compiled and checked.
#[derive(Debug)]
pub struct Renderer {
    registry: Handlebars<'static>,
    sources: BTreeMap<String, SourceId>,
}

/// A template and where its text stands among the sources.
struct Text<'a> {
    source: SourceId,
    text: &'a str,
    view: Option<fn() -> schemars::Schema>,
}

impl Renderer {
    /// Compiles the templates of a target, with the user's in the place of those that they override, and checks
    /// every one against the schema of the view that it prints. The texts are added to `sources`.
    ///
    /// # Errors
    /// Syntax errors, names that no template has, and everything that the lint refuses.
    pub fn new(
        shipped: &[TemplateSource],
        overrides: &[Override],
        sources: &mut Sources,
    ) -> Result<Self, Vec<Diagnostic>> {
        let mut diagnostics = Vec::new();
        let mut texts: BTreeMap<&str, Text<'_>> = BTreeMap::new();
        for template in shipped {
            let replaced = overrides.iter().find(|own| own.name == template.name);
            let text = replaced.map_or(template.text, |own| own.text.as_str());
            let file = replaced.map_or_else(
                || format!("templates/{}.hbs", template.name),
                |own| own.file.clone(),
            );
            texts.insert(
                template.name,
                Text {
                    source: sources.add(file, Some(text.into())),
                    text,
                    view: template.view,
                },
            );
        }
        let unknown = overrides
            .iter()
            .filter(|own| !texts.contains_key(own.name.as_str()));
        diagnostics.extend(unknown.map(|own| unknown_template(own, shipped)));

        let mut registry = helpers::registry();
        registry.register_escape_fn(no_escape);
        registry.set_strict_mode(true);
        for (name, template) in &texts {
            if let Err(error) = registry.register_template_string(name, template.text) {
                diagnostics.push(syntax_error(&error, template.source, sources));
            }
        }
        diagnostics.extend(lint::lint(&texts, &registry, sources));
        if !diagnostics.is_empty() {
            return Err(diagnostics);
        }
        Ok(Self {
            registry,
            sources: texts
                .into_iter()
                .map(|(name, template)| (name.to_owned(), template.source))
                .collect(),
        })
    }

    /// The text of an artifact. `sources` is the collection that `new` added the templates to.
    ///
    /// # Errors
    /// If the template fails on this view, or no template has that name.
    pub fn render(
        &self,
        artifact: &Artifact,
        sources: &Sources,
    ) -> Result<String, Box<Diagnostic>> {
        match &artifact.content {
            Content::Template { name, view } => self
                .registry
                .render(name, view)
                .map(|text| without_blanks(&text))
                .map_err(|error| Box::new(self.failure(name, artifact, &error, sources))),
            Content::Json(value) => serde_json::to_string_pretty(value)
                .map(|text| text + "\n")
                .map_err(|error| {
                    Box::new(Diagnostic::error(
                        &codes::TEMPLATE,
                        format!("cannot print `{}` as JSON: {error}", artifact.path),
                    ))
                }),
            Content::Verbatim(text) => Ok((*text).to_owned()),
        }
    }

    fn failure(
        &self,
        template: &str,
        artifact: &Artifact,
        error: &RenderError,
        sources: &Sources,
    ) -> Diagnostic {
        let name = error.template_name.as_deref().unwrap_or(template);
        let place = self.sources.get(name).and_then(|&source| {
            let (line, column) = (error.line_no?, error.column_no?);
            position(source, line, column, sources)
        });
        Diagnostic::error(
            &codes::TEMPLATE,
            format!("template `{name}` fails: {}", lower(error.reason())),
        )
        .at(place, "")
        .note(format!("while `{}` was rendered", artifact.path))
    }
}

/// The text with nothing on its blank lines: an indented partial indents the blank ones as well.
fn without_blanks(text: &str) -> String {
    let clean = |line: &str| {
        let blank = line.trim_matches(' ') == "\n";
        if blank {
            "\n".to_owned()
        } else {
            line.to_owned()
        }
    };
    text.split_inclusive('\n').map(clean).collect()
}

fn unknown_template(own: &Override, shipped: &[TemplateSource]) -> Diagnostic {
    let names = shipped.iter().map(|template| template.name);
    let known: Vec<&str> = names.clone().collect();
    let error = Diagnostic::error(
        &codes::TEMPLATE,
        format!("no template is called `{}`", own.name),
    )
    .in_file(own.file.as_str())
    .note("a file in the `templates` directory takes the place of the template with its name");
    match nearest(&own.name, names) {
        Some(name) => error.help(format!("did you mean `{name}`?")),
        None if known.is_empty() => error.help("this target has no templates"),
        None => error.help(format!("the templates are `{}`", known.join("`, `"))),
    }
}

fn syntax_error(error: &TemplateError, source: SourceId, sources: &Sources) -> Diagnostic {
    let place = error
        .pos()
        .and_then(|(line, column)| position(source, line, column, sources));
    let file = sources.get(source).name();
    // The parser's text can span lines (it draws the place itself): its first line says what is wrong.
    let reason = lower(error.reason());
    let reason = reason.lines().next().unwrap_or_default().to_owned();
    let error = Diagnostic::error(&codes::TEMPLATE, "the template is not valid handlebars");
    match place {
        Some(_) => error.at(place, reason),
        None => error.in_file(file).note(reason),
    }
}

/// Errors of the template library begin with a capital; ours do not.
fn lower(reason: &dyn std::fmt::Display) -> String {
    let text = reason.to_string();
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(chars).collect()
    })
}

/// The span of one character at a line and column as the template library counts them (from 1, in characters).
fn position(source: SourceId, line: usize, column: usize, sources: &Sources) -> Option<Span> {
    let at = offset(sources.get(source).text()?, line, column)?;
    sources.span(source, at..at + 1)
}

/// The byte offset of a line and column, both from 1, the column in characters.
fn offset(text: &str, line: usize, column: usize) -> Option<usize> {
    let start: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    let rest = text.get(start..)?;
    let within: Range<usize> = 0..rest
        .chars()
        .take(column.saturating_sub(1))
        .map(char::len_utf8)
        .sum();
    Some(start + within.end)
}

#[cfg(test)]
mod tests;
