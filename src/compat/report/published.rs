//! The report as data: what `--format json` prints and `schemas/compat-report.schema.json` describes. The forms for other
//! tools are made from it.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::human::line;
use super::rollout::Order;
use super::{Section, Shown};
use crate::compat::delta::Delta;
use crate::compat::finding::About;
use crate::compat::policy::Policy;
use crate::compat::surface::{Route, Verdict};
use crate::compat::trial::Payload;
use crate::compat::waiver::{Standing, Waiver};
use crate::source::{Sources, Span};

/// What a check of compatibility came to.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Report {
    /// The version of this form: 1.
    pub version: u32,
    /// The version of xlc.
    pub tool: String,
    /// Whether nothing that is required is broken.
    pub compatible: bool,
    /// One per old version, in the order in which they were named.
    pub comparisons: Vec<Comparison>,
    /// Waivers in the ledger that are of no finding of any comparison.
    pub unused: Vec<Unused>,
}

/// The new version against one old version.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Comparison {
    /// What the old version was called on the command line.
    pub against: String,
    /// How many findings are errors.
    pub errors: usize,
    /// How many findings are warnings.
    pub warnings: usize,
    /// How many findings are accepted; they are listed, and count neither as errors nor as warnings.
    pub accepted: usize,
    /// How many findings are not listed, because nothing is required that they break.
    pub hidden: usize,
    /// Which side of calls can be deployed first: `any`, `servers-first`, `clients-first` or `none`.
    pub rollout: String,
    /// The findings, by file and place in the new version.
    pub findings: Vec<Item>,
}

/// A change that breaks something, or could.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Item {
    /// The code of the rule.
    pub rule: String,
    /// The same in every run for the same change, whatever lines it stands in: 16 hexadecimal digits.
    pub fingerprint: String,
    /// What it counts for, if no waiver takes it out: `error`, `warning` or `note`.
    pub level: String,
    /// The waiver of it, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waiver: Option<Waived>,
    /// What changed, in one line.
    pub message: String,
    /// The package that it belongs to.
    pub package: String,
    /// The element in the old version; absent if it is new.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<Place>,
    /// The element in the new version; if it is gone, what it was in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<Place>,
    /// Why two types were compared that are two by name, if so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub through: Option<String>,
    /// Under a profile of another tool, whose rule this is then: the codes of what xlc itself finds of the same element.
    /// Absent for what xlc tells itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub own: Option<Vec<String>>,
    /// What each surface says.
    pub verdicts: Vec<Opinion>,
    /// Why such a change hurts.
    pub why: String,
    /// What to do.
    pub fix: String,
    /// Whether `--fix` can write it.
    pub fixable: bool,
}

/// What a waiver says of a finding.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Waived {
    /// `accepted`: the finding does not count; `expired`: the waiver's last day has passed, and it counts again.
    pub standing: String,
    /// Why it was accepted.
    pub reason: String,
    /// The last day on which the waiver holds, such as `2026-12-31`; absent if it has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// Where the waiver stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}

/// A waiver that is of no finding.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Unused {
    /// The fingerprint that no finding has.
    pub fingerprint: String,
    /// The code of the rule, as it stands in the ledger.
    pub rule: String,
    /// That it is unused, in one line.
    pub message: String,
    /// Where it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// What to do.
    pub fix: String,
}

/// A place in a source file.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Place {
    /// The full name of the element; absent where the place is only around where it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The file.
    pub file: String,
    /// The line, from 1; absent where the input had no source text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// The column in characters, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
}

/// What one surface says in one direction.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Opinion {
    /// The surface: `wire`, `json`, `rpc`, or one that a target brings, such as `source.python`; `xlc list surfaces` names
    /// them.
    pub surface: String,
    /// `backward`: the new version reads what the old one wrote; `forward`: the other way round.
    pub direction: String,
    /// `error`: a payload or a call is refused; `lossy`: data is dropped or taken for something else; `presence`: only
    /// whether it was set is lost; `hygiene`: nothing breaks yet.
    pub severity: String,
    /// What it counts for under the policy: `error`, `warning` or `note`.
    pub level: String,
    /// The evidence; absent for hygiene alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub witness: Option<Proof>,
    /// The whole verdict in one line for people.
    pub text: String,
}

