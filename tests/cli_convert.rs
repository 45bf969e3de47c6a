//! `xlc convert` and `xlc inspect` as people call them: streams, files that appear whole, errors that say where.
#![cfg(feature = "cli")]

#[path = "support/mod.rs"]
mod support;

use support::cli::{Project, run};

const ORDERS: &str = "\
syntax = \"proto3\";
package shop.v1;

message Order {
  string id = 1;
  repeated Item items = 2;
}

message Item {
  int64 count = 1;
}

message Old {
  message Item {}
}
";

fn project() -> Project {
    Project::new(&[
        ("orders.proto", ORDERS),
        (
            "orders.jsonl",
            "{\"id\":\"a\",\"items\":[{\"count\":\"3\"}]}\n{\"id\":\"b\"}\n",
        ),
    ])
}

const CONTRACT: [&str; 2] = ["--contract", "orders.proto"];

fn convert<'a>(from: &'a str, to: &'a str, message: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let head = ["convert", "--from", from, "--to", to, "--message", message];
    [&head, &CONTRACT[..], more].concat()
}

#[test]
fn a_stream_goes_there_and_back() {
    let project = project();
    let there = convert(
        "json",
        "bin",
        "shop.v1.Order",
        &["--delimited", "orders.jsonl", "-o", "orders.bin"],
    );
    let said = project.xlc(&there);
    assert_eq!(
        (said.code, said.stdout.as_str(), said.stderr.as_str()),
        (0, "", "")
    );
    assert_eq!(
        std::fs::read(project.join("orders.bin")).unwrap(),
        b"\x07\x0a\x01a\x12\x02\x08\x03\x03\x0a\x01b"
    );
    let back = convert("bin", "json", "Order", &["--delimited", "orders.bin"]);
    assert_eq!(project.xlc(&back).stdout, project.read("orders.jsonl"));
    // The same by standard input, with other names and over several lines.
    let pretty = convert("bin", "json", "Order", &["--pretty"]);
    let said = project.xlc_with_input(&pretty, b"\x0a\x01a");
    assert_eq!(said.stdout, "{\n  \"id\": \"a\"\n}\n");
}

#[test]
fn the_contract_of_the_configuration_is_used() {
    let project = project();
    project.write("xlc.toml", "version = 1\ncontract = [\"orders.proto\"]\n");
    let said = project.xlc_with_input(
        &[
            "convert", "--from", "bin", "--to", "json", "-m", "Order", "-",
        ],
        b"",
    );
    assert_eq!(
        (said.code, said.stdout.as_str()),
        (0, "{}\n"),
        "{}",
        said.stderr
    );
}

#[test]
fn a_refused_record_leaves_no_file_and_says_where() {
    let project = project();
    project.write(
        "bad.jsonl",
        "{\"id\":\"a\"}\n{\"items\":[{},{\"count\":1.5}]}\n",
    );
    project.write("orders.bin", "what stood there");
    let arguments = convert(
        "json",
        "bin",
        "Order",
        &["--delimited", "bad.jsonl", "--out", "orders.bin"],
    );
    let said = project.xlc(&arguments);
    assert_eq!((said.code, said.stdout.as_str()), (2, ""));
    insta::assert_snapshot!(said.stderr);
    assert_eq!(project.read("orders.bin"), "what stood there");
    let there = std::fs::read_dir(project.path()).unwrap().count();
    assert_eq!(there, 4, "something is left behind");
}

#[test]
fn one_payload_holds_one_message() {
    let project = project();
    let said = project.xlc(&convert("json", "bin", "Order", &["orders.jsonl"]));
    assert_eq!((said.code, said.stdout.as_str()), (2, ""));
    insta::assert_snapshot!(said.stderr);
}

#[test]
fn a_message_that_is_not_there_is_told_with_the_nearest() {
    let project = project();
    let mut told = String::new();
    for name in ["shop.v1.Ordr", "Ordr", "Item", "Nothing"] {
        let said = project.xlc_with_input(&convert("json", "bin", name, &[]), b"{}");
        assert_eq!(said.code, 2);
        told += &said.stderr;
    }
    insta::assert_snapshot!(told);
}

#[test]
fn what_was_converted_before_a_failure_is_printed() {
    let project = project();
    let arguments = convert("json", "json", "Order", &["--proto-names"]);
    let said = project.xlc_with_input(&arguments, b"{\"id\": \"a\"} {\"id\": 1}");
    assert_eq!((said.code, said.stdout.as_str()), (2, "{\"id\":\"a\"}\n"));
}

