//! What the surfaces say of each edit, and the table of it in the book.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::sync::OnceLock;

use xlc::compat::delta::Both;
use xlc::compat::surface::{Harm, Surfaces};
use xlc::compat::trial::{Direction, Readers};
use xlc::compat::{Policy, Requirement, findings};
use xlc::load::{Input, Loaded, load};

use crate::support::page;
use crate::trees::{Side, cases, root, tree};

/// What a surface says of an edit.
#[derive(Debug, Clone)]
pub(crate) struct Claim {
    /// The worst of it.
    pub(crate) harm: Harm,
    /// Code of the rule that the worst of it is told under.
    pub(crate) rule: &'static str,
}

type Claims = BTreeMap<(String, &'static str), Claim>;

fn surfaces() -> Surfaces {
    xlc::pipeline::surfaces(None).unwrap()
}

fn names(surfaces: &Surfaces) -> Vec<&'static str> {
    let all = surfaces.names();
    all.filter(|name| name.starts_with("source.")).collect()
}

fn read(side: Side, case: &str) -> Loaded {
    let root = root(side, case);
    let mut inputs = Vec::new();
    for entry in std::fs::read_dir(root.join(case)).unwrap() {
        inputs.push(Input::File(entry.unwrap().path()));
    }
    inputs.sort_by_key(|input| format!("{input:?}"));
    load(&inputs, &[root]).unwrap_or_else(|failure| panic!("{case}: {:#?}", failure.diagnostics))
}

/// What all surfaces say of all edits.
pub(crate) fn claims() -> &'static Claims {
    static CLAIMS: OnceLock<Claims> = OnceLock::new();
    CLAIMS.get_or_init(|| {
        let surfaces = surfaces();
        let policy = Policy {
            require: names(&surfaces)
                .into_iter()
                .map(|name| (name.to_owned(), Requirement::Backward))
                .collect(),
            packages: Vec::new(),
        };
        let mut claims = Claims::new();
        for case in cases() {
            let (old, new) = (read(Side::Old, case), read(Side::New, case));
            let contracts = Both {
                old: &old.contract,
                new: &new.contract,
            };
            let found = findings(contracts, &surfaces.asked(&policy), Readers::Official);
            for finding in found.unwrap() {
                for verdict in &finding.verdicts {
                    if !verdict.surface.starts_with("source.") {
                        continue;
                    }
                    assert_eq!(verdict.direction, Direction::Backward, "{case}");
                    let claim = Claim {
                        harm: verdict.harm,
                        rule: finding.rule.code.name,
                    };
                    let key = (case.clone(), verdict.surface);
                    let known = claims.entry(key).or_insert_with(|| claim.clone());
                    if known.harm < claim.harm {
                        *known = claim;
                    }
                }
            }
        }
        claims
    })
}

/// The table of the book: what each edit does in each language.
#[test]
fn the_table_is_what_is_said() {
    let surfaces = surfaces();
    let names = names(&surfaces);
    let mut text = format!("| edit | {} | told as |\n|---|", names.join(" | "));
    text.push_str(&"---|".repeat(names.len() + 1));
    text.push('\n');
    for case in cases() {
        let _ = write!(text, "| `{case}` |");
        let mut rules = BTreeSet::new();
        for name in &names {
            let claim = claims().get(&(case.clone(), *name));
            let _ = write!(text, " {} |", claim.map_or("–", |it| it.harm.name()));
            rules.extend(claim.map(|it| format!("[`{rule}`](compat/{rule}.md)", rule = it.rule)));
        }
        let rules: Vec<String> = rules.into_iter().collect();
        let _ = write!(text, " {} |", rules.join(", "));
        text.push('\n');
    }
    page::check("compat-source.md", "edits", &text);
}

#[test]
fn a_version_breaks_nothing_of_itself() {
    let surfaces = surfaces();
    let all: Vec<_> = surfaces.all().collect();
    for case in cases() {
        for side in [Side::Old, Side::New] {
            let (one, other) = (read(side, case), read(side, case));
            let contracts = Both {
                old: &one.contract,
                new: &other.contract,
            };
            let found = findings(contracts, &all, Readers::Official).unwrap();
            assert!(found.is_empty(), "{case}: {found:#?}");
        }
    }
}

/// What is compared is what is generated: each name is in the files of its language, and no two things of one holder
/// have one name, or they could not be told apart.
#[test]
fn names_are_those_of_the_generated_code() {
    let surfaces = surfaces();
    let root = tree(Side::Old);
    let mut inputs = Vec::new();
    for entry in walkdir::WalkDir::new(root.join("proto")).sort_by_file_name() {
        let path = entry.unwrap().into_path();
        if path.extension().is_some_and(|it| it == "proto") {
            inputs.push(Input::File(path));
        }
    }
    let loaded = load(&inputs, &[root.join("proto")]).unwrap();
    for surface in surfaces.all() {
        let Some(api) = surface.api(&loaded.contract) else {
            continue;
        };
        let api = api.unwrap();
        let language = surface.name().trim_start_matches("source.");
        let text = text(&root.join(language));
        let mut names = BTreeSet::new();
        assert!(api.items().len() > 100, "{language}");
        for item in api.items() {
            assert!(names.insert((item.within, item.name.as_str())), "{item:?}");
            let last = item.name.rsplit(['.', '/']).next().unwrap_or_default();
            // A namespace, a module or a library may be written by its path.
            if item.within.is_some() {
                assert!(text.contains(last), "{language}: {item:?}");
            }
        }
    }
}

/// All that is generated for a language.
fn text(directory: &Path) -> String {
    let mut text = String::new();
    for entry in walkdir::WalkDir::new(directory).sort_by_file_name() {
        let path = entry.unwrap().into_path();
        let is_source = path.extension().is_some_and(|it| {
            let kinds = ["py", "go", "dart", "cs"];
            it.to_str().is_some_and(|it| kinds.contains(&it))
        });
        if is_source && !path.components().any(|it| it.as_os_str() == "use") {
            text.push_str(&std::fs::read_to_string(path).unwrap());
        }
    }
    text
}

/// Contracts with every construct and every clash of names break nothing of themselves.
#[test]
fn odd_contracts_break_nothing_of_themselves() {
    let surfaces = surfaces();
    let all: Vec<_> = surfaces
        .all()
        .filter(|it| it.name().starts_with("source."))
        .collect();
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/contracts");
    let read = || {
        let mut inputs = Vec::new();
        for entry in walkdir::WalkDir::new(fixtures.join("kitchen_sink")).sort_by_file_name() {
            let path = entry.unwrap().into_path();
            if path.extension().is_some_and(|it| it == "proto") {
                inputs.push(Input::File(path));
            }
        }
        load(&inputs, &[fixtures.join("kitchen_sink")]).unwrap()
    };
    let (old, new) = (read(), read());
    let contracts = Both {
        old: &old.contract,
        new: &new.contract,
    };
    let found = findings(contracts, &all, Readers::Official).unwrap();
    assert!(found.is_empty(), "{found:#?}");
}
