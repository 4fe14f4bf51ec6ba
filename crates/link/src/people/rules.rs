//! Blocking rules: two records are compared when they agree on all atoms of some rule. Invariant:
//! a pair belongs to the first rule whose atoms it agrees on, which is recomputed from the two
//! records, so no pair comes twice and none has to be remembered.

use super::PeopleError;
use super::packed::{Packed, Slot};
use super::schema::Kind;
use super::sort;
use super::table::Table;

/// What rules are made of: a field, or a part of a date.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Atom {
    slot: Slot,
    /// The field it is part of: atoms of one field depend on each other.
    pub(crate) field: usize,
}

impl Atom {
    #[inline]
    pub(crate) fn get(&self, record: &Packed) -> u32 {
        self.slot.get(record)
    }

    /// Reads `surname` or `born/year`.
    pub(crate) fn parse(table: &Table, name: &str) -> Option<Self> {
        let (field, part) = name
            .split_once('/')
            .map_or((name, None), |(field, part)| (field, Some(part)));
        let field = table.schema.field(field)?;
        let whole = table.slots[field];
        let (shift, mask) = match (table.schema.fields[field].kind, part) {
            (Kind::Text, None) => (0, whole.mask),
            (Kind::Date, Some("year")) => (9, 0xFFF),
            (Kind::Date, Some("month")) => (5, 0xF),
            (Kind::Date, Some("day")) => (0, 0x1F),
            _ => return None,
        };
        Some(Self {
            slot: Slot {
                shift: whole.shift + shift,
                mask,
                ..whole
            },
            field,
        })
    }
}

/// Rules in order over the atoms that they use.
#[derive(Clone, Debug)]
pub(crate) struct RuleSet {
    pub(crate) atoms: Vec<Atom>,
    /// Of each atom, its word and its bits there.
    masked: Vec<(u8, u32)>,
    pub(crate) names: Vec<String>,
    /// Of each rule, the atoms as bits.
    pub(crate) masks: Vec<u32>,
    /// Of each set of agreeing atoms, the first rule that it satisfies, or 255.
    first: Vec<u8>,
    /// What oversize runs are split by, in this order (positions of `atoms`).
    pub(crate) splitters: Vec<usize>,
}

/// No rule.
pub(crate) const NO_RULE: u8 = 255;

impl RuleSet {
    /// Rules as lists of atom names.
    pub(crate) fn new(table: &Table, rules: &[Vec<String>]) -> Result<Self, PeopleError> {
        let mut names: Vec<String> = Vec::new();
        let mut masks = Vec::new();
        for rule in rules {
            let mut mask = 0;
            for name in rule {
                let position = names
                    .iter()
                    .position(|known| known == name)
                    .unwrap_or_else(|| {
                        names.push(name.clone());
                        names.len() - 1
                    });
                mask |= 1u32
                    .checked_shl(u32::try_from(position).unwrap_or(99))
                    .unwrap_or(0);
            }
            masks.push(mask);
        }
        if names.len() > 16 || rules.len() >= usize::from(NO_RULE) || masks.contains(&0) {
            return Err(PeopleError::Schema(
                "blocking takes up to sixteen atoms and 254 rules, none of them empty".into(),
            ));
        }
        let atoms: Vec<Atom> = names
            .iter()
            .map(|name| {
                Atom::parse(table, name).ok_or_else(|| {
                    let rule = rules.iter().find(|rule| rule.contains(name));
                    PeopleError::Rule {
                        rule: rule.map(|rule| rule.join(" + ")).unwrap_or_default(),
                        atom: name.clone(),
                    }
                })
            })
            .collect::<Result<Vec<_>, _>>()?;
        let masked = atoms
            .iter()
            .map(|atom| (atom.slot.word, atom.slot.mask << atom.slot.shift))
            .collect();
        let first = (0..1u32 << names.len())
            .map(|agree| {
                let rule = masks.iter().position(|mask| agree & mask == *mask);
                rule.map_or(NO_RULE, |rule| {
                    u8::try_from(rule).expect("fewer than 255 rules")
                })
            })
            .collect();
        let mut splitters: Vec<usize> = (0..atoms.len()).collect();
        splitters.sort_by_key(|&atom| (std::cmp::Reverse(atoms[atom].slot.mask), atom));
        Ok(Self {
            atoms,
            masked,
            names,
            masks,
            first,
            splitters,
        })
    }

    /// Which atoms of a record are known.
    #[inline]
    pub(crate) fn known(&self, record: &Packed) -> u32 {
        let known = |bits: u32, (position, atom): (usize, &Atom)| {
            bits | u32::from(atom.get(record) != 0) << position
        };
        self.atoms.iter().enumerate().fold(0, known)
    }

    /// Which of the atoms known in `a` two records agree on; unknown agrees with nothing.
    #[inline]
    pub(crate) fn agreement(&self, a: &Packed, known: u32, b: &Packed) -> u32 {
        let mut apart = [0u32; 8];
        for ((apart, a), b) in apart.iter_mut().zip(a).zip(b) {
            *apart = a ^ b;
        }
        let mut bits = 0;
        for (position, &(word, mask)) in self.masked.iter().enumerate() {
            bits |= u32::from(apart[usize::from(word & 7)] & mask == 0) << position;
        }
        bits & known
    }

    /// The first rule that an agreement satisfies, or [`NO_RULE`].
    #[inline]
    pub(crate) fn first(&self, agreement: u32) -> u8 {
        self.first[agreement as usize]
    }

    /// The key of a record under a rule; `None` when an atom is unknown.
    #[inline]
    pub(crate) fn key(&self, rule: usize, record: &Packed) -> Option<u32> {
        self.masked_key(self.masks[rule], record)
    }

    /// The key of a record over a set of atoms.
    #[inline]
    pub(crate) fn masked_key(&self, mask: u32, record: &Packed) -> Option<u32> {
        let (key, known) = self.hash(mask, record);
        known.then_some(key)
    }

    /// The key of a record over a set of atoms, and whether all of them are known: said apart,
    /// because a branch on it would often be guessed wrong.
    #[inline]
    fn hash(&self, mask: u32, record: &Packed) -> (u32, bool) {
        let mut key = 0x243F_6A88_85A3_08D3u64 ^ u64::from(mask);
        let (mut left, mut known) = (mask, true);
        while left != 0 {
            let value = self.atoms[left.trailing_zeros() as usize].get(record);
            known &= value != 0;
            key = (key ^ u64::from(value)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            key ^= key >> 29;
            left &= left - 1;
        }
        ((key >> 32) as u32, known)
    }

    /// The rule in words.
    pub(crate) fn words(&self, rule: usize) -> String {
        let atoms = self
            .names
            .iter()
            .enumerate()
            .filter(|(atom, _)| self.masks[rule] >> atom & 1 == 1);
        atoms
            .map(|(_, name)| name.as_str())
            .collect::<Vec<_>>()
            .join(" + ")
    }

    /// Every record whose key under the rule another record shares, as `key << 32 | row`, ascending.
    pub(crate) fn sorted(&self, table: &Table, rule: usize) -> Vec<u64> {
        let mut entries = vec![0u64; table.len()];
        let mut known = 0;
        for (row, record) in table.records.iter().enumerate() {
            let (key, is_known) = self.hash(self.masks[rule], record);
            entries[known] = u64::from(key) << 32 | row as u64;
            known += usize::from(is_known);
        }
        entries.truncate(known);
        sort::shared_keys(&entries)
    }
}
