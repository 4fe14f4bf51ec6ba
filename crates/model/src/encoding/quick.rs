//! A quick way through the CBOR that [`to_cbor`](super::to_cbor) writes: definite lengths, no
//! tags, fields in maps with text keys (RFC 8949).
//!
//! Invariant: what this reads, the general decoder reads to the same value. What it does not
//! know it refuses, whether that is CBOR or not, and the caller asks the general decoder, which
//! also says what is wrong.

use serde::de::{
    self, Deserialize, DeserializeSeed, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;

/// The value in these bytes, whatever follows it.
pub(super) fn from_slice<'de, T: Deserialize<'de>>(bytes: &'de [u8]) -> Result<T, Unusual> {
    T::deserialize(&mut Quick { rest: bytes })
}

/// Not for the quick way.
#[derive(Debug)]
pub(super) struct Unusual;

impl std::fmt::Display for Unusual {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("these bytes need the general decoder")
    }
}

impl std::error::Error for Unusual {}

impl de::Error for Unusual {
    fn custom<T: std::fmt::Display>(_: T) -> Self {
        Self
    }
}

type Result<T, E = Unusual> = std::result::Result<T, E>;

const UNSIGNED: u8 = 0;
const NEGATIVE: u8 = 1;
const BYTES: u8 = 2;
const TEXT: u8 = 3;
const ARRAY: u8 = 4;
const MAP: u8 = 5;
const TAG: u8 = 6;

const FALSE: u8 = 0xf4;
const TRUE: u8 = 0xf5;
const NULL: u8 = 0xf6;
const SINGLE: u8 = 0xfa;
const DOUBLE: u8 = 0xfb;

struct Quick<'de> {
    rest: &'de [u8],
}

impl<'de> Quick<'de> {
    #[inline]
    fn take(&mut self, length: u64) -> Result<&'de [u8]> {
        let length = usize::try_from(length).map_err(|_| Unusual)?;
        let (taken, rest) = self.rest.split_at_checked(length).ok_or(Unusual)?;
        self.rest = rest;
        Ok(taken)
    }

    #[inline]
    fn array<const N: usize>(&mut self) -> Result<[u8; N]> {
        let (taken, rest) = self.rest.split_first_chunk().ok_or(Unusual)?;
        self.rest = rest;
        Ok(*taken)
    }

    /// Major type and argument of the next item.
    #[inline]
    fn head(&mut self) -> Result<(u8, u64)> {
        let [first] = self.array()?;
        let argument = match first & 0x1f {
            short @ 0..=23 => u64::from(short),
            24 => u64::from(self.array::<1>()?[0]),
            25 => u64::from(u16::from_be_bytes(self.array()?)),
            26 => u64::from(u32::from_be_bytes(self.array()?)),
            27 => u64::from_be_bytes(self.array()?),
            _ => return Err(Unusual),
        };
        Ok((first >> 5, argument))
    }

    /// The argument of the next item, which is of this major type.
    #[inline]
    fn expect(&mut self, major: u8) -> Result<u64> {
        match self.head()? {
            (found, argument) if found == major => Ok(argument),
            _ => Err(Unusual),
        }
    }

    fn text(&mut self) -> Result<&'de str> {
        let length = self.expect(TEXT)?;
        std::str::from_utf8(self.take(length)?).map_err(|_| Unusual)
    }

    fn signed(&mut self) -> Result<i64> {
        let (major, argument) = self.head()?;
        let argument = i64::try_from(argument).map_err(|_| Unusual)?;
        match major {
            UNSIGNED => Ok(argument),
            NEGATIVE => Ok(-1 - argument),
            _ => Err(Unusual),
        }
    }

    /// Passes over an item and all that is in it.
    fn skip(&mut self) -> Result<()> {
        let mut items = 1_u64;
        while items > 0 {
            items -= 1;
            let (major, argument) = self.head()?;
            match major {
                BYTES => drop(self.take(argument)?),
                TEXT => {
                    let text = self.take(argument)?;
                    // Cheaper than asking for UTF-8 straight away, for the short texts there are.
                    if !text.is_ascii() && std::str::from_utf8(text).is_err() {
                        return Err(Unusual);
                    }
                }
                ARRAY => items = items.checked_add(argument).ok_or(Unusual)?,
                MAP => {
                    let inside = argument.checked_mul(2).ok_or(Unusual)?;
                    items = items.checked_add(inside).ok_or(Unusual)?;
                }
                TAG => return Err(Unusual),
                // Numbers and simple values are all head.
                _ => {}
            }
        }
        Ok(())
    }
}

