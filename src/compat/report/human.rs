//! A finding for people: what changed, both places, and for each surface the payload that shows it.

use super::Shown;
use crate::compat::delta::{Delta, Ends};
use crate::compat::finding::About;
use crate::compat::policy::{Level, Policy};
use crate::compat::surface::{Route, Verdict};
use crate::compat::trial::{Direction, Payload};
use crate::compat::waiver::{Standing, Waiver};
use crate::diagnostics::Diagnostic;
use crate::source::Sources;

/// The finding as a diagnostic. Verdicts that count for less than the finding as a whole are left out, unless all are
/// asked for. Waivers stand in `sources`.
#[must_use]
pub fn diagnostic(shown: &Shown<'_>, policy: &Policy, all: bool, sources: &Sources) -> Diagnostic {
    let finding = &shown.finding;
    let code = &finding.rule.code;
    let start = match shown.level {
        Level::Error if !shown.is_accepted() => Diagnostic::error(code, finding.message.as_str()),
        Level::Error | Level::Warning | Level::Note => {
            Diagnostic::warning(code, finding.message.as_str())
        }
    };
    let mut diagnostic = place(start, shown);
    for verdict in &finding.verdicts {
        let counts = policy.level(verdict, &finding.package) >= shown.level;
        if counts || all {
            diagnostic = diagnostic.note(line(verdict));
        }
    }
    if let Some(through) = &finding.through {
        diagnostic = diagnostic.note(through.as_str());
    }
    if let Some(codes) = &finding.beside {
        diagnostic = diagnostic.note(beside(codes));
    }
    if let Some((waiver, standing)) = &shown.waiver {
        diagnostic = diagnostic.note(waived(waiver, *standing, sources));
    }
    diagnostic.help(finding.fix())
}

/// What the waiver of a finding says, and where it stands.
pub(super) fn waived(waiver: &Waiver, standing: Standing, sources: &Sources) -> String {
    let word = match standing {
        Standing::Accepted => "accepted",
        Standing::Expired => "it was accepted",
    };
    let until = waiver
        .until
        .map(|it| format!(" until {it}"))
        .unwrap_or_default();
    let place = waiver.span.map(|span| sources.place(span));
    let place = place.map(|(file, at)| format!(" in {file}:{}:{}", at.line, at.column));
    format!(
        "{word}{until}{}: {}",
        place.unwrap_or_default(),
        waiver.reason
    )
}

/// The new place first: that is the one that can be changed.
fn place(diagnostic: Diagnostic, shown: &Shown<'_>) -> Diagnostic {
    let delta = match &shown.finding.about {
        About::Change(delta) => delta,
        About::SideEffect(ends) => return at(diagnostic, shown, words(ends.as_ref())),
    };
    let both = match delta {
        Delta::File(_, ends) | Delta::Package(_, ends) => {
            return diagnostic.in_file(ends.any().path.as_str());
        }
        Delta::Message(_, ends) => words(*ends),
        Delta::Field(_, _, ends) => words(*ends),
        Delta::Oneof(_, _, ends) => words(*ends),
        Delta::Enum(_, ends) => words(*ends),
        Delta::Value(_, _, ends) => words(*ends),
        Delta::Service(_, ends) => words(*ends),
        Delta::Method(_, _, ends) => words(*ends),
    };
    at(diagnostic, shown, both)
}

fn at(
    diagnostic: Diagnostic,
    shown: &Shown<'_>,
    (now, before): (&str, Option<&str>),
) -> Diagnostic {
    let old_span = before.and(shown.old_span);
    match shown.new_span {
        Some(_) => diagnostic
            .at(shown.new_span, now)
            .and(old_span, before.unwrap_or_default()),
        None => diagnostic.at(old_span, before.unwrap_or_default()),
    }
}

/// What is said of the new place, and of the old one if it is shown.
fn words<T>(ends: Ends<T>) -> (&'static str, Option<&'static str>) {
    match ends {
        Ends::Both(_) => ("now", Some("before")),
        Ends::Old(_) => ("gone from here", Some("it was here")),
        Ends::New(_) => ("new", None),
    }
}

/// What xlc finds of an element of which another tool's rule tells.
pub(super) fn beside(codes: &[&str]) -> String {
    match codes.is_empty() {
        true => "xlc itself finds nothing here".to_owned(),
        false => format!("xlc itself: `{}`", codes.join("`, `")),
    }
}

/// One verdict: `wire, backward (lossy): …`.
pub(super) fn line(verdict: &Verdict) -> String {
    let head = format!(
        "{}, {} ({})",
        verdict.surface,
        verdict.direction.name(),
        verdict.harm.name()
    );
    let Some(witness) = &verdict.witness else {
        return head;
    };
    let (writer, reader) = match (&verdict.route, verdict.direction) {
        (None, Direction::Backward) => ("old writer", "new reader"),
        (None, Direction::Forward) => ("new writer", "old reader"),
        (Some(Route::Request(_)), Direction::Backward) => ("old client", "new server"),
        (Some(Route::Request(_)), Direction::Forward) => ("new client", "old server"),
        (Some(Route::Response(_)), Direction::Backward) => ("new server", "old client"),
        (Some(Route::Response(_)), Direction::Forward) => ("old server", "new client"),
    };
    let route = match &verdict.route {
        Some(Route::Request(path)) => format!(", in requests of `{path}`"),
        Some(Route::Response(path)) => format!(", in responses of `{path}`"),
        None => String::new(),
    };
    let payload = match &witness.payload {
        Payload::Wire(bytes) if bytes.is_empty() => "an empty message".to_owned(),
        Payload::Wire(bytes) => format!("`{}`", hex(bytes)),
        Payload::Json(text) => format!("`{text}`"),
        Payload::Other { text, .. } => format!("`{text}`"),
        Payload::Call(path) | Payload::Source(path) => {
            return format!("{head}: `{path}`: {}; {}", witness.meant, witness.seen);
        }
    };
    format!(
        "{head}{route}: {payload}: {writer}: {}; {reader}: {}",
        witness.meant, witness.seen
    )
}

/// Bytes as hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
