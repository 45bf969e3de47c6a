//! The profile of buf against buf itself, on every fixture of a rule and on a corpus of edits: the same rules on the same
//! elements in the same files, in every category. `XLC_BUF=5000` asks for as many edits; by default there are some
//! hundreds. Skipped, with a word, where buf is not installed.

mod edits;
mod page;

mod program;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use xlc::compat::buf::{self, Category};
use xlc::compat::delta::Both;
use xlc::load::{Input, load};

use crate::root;
use crate::support::toolchain;
use edits::Case;
use program::Said;

/// How many edits are tried without a word: half a minute of one core.
const EDITS: usize = 250;

/// What is said differently on purpose, by rule: nothing.
const DIFFERENT: [(&str, &str); 0] = [];

/// Fixtures that buf does not read: it refuses MessageSets.
const UNREADABLE: [&str; 1] = ["message-set-format"];

/// What all rules of some categories say of two descriptor sets.
fn remarks(old: &Path, new: &Path, categories: &[Category]) -> BTreeSet<Said> {
    let set = |path: &Path| {
        let bytes = std::fs::read(path).expect("it can be read");
        let name = path.display().to_string();
        let loaded = load(&[Input::DescriptorSet { name, bytes }], &[]);
        loaded.unwrap_or_else(|failure| panic!("{:#?}", failure.diagnostics))
    };
    let (old, new) = (set(old), set(new));
    let contracts = Both {
        old: &old.contract,
        new: &new.contract,
    };
    let mut said = BTreeSet::new();
    for remark in buf::remarks(contracts) {
        let kind = remark.delta.kind();
        let name = remark.rule.rule.code.name;
        assert!(
            remark.rule.rule.kinds.contains(&kind),
            "{name} does not list {}",
            kind.name()
        );
        if remark
            .rule
            .categories
            .iter()
            .any(|it| categories.contains(it))
        {
            let file = remark.file.unwrap_or_default();
            said.insert((name.to_owned(), file, remark.element));
        }
    }
    said
}

/// What one side says alone, by the case that it is in.
fn differences(cases: &[Case], ours: &BTreeSet<Said>, theirs: &BTreeSet<Said>) -> Vec<String> {
    let argued = |said: &&Said| !DIFFERENT.iter().any(|(rule, _)| *rule == said.0);
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (who, said) in [
        ("only xlc", ours.difference(theirs)),
        ("only buf", theirs.difference(ours)),
    ] {
        for it in said.filter(argued) {
            let of = |case: &&Case| {
                let dotted = format!("{}.", case.name);
                let slashed = format!("{}/", case.name);
                it.1.starts_with(&slashed)
                    || it.2.starts_with(&slashed)
                    || it.2.starts_with(&dotted)
            };
            let case = cases.iter().find(of);
            let case = case.map_or_else(|| "no case".to_owned(), Case::describe);
            found
                .entry(case)
                .or_default()
                .push(format!("  {who}: {it:?}"));
        }
    }
    let found = found.into_iter();
    found
        .map(|(case, said)| format!("{case}\n{}", said.join("\n")))
        .collect()
}

/// Both versions of all cases as descriptor sets. What buf refuses and protoc does not is left out, and is rare.
fn build(cases: &mut Vec<Case>) -> (tempfile::TempDir, PathBuf, PathBuf) {
    let buf = toolchain::buf().expect("it was asked for");
    let all = cases.len();
    loop {
        let directory = tempfile::tempdir().expect("a directory");
        let [old, new] = ["old", "new"].map(|it| directory.path().join(it));
        for case in &*cases {
            case.write(&old, &new);
        }
        let [old_image, new_image] = [&old, &new].map(|it| it.with_extension("binpb"));
        let built = program::build(&buf, &old, &old_image)
            .and_then(|()| program::build(&buf, &new, &new_image));
        match built {
            Ok(()) => return (directory, old_image, new_image),
            Err(refused) => cases.retain(|it| !refused.contains(&it.name)),
        }
        assert!(
            cases.len() * 50 >= all * 49,
            "buf refuses more than two in a hundred"
        );
    }
}

