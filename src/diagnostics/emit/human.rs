//! Diagnostics for people, in the form that rustc made familiar: code, file:line:col, source line, notes, help.
//! Decides what is shown of a diagnostic; which part of a long source is shown is decided by `window`.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use super::window::{self, Mark, Window};
use crate::diagnostics::{Diagnostic, Label, Severity};
use crate::source::Sources;

/// The emitter for people.
#[derive(Debug, Clone)]
pub struct Human {
    renderer: Renderer,
}

impl Human {
    /// An emitter with ANSI colours or without.
    #[must_use]
    pub fn new(color: bool) -> Self {
        let renderer = if color {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        Self {
            renderer: renderer.decor_style(DecorStyle::Ascii).term_width(WIDTH),
        }
    }

    /// The diagnostics in their order, a blank line after each, ending with a line end. Empty for none.
    #[must_use]
    pub fn render(&self, diagnostics: &[Diagnostic], sources: &Sources) -> String {
        let mut text = String::new();
        for diagnostic in diagnostics {
            text.push_str(&self.one(diagnostic, sources));
            text.push_str("\n\n");
        }
        text
    }

    /// A title alone, such as the closing line of a run: `error: could not generate: 3 errors`.
    #[must_use]
    pub fn title(&self, severity: Severity, text: &str) -> String {
        let group = Group::with_title(level(severity).primary_title(text));
        self.renderer.render(&[group]) + "\n"
    }

    fn one(&self, diagnostic: &Diagnostic, sources: &Sources) -> String {
        let title = level(diagnostic.severity)
            .primary_title(diagnostic.message.as_str())
            .id(diagnostic.code.name);
        let mut elements: Vec<Element<'_>> = Vec::new();
        let mut unseen: Vec<String> = Vec::new();
        for place in places(diagnostic, sources) {
            let (name, position) = sources.place(place.labels[0].0.span);
            if let Some(window) = place.window {
                elements.push(snippet(window).path(name.to_owned()).into());
                continue;
            }
            elements.push(
                Origin::path(name.to_owned())
                    .line(position.line as usize)
                    .char_column(position.column as usize)
                    .into(),
            );
            unseen.extend(
                place
                    .labels
                    .iter()
                    .filter(|(label, _)| !label.text.is_empty())
                    .map(|(label, _)| describe(label, sources)),
            );
        }
        if let (true, Some(file)) = (elements.is_empty(), &diagnostic.file) {
            elements.push(Origin::path(file.as_str()).into());
        }
        for note in unseen.iter().chain(&diagnostic.notes) {
            elements.push(Level::NOTE.message(note.clone()).into());
        }
        for help in &diagnostic.help {
            elements.push(Level::HELP.message(help.as_str()).into());
        }
        self.renderer.render(&[title.elements(elements)])
    }
}

/// The width to which long source lines are trimmed. Fixed, so that a log looks the same wherever it was made.
const WIDTH: usize = 120;

/// Labels that are shown in one piece of source.
struct Place<'a> {
    labels: Vec<(&'a Label, AnnotationKind)>,
    window: Option<Window>,
}

/// The places of a diagnostic, the primary one first; labels close to each other in one file share a piece of source.
fn places<'a>(diagnostic: &'a Diagnostic, sources: &Sources) -> Vec<Place<'a>> {
    let primary = diagnostic
        .primary
        .iter()
        .map(|label| (label, AnnotationKind::Primary));
    let secondary = diagnostic
        .secondary
        .iter()
        .map(|label| (label, AnnotationKind::Context));
    let mut places: Vec<Place<'a>> = Vec::new();
    for (label, kind) in primary.chain(secondary) {
        let near = places.iter_mut().find(|place| {
            sources.get(label.span.source).text().is_some()
                && place.labels.iter().any(|(other, _)| {
                    other.span.source == label.span.source
                        && other.span.start_line.abs_diff(label.span.start_line) <= NEAR
                })
        });
        match near {
            Some(place) => place.labels.push((label, kind)),
            None => places.push(Place {
                labels: vec![(label, kind)],
                window: None,
            }),
        }
    }
    for place in &mut places {
        let marks = place.labels.iter().map(|(label, kind)| Mark {
            span: label.span,
            text: label.text.clone(),
            primary: *kind == AnnotationKind::Primary,
        });
        place.window = window::cut(marks.collect(), sources);
    }
    places
}

/// Labels at most this many lines apart share a piece of source.
const NEAR: u32 = 6;

fn snippet(window: Window) -> Snippet<'static, annotate_snippets::Annotation<'static>> {
    let annotations = window.marks.into_iter().map(|(range, text, primary)| {
        let kind = if primary {
            AnnotationKind::Primary
        } else {
            AnnotationKind::Context
        };
        let annotation = kind.span(range);
        if text.is_empty() {
            annotation
        } else {
            annotation.label(text)
        }
    });
    Snippet::source(window.text)
        .line_start(window.first_line)
        .annotations(annotations)
}