macro_rules! unsigned {
    ($($method:ident $visit:ident $type:ty),*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
            let number = self.expect(UNSIGNED)?;
            visitor.$visit(<$type>::try_from(number).map_err(|_| Unusual)?)
        }
    )*};
}

macro_rules! signed {
    ($($method:ident $visit:ident $type:ty),*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
            let number = self.signed()?;
            visitor.$visit(<$type>::try_from(number).map_err(|_| Unusual)?)
        }
    )*};
}

impl<'de> de::Deserializer<'de> for &mut Quick<'de> {
    type Error = Unusual;

    unsigned!(
        deserialize_u8 visit_u8 u8, deserialize_u16 visit_u16 u16,
        deserialize_u32 visit_u32 u32, deserialize_u64 visit_u64 u64
    );
    signed!(
        deserialize_i8 visit_i8 i8, deserialize_i16 visit_i16 i16,
        deserialize_i32 visit_i32 i32, deserialize_i64 visit_i64 i64
    );

    // None of the model's types asks what comes next without knowing what it wants.
    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value> {
        Err(Unusual)
    }

    forward_to_deserialize_any! { i128 u128 char unit unit_struct }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.array()? {
            [FALSE] => visitor.visit_bool(false),
            [TRUE] => visitor.visit_bool(true),
            _ => Err(Unusual),
        }
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.array()? {
            [SINGLE] => visitor.visit_f32(f32::from_be_bytes(self.array()?)),
            _ => Err(Unusual),
        }
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.array()? {
            [DOUBLE] => visitor.visit_f64(f64::from_be_bytes(self.array()?)),
            _ => Err(Unusual),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_borrowed_str(self.text()?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_borrowed_str(self.text()?)
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        let length = self.expect(BYTES)?;
        visitor.visit_borrowed_bytes(self.take(length)?)
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_bytes(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.rest {
            [NULL, rest @ ..] => {
                self.rest = rest;
                visitor.visit_none()
            }
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        let items = self.expect(ARRAY)?;
        visitor.visit_seq(Items { quick: self, items })
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value> {
        let items = self.expect(ARRAY)?;
        match items == length as u64 {
            true => visitor.visit_seq(Items { quick: self, items }),
            false => Err(Unusual),
        }
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value> {
        self.deserialize_tuple(length, visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        let items = self.expect(MAP)?;
        visitor.visit_map(Items { quick: self, items })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        self.deserialize_map(visitor)
    }

    /// A variant without content is its name, any other a map of one entry.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        let is_map = self.rest.first().is_some_and(|first| first >> 5 == MAP);
        if is_map && self.expect(MAP)? != 1 {
            return Err(Unusual);
        }
        visitor.visit_enum(self)
    }

    /// Names are compared byte by byte; only one that is not known could be something else than
    /// text, and ASCII is text.
    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        let length = self.expect(TEXT)?;
        let name = self.take(length)?;
        match name.is_ascii() {
            true => visitor.visit_borrowed_bytes(name),
            false => Err(Unusual),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.skip()?;
        visitor.visit_unit()
    }

    fn is_human_readable(&self) -> bool {
        false
    }
}

/// Items of an array, or entries of a map, that are still to come.
struct Items<'q, 'de> {
    quick: &'q mut Quick<'de>,
    items: u64,
}

impl<'de> SeqAccess<'de> for Items<'_, 'de> {
    type Error = Unusual;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>> {
        match self.items {
            0 => Ok(None),
            more => {
                self.items = more - 1;
                seed.deserialize(&mut *self.quick).map(Some)
            }
        }
    }

    fn size_hint(&self) -> Option<usize> {
        usize::try_from(self.items).ok()
    }
}

impl<'de> MapAccess<'de> for Items<'_, 'de> {
    type Error = Unusual;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>> {
        self.next_element_seed(seed)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value> {
        seed.deserialize(&mut *self.quick)
    }

    fn size_hint(&self) -> Option<usize> {
        SeqAccess::size_hint(self)
    }
}

impl<'de> EnumAccess<'de> for &mut Quick<'de> {
    type Error = Unusual;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self)> {
        let variant = seed.deserialize(&mut *self)?;
        Ok((variant, self))
    }
}

impl<'de> VariantAccess<'de> for &mut Quick<'de> {
    type Error = Unusual;

    fn unit_variant(self) -> Result<()> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value> {
        de::Deserializer::deserialize_tuple(self, length, visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        de::Deserializer::deserialize_map(self, visitor)
    }
}

#[cfg(test)]
mod tests;
