//! Input that is made to break a front end: it gives errors, or a contract, in reasonable time, and never a panic.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use xlc::load::{Failure, Input, Loaded, load};

/// Nothing here may take longer, even unoptimised on a busy machine. What is quadratic takes minutes.
const LIMIT: Duration = Duration::from_secs(180);

/// Loads files of a new directory, of which the first is asked for.
fn load_texts(files: &[(&str, &[u8])]) -> Result<Loaded, Failure> {
    let root = tempfile::tempdir().expect("a temporary directory");
    for (path, text) in files {
        std::fs::write(root.path().join(path), text).expect("the file can be written");
    }
    load_below(root.path(), files[0].0)
}

fn load_below(root: &Path, path: &str) -> Result<Loaded, Failure> {
    let start = Instant::now();
    let result = load(&[Input::File(root.join(path))], &[root.to_owned()]);
    assert!(start.elapsed() < LIMIT, "{path} took {:?}", start.elapsed());
    result
}

/// The codes of the diagnostics of a source that does not load.
fn codes(text: &str) -> Vec<&'static str> {
    let failure = load_texts(&[("hostile.proto", text.as_bytes())]).expect_err("it does not load");
    failure
        .diagnostics
        .iter()
        .map(|diagnostic| diagnostic.code.name)
        .collect()
}

const CUSTOM_OPTION: &str = "syntax = \"proto2\"; import \"google/protobuf/descriptor.proto\";
message Deep { optional Deep d = 1; optional int32 v = 2; repeated Deep r = 3; }
extend google.protobuf.FileOptions { optional Deep deep = 50000; }
";

#[test]
fn deep_values_are_an_error() {
    for (open, close) in [("d {", "}"), ("d <", ">"), ("r: [{", "}]")] {
        let value = open.repeat(100_000) + &close.repeat(100_000);
        let text = format!("{CUSTOM_OPTION}option (deep) = {{ {value} }};");
        assert_eq!(codes(&text), ["option"], "{open}");
    }
}

#[test]
fn deep_values_up_to_a_limit_are_read() {
    let value = "d {".repeat(150) + "v: 1" + &"}".repeat(150);
    let text = format!("{CUSTOM_OPTION}option (deep) = {{ {value} }};");
    load_texts(&[("deep.proto", text.as_bytes())]).expect("150 levels are fine");
}

#[test]
fn long_option_paths_are_an_error_or_read() {
    let text = format!(
        "{CUSTOM_OPTION}option (deep){}.v = 1;",
        ".d".repeat(100_000)
    );
    assert_eq!(codes(&text), ["option"]);
}

#[test]
fn deep_messages_and_brackets_are_errors() {
    let nested = "message M {".repeat(100_000) + &"}".repeat(100_000);
    assert_eq!(codes(&nested)[0], "syntax");
    for open in [
        "{",
        "[",
        "<",
        "(",
        "message A { oneof o {",
        "option (a) = {",
    ] {
        assert_eq!(codes(&open.repeat(50_000))[0], "syntax", "{open}");
    }
}

#[test]
fn a_long_chain_of_imports_loads() {
    let root = tempfile::tempdir().expect("a temporary directory");
    let count = 20_000;
    for index in 0..count {
        let import = if index + 1 < count {
            format!("import \"f{}.proto\";", index + 1)
        } else {
            String::new()
        };
        let text = format!("syntax = \"proto3\"; {import} message M{index} {{}}");
        std::fs::write(root.path().join(format!("f{index}.proto")), text).expect("written");
    }
    let loaded = load_below(root.path(), "f0.proto").expect("a chain is no cycle");
    assert_eq!(loaded.contract.files().len(), count);
    assert_eq!(
        loaded.contract.files()[0].path,
        format!("f{}.proto", count - 1)
    );
    // The last file closes the circle.
    let last = format!("f{}.proto", count - 1);
    std::fs::write(root.path().join(&last), "import \"f0.proto\";").expect("written");
    let failure = load_below(root.path(), "f0.proto").expect_err("a cycle");
    let codes: Vec<_> = failure
        .diagnostics
        .iter()
        .map(|diagnostic| diagnostic.code.name)
        .collect();
    assert_eq!(codes, ["import-cycle"]);
}

#[test]
fn a_long_chain_of_public_imports_is_an_error() {
    let root = tempfile::tempdir().expect("a temporary directory");
    for index in 0..20_000 {
        let text = format!("import public \"f{}.proto\";", index + 1);
        std::fs::write(root.path().join(format!("f{index}.proto")), text).expect("written");
    }
    std::fs::write(root.path().join("f20000.proto"), "").expect("written");
    let failure = load_below(root.path(), "f0.proto").expect_err("too much is passed on");
    assert!(
        failure
            .diagnostics
            .iter()
            .all(|diagnostic| diagnostic.code.name == "too-deep")
    );
}