/// A label in words, for a source whose text is not there.
fn describe(label: &Label, sources: &Sources) -> String {
    let (name, position) = sources.place(label.span);
    format!(
        "{} ({name}:{}:{})",
        label.text, position.line, position.column
    )
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::codes;
    use crate::source::{SourceId, Span};

    fn span(source: SourceId, line: u32, from: u32, to: u32) -> Option<Span> {
        Some(Span {
            source,
            start_line: line,
            start_column: from,
            end_line: line,
            end_column: to,
        })
    }

    fn show(diagnostic: Diagnostic, sources: &Sources) -> String {
        Human::new(false).render(&[diagnostic], sources)
    }

    #[test]
    fn two_definitions_show_both_places() {
        let mut sources = Sources::default();
        let one = sources.add(
            "a.proto",
            Some("syntax = \"proto3\";\nmessage Study {}\n".into()),
        );
        let two = sources.add(
            "b.proto",
            Some("syntax = \"proto3\";\n\nmessage Study {}\n".into()),
        );
        let diagnostic = Diagnostic::error(&codes::SYNTAX, "`Study` is defined twice")
            .at(span(two, 2, 8, 13), "defined again here")
            .and(span(one, 1, 8, 13), "first defined here")
            .note("both files are in package `radiology`")
            .help("rename one of them");
        insta::assert_snapshot!(show(diagnostic, &sources));
    }

    #[test]
    fn places_close_together_share_one_piece_of_source() {
        let mut sources = Sources::default();
        let text = "message Study {\n\tstring id = 1;\n\n  string uid = 1;\n}\n";
        let source = sources.add("a.proto", Some(text.into()));
        let diagnostic = Diagnostic::error(&codes::SYNTAX, "number 1 is used twice in `Study`")
            .at(span(source, 3, 15, 16), "used again")
            .and(span(source, 1, 20, 21), "first used");
        insta::assert_snapshot!(show(diagnostic, &sources));
    }

    #[test]
    fn wide_characters_keep_the_marks_in_place() {
        let mut sources = Sources::default();
        let text = "  string 患者 = 1; // ü\n";
        let source = sources.add("a.proto", Some(text.into()));
        let diagnostic = Diagnostic::error(&codes::SYNTAX, "a name is made of ASCII letters")
            .at(span(source, 0, 9, 15), "`患者`");
        insta::assert_snapshot!(show(diagnostic, &sources));
    }

    #[test]
    fn a_long_line_is_trimmed_around_the_mark() {
        let mut sources = Sources::default();
        let source = sources.add("long.proto", Some("message M {} ".repeat(200).into()));
        let diagnostic = Diagnostic::error(&codes::SYNTAX, "`M` is defined twice")
            .at(span(source, 0, 1_308, 1_309), "again");
        insta::assert_snapshot!(show(diagnostic, &sources));
    }

    #[test]
    fn of_megabytes_in_one_line_the_position_is_shown() {
        let mut sources = Sources::default();
        let source = sources.add("long.proto", Some("message M {} ".repeat(200_000).into()));
        let diagnostic = Diagnostic::error(&codes::SYNTAX, "`M` is defined twice")
            .at(span(source, 0, 650_008, 650_009), "again");
        insta::assert_snapshot!(show(diagnostic, &sources));
    }

    #[test]
    fn a_source_without_text_is_named_with_its_position() {
        let mut sources = Sources::default();
        let source = sources.add("set.binpb: a.proto", None);
        let diagnostic = Diagnostic::warning(&codes::SYNTAX, "import `b.proto` is not used")
            .at(span(source, 6, 0, 18), "imported here")
            .and(span(source, 9, 4, 8), "and here");
        insta::assert_snapshot!(show(diagnostic, &sources));
    }

    #[test]
    fn a_span_beyond_the_text_still_has_its_position() {
        let mut sources = Sources::default();
        let source = sources.add("a.proto", Some("one\n".into()));
        let diagnostic =
            Diagnostic::error(&codes::SYNTAX, "unexpected end").at(span(source, 70, 3, 4), "here");
        insta::assert_snapshot!(show(diagnostic, &sources));
    }

    #[test]
    fn an_empty_span_at_the_end_of_the_text_is_shown() {
        let mut sources = Sources::default();
        let source = sources.add("a.proto", Some("message M {".into()));
        let diagnostic = Diagnostic::error(&codes::SYNTAX, "unexpected end")
            .at(span(source, 0, 11, 11), "expected `}`");
        insta::assert_snapshot!(show(diagnostic, &sources));
    }

    #[test]
    fn a_file_without_a_position_is_named() {
        let diagnostic = Diagnostic::error(&codes::IO, "cannot read `a.proto`")
            .in_file("schemas/a.proto")
            .help("check its permissions");
        insta::assert_snapshot!(show(diagnostic, &Sources::default()));
    }

    #[test]
    fn control_characters_of_a_source_do_not_reach_the_terminal() {
        let mut sources = Sources::default();
        let source = sources.add("a.proto", Some("\u{1b}[31mred\u{7}\r\n".into()));
        let diagnostic =
            Diagnostic::error(&codes::SYNTAX, "bad `\u{1b}[0m`").at(span(source, 0, 0, 1), "");
        let shown = show(diagnostic, &sources);
        assert!(!shown.contains('\u{1b}'), "{shown:?}");
        assert!(!shown.contains('\u{7}'), "{shown:?}");
    }
}
