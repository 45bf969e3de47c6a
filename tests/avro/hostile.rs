//! Whatever the bytes are, reading them ends with a message or an error that says where.

use serde_json::json;
use xlc::avro::{Converter, Schema};
use xlc::contract::Contract;
use xlc::dynamic::Codec;

use crate::contracts::of_text;
use crate::data::{mapping, options};
use crate::random::Random;

const CONTRACT: &str = "syntax = \"proto3\"; package t;\
    import \"google/protobuf/struct.proto\"; import \"google/protobuf/timestamp.proto\";\
    message M { int32 a = 1; string b = 2; repeated M m = 3; map<string, E> e = 4; map<int32, bytes> f = 5;\
    oneof o { uint64 g = 6; M h = 7; } google.protobuf.Value v = 8; google.protobuf.Timestamp t = 9; double d = 10;\
    repeated Nothing n = 11; } enum E { Z = 0; A = 1; } message Nothing {}";

fn with<T>(run: impl FnOnce(&Contract, &Codec<'_>, &Converter<'_, '_>) -> T) -> T {
    let contract = of_text(CONTRACT);
    let codec = Codec::new(&contract);
    let mapping = mapping(&contract, &options(""));
    let ty = codec.find("t.M").expect("it is there");
    let converter = Converter::new(&codec, &mapping, ty).expect("a root");
    run(&contract, &codec, &converter)
}

#[test]
fn cut_data_is_an_error_with_its_place_and_changed_data_is_no_panic() {
    with(|_, codec, converter| {
        let ty = codec.find("t.M").expect("it is there");
        let resolution = converter.resolution(&converter.schema());
        let mut random = Random::new(3);
        let mut read = 0;
        for _ in 0..25 {
            let message = random.message(codec, ty, 3);
            let mut data = Vec::new();
            // A value without a kind has no JSON.
            if converter.write(&message, &mut data).is_err() {
                continue;
            }
            for end in 0..data.len().min(300) {
                let error = converter.read(&resolution, &data[..end]);
                let error = error.expect_err("it is cut");
                let offset = error.offset().expect("a place");
                assert!(offset <= end, "{error}");
            }
            for at in 0..data.len().min(300) {
                for bit in [0x01, 0x80] {
                    let mut changed = data.clone();
                    changed[at] ^= bit;
                    read += usize::from(converter.read(&resolution, &changed).is_ok());
                }
            }
        }
        assert!(read > 50, "only {read} changes are read");
    });
}

#[test]
fn data_that_would_cost_memory_or_stack_is_refused() {
    with(|_, _, converter| {
        let resolution = converter.resolution(&converter.schema());
        let problem = |data: &[u8]| {
            let error = converter
                .read(&resolution, data)
                .expect_err("it is refused");
            (error.problem().to_owned(), error.path())
        };
        // A string of 2^62 bytes.
        let long = [0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f];
        let data = [&[0][..], &long[..]].concat();
        assert!(problem(&data).0.contains("length"), "{:?}", problem(&data));
        assert_eq!(problem(&data).1, "b");
        // A negative length.
        assert_eq!(problem(&[0, 1]).0, "a length is negative");
        // Messages in messages: one element, of `a`, `b` and one element, and so on.
        let (problem_found, path) = problem(&[0, 0, 2].repeat(100_000));
        assert_eq!(problem_found, "messages are nested too deeply");
        assert!(path.starts_with("m[0].m[0]"), "{path}");
        // Elements that take no bytes: as many as the count says.
        let before = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        let data = [&before[..], &long[..]].concat();
        assert!(
            problem(&data).0.contains("no bytes"),
            "{:?}",
            problem(&data)
        );
        // An index of a branch, and a symbol, that there is not.
        assert!(problem(&[0, 0, 0, 2, 0, 8]).0.contains("no symbol"));
        assert!(problem(&[0, 0, 0, 0, 0, 6]).0.contains("no branch"));
    });
}

#[test]
fn values_that_are_none_of_the_contract_are_errors_with_their_path() {
    with(|_, codec, converter| {
        let resolution = converter.resolution(&converter.schema());
        let ty = codec.find("t.M").expect("it is there");
        let mut data = Vec::new();
        let message = codec
            .from_json(ty, r#"{"m": [{}, {"g": "7"}]}"#)
            .expect("JSON");
        converter.write(&message, &mut data).expect("written");
        let text = data_encoding::HEXLOWER.encode(&data);
        // `g` is a union's second branch with a decimal of one byte: 7, made two bytes, and one that is negative.
        let negative = text.replace("020207", "0202ff");
        assert_ne!(negative, text);
        let negative = data_encoding::HEXLOWER
            .decode(negative.as_bytes())
            .expect("hexadecimal digits");
        let error = converter.read(&resolution, &negative).expect_err("refused");
        assert_eq!(error.path(), "m[1].g");
        assert!(error.problem().contains("no unsigned number"), "{error}");
    });
}

#[test]
fn data_of_another_record_is_told_from_data_of_this_one() {
    with(|_, _, converter| {
        let other = json!({ "type": "record", "name": "Other", "namespace": "t", "fields": [] });
        let resolution = converter.resolution(&Schema::parse(&other).expect("a schema"));
        assert_eq!(resolution.problems().len(), 1);
        let error = converter.read(&resolution, &[]).expect_err("refused");
        assert_eq!(error.problem(), "`t.Other` cannot be read as `t.M`");
    });
}

#[test]
fn texts_that_are_no_schema_are_refused() {
    for (text, problem) in [
        ("{", "no JSON"),
        ("7", "`7` is no schema"),
        ("\"strin\"", "the type `strin` is not defined"),
        (r#"{"items": "int"}"#, "no `type`"),
        (r#"{"type": "array"}"#, "no `items`"),
        (r#"["int", ["null"]]"#, "a union holds a union"),
        (r#"["int", "int"]"#, "two of a type"),
        (r#"{"type": "record", "name": "R"}"#, "has no `fields`"),
        (
            r#"{"type": "record", "name": "R", "fields": [{"name": "a", "type": "S"}]}"#,
            "`S` is not defined before it is used, in `a` of `R`",
        ),
        (r#"{"type": "fixed", "name": "F"}"#, "has no `size`"),
        (
            r#"[{"type": "fixed", "name": "F", "size": 1}, {"type": "fixed", "name": "F", "size": 1}]"#,
            "defined twice",
        ),
    ] {
        let error = Schema::parse_text(text).expect_err(text).to_string();
        assert!(error.contains(problem), "{text}: {error}");
    }
}
