//! What is told of payloads, with a contract and without.

use super::{Human, Json, inspect};
use crate::contract::Contract;
use crate::dynamic::Codec;
use crate::load::{Input, load};

fn contract() -> Contract {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("t.proto");
    let text = "syntax = \"proto3\"; enum E { A = 0; B = 1; } message M { string s = 1; sint32 z = 2; M m = 3; \
                map<string, E> by = 4; repeated float f = 5; double d = 6; bytes b = 7; }";
    std::fs::write(&file, text).unwrap();
    let root = place.path().to_owned();
    load(&[Input::File(file)], &[root]).unwrap().contract
}

fn human(payload: &[u8], known: bool) -> String {
    let contract = contract();
    let codec = Codec::new(&contract);
    let ty = codec.find("M").unwrap();
    let mut out = String::new();
    let result = inspect(payload, known.then_some((&codec, ty)), &mut |found| {
        out.push_str(&Human.line(&found));
    });
    if let Err((offset, problem)) = result {
        out.push_str(&format!("{offset}: {problem}\n"));
    }
    out
}

const PAYLOAD: &[u8] = b"\x0a\x05hello\x10\x03\x1a\x05\x0a\x01x\x10\x96\x22\x07\x0a\x03key\x10\x01";

#[test]
fn without_a_contract_values_are_guessed() {
    let text = human(
        b"\x0a\x05hello\x10\x96\x01\x1a\x05\x0a\x01x\x10\x04\x25\x00\x00\x80\x3f\x2b\x08\x01\x2c\x32\x03\x96\x01\x05\x3a\x02\xff\xff\x40\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",
        false,
    );
    assert_eq!(
        text,
        "     0  1: length 5 \"hello\"\n\
         \x20    7  2: varint 150, or 75 if zig-zag\n\
         \x20   10  3: length 5 a message\n\
         \x20   12    1: length 1 \"x\"\n\
         \x20   15    2: varint 4, or 2 if zig-zag\n\
         \x20   17  4: 4 bytes 1065353216, or 1.0 if a float\n\
         \x20   22  5: group\n\
         \x20   23    1: varint 1\n\
         \x20   26  6: length 3 960105, or [150, 5] if packed varints\n\
         \x20   31  7: length 2 ffff\n\
         \x20   35  8: varint -1, or 18446744073709551615 if unsigned, or -9223372036854775808 if zig-zag\n"
    );
}

#[test]
fn with_a_contract_names_and_types_stand_beside() {
    let payload = b"\x0a\x05hello\x10\x03\x1a\x03\x0a\x01x\x22\x07\x0a\x03key\x10\x01\x2a\x04\x00\x00\x80\x3f\x38\x05\x48\x01";
    assert_eq!(
        human(payload, true),
        "     0  1 s: string = \"hello\"\n\
         \x20    7  2 z: sint32 = -2\n\
         \x20    9  3 m: M\n\
         \x20   11    1 s: string = \"x\"\n\
         \x20   14  4 by: map<string, E>\n\
         \x20   16    1 key: string = \"key\"\n\
         \x20   21    2 value: E = B\n\
         \x20   23  5 f: repeated float = [1]\n\
         \x20   29  7 b: varint 5, or -3 if zig-zag  (unknown to readers: no `bytes` is encoded so)\n\
         \x20   31  9: varint 1\n"
    );
}

#[test]
fn what_cannot_be_read_is_told_after_what_can() {
    let text = human(PAYLOAD, true);
    assert!(
        text.ends_with("15: the input ends inside a number\n"),
        "{text}"
    );
    assert_eq!(human(b"", false), "");
    assert_eq!(
        human(b"\x0c", false),
        "0: a group ends that was not begun\n"
    );
}

#[test]
fn json_nests() {
    let mut json = Json::default();
    let mut out = String::new();
    inspect(
        b"\x1a\x05\x1a\x03\x0a\x01\x02\x08\x01",
        None,
        &mut |found| {
            out.push_str(&json.field(&found));
        },
    )
    .unwrap();
    out.push_str(&json.end());
    let value: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(value[0]["fields"][0]["fields"][0]["bytes"], "02");
    assert_eq!(value[0]["fields"][0]["fields"][0]["varints"][0], "2");
    assert_eq!(value[1]["offset"], 7);
    assert_eq!(Json::default().end(), "[]\n");
}

#[test]
fn deep_guesses_end() {
    let mut payload = Vec::new();
    for _ in 0..5_000 {
        let mut outer = Vec::new();
        crate::wire::put_bytes(&mut outer, 3, &payload);
        payload = outer;
    }
    let text = human(&payload, false);
    assert_eq!(text.lines().count(), 100, "{text}");
    let groups = [vec![0x0b; 5_000], vec![0x0c; 5_000]].concat();
    assert!(human(&groups, false).contains("nested too deeply"));
}
