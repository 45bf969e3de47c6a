//! The text format beyond what the conformance suite asks: how it looks, where an error is, and what damage does to it.

use xlc::dynamic::{Codec, Message, Settings};

use super::contracts::KITCHEN_SINK;
use super::damage::Damage;
use super::random::{Source, message};
use super::{contract, hex, m};

const CONTRACT: &str = r#"
syntax = "proto2";
import "google/protobuf/any.proto";
enum E { ZERO = 0; ONE = 1; option allow_alias = true; ALSO_ONE = 1; }
message M {
  optional int64 number = 1;
  repeated M children = 2;
  map<int32, E> by_number = 3;
  oneof o { string a = 4; bytes b = 5; }
  optional google.protobuf.Any any = 6;
  repeated uint32 small = 7 [packed = true];
  repeated group Pair = 8 { optional float f = 1; optional bool on = 2; }
  optional E e = 9;
  map<string, M> by_name = 10;
  optional Set set = 11;
  optional double d = 12;
  reserved "old", "older";
  extensions 100 to 200;
}
extend M { optional string note = 100; repeated M more = 101; }
message Set { option message_set_wire_format = true; extensions 4 to max; }
message Item { extend Set { optional Item item = 5; } optional int32 n = 1; }
"#;

fn to_text(payload: &str, settings: Settings) -> String {
    let contract = contract(CONTRACT);
    let codec = Codec::with(&contract, settings);
    let bytes = hex(payload);
    let message = codec.read(m(&codec), &bytes).unwrap();
    codec.to_text(&message).unwrap()
}

/// The message of a text as bytes, or the error.
fn of_text(text: &str) -> Result<String, String> {
    of_text_with(text, Settings::default())
}

fn of_text_with(text: &str, settings: Settings) -> Result<String, String> {
    let contract = contract(CONTRACT);
    let codec = Codec::with(&contract, settings);
    let message = codec
        .from_text(m(&codec), text)
        .map_err(|error| error.to_string())?;
    let bytes = codec.write(&message).map_err(|error| error.to_string())?;
    Ok(data_encoding::HEXLOWER.encode(&bytes))
}

const TEXT: &str = r#"number: 7
children {
  number: 1
}
children {
}
by_number {
  key: 2
  value: ONE
}
b: "\377\n\""
any {
  [type.googleapis.com/M] {
    number: 5
    children {
    }
  }
}
small: 1
small: 2
Pair {
  f: 1.5
}
e: ONE
set {
  [Item.item] {
  }
}
[note]: "a"
"#;

#[test]
fn a_message_is_written_over_lines_or_on_one() {
    let default = Settings::default();
    let payload = payload();
    assert_eq!(to_text(&payload, default), TEXT);
    assert_eq!(of_text(TEXT).unwrap(), payload);
    let short = Settings {
        one_line: true,
        enum_numbers: true,
        ..default
    };
    assert_eq!(
        to_text("0807 12020801 1200 4801", short),
        "number: 7 children { number: 1 } children { } e: 1"
    );
    assert_eq!(to_text("", default), "");
}

/// What [`TEXT`] says.
fn payload() -> String {
    let url = b"type.googleapis.com/M";
    let content = [0x08, 0x05, 0x12, 0x00];
    let mut any = vec![0x0a, u8::try_from(url.len()).unwrap()];
    any.extend(url);
    any.extend([0x12, u8::try_from(content.len()).unwrap()]);
    any.extend(content);
    let any = [&[0x32, u8::try_from(any.len()).unwrap()], &any[..]].concat();
    [
        "0807120208011200",
        "1a0408021001",
        "2a03ff0a22",
        &data_encoding::HEXLOWER.encode(&any),
        "3a020102",
        "430d0000c03f44",
        "4801",
        "5a060b10051a000c",
        "a2060161",
    ]
    .concat()
}

