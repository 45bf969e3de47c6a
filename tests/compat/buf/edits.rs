//! A corpus of edits: small contracts that are changed at random, line by line, and kept if they still compile. Each case
//! has a package and a directory of its own, so that one run of a program judges them all.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use crate::support::toolchain;

mod blocks;
mod lines;

/// The files of a contract: texts by path.
pub(super) type Files = BTreeMap<String, String>;

/// Two versions of a contract.
pub(super) struct Case {
    /// The directory and the first part of its packages.
    pub(super) name: String,
    about: String,
    old: Files,
    new: Files,
}

impl Case {
    pub(super) fn new(index: usize, about: &str, old: Files, new: Files) -> Self {
        let name = format!("c{index}");
        Self {
            about: about.to_owned(),
            old: moved(&name, &old),
            new: moved(&name, &new),
            name,
        }
    }

    /// What was edited, with the lines that differ.
    pub(super) fn describe(&self) -> String {
        let mut text = format!("{} ({})", self.name, self.about);
        let paths = self
            .old
            .keys()
            .chain(self.new.keys().filter(|it| !self.old.contains_key(*it)));
        for path in paths {
            let [old, new] =
                [&self.old, &self.new].map(|it| it.get(path).map_or("", String::as_str));
            for (mark, one, other) in [('-', old, new), ('+', new, old)] {
                for line in one
                    .lines()
                    .filter(|line| !other.lines().any(|it| it == *line))
                {
                    let _ = write!(text, "\n  {mark} {path}: {line}");
                }
            }
        }
        text
    }

    pub(super) fn write(&self, old: &Path, new: &Path) {
        for (side, files) in [(old, &self.old), (new, &self.new)] {
            for (path, text) in files {
                put(side, path, text);
            }
        }
    }
}

/// The .proto files below a directory.
pub(super) fn files(directory: &Path) -> Files {
    let mut files = Files::new();
    for entry in walkdir::WalkDir::new(directory).sort_by_file_name() {
        let path = entry.expect("it can be read").into_path();
        if path.extension().is_some_and(|it| it == "proto") {
            let name = path
                .strip_prefix(directory)
                .expect("below it")
                .display()
                .to_string();
            files.insert(
                name,
                std::fs::read_to_string(&path).expect("it can be read"),
            );
        }
    }
    files
}

/// The files in a directory and in packages of their own.
fn moved(name: &str, files: &Files) -> Files {
    let mut packages: Vec<String> = files.values().filter_map(|it| lines::package(it)).collect();
    packages.sort();
    packages.dedup();
    let text = |text: &String| {
        let mut out = String::new();
        let mut has_package = false;
        for line in text.lines() {
            let mut line = line.to_owned();
            if let Some(rest) = line.strip_prefix("package ") {
                line = format!("package {name}.{rest}");
                has_package = true;
            } else if let Some(path) = lines::import(&line)
                && files.contains_key(path)
            {
                line = line.replace(path, &format!("{name}/{path}"));
            }
            for package in &packages {
                for before in [" ", "<", "("] {
                    let from = format!("{before}.{package}.");
                    line = line.replace(&from, &format!("{before}.{name}.{package}."));
                }
            }
            out.push_str(&line);
            out.push('\n');
        }
        if !has_package {
            let after = out.find("syntax = ").or_else(|| out.find("edition = "));
            let at = after
                .and_then(|at| Some(at + out[at..].find('\n')? + 1))
                .unwrap_or(0);
            out.insert_str(at, &format!("package {name};\n"));
        }
        out
    };
    let files = files.iter();
    files
        .map(|(path, it)| (format!("{name}/{path}"), text(it)))
        .collect()
}

