//! What the readers called `prost` are said to do, held against prost itself: the same bytes are read by messages that its
//! derive macro makes and by ours, and both write what they understood.

use std::collections::BTreeMap;

use proptest::prelude::*;
use prost::Message as _;
use xlc::compat::delta::{Both, FieldAt};
use xlc::compat::trial::{Direction, Effect, Format, Laboratory, Payload, Readers};
use xlc::contract::{Contract, Presence};
use xlc::dynamic::{Codec, Settings};

use crate::matrix::{FORMS, KINDS, contract, message};

/// Declares messages with one field `x`, and how to read each: what is written after reading, `None` for an error.
macro_rules! messages {
    ($($name:literal $struct:ident { $(#[$attribute:meta] $field:ident: $ty:ty,)* })*) => {
        $(
            #[derive(Clone, PartialEq, prost::Message)]
            struct $struct { $(#[$attribute] $field: $ty,)* }
        )*

        const READERS: &[(&str, fn(&[u8]) -> Option<Vec<u8>>)] = &[
            $(($name, |bytes| Some($struct::decode(bytes).ok()?.encode_to_vec())),)*
        ];
    };
}

#[derive(Clone, PartialEq, prost::Message)]
struct Inner {
    #[prost(int32, optional, tag = "1")]
    id: Option<i32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, prost::Enumeration)]
#[repr(i32)]
enum Three {
    Zero = 0,
    One = 1,
    Two = 2,
}

/// A oneof of `x` alone, or of `x` and `y`.
macro_rules! oneofs {
    ($($one:ident $two:ident $ty:ty, $kind:ident;)*) => {
        $(
            #[derive(Clone, PartialEq, prost::Oneof)]
            enum $one {
                #[prost($kind, tag = "1")]
                X($ty),
            }

            #[derive(Clone, PartialEq, prost::Oneof)]
            enum $two {
                #[prost($kind, tag = "1")]
                X($ty),
                #[prost(int32, tag = "2")]
                Y(i32),
            }
        )*
    };
}

oneofs! {
    OneInt TwoInt i32, int32;
    OneString TwoString String, string;
    OneMessage TwoMessage Inner, message;
}

#[derive(Clone, PartialEq, prost::Message)]
struct EntryInt {
    #[prost(int32, optional, tag = "1")]
    key: Option<i32>,
    #[prost(int32, optional, tag = "2")]
    value: Option<i32>,
}

#[derive(Clone, PartialEq, prost::Message)]
struct EntryString {
    #[prost(string, optional, tag = "1")]
    key: Option<String>,
    #[prost(string, optional, tag = "2")]
    value: Option<String>,
}

#[derive(Clone, PartialEq, prost::Message)]
struct EntryMessage {
    #[prost(int32, optional, tag = "1")]
    key: Option<i32>,
    #[prost(message, optional, tag = "2")]
    value: Option<Inner>,
}

messages! {
    "K_int32" Int32 { #[prost(int32, optional, tag = "1")] x: Option<i32>, }
    "K_int64" Int64 { #[prost(int64, optional, tag = "1")] x: Option<i64>, }
    "K_uint32" Uint32 { #[prost(uint32, optional, tag = "1")] x: Option<u32>, }
    "K_uint64" Uint64 { #[prost(uint64, optional, tag = "1")] x: Option<u64>, }
    "K_bool" Bool { #[prost(bool, optional, tag = "1")] x: Option<bool>, }
    "K_sint32" Sint32 { #[prost(sint32, optional, tag = "1")] x: Option<i32>, }
    "K_sint64" Sint64 { #[prost(sint64, optional, tag = "1")] x: Option<i64>, }
    "K_fixed32" Fixed32 { #[prost(fixed32, optional, tag = "1")] x: Option<u32>, }
    "K_sfixed32" Sfixed32 { #[prost(sfixed32, optional, tag = "1")] x: Option<i32>, }
    "K_fixed64" Fixed64 { #[prost(fixed64, optional, tag = "1")] x: Option<u64>, }
    "K_sfixed64" Sfixed64 { #[prost(sfixed64, optional, tag = "1")] x: Option<i64>, }
    "K_float" Float { #[prost(float, optional, tag = "1")] x: Option<f32>, }
    "K_double" Double { #[prost(double, optional, tag = "1")] x: Option<f64>, }
    "K_string" Text { #[prost(string, optional, tag = "1")] x: Option<String>, }
    "K_bytes" Bytes { #[prost(bytes = "vec", optional, tag = "1")] x: Option<Vec<u8>>, }
    "K_enum_open" Open { #[prost(enumeration = "Three", optional, tag = "1")] x: Option<i32>, }
    "K_enum_closed" Closed { #[prost(enumeration = "Three", optional, tag = "1")] x: Option<i32>, }
    "K_message" Nested { #[prost(message, optional, tag = "1")] x: Option<Inner>, }
    "K_group" Group { #[prost(group, optional, tag = "1")] x: Option<Inner>, }

    "F_int32_implicit" IntImplicit { #[prost(int32, tag = "1")] x: i32, #[prost(int32, optional, tag = "2")] y: Option<i32>, }
    "F_int32_optional" IntOptional { #[prost(int32, optional, tag = "1")] x: Option<i32>, #[prost(int32, optional, tag = "2")] y: Option<i32>, }
    "F_int32_required" IntRequired { #[prost(int32, required, tag = "1")] x: i32, #[prost(int32, optional, tag = "2")] y: Option<i32>, }
    "F_int32_repeated" IntRepeated { #[prost(int32, repeated, packed = "false", tag = "1")] x: Vec<i32>, #[prost(int32, optional, tag = "2")] y: Option<i32>, }
    "F_int32_packed" IntPacked { #[prost(int32, repeated, tag = "1")] x: Vec<i32>, #[prost(int32, optional, tag = "2")] y: Option<i32>, }
    "F_int32_oneof" IntOneof { #[prost(oneof = "OneInt", tags = "1")] o: Option<OneInt>, #[prost(int32, optional, tag = "2")] y: Option<i32>, }
    "F_int32_member" IntMember { #[prost(oneof = "TwoInt", tags = "1, 2")] o: Option<TwoInt>, }
    "F_int32_map" IntMap { #[prost(btree_map = "int32, int32", tag = "1")] x: BTreeMap<i32, i32>, #[prost(int32, optional, tag = "2")] y: Option<i32>, }
    "F_int32_entry" IntEntry { #[prost(message, repeated, tag = "1")] x: Vec<EntryInt>, #[prost(int32, optional, tag = "2")] y: Option<i32>, }

    "F_string_implicit" TextImplicit { #[prost(string, tag = "1")] x: String, #[prost(int32, optional, tag = "2")] y: Option<i32>, }
    "F_string_optional" TextOptional { #[prost(string, optional, tag = "1")] x: Option<String>, #[prost(int32, optional, tag = "2")] y: Option<i32>, }
    "F_string_required" TextRequired { #[prost(string, required, tag = "1")] x: String, #[prost(int32, optional, tag = "2")] y: Option<i32>, }
    "F_string_repeated" TextRepeated { #[prost(string, repeated, tag = "1")] x: Vec<String>, #[prost(int32, optional, tag = "2")] y: Option<i32>, }
    "F_string_packed" TextPacked { #[prost(string, repeated, tag = "1")] x: Vec<String>, #[prost(int32, optional, tag = "2")] y: Option<i32>, }
    "F_string_oneof" TextOneof { #[prost(oneof = "OneString", tags = "1")] o: Option<OneString>, #[prost(int32, optional, tag = "2")] y: Option<i32>, }
    "F_string_member" TextMember { #[prost(oneof = "TwoString", tags = "1, 2")] o: Option<TwoString>, }
    "F_string_map" TextMap { #[prost(btree_map = "string, string", tag = "1")] x: BTreeMap<String, String>, #[prost(int32, optional, tag = "2")] y: Option<i32>, }
    "F_string_entry" TextEntry { #[prost(message, repeated, tag = "1")] x: Vec<EntryString>, #[prost(int32, optional, tag = "2")] y: Option<i32>, }

    "F_message_implicit" MessageImplicit { #[prost(message, optional, tag = "1")] x: Option<Inner>, #[prost(int32, optional, tag = "2")] y: Option<i32>, }
    "F_message_optional" MessageOptional { #[prost(message, optional, tag = "1")] x: Option<Inner>, #[prost(int32, optional, tag = "2")] y: Option<i32>, }
    "F_message_required" MessageRequired { #[prost(message, required, tag = "1")] x: Inner, #[prost(int32, optional, tag = "2")] y: Option<i32>, }
    "F_message_repeated" MessageRepeated { #[prost(message, repeated, tag = "1")] x: Vec<Inner>, #[prost(int32, optional, tag = "2")] y: Option<i32>, }
    "F_message_packed" MessagePacked { #[prost(message, repeated, tag = "1")] x: Vec<Inner>, #[prost(int32, optional, tag = "2")] y: Option<i32>, }
    "F_message_oneof" MessageOneof { #[prost(oneof = "OneMessage", tags = "1")] o: Option<OneMessage>, #[prost(int32, optional, tag = "2")] y: Option<i32>, }
    "F_message_member" MessageMember { #[prost(oneof = "TwoMessage", tags = "1, 2")] o: Option<TwoMessage>, }
    "F_message_map" MessageMap { #[prost(btree_map = "int32, message", tag = "1")] x: BTreeMap<i32, Inner>, #[prost(int32, optional, tag = "2")] y: Option<i32>, }
    "F_message_entry" MessageEntry { #[prost(message, repeated, tag = "1")] x: Vec<EntryMessage>, #[prost(int32, optional, tag = "2")] y: Option<i32>, }
}

/// What prost makes of bytes.
fn theirs(name: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    let (_, read) = READERS
        .iter()
        .find(|(it, _)| *it == name)
        .expect("a message");
    read(bytes)
}

/// What our readers make of them.
fn ours(codec: &Codec<'_>, name: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    let ty = message(codec.contract(), name);
    let mut read = codec.read(ty.id, bytes).ok()?;
    for field in &ty.fields {
        // prost has no room for the absence of what is required.
        if field.presence() == Some(Presence::Required) && !read.has(field.number) {
            let zero = codec.default_of(field);
            codec.set(&mut read, field.number, zero).expect("a value");
        }
    }
    Some(codec.write(&read).expect("it was read"))
}

fn codec(contract: &Contract) -> Codec<'_> {
    let settings = Settings {
        as_prost: true,
        partial: true,
        ..Settings::default()
    };
    Codec::with(contract, settings)
}

/// Bytes as we write what is in them.
fn rewritten(contract: &Contract, name: &str, bytes: &[u8]) -> Vec<u8> {
    let codec = Codec::new(contract);
    let read = codec
        .read(message(contract, name).id, bytes)
        .expect("prost wrote it");
    codec.write(&read).expect("it was read")
}

/// Names of all messages: of the matrix of kinds, and of those of forms.
fn names() -> Vec<String> {
    let kinds = KINDS.iter().map(|kind| format!("K_{kind}"));
    let forms = ["int32", "string", "message"].into_iter();
    let forms = forms.flat_map(|ty| FORMS.iter().map(move |form| format!("F_{ty}_{form}")));
    kinds.chain(forms).collect()
}

/// A field on the wire: its number, and its value by wire type. The end of a group is always the right one.
fn field() -> impl Strategy<Value = Vec<u8>> {
    let varint = prop_oneof![
        Just(0u64),
        Just(1),
        Just(2),
        Just(3),
        any::<u32>().prop_map(u64::from),
        any::<u64>()
    ];
    let text = prop_oneof![
        Just(Vec::new()),
        "[a-zé]{1,3}".prop_map(String::into_bytes),
        prop::collection::vec(any::<u8>(), 1..4),
        Just(vec![8, 5]),
        Just(vec![8, 1, 16, 2]),
        Just(vec![10, 1, 97, 18, 1, 98]),
        Just(vec![8, 7, 18, 2, 8, 9]),
        Just(vec![13, 0, 0, 128, 63]),
    ];
    let put = |mut number: u64| {
        let mut bytes = Vec::new();
        while number >= 128 {
            bytes.push(u8::try_from(number & 127).expect("seven bits") | 128);
            number >>= 7;
        }
        bytes.push(u8::try_from(number).expect("seven bits"));
        bytes
    };
    let value = prop_oneof![
        varint.prop_map(move |it| (0, put(it))),
        any::<[u8; 8]>().prop_map(|it| (1, it.to_vec())),
        text.prop_map(move |it| (2, [put(it.len() as u64), it].concat())),
        any::<[u8; 4]>().prop_map(|it| (5, it.to_vec())),
        Just((3, vec![8, 4])),
    ];
    (1..4u8, value).prop_map(|(number, (wire_type, value))| {
        let tag = |wire_type: u8| number << 3 | wire_type;
        let mut bytes = vec![tag(wire_type)];
        bytes.extend(value);
        if wire_type == 3 {
            bytes.push(tag(4));
        }
        bytes
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn our_readers_are_prost(fields in prop::collection::vec(field(), 0..4)) {
        thread_local! {
            static CONTRACT: &'static Contract = Box::leak(Box::new(contract().contract));
        }
        let contract = CONTRACT.with(|it| *it);
        let codec = codec(contract);
        let bytes = fields.concat();
        for name in names() {
            // prost leaves zeros out of the entries of a map: what both wrote is compared as it is read.
            let [ours, theirs] = [ours(&codec, &name, &bytes), theirs(&name, &bytes)];
            let theirs = theirs.map(|it| rewritten(contract, &name, &it));
            prop_assert_eq!(ours, theirs, "{} {:02x?}", name, bytes);
        }
    }
}

/// Every witness of the matrices does with prost what the verdict says: refused is refused, and what is only lost or taken
/// for something else is read.
#[test]
fn prost_confirms_the_witnesses() {
    let loaded = contract();
    let contracts = Both {
        old: &loaded.contract,
        new: &loaded.contract,
    };
    let laboratory = Laboratory::new(contracts, Readers::Prost);
    let official = Laboratory::new(contracts, Readers::Official);
    let at = |name: &str| {
        let holder = message(&loaded.contract, name);
        let field = &holder.fields[0];
        let extension = None;
        FieldAt {
            holder,
            field,
            extension,
        }
    };
    let mut refused = 0;
    let mut stricter = 0;
    for (old, new) in names()
        .iter()
        .flat_map(|old| names().into_iter().map(move |new| (old.clone(), new)))
    {
        if old[..1] != new[..1] {
            continue;
        }
        let pair = Both {
            old: at(&old),
            new: at(&new),
        };
        let worst = |laboratory: &Laboratory<'_>| {
            laboratory
                .field(Format::Wire, Direction::Backward, pair)
                .worst()
        };
        let is_refused = |it: &Option<xlc::compat::trial::Evidence>| {
            it.as_ref().is_some_and(|it| it.effect == Effect::Refused)
        };
        let found = worst(&laboratory);
        stricter += usize::from(is_refused(&found) && !is_refused(&worst(&official)));
        let Some(evidence) = found else {
            continue;
        };
        let Payload::Wire(bytes) = &evidence.witness.payload else {
            panic!("{evidence:?}");
        };
        let read = theirs(&new, bytes);
        assert_eq!(
            read.is_none(),
            evidence.effect == Effect::Refused,
            "{old} {new} {evidence:?}"
        );
        refused += usize::from(read.is_none());
    }
    assert!(refused > 200 && stricter > 150, "{refused} {stricter}");
}
