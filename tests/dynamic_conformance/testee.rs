//! Answers the runner's requests, which are dynamic messages themselves.

use std::io::{ErrorKind, Read as _, Write as _};

use xlc::contract::Contract;
use xlc::dynamic::{Codec, Message, Settings, Value};
use xlc::load::{Input, load};

/// Field numbers and values of `conformance.proto`.
mod number {
    pub(crate) const REQUEST_PROTOBUF: i32 = 1;
    pub(crate) const REQUEST_JSON: i32 = 2;
    pub(crate) const REQUEST_FORMAT: i32 = 3;
    pub(crate) const REQUEST_TYPE: i32 = 4;
    pub(crate) const REQUEST_CATEGORY: i32 = 5;
    pub(crate) const REQUEST_TEXT: i32 = 8;
    pub(crate) const REQUEST_UNKNOWN: i32 = 9;
    pub(crate) const PARSE_ERROR: i32 = 1;
    pub(crate) const SERIALIZE_ERROR: i32 = 6;
    pub(crate) const PROTOBUF: i32 = 3;
    pub(crate) const JSON: i32 = 4;
    pub(crate) const SKIPPED: i32 = 5;
    pub(crate) const TEXT: i32 = 8;
    pub(crate) const FORMAT_PROTOBUF: i32 = 1;
    pub(crate) const FORMAT_JSON: i32 = 2;
    pub(crate) const FORMAT_TEXT: i32 = 4;
    pub(crate) const IGNORE_UNKNOWN: i32 = 3;
}

struct Testee<'c> {
    strict: Codec<'c>,
    lenient: Codec<'c>,
    /// It writes unknown fields.
    printing: Codec<'c>,
}

/// Answers until the input ends.
pub(crate) fn run(set: &[u8]) {
    let input = Input::DescriptorSet {
        name: "contract.binpb".to_owned(),
        bytes: set.to_vec(),
    };
    let contract: Contract = load(&[input], &[]).unwrap().contract;
    let ignore = Settings {
        ignore_unknown: true,
        ..Settings::default()
    };
    let print = Settings {
        print_unknown: true,
        ..Settings::default()
    };
    let testee = Testee {
        strict: Codec::new(&contract),
        lenient: Codec::with(&contract, ignore),
        printing: Codec::with(&contract, print),
    };
    let (mut input, mut output) = (std::io::stdin().lock(), std::io::stdout().lock());
    loop {
        let mut head = [0; 4];
        match input.read_exact(&mut head) {
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => return,
            other => other.unwrap(),
        }
        let mut request = vec![0; u32::from_le_bytes(head) as usize];
        input.read_exact(&mut request).unwrap();
        let response = testee.respond(&request);
        let length = u32::try_from(response.len()).unwrap();
        output.write_all(&length.to_le_bytes()).unwrap();
        output.write_all(&response).unwrap();
        output.flush().unwrap();
    }
}

impl Testee<'_> {
    fn respond(&self, request: &[u8]) -> Vec<u8> {
        let codec = &self.strict;
        let id = |name: &str| codec.find(name).unwrap();
        let request = codec
            .read(id("conformance.ConformanceRequest"), request)
            .unwrap();
        let (number, value) = self.answer(&request);
        let mut response = Message::new(id("conformance.ConformanceResponse"));
        codec.set(&mut response, number, value).unwrap();
        codec.write(&response).unwrap()
    }

    /// The member of the response that is the answer.
    fn answer(&self, request: &Message<'_>) -> (i32, Value<'static>) {
        let enumeration = |number: i32| match request.get(number) {
            Some(Value::Enum(number)) => *number,
            _ => 0,
        };
        let skipped = |why: &str| (number::SKIPPED, Value::from(why.to_owned()));
        let name = request.get(number::REQUEST_TYPE).unwrap();
        let name = name.as_str().unwrap();
        if name == "conformance.FailureSet" {
            return (number::PROTOBUF, Value::Bytes(Vec::new().into()));
        }
        let codec = match enumeration(number::REQUEST_CATEGORY) {
            number::IGNORE_UNKNOWN => &self.lenient,
            _ if request.has(number::REQUEST_UNKNOWN) => &self.printing,
            _ => &self.strict,
        };
        let Some(ty) = codec.find(name) else {
            return skipped("no such type");
        };
        let payload = [
            number::REQUEST_PROTOBUF,
            number::REQUEST_JSON,
            number::REQUEST_TEXT,
        ]
        .into_iter()
        .find_map(|number| Some((number, request.get(number)?)));
        let message = match payload {
            Some((_, Value::Bytes(bytes))) => codec.read(ty, bytes),
            Some((number::REQUEST_JSON, Value::String(text))) => codec.from_json(ty, text),
            Some((_, Value::String(text))) => codec.from_text(ty, text),
            _ => return skipped("no such format"),
        };
        let message = match message {
            Ok(message) => message,
            Err(error) => return (number::PARSE_ERROR, Value::from(error.to_string())),
        };
        let written = match enumeration(number::REQUEST_FORMAT) {
            number::FORMAT_PROTOBUF => codec
                .write(&message)
                .map(|bytes| (number::PROTOBUF, Value::Bytes(bytes.into()))),
            number::FORMAT_JSON => codec
                .to_json(&message)
                .map(|text| (number::JSON, Value::from(text))),
            number::FORMAT_TEXT => codec
                .to_text(&message)
                .map(|text| (number::TEXT, Value::from(text))),
            _ => return skipped("no such format"),
        };
        written.unwrap_or_else(|error| (number::SERIALIZE_ERROR, Value::from(error.to_string())))
    }
}
