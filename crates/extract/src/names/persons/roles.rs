//! Roles around names: `the former UN Special Rapporteur on …`.
//!
//! Invariant: a role's words are the head word with what modifies it before and completes it behind.

use super::super::{Candidate, What};
use super::Finder;
use crate::lexicon::{Class, RoleKind, Table};
use crate::text::{Hit, Stretch};
use model::EntityKind;

/// The most words between a title and the name that it belongs to.
const COMPLEMENT: u32 = 16;

impl Finder<'_, '_> {
    pub(super) fn by_role(&self, hit: &Hit, found: &mut Vec<Candidate>) {
        let document = self.document;
        let role = &document.lexicon.roles[hit.entry as usize];
        if self.is_title_case(hit.tokens.from) && !self.is_title_of_speaker(hit) {
            return;
        }
        let outer_from = self.modifiers_before(hit.tokens.from);
        let mut push = |name: Stretch, phrase: Stretch, rule: &'static str| {
            let what = if name.len() == 1 {
                What::Surname
            } else {
                What::Named(EntityKind::Person)
            };
            let what = self.known(name, what);
            let rank = u8::from(!matches!(what, What::Known(_)));
            let mut candidate = Candidate::new(name, what, rule, rank);
            candidate.outer = Stretch::new(phrase.from.min(name.from), phrase.to.max(name.to));
            if role.kind != RoleKind::Honorific {
                let owned = u32::from(document.is_word(phrase.from, "'s"));
                let phrase = document.trimmed(Stretch::new(phrase.from + owned, phrase.to));
                candidate.role = Some(phrase);
                candidate.role_id = Some(hit.entry);
            }
            if let Some(sex) = &role.sex {
                candidate.sex = Some((sex.clone(), hit.tokens));
            }
            found.push(candidate);
        };
        if let Some(name) = self.name_at(hit.tokens.to)
            && !self.goes_on(name)
        {
            let enough = name.len() > 1 && self.is_likely(name)
                || role.kind != RoleKind::Description && document.is_capital(hit.tokens.from);
            if enough {
                let phrase = Stretch::new(outer_from, hit.tokens.to);
                push(name, phrase, "name.person.title");
                return;
            }
        }
        if role.kind != RoleKind::Description && self.is_known_surname(hit.tokens.to) {
            let name = Stretch::new(hit.tokens.to, hit.tokens.to + 1);
            push(
                name,
                Stretch::new(outer_from, hit.tokens.to),
                "name.person.title",
            );
            return;
        }
        if role.kind == RoleKind::Honorific {
            return;
        }
        if let Some((phrase_to, name)) = self.behind_complement(hit.tokens.to) {
            let phrase = Stretch::new(outer_from, phrase_to);
            push(name, phrase, "name.person.title");
            return;
        }
        let comma = outer_from.checked_sub(1);
        if let Some(comma) = comma
            && document.is_word(comma, ",")
            && let Some(name) = self.name_before(comma)
            && self.is_likely(name)
            && let to = self.complement_end(hit.tokens.to)
            // `Choi Myung-ho, his wife says, was taken`: she says so, and is not he.
            && !(document.is_any(outer_from, &["his", "her"]) && document.is_plain(to))
        {
            push(name, Stretch::new(outer_from, to), "name.person.apposition");
        }
    }

    /// The first word of the phrase that a role's head word ends: `the former UN Special …`.
    fn modifiers_before(&self, head: u32) -> u32 {
        let document = self.document;
        let sentence = document.sentence(head).tokens;
        let mut from = head;
        while from > sentence.from && head - from < 8 {
            let before = from - 1;
            if let Some(taken) = self.taken_at(before)
                && !self.is_known_person(taken)
                && taken.tokens.from >= sentence.from
            {
                from = taken.tokens.from;
                continue;
            }
            let adjective = document
                .hits_in(
                    Table::Adjective,
                    Stretch::new(before.saturating_sub(1), from),
                )
                .iter()
                .find(|hit| hit.tokens.to == from);
            if let Some(adjective) = adjective {
                from = adjective.tokens.from;
                continue;
            }
            let fits = document.is_word(before, "'s")
                || document.is(before, Class::RoleModifier)
                || document.is(before, Class::OfficeWord) && document.is_capital(before);
            if fits {
                from = before;
                continue;
            }
            if document.is_any(before, &["the", "a", "an", "his", "her", "our", "its"]) {
                from = before;
            }
            break;
        }
        from
    }

    /// One past the words that complete a role: `on Human Rights in the DPRK`.
    fn complement_end(&self, from: u32) -> u32 {
        let document = self.document;
        if !document.is_any(from, &["of", "for", "on", "to", "at", "in"]) {
            return from;
        }
        let limit = document.sentence(from).tokens.to.min(from + COMPLEMENT);
        let mut at = from;
        let mut end = from;
        while at < limit {
            if let Some(taken) = self.taken_at(at)
                && !self.is_known_person(taken)
            {
                at = taken.tokens.to;
                end = at;
                continue;
            }
            let people = document
                .hits_in(Table::Adjective, Stretch::new(at, at + 1))
                .first()
                .map(|hit| hit.tokens.to);
            if let Some(to) = people {
                at = to;
                end = at;
                continue;
            }
            let link =
                document.is(at, Class::Preposition) || document.is_any(at, &["the", "and", "&"]);
            let word = document.is(at, Class::OfficeWord)
                || document.is_capital(at) && document.is(at, Class::NotName)
                || document.is_any(at, &["situation", "independence", "freedom", "opinion"]);
            let subject = !document.is_capital(at)
                && document.is_plain(at)
                && at > from
                && (document.is_word(at.saturating_sub(1), "on")
                    || document.is_word(at.saturating_sub(1), "of"));
            if word || subject {
                at += 1;
                end = at;
            } else if link {
                at += 1;
            } else {
                break;
            }
        }
        end
    }

    /// A name behind a role's complement, with one past the complement: `for … Issues Robert King`,
    /// `in the DPRK, Elizabeth Salmón`.
    fn behind_complement(&self, from: u32) -> Option<(u32, Stretch)> {
        self.behind(from, self.complement_end(from)).or_else(|| {
            // `on cities in armed conflict, Grace Wanjiru Otieno`
            let document = self.document;
            let complement = document.is_any(from, &["of", "for", "on", "to", "at", "in", "under"]);
            let limit = document.sentence(from).tokens.to.min(from + COMPLEMENT);
            let comma = (from..limit).find(|&at| document.is_word(at, ","))?;
            let plain = (from..comma).all(|at| {
                document.is_plain(at)
                    && !document.is(at, Class::Auxiliary)
                    && !document.is(at, Class::Subordinator)
                    && document
                        .hits_in(Table::Speech, Stretch::new(at, at + 1))
                        .is_empty()
            });
            (complement && plain)
                .then(|| self.behind(from, comma))
                .flatten()
        })
    }

    /// A name behind a role's complement from `from` to `end`.
    fn behind(&self, from: u32, end: u32) -> Option<(u32, Stretch)> {
        let at = if self.document.is_word(end, ",") {
            end + 1
        } else {
            end
        };
        let name = self.name_at(at)?;
        let complete = name.len() >= 2 && self.is_likely(name);
        let separate = at > end || end > from;
        // `according to his wife, Choi Myung-ho was taken`: he is not she.
        let another = at > end && end == from && self.document.is(name.to, Class::Auxiliary);
        let closed = at == end
            || !another
                && (!self.document.is_plain(name.to)
                    || self.document.is(name.to, Class::Auxiliary)
                    || !self.document.is_capital(name.to));
        (complete && separate && closed).then_some((end, name))
    }
}