#[test]
fn unknown_fields_are_written_when_they_are_asked_for() {
    let print = Settings {
        print_unknown: true,
        ..Settings::default()
    };
    // A varint, a group of fixed-width values, bytes that are a message, and bytes that are none.
    let payload = "0801 9807ac02 a307 0d01000000 110200000000000000 a407 aa07020803 b20702fe27";
    let lines = "number: 1\n115: 300\n116 {\n  1: 0x00000001\n  2: 0x0000000000000002\n}\n\
                 117 {\n  1: 3\n}\n118: \"\\376\\'\"\n";
    assert_eq!(to_text(payload, print), lines);
    assert_eq!(to_text(payload, Settings::default()), "number: 1\n");
}

#[test]
fn what_is_written_otherwise_is_read() {
    for (text, payload) in [
        (
            "number:7;children<number:1>,children:{}",
            "0807120208011200",
        ),
        ("# a\nchildren [{ number: 0x1 }, <>] # b", "120208011200"),
        ("small: [1, 0x2] small: 03 small: []", "3a03010203"),
        (
            "pair { f: -.5f on: t } Pair { f: - Infinity }",
            "430d000000bf100144430d000080ff44",
        ),
        ("a: 'x' \"\\u00e9\"\n'\\x41'", "220478c3a941"),
        (
            "by_number { value: ALSO_ONE } by_number: { key: 2 }",
            "1a04080010011a0408021000",
        ),
        (
            "by_name { key: 'k' } by_name { key: 'k' value { number: 1 } }",
            "52070a016b12020801",
        ),
        ("d: 1e999 e: 1", "480161000000000000f07f"),
        (
            "old: -x older: [1, {a: 'b'}] older { [c.d/e] <> } number: 1",
            "0801",
        ),
        ("[ note ]: 'a' [more] { }", "a2060161aa0600"),
        ("set { [Item] { n: 1 } } ", "5a080b10051a0208010c"),
        (
            "any { type_url: 'x/M' value: '\\10\\5' }",
            "32090a03782f4d12020805",
        ),
        ("any { [x/M]: { number: 5 } }", "32090a03782f4d12020805"),
    ] {
        assert_eq!(of_text(text), Ok(payload.to_owned()), "{text}");
    }
    let lenient = Settings {
        ignore_unknown: true,
        ..Settings::default()
    };
    let text = "new: 1 [x.y]: 'z' new { a: [1] } number: 7";
    assert_eq!(of_text_with(text, lenient), Ok("0807".to_owned()));
}

#[test]
fn errors_say_where() {
    for (text, problem) in [
        (
            "number: 1\n  number: 2",
            "`number`: it is there twice (at line 2, column 3)",
        ),
        (
            "a: 'é' b: 'x'",
            "`b`: another field of the same oneof stands before it (at line 1, column 8)",
        ),
        (
            "children {}\nchildren { nmber: 1 }",
            "`children[1]`: `M` has no field `nmber` (at line 2, column 12)",
        ),
        (
            "children [{}, {number: 1.5}]",
            "`children[1].number`: expected a number of type `int64`, found `1.5` (at line 1, column 24)",
        ),
        (
            "by_number {key: 1 value: TWO}",
            "`by_number.value`: `E` has no value `TWO` (at line 1, column 26)",
        ),
        (
            "e: 7",
            "`e`: `E` has no value of number 7 (at line 1, column 4)",
        ),
        (
            "small: -1",
            "`small[0]`: expected a number of type `uint32`, found `-` (at line 1, column 8)",
        ),
        (
            "small: 4294967296",
            "`small[0]`: `4294967296` is no number of type `uint32` (at line 1, column 8)",
        ),
        (
            "number 1",
            "`number`: expected `:`, found `1` (at line 1, column 8)",
        ),
        (
            "number: 1a",
            "`number`: a number runs into what follows (at line 1, column 10)",
        ),
        (
            "number: [1]",
            "`number`: expected a number of type `int64`, found `[` (at line 1, column 9)",
        ),
        (
            "children {",
            "`children[0]`: expected the rest of a message, found the end (at line 1, column 11)",
        ),
        (
            "children { >",
            "`children[0]`: expected the name of a field, found `>` (at line 1, column 12)",
        ),
        (
            "b: '\\q'",
            "`b`: this is no escape of the text format (at line 1, column 5)",
        ),
        (
            "d: 0x1",
            "`d`: `0x1` is no number of type `double` (at line 1, column 4)",
        ),
        (
            "[noted]: 1",
            "`M` has no field `[noted]` (at line 1, column 1)",
        ),
        (
            "[x/M] {}",
            "only an Any has a type's URL in place of a field's name (at line 1, column 1)",
        ),
        (
            "any { [x/N] {} }",
            "`any`: the contract has no message of type `x/N` (at line 1, column 7)",
        ),
        (
            "any { [x/M] {} [x/M] {} }",
            "`any`: it is there twice (at line 1, column 16)",
        ),
        (
            "any { [x/M] { e: X } }",
            "`any.[x/M].e`: `E` has no value `X` (at line 1, column 18)",
        ),
    ] {
        assert_eq!(of_text(text), Err(problem.to_owned()), "{text}");
    }
}

