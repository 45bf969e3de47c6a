//! Framing: records of every size at every boundary of a buffer, and inputs that end too early.

use std::io::BufReader;

use super::{Failure, Format, Progress, convert};
use crate::contract::Contract;
use crate::dynamic::{Codec, Settings};
use crate::load::{Input, load};

fn contract() -> Contract {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("t.proto");
    let text = "syntax = \"proto3\"; message M { string s = 1; repeated M m = 2; }";
    std::fs::write(&file, text).unwrap();
    let root = place.path().to_owned();
    load(&[Input::File(file)], &[root]).unwrap().contract
}

/// The formats that no converter is needed for.
#[derive(Debug, Clone, Copy)]
enum Form {
    Bin,
    Delimited,
    Json,
}

impl Form {
    fn format<'k, 'c>(self) -> Format<'k, 'c> {
        match self {
            Self::Bin => Format::Bin,
            Self::Delimited => Format::Delimited,
            Self::Json => Format::Json,
        }
    }
}

/// What becomes of an input that comes in pieces of this size.
fn run(from: Form, to: Form, input: &[u8], piece: usize) -> Result<Vec<u8>, (u64, String)> {
    let contract = contract();
    let codec = Codec::with(&contract, Settings::default());
    let ty = codec.find("M").unwrap();
    let mut reader = BufReader::with_capacity(piece, input);
    let mut out = Vec::new();
    let mut last = Progress::default();
    let result = convert(
        &codec,
        ty,
        (from.format(), &mut reader),
        (to.format(), &mut out),
        &mut |progress| {
            assert!(progress.records > last.records && progress.bytes >= last.bytes);
            last = progress;
        },
    );
    match result {
        Ok(progress) => {
            assert_eq!(progress.bytes, input.len() as u64);
            Ok(out)
        }
        Err(Failure::Record(refused)) => {
            let at = refused
                .offset()
                .map_or(String::new(), |at| format!(" @{at}"));
            Err((refused.record, format!("{}{at}", refused.error)))
        }
        Err(other) => panic!("{other:?}"),
    }
}

#[test]
fn documents_end_where_their_brackets_close() {
    let input = b"\n{\"s\":\"}\\\"{\\\\\"}{}\n  {\n \"m\": [ {} ]\n}\n\n";
    let lines = "{\"s\":\"}\\\"{\\\\\"}\n{}\n{\"m\":[{}]}\n";
    for piece in [1, 2, 3, 7, 8192] {
        let out = run(Form::Json, Form::Json, input, piece).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), lines, "{piece}");
    }
    assert_eq!(run(Form::Json, Form::Json, b" \n ", 4).unwrap(), b"");
}

#[test]
fn lengths_delimit_messages() {
    let input = b"\x00\x03\x0a\x01a\x04\x12\x02\x0a\x00";
    for piece in [1, 2, 8192] {
        let out = run(Form::Delimited, Form::Json, input, piece).unwrap();
        assert_eq!(out, b"{}\n{\"s\":\"a\"}\n{\"m\":[{}]}\n");
        let back = run(Form::Json, Form::Delimited, &out, piece).unwrap();
        assert_eq!(back, b"\x00\x03\x0a\x01a\x02\x12\x00");
    }
}

#[test]
fn errors_have_the_record_and_the_offset_in_the_input() {
    use Form::{Bin, Delimited, Json};
    let cases: [(Form, &[u8], u64, &str); 8] = [
        (
            Delimited,
            b"\x00\x03\x0a",
            2,
            "the input ends inside a message (at byte 1) @3",
        ),
        (
            Delimited,
            b"\x80",
            1,
            "the input ends inside a length (at byte 0) @0",
        ),
        (
            Delimited,
            b"\xff\xff\xff\xff\x7f",
            1,
            "a message is larger than 2 GiB (at byte 0) @0",
        ),
        (
            Delimited,
            b"\x00\x02\x0a\x05",
            2,
            "`s`: a length reaches beyond the end (at byte 1) @3",
        ),
        (
            Json,
            b"{}\n{\"s\": 1}\n",
            2,
            "`s`: a string is expected (at byte 6) @9",
        ),
        (
            Json,
            b"{}\n{\"s\": \"",
            2,
            "`s`: the document ends in a string (at byte 7) @10",
        ),
        (
            Json,
            b"{} nul {}",
            2,
            "an object is expected (at byte 0) @3",
        ),
        (
            Bin,
            b"\x0a\x01\xff",
            1,
            "`s`: a string is not valid UTF-8 (at byte 2) @2",
        ),
    ];
    for (from, input, record, problem) in cases {
        let refused = run(from, Json, input, 2).unwrap_err();
        assert_eq!(refused, (record, problem.to_owned()), "{input:?}");
    }
    let two = run(Json, Bin, b"{}{}", 9).unwrap_err();
    assert_eq!(two.0, 2);
    assert_eq!(run(Bin, Json, b"", 9).unwrap(), b"{}\n");
}
