//! The rules of the wire format, one by one.

use xlc::dynamic::{Codec, Settings, Value};

use super::{contract, hex, m};

/// What a payload becomes when it is read and written again.
fn again(contract_text: &str, payload: &str) -> Result<String, String> {
    let contract = contract(contract_text);
    let codec = Codec::new(&contract);
    let bytes = hex(payload);
    let message = codec
        .read(m(&codec), &bytes)
        .map_err(|error| error.to_string())?;
    let written = codec.write(&message).map_err(|error| error.to_string())?;
    Ok(data_encoding::HEXLOWER.encode(&written))
}

fn proto2(body: &str) -> String {
    format!("syntax = \"proto2\"; {body}")
}

fn proto3(body: &str) -> String {
    format!("syntax = \"proto3\"; {body}")
}

#[test]
fn fields_are_written_by_number_and_unknown_ones_last() {
    let text = proto3("message M { int32 a = 1; int32 b = 2; }");
    assert_eq!(again(&text, "1801 1002 0803").unwrap(), "080310021801");
}

#[test]
fn a_zero_of_implicit_presence_is_not_there() {
    let text = proto3("message M { int32 a = 1; optional int32 b = 2; double d = 3; }");
    assert_eq!(again(&text, "0800 1000").unwrap(), "1000");
    assert_eq!(again(&text, "0805 0800").unwrap(), "");
    let minus_zero = "190000000000000080";
    assert_eq!(again(&text, minus_zero).unwrap(), minus_zero);
}

#[test]
fn an_unknown_number_of_a_closed_enum_is_an_unknown_field() {
    let text = proto2(
        "enum E { A = 0; B = 1; } message M { optional E e = 1; repeated E r = 2; repeated E p = 3 [packed = true]; \
         map<int32, E> m = 4; }",
    );
    assert_eq!(again(&text, "0805").unwrap(), "0805");
    assert_eq!(again(&text, "0801 0805").unwrap(), "08010805");
    assert_eq!(
        again(&text, "1000 1005 1001 1a03000501").unwrap(),
        "100010011a02000110051805"
    );
    // The whole entry.
    assert_eq!(
        again(&text, "2204 0801 1001 2204 0802 1005").unwrap(),
        "220408011001220408021005"
    );
    let contract = contract(&text);
    let codec = Codec::new(&contract);
    let bytes = hex("0805");
    let message = codec.read(m(&codec), &bytes).unwrap();
    assert_eq!(message.get(1), None);
    assert_eq!(message.unknown(), bytes);
}

#[test]
fn another_wire_type_is_an_unknown_field() {
    let text = proto3("message M { double d = 1; string s = 2; M m = 3; repeated string r = 4; }");
    assert_eq!(
        again(&text, "0801 1001 1801 2001 1b 1c").unwrap(),
        "08011001180120011b1c"
    );
}

#[test]
fn packed_and_expanded_are_both_read() {
    let text =
        proto3("message M { repeated int32 a = 1; repeated fixed32 b = 2 [packed = false]; }");
    assert_eq!(
        again(&text, "0801 0a020203 0804 1208 0100000002000000").unwrap(),
        "0a04010203041501000000".to_owned() + "1502000000"
    );
}

#[test]
fn submessages_merge_and_scalars_do_not() {
    let text = proto3(
        "message M { N n = 1; oneof o { N x = 2; int32 y = 3; } } message N { int32 a = 1; int32 b = 2; repeated int32 r = 3; }",
    );
    assert_eq!(
        again(&text, "0a05 0801 1a0105 0a02 0802 0a02 1003").unwrap(),
        "0a07080210031a0105"
    );
    // Members of a oneof merge with themselves, and another one takes their place.
    assert_eq!(again(&text, "1202 0801 1202 1002").unwrap(), "120408011002");
    assert_eq!(
        again(&text, "1202 0801 1807 1202 1002").unwrap(),
        "12021002"
    );
}