/// A payload on which the two versions disagree.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Proof {
    /// The full name of the message or of another element, or the path of the call.
    pub of: String,
    /// `hex`: `payload` is bytes in hexadecimal digits; `json`: a ProtoJSON document; `call`: the path of a call;
    /// `source`: what generated code calls the element; any other word is a format of its surface.
    pub format: String,
    /// What is sent.
    pub payload: String,
    /// What the writer means by it.
    pub meant: String,
    /// What the reader makes of it.
    pub seen: String,
    /// The calls in whose requests it travels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_of: Option<String>,
    /// The calls in whose responses it travels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response_of: Option<String>,
}

impl Report {
    /// The report on these comparisons.
    #[must_use]
    pub fn new(sections: &[Section<'_>], policy: &Policy, sources: &Sources) -> Self {
        let comparisons: Vec<Comparison> = (sections.iter())
            .map(|section| Comparison::new(section, policy, sources))
            .collect();
        Self {
            version: 1,
            tool: env!("CARGO_PKG_VERSION").to_owned(),
            compatible: comparisons.iter().all(|it| it.errors == 0),
            comparisons,
            unused: Vec::new(),
        }
    }

    /// The report with the waivers that are of no finding. They stand in `sources`.
    #[must_use]
    pub fn with_unused<'w>(
        mut self,
        waivers: impl IntoIterator<Item = &'w Waiver>,
        sources: &Sources,
    ) -> Self {
        let unused = waivers.into_iter().map(|waiver| {
            let told = super::unused(waiver);
            Unused {
                fingerprint: waiver.fingerprint.clone(),
                rule: waiver.rule.clone(),
                message: told.message,
                place: place(None, waiver.span, None, sources),
                fix: told.help.join("; "),
            }
        });
        self.unused = unused.collect();
        self
    }

    /// The report as a JSON document.
    #[must_use]
    pub fn json(&self) -> String {
        let value = serde_json::to_value(self).unwrap_or(Value::Null);
        format!("{value:#}\n")
    }
}

/// The JSON Schema of the report.
#[must_use]
pub fn schema() -> Value {
    let mut schema = schemars::schema_for!(Report).to_value();
    schema["title"] = "xlc check-compat".into();
    schema
}

impl Comparison {
    fn new(section: &Section<'_>, policy: &Policy, sources: &Sources) -> Self {
        use crate::compat::policy::Level;
        let items = section.findings.iter();
        Self {
            against: section.against.clone(),
            errors: section.count(Level::Error),
            warnings: section.count(Level::Warning),
            accepted: section.accepted(),
            hidden: section.hidden,
            rollout: Order::of(&section.rollout).name().to_owned(),
            findings: items.map(|it| Item::new(it, policy, sources)).collect(),
        }
    }
}

impl Item {
    fn new(shown: &Shown<'_>, policy: &Policy, sources: &Sources) -> Self {
        let finding = &shown.finding;
        let (old, new) = finding.about.names();
        let opinion = |it: &Verdict| Opinion::new(it, policy, &finding.package);
        let (old_file, new_file) = match &finding.about {
            About::Change(Delta::File(_, ends) | Delta::Package(_, ends)) => {
                (ends.was().map(|it| &it.path), ends.is().map(|it| &it.path))
            }
            About::SideEffect(ends) => {
                let ends = ends.as_ref();
                (ends.was().map(|it| &it.file), ends.is().map(|it| &it.file))
            }
            About::Change(
                Delta::Message(..)
                | Delta::Field(..)
                | Delta::Oneof(..)
                | Delta::Enum(..)
                | Delta::Value(..)
                | Delta::Service(..)
                | Delta::Method(..),
            ) => (None, None),
        };
        let old_span = shown.old_span.filter(|_| old.is_some());
        Self {
            rule: finding.rule.code.name.to_owned(),
            fingerprint: finding.fingerprint(),
            level: shown.level.name().to_owned(),
            waiver: shown.waiver.as_ref().map(|(waiver, standing)| Waived {
                standing: standing.name().to_owned(),
                reason: waiver.reason.clone(),
                until: waiver.until.map(|it| it.to_string()),
                place: place(None, waiver.span, None, sources),
            }),
            message: finding.message.clone(),
            package: finding.package.clone(),
            old: place(old, old_span, old_file, sources),
            new: place(new, shown.new_span, new_file, sources),
            through: finding.through.clone(),
            own: (finding.beside.as_ref())
                .map(|codes| codes.iter().map(|it| (*it).to_owned()).collect()),
            verdicts: finding.verdicts.iter().map(opinion).collect(),
            why: finding.rule.why.to_owned(),
            fix: finding.fix().to_owned(),
            fixable: shown.fixable,
        }
    }