#[test]
fn text_goes_there_and_back_and_shows_its_mistakes() {
    let project = project();
    project.write("a.txtpb", "id: 'a'  # the first\nitems { count: 3 }\n");
    let there = project.xlc(&convert("text", "json", "Order", &["a.txtpb"]));
    let line = "{\"id\":\"a\",\"items\":[{\"count\":\"3\"}]}\n";
    assert_eq!((there.code, there.stdout.as_str()), (0, line));
    let back = convert("json", "text", "Order", &[]);
    let said = project.xlc_with_input(&back, line.as_bytes());
    assert_eq!(said.stdout, "id: \"a\"\nitems {\n  count: 3\n}\n");
    let unknown = convert("bin", "text", "Order", &["--print-unknown"]);
    assert_eq!(
        project.xlc_with_input(&unknown, b"\x38\x05").stdout,
        "7: 5\n"
    );
    project.write(
        "b.txtpb",
        "id: \"a\"\nitems { count: 3 }\nitems { cuont: 3 }\n",
    );
    let said = project.xlc(&convert(
        "text",
        "bin",
        "Order",
        &["b.txtpb", "-o", "b.bin"],
    ));
    assert_eq!((said.code, said.stdout.as_str()), (2, ""));
    let two = project.xlc(&convert("json", "text", "Order", &["orders.jsonl"]));
    assert_eq!((two.code, two.stdout.as_str()), (2, ""));
    let wrong = project.xlc_with_input(&convert("text", "json", "Order", &[]), b"id: \"\xff\"");
    assert_eq!(wrong.code, 2);
    insta::assert_snapshot!([said.stderr, two.stderr, wrong.stderr].concat());
}

#[test]
fn container_files_go_there_and_back() {
    let project = project();
    for codec in ["null", "deflate", "snappy"] {
        let more = ["orders.jsonl", "-o", "orders.avro", "--avro-codec", codec];
        let said = project.xlc(&convert("json", "avro", "Order", &more));
        assert_eq!((said.code, said.stderr.as_str()), (0, ""), "{codec}");
        let back = project.xlc(&convert("avro", "json", "Order", &["orders.avro"]));
        assert_eq!((back.code, back.stdout), (0, project.read("orders.jsonl")));
    }
    let bin = convert("avro", "bin", "Order", &["--delimited", "orders.avro"]);
    assert!(project.xlc(&bin).stdout.starts_with('\u{7}'));
    // Data of another version of the message: what this one does not have is passed over.
    project.write(
        "newer.proto",
        &ORDERS.replace("string id = 1;", "string id = 1; string note = 7;"),
    );
    project.write("note.jsonl", "{\"id\":\"a\",\"note\":\"x\"}\n");
    let newer = [
        "convert",
        "--contract",
        "newer.proto",
        "--from",
        "json",
        "--to",
        "avro",
    ];
    let newer = [
        &newer[..],
        &["-m", "Order", "note.jsonl", "-o", "newer.avro"],
    ]
    .concat();
    assert_eq!(project.xlc(&newer).code, 0);
    let older = project.xlc(&convert("avro", "json", "Order", &["newer.avro"]));
    assert_eq!(older.stdout, "{\"id\":\"a\"}\n");
}

#[test]
fn avro_data_follows_the_configuration_of_the_target() {
    let project = project();
    let write = convert(
        "json",
        "avro",
        "Order",
        &["orders.jsonl", "-o", "orders.avro"],
    );
    assert_eq!(project.xlc(&write).code, 0);
    // The field has another name by now; its number says that it is the same.
    project.write("renamed.proto", &ORDERS.replace("string id", "string key"));
    project.write(
        "xlc.toml",
        "version = 1\ncontract = [\"renamed.proto\"]\n[target.avro]\nout = \"gen\"\nbaseline = \"orders.proto\"\n",
    );
    let read = [
        "convert",
        "--from",
        "avro",
        "--to",
        "json",
        "-m",
        "Order",
        "orders.avro",
    ];
    let said = project.xlc(&read);
    assert_eq!(said.code, 0, "{}", said.stderr);
    assert!(
        said.stdout.ends_with("{\"key\":\"b\"}\n"),
        "{}",
        said.stdout
    );
}

#[test]
fn what_is_no_container_file_or_of_another_schema_is_told() {
    let project = project();
    let write = convert(
        "json",
        "avro",
        "Order",
        &["orders.jsonl", "-o", "orders.avro"],
    );
    assert_eq!(project.xlc(&write).code, 0);
    let whole = std::fs::read(project.join("orders.avro")).unwrap();
    let mut told = String::new();
    let read = convert("avro", "json", "Order", &[]);
    for input in [
        &b"{}"[..],
        &whole[..whole.len() - 1],
        &[&whole[..], b"x"].concat(),
    ] {
        let said = project.xlc_with_input(&read, input);
        assert_eq!(said.code, 2);
        told += &said.stderr;
    }
    project.write("other.proto", &ORDERS.replace("string id", "int64 id"));
    let other = [
        "convert",
        "--contract",
        "other.proto",
        "--from",
        "avro",
        "--to",
        "json",
    ];
    let other = [&other[..], &["-m", "Order", "orders.avro"]].concat();
    let said = project.xlc(&other);
    assert_eq!((said.code, said.stdout.as_str()), (2, ""));
    insta::assert_snapshot!(told + &said.stderr);
}

