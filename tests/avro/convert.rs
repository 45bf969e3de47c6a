//! Messages become Avro data and come back as they were, but for what the book says is lost.

use std::collections::BTreeMap;

use xlc::avro::{Converter, Schema};
use xlc::dynamic::Codec;

use crate::data::{Data, all, mapping, options};
use crate::losses::lose;
use crate::schemas::VARIANTS;
use crate::support::toolchain;

/// Converts all messages there and back under options; gives how many could be.
fn check(data: &Data, text: &str) -> usize {
    // Of the kitchen sink some messages are in no package.
    let text = if text.contains("namespace") {
        text.to_owned()
    } else {
        format!("{text}\nnamespace = \"none\"")
    };
    let options = options(&text);
    let codec = Codec::new(&data.contract);
    let mapping = mapping(&data.contract, &options);
    let mut known = BTreeMap::new();
    let mut count = 0;
    for sample in &data.samples {
        let name = format!("{} of {} [{text}]", sample.message, data.name);
        let ty = codec.find(&sample.message).expect("the contract has it");
        let Some(converter) = Converter::new(&codec, &mapping, ty) else {
            continue;
        };
        let message = codec.read(ty, &sample.wire).expect("a message");
        let mut avro = Vec::new();
        let written = converter.write(&message, &mut avro);
        let Some(expected) = lose(&codec, &options, &message) else {
            let error = written.expect_err(&name);
            assert!(error.problem().contains("does not fit"), "{name}: {error}");
            continue;
        };
        written.unwrap_or_else(|error| panic!("{name}: {error}\n{message:#?}"));
        // By the schema as it is printed: what is read is what a file says.
        let resolution = known.entry(ty).or_insert_with(|| {
            let json = converter.schema_json().expect("it can be printed");
            let parsed = Schema::parse(&json).expect("it is a schema");
            assert_eq!(parsed.fingerprint(), converter.fingerprint(), "{name}");
            let resolution = converter.resolution(&parsed);
            assert_eq!(resolution.problems(), [], "{name}");
            resolution
        });
        let (back, length) = converter
            .read(resolution, &avro)
            .unwrap_or_else(|error| panic!("{name}: {error}\n{message:#?}"));
        assert_eq!(length, avro.len(), "{name}");
        // By their bytes: NaN is not equal to itself.
        let [back, expected] = [&back, &expected].map(|it| codec.write(it).expect("written"));
        if back != expected {
            let [back, expected] = [&back, &expected].map(|it| codec.read(ty, it));
            panic!("{name}\n{back:#?}\n{expected:#?}");
        }
        count += 1;
    }
    count
}

#[test]
fn messages_come_back_as_they_were_but_for_what_the_book_says() {
    let (Some(python), Some(protoc)) = (toolchain::python(), toolchain::protoc()) else {
        return;
    };
    let mut count = 0;
    for data in all(&python, &protoc) {
        for options in &VARIANTS[..4] {
            count += check(&data, options);
        }
    }
    assert!(count > 15_000, "only {count} messages");
}
