//! Payloads and documents that were damaged: none may break a reader, and what is read can be written and read again.

use xlc::dynamic::{Codec, Settings};

use super::contracts::KITCHEN_SINK;

/// Damages bytes, each time in another way that the seed decides.
pub(crate) struct Damage(u64);

impl Damage {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below a bound (xorshift).
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % bound.max(1)
    }

    pub(crate) fn done_to(&mut self, original: &[u8]) -> Vec<u8> {
        let mut bytes = original.to_vec();
        for _ in 0..=self.below(3) {
            let at = self.below(bytes.len());
            let to = at + self.below(bytes.len() - at + 1);
            match self.below(7) {
                _ if bytes.is_empty() => bytes.push(self.below(256) as u8),
                0 => bytes[at] ^= 1 << self.below(8),
                1 => bytes[at] = self.below(256) as u8,
                2 => bytes.truncate(at),
                3 => bytes.insert(at, self.below(256) as u8),
                4 => drop(bytes.drain(at..to)),
                5 => {
                    let piece = bytes[at..to].to_vec();
                    let place = self.below(bytes.len());
                    bytes.splice(place..place, piece);
                }
                _ => bytes[at] = [0x00, 0x7f, 0x80, 0xff, b'"', b'{'][self.below(6)],
            }
        }
        bytes
    }
}

/// Damaged inputs of each format.
const AMOUNT: usize = 100_000;

#[test]
fn damaged_payloads_and_documents_break_nothing() {
    let contract = &*KITCHEN_SINK;
    let partial = Settings {
        partial: true,
        ..Settings::default()
    };
    let codec = Codec::with(contract, partial);
    let mut damage = Damage::new(5);
    let (mut payloads, mut documents) = (0, 0);
    let messages = contract.messages();
    // Messages of nothing but damage grow into real ones: what is read is damaged again.
    let mut pool: Vec<(usize, Vec<u8>)> = (0..messages.len())
        .map(|ty| (ty, vec![0x0a, 0x00]))
        .collect();
    for round in 0..AMOUNT {
        let at = round % pool.len();
        let (ty, seed) = &pool[at];
        let (ty, payload) = (*ty, damage.done_to(seed));
        let id = messages[ty].id;
        let Ok(message) = codec.read(id, &payload) else {
            continue;
        };
        payloads += 1;
        let written = codec.write(&message).unwrap();
        let again = codec.read(id, &written).unwrap();
        assert_eq!(codec.write(&again).unwrap(), written);
        if let Ok(text) = codec.to_json(&message) {
            for _ in 0..3 {
                let damaged = damage.done_to(text.as_bytes());
                if let Ok(read) = codec.from_json(id, &String::from_utf8_lossy(&damaged)) {
                    documents += 1;
                    let written = codec.write(&read).unwrap();
                    codec.read(id, &written).unwrap();
                }
            }
            codec.from_json(id, &text).unwrap();
        }
        if written.len() < 300 {
            pool[at].1 = written;
        }
    }
    assert!(payloads > AMOUNT / 10, "only {payloads} payloads were read");
    assert!(documents > 1_000, "only {documents} documents were read");
}
