//! fastavro reads and writes the same data: a script of its own makes it of google's messages by the table of the book.

use std::collections::BTreeMap;

use serde_json::json;
use xlc::avro::{Converter, Schema};
use xlc::dynamic::Codec;

use crate::data::{Data, all, mapping, options};
use crate::losses::lose;
use crate::support::{script, toolchain};

/// Compares data of all messages with what fastavro writes of them; gives how many there were.
fn check(data: &Data, python: &std::path::Path, text: &str) -> usize {
    let options = options(&format!("{text}\nnamespace = \"none\""));
    let codec = Codec::new(&data.contract);
    let mapping = mapping(&data.contract, &options);
    let set = tempfile::NamedTempFile::new().expect("there is room");
    std::fs::write(set.path(), &data.set).expect("there is room");
    let mut input = String::new();
    let mut wanted = Vec::new();
    let mut known = BTreeMap::new();
    for sample in &data.samples {
        let ty = codec.find(&sample.message).expect("the contract has it");
        let Some(converter) = Converter::new(&codec, &mapping, ty) else {
            continue;
        };
        let mut line = json!({
            "message": sample.message,
            "wire": data_encoding::HEXLOWER.encode(&sample.wire),
        });
        let (_, is_json) = known.entry(ty).or_insert_with(|| {
            let schema = converter.schema_json().expect("it can be printed");
            let is_json = schema.to_string().contains("\"logicalType\":\"json\"");
            let parsed = Schema::parse(&schema).expect("it is a schema");
            line["schema"] = schema;
            (converter.resolution(&parsed), is_json)
        });
        input.push_str(&format!("{line}\n"));
        let message = codec.read(ty, &sample.wire).expect("a message");
        wanted.push((converter, message, *is_json));
    }
    let set = set.path().to_str().expect("UTF-8");
    let printed = script::run(
        python,
        "tests/avro/write.py",
        &[
            set,
            &json!(text.parse::<toml::Table>().expect("TOML")).to_string(),
        ],
        input.as_bytes(),
    );
    let mut count = 0;
    for (line, (converter, message, is_json)) in printed.lines().zip(&wanted) {
        let theirs = data_encoding::HEXLOWER
            .decode(line.as_bytes())
            .expect("hexadecimal digits");
        let mut ours = Vec::new();
        converter.write(message, &mut ours).expect("it is written");
        // There is more than one text of a JSON value.
        assert!(
            *is_json || ours == theirs,
            "{message:#?}\n{ours:x?}\n{theirs:x?}"
        );
        let (resolution, _) = &known[&message.ty()];
        let (read, _) = converter.read(resolution, &theirs).expect("it is read");
        let expected = lose(&codec, &options, message).expect("it can be said");
        let [read, expected] = [&read, &expected].map(|it| codec.write(it).expect("written"));
        assert_eq!(read, expected, "{message:#?}");
        count += 1;
    }
    assert_eq!(count, wanted.len());
    count
}

#[test]
fn fastavro_writes_and_reads_the_same_data() {
    let (Some(python), Some(protoc)) = (toolchain::python(), toolchain::protoc()) else {
        return;
    };
    let mut count = 0;
    for data in all(&python, &protoc) {
        for options in [
            "",
            "uint64 = \"long\"\ntimestamp = \"record\"\nenums = \"string\"\noneofs = \"union\"\nmaps = \"text\"",
            "uint64 = \"fixed\"\ntimestamp = \"millis\"\nenums = \"int\"\npresence = \"nullable\"",
        ] {
            count += check(&data, &python, options);
        }
    }
    assert!(count > 10_000, "only {count} messages");
}
