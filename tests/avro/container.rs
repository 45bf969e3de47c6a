//! Object container files: what xlc writes others read, and the reverse; what is no such file is refused with its place.

use serde_json::{Value, json};
use xlc::avro::Schema;
use xlc::avro::container::{ContainerError, ContainerReader, ContainerWriter, Packing};

use crate::support::{script, toolchain};

const PACKINGS: [Packing; 3] = [Packing::Null, Packing::Deflate, Packing::Snappy];

fn schema() -> Value {
    json!({
        "type": "record", "name": "R", "namespace": "t",
        "fields": [{ "name": "n", "type": "long" }, { "name": "s", "type": "string" }]
    })
}

/// The data of the record with this number.
fn datum(n: i64) -> Vec<u8> {
    let long = |n: i64| {
        let mut bits = u64::try_from(n << 1).expect("positive");
        let mut bytes = Vec::new();
        while bits >= 0x80 {
            bytes.push((bits & 0x7f) as u8 | 0x80);
            bits >>= 7;
        }
        bytes.push(bits as u8);
        bytes
    };
    let text = "x".repeat(usize::try_from(n % 1000).expect("positive"));
    [long(n), long(n % 1000), text.into_bytes()].concat()
}

fn file(packing: Packing, count: i64) -> Vec<u8> {
    let mut writer = ContainerWriter::new(Vec::new(), &schema(), packing).expect("memory");
    for n in 0..count {
        let datum = datum(n);
        writer
            .append::<ContainerError>(|out| {
                out.extend(&datum);
                Ok(())
            })
            .expect("memory");
    }
    writer.finish().expect("memory")
}

/// All data of a file, and how many values and blocks there are.
fn read(bytes: &[u8]) -> Result<(Vec<u8>, u64, usize), ContainerError> {
    let mut reader = ContainerReader::new(bytes)?;
    assert_eq!(
        reader.schema(),
        &Schema::parse(&schema()).expect("a schema")
    );
    let (mut data, mut count, mut blocks) = (Vec::new(), 0, 0);
    while let Some(block) = reader.next_block()? {
        data.extend(block.data);
        count += block.count;
        blocks += 1;
    }
    Ok((data, count, blocks))
}

#[test]
fn what_is_written_is_read_and_a_file_without_values_is_one() {
    for packing in PACKINGS {
        let data: Vec<u8> = (0..2000).flat_map(datum).collect();
        let bytes = file(packing, 2000);
        let (found, count, blocks) = read(&bytes).expect("a file");
        assert_eq!((found, count), (data, 2000), "{packing:?}");
        assert!(blocks > 1, "one block would not be a stream");
        assert_eq!(read(&file(packing, 0)).expect("a file"), (vec![], 0, 0));
        assert_eq!(bytes, file(packing, 2000), "it is not deterministic");
    }
}

#[test]
fn the_rust_crate_reads_and_writes_the_same_files() {
    let schema = apache_avro::Schema::parse(&schema()).expect("a schema");
    for (packing, codec) in [
        (Packing::Null, apache_avro::Codec::Null),
        (
            Packing::Deflate,
            apache_avro::Codec::Deflate(apache_avro::DeflateSettings::default()),
        ),
        (Packing::Snappy, apache_avro::Codec::Snappy),
    ] {
        let bytes = file(packing, 500);
        let reader = apache_avro::Reader::new(&bytes[..]).expect("a file");
        let values: Vec<_> = reader.collect::<Result<_, _>>().expect("values");
        assert_eq!(values.len(), 500, "{packing:?}");
        let mut writer =
            apache_avro::Writer::with_codec(&schema, Vec::new(), codec).expect("memory");
        for value in values {
            writer.append_value(value).expect("memory");
        }
        let theirs = writer.into_inner().expect("memory");
        let (data, count, _) = read(&theirs).expect("a file");
        assert_eq!(data, (0..500).flat_map(datum).collect::<Vec<u8>>());
        assert_eq!(count, 500);
    }
}

#[test]
fn fastavro_reads_and_writes_the_same_files() {
    let Some(python) = toolchain::python() else {
        return;
    };
    for packing in [Packing::Null, Packing::Deflate] {
        let hex = data_encoding::HEXLOWER.encode(&file(packing, 500));
        let printed = script::run(
            &python,
            "tests/avro/container.py",
            &[packing.name()],
            hex.as_bytes(),
        );
        let theirs = data_encoding::HEXLOWER
            .decode(printed.trim().as_bytes())
            .expect("hexadecimal digits");
        let (data, count, _) = read(&theirs).expect("a file");
        assert_eq!(data, (0..500).flat_map(datum).collect::<Vec<u8>>());
        assert_eq!(count, 500);
    }
}

#[test]
fn what_is_no_file_is_refused_with_its_place() {
    let problem = |bytes: &[u8]| match read(bytes) {
        Err(ContainerError::Format { offset, problem }) => (offset, problem),
        other => panic!("{other:?}"),
    };
    let bytes = file(Packing::Snappy, 50);
    assert!(
        problem(b"{\"a\": 1}")
            .1
            .contains("does not begin with `Obj`")
    );
    assert_eq!(problem(b"Ob").1, "the input ends early");
    // Cut anywhere but between blocks it ends early, and never panics.
    for end in 0..bytes.len() {
        let (offset, problem) = match read(&bytes[..end]) {
            Err(ContainerError::Format { offset, problem }) => (offset, problem),
            Ok((_, 0, 0)) => continue,
            other => panic!("{end}: {other:?}"),
        };
        assert_eq!(problem, "the input ends early", "{end}");
        assert!(offset <= end as u64, "{end} {offset}");
    }
    // A byte of the data, and one of the marker behind it.
    let mut wrong = bytes.clone();
    let at = bytes.len() - 30;
    wrong[at] ^= 1;
    assert!(
        problem(&wrong).1.contains("a block"),
        "{:?}",
        problem(&wrong)
    );
    let mut wrong = bytes.clone();
    let last = bytes.len() - 1;
    wrong[last] ^= 1;
    assert!(
        problem(&wrong).1.contains("marker"),
        "{:?}",
        problem(&wrong)
    );
    let text = String::from_utf8_lossy(&bytes).replace("snappy", "zstand");
    assert!(read(text.as_bytes()).is_err());
}
