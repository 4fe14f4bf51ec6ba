//! Which pictures look alike, by what their readings say of them.
//!
//! Invariant: looking alike is all that is said. Two that do may be one picture saved anew, or two
//! of one place; a part cut out of a picture, or one that was mirrored, is not found. Every pair is
//! compared: 256 bits each, so that a million pictures take hundredths of a second.

use model::{Likeness, SourceId};

/// The pictures of an archive.
#[derive(Debug, Default)]
pub struct Pictures {
    /// By id.
    pictures: Vec<(SourceId, Likeness)>,
}

/// A picture that looks like another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Alike {
    /// The other.
    pub source: SourceId,
    /// In how many of [`Likeness::BITS`] bits they differ: 0 to [`Likeness::MOST_APART`].
    pub apart: u32,
}

impl Pictures {
    /// Of pictures in any order; of one that comes twice, one is kept.
    #[must_use]
    pub fn of(mut pictures: Vec<(SourceId, Likeness)>) -> Self {
        pictures.sort_unstable();
        pictures.dedup_by_key(|(source, _)| *source);
        Self { pictures }
    }

    /// What a picture looks like; `None` where it is no picture, or could not be looked at.
    #[must_use]
    pub fn likeness(&self, source: &SourceId) -> Option<&Likeness> {
        let at = self.pictures.binary_search_by_key(source, |(id, _)| *id);
        Some(&self.pictures.get(at.ok()?)?.1)
    }

    /// The pictures that look like this one, the nearest first.
    #[must_use]
    pub fn alike(&self, source: &SourceId) -> Vec<Alike> {
        let Some(likeness) = self.likeness(source) else {
            return Vec::new();
        };
        let others = self.pictures.iter().filter(|(id, _)| id != source);
        let mut alike: Vec<Alike> = others
            .filter_map(|(source, other)| {
                let (source, apart) = (*source, likeness.alike(other)?);
                Some(Alike { source, apart })
            })
            .collect();
        alike.sort_by_key(|alike| (alike.apart, alike.source));
        alike
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(number: u8, ones: usize, quality: u8) -> (SourceId, Likeness) {
        let mut bits = [0; 32];
        (0..ones).for_each(|at| bits[at / 8] |= 1 << (at % 8));
        (
            SourceId::from_bytes([number; 16]),
            Likeness { bits, quality },
        )
    }

    #[test]
    fn the_nearest_come_first_and_what_is_too_far_or_too_plain_does_not_come() {
        let pictures = Pictures::of(vec![
            picture(4, 31, 80),
            picture(1, 0, 80),
            picture(3, 2, 80),
            picture(5, 32, 80),
            picture(2, 2, 80),
            picture(6, 0, 40),
        ]);
        let alike = |number: u8| -> Vec<(u8, u32)> {
            let found = pictures.alike(&SourceId::from_bytes([number; 16]));
            found
                .iter()
                .map(|alike| (alike.source.as_bytes()[0], alike.apart))
                .collect()
        };
        assert_eq!(alike(1), [(2, 2), (3, 2), (4, 31)]);
        assert_eq!(alike(6), []);
        assert_eq!(alike(9), []);
        assert_eq!(alike(5), [(4, 1), (2, 30), (3, 30)]);
    }
}