#[cfg(unix)]
#[test]
fn a_reader_that_had_enough_is_no_failure() {
    let project = project();
    let line = "{\"id\":\"abcdefghijklmnopqrstuvwxyz\"}\n";
    project.write("many.jsonl", &line.repeat(20_000));
    let xlc = env!("CARGO_BIN_EXE_xlc");
    let script = format!(
        "'{xlc}' convert --contract orders.proto --from json --to json -m Order many.jsonl | head -n 1; exit ${{PIPESTATUS[0]}}"
    );
    let mut command = std::process::Command::new("bash");
    command.arg("-c").arg(script).current_dir(project.path());
    let said = run(command, b"");
    assert_eq!(
        (said.code, said.stdout.as_str(), said.stderr.as_str()),
        (0, line, "")
    );
}

#[test]
fn a_payload_is_shown_with_a_contract_and_without() {
    let project = project();
    let payload = b"\x0a\x01a\x12\x02\x08\x03\x18\x05";
    let said = project.xlc_with_input(&["inspect"], payload);
    assert_eq!(said.code, 0, "{}", said.stderr);
    insta::assert_snapshot!("inspect_without_a_contract", said.stdout);
    let known = [&["inspect", "--message", "Order"], &CONTRACT[..]].concat();
    let said = project.xlc_with_input(&known, payload);
    insta::assert_snapshot!("inspect_with_a_contract", said.stdout);
    let json = [&known[..], &["--format", "json"]].concat();
    let said = project.xlc_with_input(&json, payload);
    insta::assert_snapshot!("inspect_as_json", said.stdout);
    let said = project.xlc_with_input(&["inspect", "-"], b"\x0a\x01a\x12");
    assert_eq!(said.code, 2);
    insta::assert_snapshot!("inspect_of_a_cut_payload", said.stdout + &said.stderr);
}

#[cfg(unix)]
#[test]
fn work_that_takes_long_is_shown_on_a_terminal_alone() {
    let Some(python) = support::toolchain::python() else {
        return;
    };
    let project = project();
    let lines = "{\"id\":\"abcdefghijklmnopqrstuvwxyz\"}\n".repeat(20_000);
    let xlc = env!("CARGO_BIN_EXE_xlc");
    let watched = |quiet: &[&str]| {
        let arguments = convert("json", "json", "Order", quiet);
        let mut command = std::process::Command::new(&python);
        command.arg(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/cli_convert/watched.py"
        ));
        command.arg(xlc).args(arguments).env("TERM", "xterm");
        command.current_dir(project.path());
        run(command, lines.as_bytes())
    };
    let said = watched(&[]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    // What is drawn is how much was read and how fast, and it is gone at the end.
    assert!(said.stdout.contains("KiB, "), "{}", said.stdout);
    assert!(said.stdout.ends_with("\\x1b[2K'"), "{}", said.stdout);
    assert_eq!(watched(&["--quiet"]).stdout, "''");
}

/// The most memory that a conversion had taken when it had read all of a stream from a pipe that is still open.
#[cfg(target_os = "linux")]
fn peak_memory(project: &Project, arguments: &[&str], part: &[u8], times: usize) -> usize {
    use std::io::Write as _;
    use std::process::Stdio;

    let mut child = project
        .command(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("xlc starts");
    let mut stdin = child.stdin.take().expect("it is piped");
    for _ in 0..times {
        stdin.write_all(part).expect("xlc reads on");
    }
    // All but what fits into the pipe is read by now, and the process is still there to be asked.
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id()))
        .expect("the process is there");
    drop(stdin);
    assert!(child.wait().expect("it ends").success(), "{arguments:?}");
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().nth(1));
    let kilobytes = kilobytes.and_then(|number| number.parse::<usize>().ok());
    kilobytes.expect("Linux tells it") << 10
}

#[cfg(target_os = "linux")]
#[test]
fn a_long_stream_takes_no_more_memory_than_a_short_one() {
    const SHORT: usize = 2 << 20;
    let project = project();
    let order = |id: usize| {
        format!(
            "{{\"id\":\"{}\",\"items\":[{{\"count\":\"{id}\"}}]}}\n",
            "x".repeat(id)
        )
    };
    let documents: String = (1_000..1_200).map(order).collect();
    project.write("some.jsonl", &documents);
    let delimited = convert(
        "json",
        "bin",
        "Order",
        &["--delimited", "some.jsonl", "-o", "some.bin"],
    );
    assert_eq!(project.xlc(&delimited).code, 0);
    let payloads = std::fs::read(project.join("some.bin")).unwrap();
    for (from, to, part, long) in [
        ("bin", "bin", &payloads, 200 << 20),
        ("bin", "avro", &payloads, 64 << 20),
        ("json", "json", &documents.into_bytes(), 16 << 20),
    ] {
        let more = ["--delimited"];
        let arguments = convert(from, to, "Order", &more[usize::from(from == "json")..]);
        let peak = |length: usize| peak_memory(&project, &arguments, part, length / part.len());
        let (short, long) = (peak(SHORT), peak(long));
        assert!(
            long < short + (2 << 20),
            "{arguments:?}: {short} bytes, then {long}"
        );
    }
}
