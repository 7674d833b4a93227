//! The bit string of a status list, and its form in JSON: gzip, base64url, the multibase prefix `u`.

use std::io::{Read, Write};

use flate2::{Compression, read::GzDecoder, write::GzEncoder};

use crate::base64url;

/// The shortest list that hides whose bit was looked up: 16 KiB.
pub const MIN_BITS: u32 = 131_072;

/// The longest list that is unpacked. A small text can unpack to a very large one.
const MAX_BYTES: u64 = 1024 * 1024;

/// Bits counted from the left: index 0 is the highest bit of the first byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BitString(Vec<u8>);

/// Why a bit string cannot be made or changed as asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BitsError {
    /// Fewer than [`MIN_BITS`], more than is ever read, or not a multiple of eight.
    #[error("a status list has at least 131072 bits, at most 8388608, in whole bytes")]
    Length,
    /// The list has no such index.
    #[error("the status list is shorter than this index")]
    OutOfRange,
}

/// Why a text is not an encoded list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// It does not start with `u`, or the rest is not canonical base64url.
    #[error("the list is not in base64url with the prefix u")]
    Encoding,
    /// It cannot be unpacked.
    #[error("the list cannot be unpacked")]
    Gzip,
    /// Fewer than [`MIN_BITS`].
    #[error("the list is shorter than 131072 bits")]
    TooShort,
    /// Longer than is ever read.
    #[error("the list is longer than 8388608 bits")]
    TooLong,
}

impl BitString {
    /// So many bits, all clear.
    pub fn new(bits: u32) -> Result<Self, BitsError> {
        if bits < MIN_BITS || u64::from(bits / 8) > MAX_BYTES || !bits.is_multiple_of(8) {
            return Err(BitsError::Length);
        }
        let bytes = usize::try_from(bits / 8).map_err(|_| BitsError::Length)?;
        Ok(Self(vec![0; bytes]))
    }

    /// How many bits there are.
    #[must_use]
    pub fn bits(&self) -> u64 {
        self.0.len() as u64 * 8
    }

    /// The bit at an index; `None` past the end.
    #[must_use]
    pub fn get(&self, index: u32) -> Option<bool> {
        let (byte, mask) = place(index)?;
        self.0.get(byte).map(|byte| byte & mask != 0)
    }

    /// Sets or clears the bit at an index.
    pub fn set(&mut self, index: u32, value: bool) -> Result<(), BitsError> {
        let (byte, mask) = place(index).ok_or(BitsError::OutOfRange)?;
        let byte = self.0.get_mut(byte).ok_or(BitsError::OutOfRange)?;
        if value {
            *byte |= mask;
        } else {
            *byte &= !mask;
        }
        Ok(())
    }

    /// The value of `encodedList`. The same bits give the same text: no time stands in it.
    #[must_use]
    pub fn encode(&self) -> String {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        // Writing to a vector cannot fail.
        let packed = gzip.write_all(&self.0).and_then(|()| gzip.finish()).unwrap_or_default();
        format!("u{}", base64url::encode(packed))
    }

    /// Reads the value of `encodedList`.
    pub fn decode(text: &str) -> Result<Self, DecodeError> {
        let text = text.strip_prefix('u').ok_or(DecodeError::Encoding)?;
        let packed = base64url::decode(text).map_err(|_| DecodeError::Encoding)?;
        let mut bytes = Vec::new();
        let mut unpacked = GzDecoder::new(packed.as_slice()).take(MAX_BYTES + 1);
        let length = unpacked.read_to_end(&mut bytes).map_err(|_| DecodeError::Gzip)?;
        match length as u64 {
            length if length < u64::from(MIN_BITS / 8) => Err(DecodeError::TooShort),
            length if length > MAX_BYTES => Err(DecodeError::TooLong),
            _ => Ok(Self(bytes)),
        }
    }
}

/// The byte of an index, and its bit in that byte.
fn place(index: u32) -> Option<(usize, u8)> {
    Some((usize::try_from(index / 8).ok()?, 0b1000_0000 >> (index % 8)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn index_0_is_the_highest_bit_of_the_first_byte() -> Result<(), BitsError> {
        let mut bits = BitString::new(MIN_BITS)?;
        bits.set(0, true)?;
        bits.set(15, true)?;
        assert_eq!(bits.0.get(..3), Some(&[0b1000_0000, 0b0000_0001, 0][..]));
        Ok(())
    }

    #[test]
    fn the_ends_are_where_they_should_be() -> Result<(), BitsError> {
        assert_eq!(BitString::new(MIN_BITS - 8), Err(BitsError::Length));
        assert_eq!(BitString::new(MIN_BITS + 1), Err(BitsError::Length));
        assert_eq!(BitString::new(u32::MAX), Err(BitsError::Length));
        let mut bits = BitString::new(MIN_BITS)?;
        assert_eq!(bits.bits(), u64::from(MIN_BITS));
        assert_eq!(bits.get(MIN_BITS - 1), Some(false));
        assert_eq!(bits.get(MIN_BITS), None);
        assert_eq!(bits.set(MIN_BITS, true), Err(BitsError::OutOfRange));
        Ok(())
    }

    /// Reads a list made by another program: the example of the W3C text, 131,072 clear bits.
    #[test]
    fn reads_the_example_of_the_specification() {
        let example = "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA";
        assert_eq!(BitString::decode(example), BitString::new(MIN_BITS).map_err(|_| DecodeError::TooShort));
    }

    #[test]
    fn refuses_what_is_not_a_list() {
        let packed = |length: usize| {
            let bytes = vec![0; length];
            BitString(bytes).encode()
        };
        assert_eq!(BitString::decode(&packed(16_383)), Err(DecodeError::TooShort));
        assert!(BitString::decode(&packed(16_384)).is_ok());
        assert!(BitString::decode(&packed(1_048_576)).is_ok());
        assert_eq!(BitString::decode(&packed(1_048_577)), Err(DecodeError::TooLong));
        assert_eq!(BitString::decode(packed(16_384).trim_start_matches('u')), Err(DecodeError::Encoding));
        assert_eq!(BitString::decode("u===="), Err(DecodeError::Encoding));
        assert_eq!(BitString::decode("uAAAA"), Err(DecodeError::Gzip));
    }

    proptest! {
        #[test]
        fn bits_come_back_as_they_were_set(
            bytes in MIN_BITS / 8..MIN_BITS / 4,
            indexes in proptest::collection::btree_set(0..MIN_BITS, 0..200),
        ) {
            let mut bits = BitString::new(bytes * 8)?;
            for index in &indexes {
                bits.set(*index, true)?;
            }
            let read = BitString::decode(&bits.encode())?;
            prop_assert_eq!(&read, &bits);
            for index in 0..MIN_BITS {
                prop_assert_eq!(read.get(index), Some(indexes.contains(&index)));
            }
        }

        #[test]
        fn setting_one_bit_leaves_the_others(index in 0..MIN_BITS, other in 0..MIN_BITS, first: bool, second: bool) {
            prop_assume!(index != other);
            let mut bits = BitString::new(MIN_BITS)?;
            bits.set(index, first)?;
            bits.set(other, second)?;
            bits.set(other, !second)?;
            prop_assert_eq!(bits.get(index), Some(first));
            prop_assert_eq!(bits.get(other), Some(!second));
        }
    }
}