#[test]
fn parts_of_an_entry_may_be_missing_and_the_last_entry_wins() {
    let text = proto2(
        "enum E { A = 0; B = 1; } message M { map<string, int32> m = 1; map<int32, M> n = 2; }",
    );
    assert_eq!(again(&text, "0a00").unwrap(), "0a040a001000");
    assert_eq!(again(&text, "1202 0805").unwrap(), "120408051200");
    assert_eq!(
        again(&text, "0a05 0a0161 1001 0a05 0a0161 1002").unwrap(),
        "0a050a01611002"
    );
}

#[test]
fn entries_are_written_in_the_order_of_their_keys() {
    let text = proto3(
        "message M { map<int32, int32> m = 1; map<bool, int32> b = 2; map<string, int32> s = 3; }",
    );
    assert_eq!(
        again(
            &text,
            "0a04 0802 1001 0a0d 08ffffffffffffffffff01 1001 1204 0801 1001 1204 0800 1001 1a05 0a017a 1001 1a05 0a0141 1001"
        )
        .unwrap(),
        "0a0d08ffffffffffffffffff0110010a0408021001120408001001120408011001".to_owned()
            + "1a050a014110011a050a017a1001"
    );
}

#[test]
fn groups_are_read_and_written() {
    let text = proto2("message M { optional group G = 1 { optional int32 a = 1; } }");
    assert_eq!(again(&text, "0b 0805 0c").unwrap(), "0b08050c");
    assert_eq!(
        again(&text, "0b 0805").unwrap_err(),
        "`g`: a group does not end (at byte 3)"
    );
    assert_eq!(
        again(&text, "0b 14").unwrap_err(),
        "`g`: a group ends that was not begun (at byte 1)"
    );
}

#[test]
fn extensions_and_message_sets_are_fields() {
    let text = proto2(
        "message S { option message_set_wire_format = true; extensions 4 to max; }
         message M { optional S s = 1; extensions 10; optional int32 a = 2; }
         extend M { optional int32 e = 10; }
         extend S { optional M in_set = 1000; }",
    );
    assert_eq!(again(&text, "5005 1001").unwrap(), "10015005");
    // The message before its type; an item of an unknown type.
    assert_eq!(
        again(&text, "0a08 0b 1a021001 10e807").unwrap_err(),
        "`s`: a group does not end (at byte 2)"
    );
    assert_eq!(
        again(&text, "0a09 0b 1a021001 10e807 0c").unwrap(),
        "0a090b10e8071a0210010c"
    );
    assert_eq!(
        again(&text, "0a09 0b 10e907 1a021001 0c").unwrap(),
        "0a090b10e9071a0210010c"
    );
    let contract = contract(&text);
    let codec = Codec::new(&contract);
    let bytes = hex("0a09 0b 1a021001 10e807 0c");
    let message = codec.read(m(&codec), &bytes).unwrap();
    let set = message.get(1).unwrap().as_message().unwrap();
    let inner = set.get(1000).unwrap().as_message().unwrap();
    assert_eq!(inner.get(2), Some(&Value::I32(1)));
}

#[test]
fn required_fields_are_asked_for_unless_they_may_be_missing() {
    let text = proto2(
        "message M { optional N n = 1; repeated N r = 2; map<string, N> m = 3; } message N { required int32 a = 1; }",
    );
    assert_eq!(
        again(&text, "1202 0801 1200").unwrap_err(),
        "`r[1].a`: a required field is missing"
    );
    assert_eq!(
        again(&text, "1a03 0a0178").unwrap_err(),
        "`m[\"x\"].a`: a required field is missing"
    );
    let contract = contract(&text);
    let partial = Settings {
        partial: true,
        ..Settings::default()
    };
    let codec = Codec::with(&contract, partial);
    let message = codec.read(m(&codec), &[0x0a, 0x00]).unwrap();
    assert_eq!(codec.write(&message).unwrap(), [0x0a, 0x00]);
    assert!(Codec::new(&contract).write(&message).is_err());
}

