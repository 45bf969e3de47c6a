//! Fixes: what a source of the new version must say so that a finding is gone, where a machine can say it. Decides what
//! is written and where in the text; not who reads and writes files. Text is only put in between, so that formatting
//! and comments stay, and nothing but reservations and JSON names may differ afterwards.

mod pin;
mod reserve;
mod text;
mod wish;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde_json::Value;

use self::wish::Wishes;
use super::finding::Finding;
use super::policy::Policy;
use super::surface::Harm;
use crate::contract::{Contract, File, dump};
use crate::source::{SourceId, Sources};

/// A change of a text: what stands in a range, which may be empty, becomes other text.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Edit {
    at: Range<usize>,
    text: String,
}

/// One thing that is written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fix {
    /// The file, as the sources call it.
    pub file: String,
    /// The full name of what it is written into.
    pub element: String,
    /// What is written: `reserved 3, 7 to 9`, `json_name = "coupon"`.
    pub text: String,
}

/// What can be written to make findings go away.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// What is written, by file and place.
    pub fixes: Vec<Fix>,
    /// The fingerprints of the findings that it is for.
    fixable: BTreeSet<String>,
    edits: BTreeMap<SourceId, Vec<Edit>>,
}

impl Plan {
    /// What can be done about findings, which are of one new version and may be against several old ones. What does not
    /// even count as a warning stays as it is. Only text is written that `sources` hold, and only into files of the
    /// contract for which `is_own` says so.
    #[must_use]
    pub fn new<'a>(
        findings: impl IntoIterator<Item = &'a Finding<'a>>,
        policy: &Policy,
        contract: &Contract,
        sources: &Sources,
        is_own: &dyn Fn(&File) -> bool,
    ) -> Self {
        let may = |file: &File| {
            file.requested && sources.get(file.source).text().is_some() && is_own(file)
        };
        let wishes = Wishes::new(findings, policy, contract, &may);
        let mut plan = Self::default();
        let mut done = BTreeSet::new();
        for (holder, wish) in &wishes.reserve {
            let file = contract.file(holder.file(contract));
            if let Some(edits) = reserve::edits(*holder, wish, contract, sources) {
                let element = holder.full_name(contract);
                for text in wish.texts(file.edition) {
                    plan.note(sources.get(file.source).name(), element, text);
                }
                plan.edits.entry(file.source).or_default().extend(edits);
                done.extend(wish.of.iter().cloned());
            }
        }
        for (at, wish) in &wishes.pins {
            let message = contract.message(at.0);
            let file = contract.file(message.file);
            let field = message.fields.iter().find(|it| it.number == at.1);
            if let Some((field, edit)) =
                field.and_then(|it| Some((it, pin::edit(it, &wish.name, sources)?)))
            {
                let element = format!("{}.{}", message.full_name, field.name);
                let text = format!("json_name = {}", text::quoted(&wish.name));
                plan.note(sources.get(file.source).name(), &element, text);
                plan.edits.entry(file.source).or_default().push(edit);
                done.extend(wish.of.iter().cloned());
            }
        }
        plan.fixable = done;
        for edits in plan.edits.values_mut() {
            edits.sort_by_key(|it| (it.at.start, it.at.end));
        }
        plan.fixes.sort();
        plan
    }

    fn note(&mut self, file: &str, element: &str, text: String) {
        self.fixes.push(Fix {
            file: file.to_owned(),
            element: element.to_owned(),
            text,
        });
    }

    /// Whether it makes the finding of this fingerprint go away.
    #[must_use]
    pub fn fixes(&self, fingerprint: &str) -> bool {
        self.fixable.contains(fingerprint)
    }

    /// The texts of the files that change: before and after.
    #[must_use]
    pub fn texts<'s>(&self, sources: &'s Sources) -> Vec<(&'s str, &'s str, String)> {
        let of = |(source, edits): (&SourceId, &Vec<Edit>)| {
            let file = sources.get(*source);
            let old = file.text()?;
            Some((file.name(), old, apply(old, edits)))
        };
        self.edits.iter().filter_map(of).collect()
    }
}

/// A text with its edits, which are sorted.
fn apply(old: &str, edits: &[Edit]) -> String {
    let mut new = String::with_capacity(old.len() + 64);
    let mut done = 0;
    for edit in edits {
        new.push_str(old.get(done..edit.at.start).unwrap_or_default());
        new.push_str(&edit.text);
        done = done.max(edit.at.end);
    }
    new.push_str(old.get(done..).unwrap_or_default());
    new
}

/// Whether something is found that a fix is for: not what other surfaces say of the same change.
#[must_use]
pub fn is_pending(finding: &Finding<'_>) -> bool {
    let verdicts = &finding.verdicts;
    verdicts
        .iter()
        .any(|it| it.harm == Harm::Hygiene || wish::hurts_documents(it))
}

/// Whether two contracts say the same but for what is reserved and for JSON names: comments included, places not.
#[must_use]
pub fn is_otherwise_same(before: &Contract, after: &Contract) -> bool {
    let [mut before, mut after] = [before, after].map(dump);
    strip(&mut before);
    strip(&mut after);
    before == after
}

fn strip(value: &mut Value) {
    match value {
        Value::Object(object) => {
            for key in ["reserved", "json_name", "json_name_explicit", "at"] {
                object.shift_remove(key);
            }
            object.values_mut().for_each(strip);
        }
        Value::Array(items) => items.iter_mut().for_each(strip),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
