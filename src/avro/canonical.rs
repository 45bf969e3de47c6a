//! The Parsing Canonical Form of a schema and its CRC-64-AVRO fingerprint (Avro specification, "Parsing Canonical Form
//! for Schemas" and "Schema Fingerprints"). Logical types and all other attributes are no part of the form, as in Java.

use std::collections::BTreeSet;

use super::schema::{Body, Kind, Node, TypeId, Types};

/// The canonical form of a schema: one line of JSON.
#[must_use]
pub fn canonical_form(types: &Types, root: &Node) -> String {
    let mut form = Form {
        types,
        defined: BTreeSet::new(),
        text: String::new(),
    };
    form.node(root);
    form.text
}

/// The fingerprint of a schema: the CRC-64-AVRO of its canonical form. Single-object encoding writes it with the lowest
/// byte first.
#[must_use]
pub fn fingerprint(types: &Types, root: &Node) -> u64 {
    crc64(canonical_form(types, root).as_bytes())
}

/// What single-object encoding writes before data of a schema with this fingerprint (Avro specification, "Single-object
/// encoding").
#[must_use]
pub fn single_object_header(fingerprint: u64) -> [u8; 10] {
    let mut header = [0xc3, 0x01, 0, 0, 0, 0, 0, 0, 0, 0];
    header[2..].copy_from_slice(&fingerprint.to_le_bytes());
    header
}

/// The fingerprint and the data of a single object; `None` if the bytes do not begin as one.
#[must_use]
pub fn split_single_object(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let rest = bytes.strip_prefix(&[0xc3, 0x01])?;
    let (fingerprint, data) = rest.split_first_chunk::<8>()?;
    Some((u64::from_le_bytes(*fingerprint), data))
}

/// The fingerprint of no bytes, and the polynomial.
const EMPTY: u64 = 0xc15d_213a_a4d7_a795;

/// What a byte adds to a fingerprint.
const TABLE: [u64; 256] = table();

const fn table() -> [u64; 256] {
    let mut table = [0; 256];
    let mut index = 0;
    while index < table.len() {
        let mut entry = index as u64;
        let mut bit = 0;
        while bit < 8 {
            entry = (entry >> 1) ^ (EMPTY & (entry & 1).wrapping_neg());
            bit += 1;
        }
        table[index] = entry;
        index += 1;
    }
    table
}

/// The CRC-64-AVRO of some bytes.
#[must_use]
pub fn crc64(bytes: &[u8]) -> u64 {
    bytes.iter().fold(EMPTY, |sum, byte| {
        let [low, ..] = sum.to_le_bytes();
        (sum >> 8) ^ TABLE[usize::from(low ^ byte)]
    })
}

struct Form<'a> {
    types: &'a Types,
    defined: BTreeSet<TypeId>,
    text: String,
}

impl Form<'_> {
    fn node(&mut self, node: &Node) {
        match &node.kind {
            Kind::Primitive(primitive) => self.string(primitive.name()),
            Kind::Array(items) => {
                self.text.push_str("{\"type\":\"array\",\"items\":");
                self.node(items);
                self.text.push('}');
            }
            Kind::Map(values) => {
                self.text.push_str("{\"type\":\"map\",\"values\":");
                self.node(values);
                self.text.push('}');
            }
            Kind::Union(branches) => self.list(branches, Self::node),
            Kind::Named(id) => self.named(*id),
        }
    }

    fn named(&mut self, id: TypeId) {
        let named = self.types.get(id);
        let name = named.name.full();
        if !self.defined.insert(id) {
            return self.string(&name);
        }
        self.text.push_str("{\"name\":");
        self.string(&name);
        match &named.body {
            Body::Record(fields) => {
                self.text.push_str(",\"type\":\"record\",\"fields\":");
                self.list(fields, |form, field| {
                    form.text.push_str("{\"name\":");
                    form.string(&field.name);
                    form.text.push_str(",\"type\":");
                    form.node(&field.node);
                    form.text.push('}');
                });
            }
            Body::Enum { symbols, .. } => {
                self.text.push_str(",\"type\":\"enum\",\"symbols\":");
                self.list(symbols, |form, symbol| form.string(symbol));
            }
            Body::Fixed(size) => {
                self.text.push_str(",\"type\":\"fixed\",\"size\":");
                self.text.push_str(&size.to_string());
            }
        }
        self.text.push('}');
    }

    fn list<T>(&mut self, items: &[T], mut print: impl FnMut(&mut Self, &T)) {
        self.text.push('[');
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.text.push(',');
            }
            print(self, item);
        }
        self.text.push(']');
    }

    /// A string as it is: names and symbols hold nothing that JSON escapes.
    fn string(&mut self, text: &str) {
        self.text.push('"');
        self.text.push_str(text);
        self.text.push('"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::avro::schema::Primitive;

    /// From the test data of Avro itself (`schema-tests.txt`).
    #[test]
    fn fingerprints_of_primitives_are_those_of_avro() {
        for (primitive, expected) in [
            (Primitive::Null, 0x63dd_24e7_cc25_8f8a),
            (Primitive::Boolean, 0x9f42_fc78_a4d4_f764),
            (Primitive::Int, 0x7275_d51a_3f39_5c8f),
            (Primitive::Long, 0xd054_e144_93f4_1db7),
            (Primitive::Float, 0x4d7c_02cb_3ea8_d790),
            (Primitive::Double, 0x8e75_35c0_32ab_957e),
            (Primitive::Bytes, 0x4fc0_16da_c320_1965),
            (Primitive::String, 0x8f01_4872_6345_03c7),
        ] {
            let found = fingerprint(&Types::default(), &Node::primitive(primitive));
            assert_eq!(found, expected, "{primitive:?} {found:#x}");
        }
    }
}
