//! How the blocks of a container are packed: what readers of the specification must know, and Snappy, which many write.
//! Never gives more than a block may hold.

use super::MAX_BLOCK;

/// How blocks are packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Packing {
    /// As they are (`null`).
    #[default]
    Null,
    /// By deflate, without checksum (`deflate`).
    Deflate,
    /// By Snappy, with a CRC-32 behind it (`snappy`).
    Snappy,
}

impl Packing {
    const ALL: [Self; 3] = [Self::Null, Self::Deflate, Self::Snappy];

    /// The name in headers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Deflate => "deflate",
            Self::Snappy => "snappy",
        }
    }

    /// The packing of this name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|packing| packing.name() == name)
    }

    pub(super) fn pack(self, data: &[u8]) -> Result<Vec<u8>, &'static str> {
        match self {
            Self::Null => Ok(data.to_vec()),
            Self::Deflate => Ok(miniz_oxide::deflate::compress_to_vec(data, 6)),
            Self::Snappy => {
                let packed = snap::raw::Encoder::new().compress_vec(data);
                let mut packed = packed.map_err(|_| "a block is too large for Snappy")?;
                packed.extend(crc32fast::hash(data).to_be_bytes());
                Ok(packed)
            }
        }
    }

    pub(super) fn unpack(self, data: Vec<u8>) -> Result<Vec<u8>, &'static str> {
        match self {
            Self::Null => Ok(data),
            Self::Deflate => {
                let unpacked = miniz_oxide::inflate::decompress_to_vec_with_limit(&data, MAX_BLOCK);
                unpacked.map_err(|_| "a block cannot be inflated")
            }
            Self::Snappy => {
                let (packed, sum) = data
                    .split_last_chunk::<4>()
                    .ok_or("a block is no Snappy data")?;
                match snap::raw::decompress_len(packed) {
                    Ok(length) if length <= MAX_BLOCK => {}
                    Ok(_) | Err(_) => return Err("a block is no Snappy data"),
                }
                let unpacked = snap::raw::Decoder::new().decompress_vec(packed);
                let unpacked = unpacked.map_err(|_| "a block is no Snappy data")?;
                if crc32fast::hash(&unpacked).to_be_bytes() != *sum {
                    return Err("the checksum of a block is wrong");
                }
                Ok(unpacked)
            }
        }
    }
}