/// Holds us to what buf says of all cases under these categories, and gives it.
fn compare(cases: &mut Vec<Case>, categories: &[Category]) -> BTreeSet<Said> {
    let (_directory, old, new) = build(cases);
    let buf = toolchain::buf().expect("it was asked for");
    let names: Vec<&str> = categories.iter().map(|it| it.name()).collect();
    let (theirs, code) = program::breaking(&buf, &new, &old, &names);
    let ours = remarks(&old, &new, categories);
    let differences = differences(cases, &ours, &theirs);
    assert!(
        differences.is_empty(),
        "{} of {} cases differ:\n{}",
        differences.len(),
        cases.len(),
        differences.join("\n\n")
    );
    assert_eq!(code == Some(0), ours.is_empty(), "exit code {code:?}");
    ours
}

#[test]
fn the_rules_are_bufs() {
    let Some(buf) = toolchain::buf() else { return };
    let ours: BTreeMap<String, BTreeSet<String>> = buf::all()
        .map(|it| {
            let categories = it.categories.iter().map(|it| it.name().to_owned());
            (it.rule.code.name.to_owned(), categories.collect())
        })
        .collect();
    let known: BTreeSet<&str> = Category::ALL.iter().map(|it| it.name()).collect();
    let theirs: BTreeMap<String, BTreeSet<String>> = program::rules(&buf)
        .into_iter()
        .map(|(name, categories)| {
            let categories = categories.into_iter();
            (
                name,
                categories
                    .filter(|it| known.contains(it.as_str()))
                    .collect(),
            )
        })
        .collect();
    assert_eq!(ours, theirs);
}

#[test]
fn the_fixtures_of_all_rules_are_judged_alike_in_every_category() {
    if toolchain::buf().is_none() {
        return;
    }
    let mut cases = Vec::new();
    for entry in std::fs::read_dir(root()).expect("the fixtures") {
        let path = entry.expect("an entry").path();
        let name = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        if name != "history" && !UNREADABLE.contains(&name.as_str()) {
            let [old, new] = ["old", "new"].map(|side| edits::files(&path.join(side)));
            cases.push(Case::new(cases.len(), &name, old.clone(), new.clone()));
            cases.push(Case::new(
                cases.len(),
                &format!("{name}, the other way round"),
                new,
                old,
            ));
        }
    }
    for category in Category::ALL {
        compare(&mut cases, &[category]);
    }
}

/// What the book says of buf.
#[test]
fn the_edits_of_the_book_are_judged_alike() {
    if toolchain::buf().is_some() {
        compare(&mut page::cases(), &Category::ALL);
    }
}

/// All categories in one run: a rule says the same in each of them.
#[test]
fn edits_are_judged_alike() {
    if toolchain::buf().is_none() {
        return;
    }
    let asked = std::env::var("XLC_BUF").ok();
    let count = asked.map_or(EDITS, |it| it.parse().expect("a number"));
    let mut sure = edits::sure();
    let mut said: BTreeSet<String> = compare(&mut sure, &Category::ALL)
        .into_iter()
        .map(|it| it.0)
        .collect();
    let mut cases = edits::corpus(count);
    assert_eq!(cases.len(), count);
    // One process takes a few thousand files well.
    while !cases.is_empty() {
        let mut part = cases.split_off(cases.len().saturating_sub(500));
        let all = compare(&mut part, &Category::ALL);
        said.extend(all.into_iter().map(|it| it.0));
    }
    // A rule of which nothing was said would be held to nothing.
    let silent: Vec<&str> = buf::all()
        .map(|it| it.rule.code.name)
        .filter(|it| !said.contains(*it))
        .collect();
    assert!(silent.is_empty(), "{silent:?} said nothing");
}