/// Numbers that are the same in every run.
pub(super) struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`.
    pub(super) fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end.max(1)).expect("64 bits");
        usize::try_from(self.roll() % end).expect("it is below a usize")
    }

    pub(super) fn pick<'t, T>(&mut self, all: &'t [T]) -> Option<&'t T> {
        all.get(self.below(all.len()))
    }
}

/// Where the contract with one element of each sort is among the bases.
const SMALL: usize = 1;

/// The contracts that are edited.
fn bases() -> Vec<Files> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let some = |directory: &str, names: &[&str]| -> Files {
        let mut all = files(&root.join(directory));
        all.retain(|name, _| names.contains(&name.as_str()));
        assert_eq!(all.len(), names.len(), "{directory}");
        for text in all.values_mut() {
            // buf refuses MessageSets.
            *text = text.replace("option message_set_wire_format = true;", "");
        }
        all
    };
    let sink = "fixtures/contracts/kitchen_sink";
    vec![
        files(&root.join("schemas")),
        some(
            "tests/compat/buf",
            &["base.proto", "base_more.proto", "base_plain.proto"],
        ),
        some(
            "tests/compat/buf",
            &["base.proto", "base_more.proto", "base_plain.proto"],
        ),
        some(sink, &["proto3.proto"]),
        some(sink, &["proto2.proto", "proto3.proto"]),
        some(sink, &["extensions.proto", "proto2.proto", "proto3.proto"]),
        some(sink, &["services.proto", "public.proto", "proto3.proto"]),
        some(
            "fixtures/contracts/editions",
            &["edition2023.proto", "closed_file.proto"],
        ),
    ]
}

/// Texts that stand for others in one line each, so that every rule has something to tell.
const REPLACED: [(&str, &str); 21] = [
    ("cc_enable_arenas = true", "cc_enable_arenas = false"),
    ("generic_services = false", "generic_services = true"),
    ("utf8_validation = NONE", "utf8_validation = VERIFY"),
    (
        "java).utf8_validation = VERIFY",
        "java).utf8_validation = DEFAULT",
    ),
    ("ALIAS_TWO = 2", "ALIAS_DOS = 2"),
    ("optional string note", "optional string remark"),
    ("optional bytes raw", "repeated bytes raw"),
    ("repeated int32 marks", "optional int32 marks"),
    ("string word = 12", "string word = 42"),
    ("howMany", "howOften"),
    ("jstype = JS_STRING", "jstype = JS_NUMBER"),
    ("ctype = CORD", "ctype = STRING"),
    ("= ALLOW;", "= LEGACY_BEST_EFFORT;"),
    ("= OPEN;", "= CLOSED;"),
    ("extensions 100 to 199", "extensions 100 to 150"),
    ("returns (Item)", "returns (Spare)"),
    ("returns (stream Item)", "returns (Item)"),
    ("rpc Get(Item)", "rpc Get(Spare)"),
    ("rpc Put(stream Item)", "rpc Put(Item)"),
    (
        "_descriptor_accessor = false",
        "_descriptor_accessor = true",
    ),
    ("_level = IDEMPOTENT", "_level = NO_SIDE_EFFECTS"),
];

/// One edit after the other: each line of the small contract taken out, or with other words, and each syntax.
pub(super) fn sure() -> Vec<Case> {
    let bases = bases();
    let mut edited: Vec<(String, Files, Files)> = Vec::new();
    for (path, text) in &bases[SMALL] {
        let lines: Vec<&str> = text.lines().collect();
        let mut with = |at: usize, line: Option<String>| {
            let before = lines[..at].iter().map(|it| (*it).to_owned());
            let after = lines[at + 1..].iter().map(|it| (*it).to_owned());
            let text: Vec<String> = before.chain(line).chain(after).collect();
            let mut files = bases[SMALL].clone();
            files.insert(path.clone(), text.join("\n") + "\n");
            let about = format!("{path}:{}", at + 1);
            edited.push((about, bases[SMALL].clone(), files));
        };
        for (at, line) in lines.iter().enumerate() {
            if line.ends_with(';') {
                with(at, None);
            }
            let replaced = REPLACED.iter().filter(|(from, _)| line.contains(from));
            for (from, to) in replaced {
                with(at, Some(line.replace(from, to)));
            }
        }
    }
    for base in &bases {
        let mut files = base.clone();
        for text in files.values_mut() {
            if text.contains("syntax = \"proto3\";") {
                *text = text.replace("syntax = \"proto3\";", "edition = \"2023\";");
                *text = text.replace("  optional ", "  ");
            }
        }
        edited.push(("in an edition".to_owned(), base.clone(), files));
    }
    edited.retain(|(_, old, new)| old != new && compiles(new));
    let cases = edited.into_iter().enumerate();
    cases
        .map(|(index, (about, old, new))| Case::new(index, &about, old, new))
        .collect()
}

/// So many pairs of versions, each of one to four edits.
pub(super) fn corpus(count: usize) -> Vec<Case> {
    let bases = bases();
    for base in &bases {
        let problem = problem(base);
        assert_eq!(problem, None, "{:?}", base.keys());
    }
    let mut dice = Dice(1);
    let mut cases = Vec::new();
    let mut tries = 0;
    while cases.len() < count {
        tries += 1;
        assert!(tries < count * 40 + 1000, "edits rarely compile");
        let base = dice.pick(&bases).expect("a base");
        let mut edited = base.clone();
        let mut about = Vec::new();
        for _ in 0..=dice.below(4) {
            let before = edited.clone();
            let Some(what) = lines::edit(&mut edited, &mut dice) else {
                continue;
            };
            if edited != before && compiles(&edited) {
                about.push(what);
            } else {
                edited = before;
            }
        }
        if about.is_empty() {
            continue;
        }
        // What is added in one is removed in the other.
        let (old, new) = match dice.below(3) {
            0 => (edited, base.clone()),
            _ => (base.clone(), edited),
        };
        cases.push(Case::new(cases.len(), &about.join(", "), old, new));
    }
    cases
}

fn compiles(files: &Files) -> bool {
    problem(files).is_none()
}

/// Why the files are no contract, in protoc's words.
fn problem(files: &Files) -> Option<String> {
    let directory = tempfile::tempdir().expect("a directory");
    for (path, text) in files {
        put(directory.path(), path, text);
    }
    let protoc = toolchain::protoc().expect("it is installed with buf");
    let include = toolchain::protoc_include().expect("it is installed with protoc");
    let output = Command::new(protoc)
        .arg("-I")
        .arg(directory.path())
        .arg("-I")
        .arg(include)
        .arg("-o")
        .arg(directory.path().join("out.binpb"))
        .args(files.keys())
        .output()
        .expect("protoc runs");
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    (!output.status.success()).then_some(text)
}

fn put(directory: &Path, path: &str, text: &str) {
    let path = directory.join(path);
    let parent = path.parent().expect("a directory");
    std::fs::create_dir_all(parent).expect("it can be made");
    std::fs::write(path, text).expect("it can be written");
}