#[test]
fn text_is_verified_where_the_contract_says_so() {
    let three = proto3("message M { string s = 1; M m = 2; map<string, string> p = 3; }");
    assert_eq!(
        again(&three, "1204 0a02 41ff").unwrap_err(),
        "`m.s`: a string is not valid UTF-8 (at byte 5)"
    );
    assert_eq!(
        again(&three, "1a07 0a0141 1202 41ff").unwrap_err(),
        "`p[\"A\"]`: a string is not valid UTF-8 (at byte 8)"
    );
    let two = proto2("message M { optional string s = 1; }");
    assert_eq!(again(&two, "0a02 41ff").unwrap(), "0a0241ff");
}

#[test]
fn what_is_no_wire_format_is_refused_with_its_offset() {
    let text = proto3("message M { int32 a = 1; repeated fixed32 b = 2; M m = 3; string s = 4; }");
    for (payload, problem) in [
        ("00", "a field number is out of range (at byte 0)"),
        (
            "8880808080 00 01",
            "a field number is out of range (at byte 0)",
        ),
        (
            "08 ffffffffffffffffffff01",
            "`a`: a number is longer than ten bytes (at byte 1)",
        ),
        ("08", "`a`: the input ends inside a number (at byte 1)"),
        ("0801 0f", "a field has an unknown wire type (at byte 3)"),
        (
            "1203 010000",
            "`b[0]`: the input ends inside a fixed-width value (at byte 2)",
        ),
        (
            "1a02 2205",
            "`m.s`: a length reaches beyond the end (at byte 3)",
        ),
        (
            "1a01 0c",
            "`m`: a group ends that was not begun (at byte 2)",
        ),
    ] {
        assert_eq!(again(&text, payload).unwrap_err(), problem, "{payload}");
    }
}

#[test]
fn messages_nest_to_a_hundred_levels() {
    let text = proto3("message M { M m = 1; }");
    let nested = |levels: usize| {
        let mut bytes = Vec::new();
        for _ in 0..levels {
            let mut outer = vec![0x0a];
            let mut length = bytes.len();
            while length >= 0x80 {
                outer.push((length & 0x7f) as u8 | 0x80);
                length >>= 7;
            }
            outer.push(length as u8);
            outer.extend(bytes);
            bytes = outer;
        }
        data_encoding::HEXLOWER.encode(&bytes)
    };
    assert_eq!(again(&text, &nested(100)).unwrap(), nested(100));
    let refused = again(&text, &nested(101)).unwrap_err();
    assert!(refused.contains("nested too deeply"), "{refused}");
    // Unknown groups as well.
    let groups = |levels: usize| "13".repeat(levels) + &"14".repeat(levels);
    assert_eq!(again(&text, &groups(100)).unwrap(), groups(100));
    assert!(again(&text, &groups(101)).is_err());
}

#[test]
fn a_field_is_set_with_its_type_and_alone_in_its_oneof() {
    let text = proto3(
        "message M { oneof o { int32 a = 1; string b = 2; } int32 c = 3; repeated int32 r = 4; }",
    );
    let contract = contract(&text);
    let codec = Codec::new(&contract);
    let mut message = xlc::dynamic::Message::new(m(&codec));
    codec.set(&mut message, 1, Value::I32(0)).unwrap();
    codec.set(&mut message, 2, Value::from("x")).unwrap();
    codec.set(&mut message, 3, Value::I32(5)).unwrap();
    codec.set(&mut message, 3, Value::I32(0)).unwrap();
    assert_eq!(codec.write(&message).unwrap(), hex("120178"));
    let wrong = codec.set(&mut message, 4, Value::List(vec![Value::I64(1)]));
    assert_eq!(
        wrong.unwrap_err().to_string(),
        "`r`: the value is not of the field's type"
    );
    let missing = codec.set(&mut message, 9, Value::I32(1)).unwrap_err();
    assert_eq!(missing.to_string(), "`M` has no field of number 9");
}