#[test]
fn messages_nest_as_deep_as_on_the_wire() {
    let nested = |depth: usize| "children{".repeat(depth) + &"}".repeat(depth);
    assert!(of_text(&nested(100)).is_ok());
    assert!(
        of_text(&nested(101))
            .unwrap_err()
            .contains("nested too deeply")
    );
    let entries = |depth: usize| "by_name{value{".repeat(depth) + &"}}".repeat(depth);
    assert!(of_text(&entries(100)).is_ok());
    assert!(of_text(&entries(101)).is_err());
    let skipped = |depth: usize| "old{".repeat(depth) + &"}".repeat(depth);
    assert!(of_text(&skipped(100)).is_ok());
    assert!(
        of_text(&skipped(100_000))
            .unwrap_err()
            .contains("nested too deeply")
    );
    // What would be too deep within an Any stays in its bytes, and so the text can be read.
    let contract = contract(CONTRACT);
    let codec = Codec::new(&contract);
    for depth in [98, 99] {
        let text = nested(depth);
        let inner = codec.from_text(m(&codec), &text).unwrap();
        let mut payload = b"\x0a\x03x/M\x12".to_vec();
        let content = codec.write(&inner).unwrap();
        assert!(content.len() > 127 && content.len() < 0x4000);
        payload.extend([
            (content.len() & 0x7f) as u8 | 0x80,
            (content.len() >> 7) as u8,
        ]);
        payload.extend(content);
        let any = codec.find("google.protobuf.Any").unwrap();
        let any = codec.read(any, &payload).unwrap();
        let mut outer = Message::new(m(&codec));
        codec.set(&mut outer, 6, any.into()).unwrap();
        let text = codec.to_text(&outer).unwrap();
        assert_eq!(text.contains("[x/M] {"), depth == 98, "{depth}");
        assert_eq!(codec.from_text(m(&codec), &text).unwrap(), outer);
    }
}

#[test]
fn damaged_texts_break_nothing() {
    let contract = &*KITCHEN_SINK;
    let partial = Settings {
        partial: true,
        ..Settings::default()
    };
    let codec = Codec::with(contract, partial);
    let mut damage = Damage::new(17);
    let mut read = 0;
    for round in 0..30_000usize {
        let ty = contract.messages()[round % contract.messages().len()].id;
        let bytes: Vec<u8> = (0..60).map(|_| damage.below(256) as u8).collect();
        let text = codec.to_text(&message(&codec, ty, &mut Source(&bytes), 4));
        let damaged = damage.done_to(text.unwrap().as_bytes());
        if let Ok(message) = codec.from_text(ty, &String::from_utf8_lossy(&damaged)) {
            let text = codec.to_text(&message).unwrap();
            let again = codec.from_text(ty, &text).unwrap();
            assert_eq!(codec.to_text(&again).unwrap(), text);
            read += 1;
        }
    }
    assert!(read > 1_000, "only {read} were read");
}
