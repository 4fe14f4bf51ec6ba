//! A record as eight words: every field lies within one word, so that two records are compared
//! with shifts and masks and never touch their texts. 32 bytes a record, whatever is described.

use super::PeopleError;

/// A record; which bits hold which field is said by [`Slot`]s.
pub(crate) type Packed = [u32; 8];

/// Where a field stands in a [`Packed`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Slot {
    pub(crate) word: u8,
    pub(crate) shift: u8,
    pub(crate) mask: u32,
}

impl Slot {
    #[inline]
    pub(crate) fn get(self, record: &Packed) -> u32 {
        (record[usize::from(self.word & 7)] >> (self.shift & 31)) & self.mask
    }

    pub(crate) fn set(self, record: &mut Packed, value: u32) {
        record[usize::from(self.word & 7)] |= (value & self.mask) << (self.shift & 31);
    }
}

/// Bits that a largest value needs.
pub(crate) fn bits(largest: u32) -> u8 {
    u8::try_from(32 - largest.leading_zeros())
        .expect("at most 32")
        .max(1)
}

/// Places fields of these widths, the widest first.
pub(crate) fn lay_out(widths: &[u8]) -> Result<Vec<Slot>, PeopleError> {
    let mut order: Vec<usize> = (0..widths.len()).collect();
    order.sort_by_key(|&field| (std::cmp::Reverse(widths[field]), field));
    let mut used = [0u8; 8];
    let mut slots = vec![Slot::default(); widths.len()];
    for field in order {
        let width = widths[field];
        let Some(word) = (0..8).find(|&word| used[word] + width <= 32) else {
            let text = "the fields hold more distinct values than 32 bytes a record can tell apart";
            return Err(PeopleError::TooMuch(text.into()));
        };
        let mask = if width == 32 {
            u32::MAX
        } else {
            (1 << width) - 1
        };
        slots[field] = Slot {
            word: u8::try_from(word).expect("below eight"),
            shift: used[word],
            mask,
        };
        used[word] += width;
    }
    Ok(slots)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn fields_do_not_touch_each_other() {
        let widths = [23, 2, 32, 14, 14, 9, 1, 30];
        let slots = lay_out(&widths).unwrap();
        let mut record = Packed::default();
        for (position, slot) in slots.iter().enumerate() {
            slot.set(
                &mut record,
                slot.mask - u32::try_from(position).unwrap() % 2,
            );
        }
        for (position, slot) in slots.iter().enumerate() {
            assert_eq!(
                slot.get(&record),
                slot.mask - u32::try_from(position).unwrap() % 2
            );
        }
        assert!(lay_out(&[32; 9]).is_err());
        assert_eq!((bits(0), bits(1), bits(4), bits(u32::MAX)), (1, 1, 3, 32));
    }
}