    /// The reason for which it does not count, if it is accepted.
    #[must_use]
    pub fn accepted(&self) -> Option<&str> {
        let waiver = self.waiver.as_ref();
        let waiver = waiver.filter(|it| it.standing == Standing::Accepted.name())?;
        Some(&waiver.reason)
    }

    /// The place that a tool shows: in the new version, where there is one.
    #[must_use]
    pub fn place(&self) -> Option<&Place> {
        self.new.as_ref().or(self.old.as_ref())
    }

    /// The verdicts that make it count for what it does.
    pub fn deciding(&self) -> impl Iterator<Item = &Opinion> {
        self.verdicts.iter().filter(|it| it.level == self.level)
    }

    /// What xlc itself finds, where another tool's rule tells of it.
    #[must_use]
    pub fn beside(&self) -> Option<String> {
        let codes: Vec<&str> = self.own.as_ref()?.iter().map(String::as_str).collect();
        Some(super::human::beside(&codes))
    }

    /// What it is, why and what to do, line by line.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let mut lines = vec![self.message.clone()];
        lines.extend(self.deciding().map(|it| it.text.clone()));
        lines.extend(self.through.clone());
        lines.extend(self.beside());
        if let Some(waiver) = &self.waiver {
            let until = waiver.until.as_ref();
            let until = until.map(|it| format!(" until {it}")).unwrap_or_default();
            lines.push(format!("{}{until}: {}", waiver.standing, waiver.reason));
        }
        lines.push(format!("help: {}", self.fix));
        lines
    }
}

fn place(
    name: Option<String>,
    span: Option<Span>,
    file: Option<&String>,
    sources: &Sources,
) -> Option<Place> {
    match span {
        Some(span) => {
            let (file, position) = sources.place(span);
            Some(Place {
                name,
                file: file.to_owned(),
                line: Some(position.line),
                column: Some(position.column),
            })
        }
        None => file.map(|file| Place {
            name,
            file: file.clone(),
            line: None,
            column: None,
        }),
    }
}

impl Opinion {
    fn new(verdict: &Verdict, policy: &Policy, package: &str) -> Self {
        Self {
            surface: verdict.surface.to_owned(),
            direction: verdict.direction.name().to_owned(),
            severity: verdict.harm.name().to_owned(),
            level: policy.level(verdict, package).name().to_owned(),
            witness: verdict.witness.as_ref().map(|witness| {
                let (format, payload) = match &witness.payload {
                    Payload::Wire(bytes) => ("hex", super::human::hex(bytes)),
                    Payload::Json(text) => ("json", text.clone()),
                    Payload::Call(path) => ("call", path.clone()),
                    Payload::Other { format, text } => (*format, text.clone()),
                    Payload::Source(path) => ("source", path.clone()),
                };
                let (request_of, response_of) = match &verdict.route {
                    Some(Route::Request(path)) => (Some(path.clone()), None),
                    Some(Route::Response(path)) => (None, Some(path.clone())),
                    None => (None, None),
                };
                Proof {
                    of: witness.of.clone(),
                    format: format.to_owned(),
                    payload,
                    meant: witness.meant.clone(),
                    seen: witness.seen.clone(),
                    request_of,
                    response_of,
                }
            }),
            text: line(verdict),
        }
    }
}