#[test]
fn ten_megabytes_on_one_line_load() {
    let mut text = String::from("syntax = \"proto3\"; ");
    let mut index = 0;
    while text.len() < 10_000_000 {
        let _ = write!(
            text,
            "\tmessage M{index} {{ /* a comment */ int32 first_field = 1;\tstring second_field = 2 [deprecated = true]; }} "
        );
        index += 1;
    }
    load_texts(&[("line.proto", text.as_bytes())]).expect("it is valid");
    text.push_str("message M0 {}");
    assert_eq!(codes(&text), ["duplicate-name"]);
    text.push_str(" message");
    assert_eq!(codes(&text), ["syntax"]);
}

#[test]
fn many_places_that_need_a_repair_load() {
    let mut text = String::from("syntax = \"proto2\";");
    for index in 0..20_000 {
        let _ = write!(
            text,
            "message M{index} {{ extensions 5 [verification = UNVERIFIED]; }}"
        );
    }
    load_texts(&[("repairs.proto", text.as_bytes())]).expect("protoc takes it");
}

#[test]
fn many_unknown_names_are_all_told() {
    let mut text = String::from("syntax = \"proto3\"; message M {");
    for index in 1..=5_000 {
        let _ = write!(text, "Unknown{index} field_{index} = {index};");
    }
    text.push('}');
    assert_eq!(codes(&text), vec!["unknown-name"; 5_000]);
}

/// A small generator of numbers (SplitMix64).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % end.max(1) as u64) as usize
    }
}

const WORDS: &[&[u8]] = &[
    b"{",
    b"}",
    b"[",
    b"]",
    b"<",
    b">",
    b"(",
    b")",
    b";",
    b"=",
    b"-",
    b"\"",
    b"'",
    b"\\",
    b"//",
    b"/*",
    b"*/",
    b"#",
    b"message ",
    b"enum ",
    b"option ",
    b"extend ",
    b"extensions ",
    b"reserved ",
    b"oneof ",
    b"map<",
    b"group ",
    b"stream ",
    b"inf",
    b"nan",
    b"0x",
    b"1e999",
    b"18446744073709551616",
    b"2147483647",
    b"-1",
    b"max",
    b"\xff",
    b"\0",
    b"\xef\xbb\xbf",
    b"\t",
    b"\r\n",
    b"default",
    b"json_name",
    b"packed",
    b"map_entry",
    b"features",
    b"public ",
];

/// A change of a few bytes.
fn mutate(bytes: &mut Vec<u8>, numbers: &mut Numbers) {
    for _ in 0..=numbers.below(3) {
        let at = numbers.below(bytes.len());
        let end = (at + numbers.below(40)).min(bytes.len());
        match numbers.below(6) {
            0 => drop(bytes.splice(at..at, WORDS[numbers.below(WORDS.len())].iter().copied())),
            1 => drop(bytes.drain(at..end)),
            2 => {
                let copy = bytes[at..end].to_vec();
                let to = numbers.below(bytes.len());
                bytes.splice(to..to, copy);
            }
            3 => bytes.truncate(at),
            4 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = numbers.below(256) as u8;
                }
            }
            _ => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << numbers.below(8);
                }
            }
        }
    }
}

/// Sources that hold every construct.
fn sources() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/contracts/kitchen_sink");
    let mut files: Vec<_> = std::fs::read_dir(root)
        .expect("the fixtures are there")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|end| end == "proto"))
        .collect();
    files.sort();
    files
}

#[test]
fn changed_sources_never_panic() {
    let root = tempfile::tempdir().expect("a temporary directory");
    let files: Vec<_> = sources()
        .into_iter()
        .map(|path| {
            let name = path.file_name().expect("a file").to_owned();
            (name, std::fs::read(&path).expect("readable"))
        })
        .collect();
    for (name, text) in &files {
        std::fs::write(root.path().join(name), text).expect("written");
    }
    let mut numbers = Numbers(1);
    let mut loaded = 0;
    for round in 0..600 {
        let (name, original) = &files[round % files.len()];
        let mut text = original.clone();
        mutate(&mut text, &mut numbers);
        let path = root.path().join(name);
        std::fs::write(&path, &text).expect("written");
        let result = load(&[Input::File(path.clone())], &[root.path().to_owned()]);
        loaded += usize::from(result.is_ok());
        std::fs::write(&path, original).expect("written");
    }
    // Some changes are harmless, most are not: both ways were taken.
    assert!((20..580).contains(&loaded), "{loaded} loaded");
}

#[test]
fn changed_descriptor_sets_never_panic() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/contracts");
    for set in [
        "editions/edition2023.binpb",
        "protoc_only/protoc_only.binpb",
    ] {
        let original = std::fs::read(fixtures.join(set)).expect("the fixtures are there");
        let mut numbers = Numbers(2);
        let mut refused = 0;
        for _ in 0..600 {
            let mut bytes = original.clone();
            mutate(&mut bytes, &mut numbers);
            let input = Input::DescriptorSet {
                name: set.to_owned(),
                bytes,
            };
            refused += usize::from(load(&[input], &[]).is_err());
        }
        assert!(refused > 40, "{refused} of {set} were refused");
    }
}
