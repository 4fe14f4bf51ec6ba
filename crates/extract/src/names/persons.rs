//! Names of persons: a title and a name, a name and its role in apposition, a name beside a verb
//! of saying, a given name that is surely one, a Korean name in its own order.
//!
//! Invariant: a name is made of capitalised words, and some word around or in it says that it is a
//! person's: capitals alone never do.

use super::{Candidate, What};
use crate::lexicon::{Class, RoleKind, Table};
use crate::text::{Document, Hit, Part, Stretch};
use model::EntityKind;

/// The most words of a person's name.
const LONGEST: u32 = 6;
/// The most words between a title and the name that it belongs to.
const COMPLEMENT: u32 = 16;

/// Collects persons. `taken` are the names found so far, ascending.
pub(super) fn find(document: &Document, taken: &[Candidate]) -> Vec<Candidate> {
    let finder = Finder { document, taken };
    let mut found = Vec::new();
    for hit in document.hits(Table::Role) {
        if document.part(hit.tokens.from) != Part::Head || finder.is_title_of_speaker(hit) {
            finder.by_role(hit, &mut found);
        }
    }
    for block in &document.blocks {
        if block.part == Part::Head {
            continue;
        }
        for at in block.tokens.tokens() {
            if document.is_capital(at) {
                finder.by_given_name(at, &mut found);
                finder.korean(at, &mut found);
            }
        }
    }
    for hit in document.hits(Table::Speech) {
        if document.part(hit.tokens.from) == Part::Body {
            finder.by_speech(hit, &mut found);
        }
    }
    finder.listed(&mut found);
    found
}

struct Finder<'d, 'a> {
    document: &'d Document<'a>,
    taken: &'d [Candidate],
}

impl Finder<'_, '_> {
    /// The curated or patterned name that the token is part of.
    fn taken_at(&self, token: u32) -> Option<&Candidate> {
        let after = self
            .taken
            .partition_point(|candidate| candidate.tokens.from <= token);
        let candidate = self.taken.get(after.checked_sub(1)?)?;
        candidate.tokens.has(token).then_some(candidate)
    }

    fn is_known_person(&self, candidate: &Candidate) -> bool {
        match candidate.what {
            What::Known(known) => {
                self.document.lexicon.known[known as usize].kind == EntityKind::Person
            }
            _ => false,
        }
    }

    /// `Statement by President …` in a title names a speaker.
    fn is_title_of_speaker(&self, hit: &Hit) -> bool {
        let from = self.document.block(hit.tokens.from).tokens.from;
        (from..hit.tokens.from)
            .rev()
            .take(6)
            .any(|at| self.document.is_any(at, &["by", "from", "of"]))
    }

    /// Whether the token can be a word of a name.
    fn is_name_word(&self, at: u32) -> bool {
        let document = self.document;
        document.is_capital(at)
            && document.is_plain(at)
            && !document.is(at, Class::Month)
            && !document.is(at, Class::Weekday)
            && (!document.is(at, Class::NotName) || document.is(at, Class::FirstName))
            && !(document.is(at, Class::Determiner) || document.is(at, Class::Preposition))
            && !document.written(at).ends_with("’s")
    }

    /// The longest name that begins at `from`.
    fn name_at(&self, from: u32) -> Option<Stretch> {
        let document = self.document;
        let sentence = document.sentence(from).tokens;
        if !self.is_name_word(from) {
            return None;
        }
        if let Some(taken) = self.taken_at(from)
            && !self.is_known_person(taken)
        {
            return None;
        }
        let mut to = from + 1;
        while to < sentence.to && to - from < LONGEST {
            let token = document.token(to)?;
            let joined = token.shape.is_joined() && token.shape.is_word();
            let after_given = document.is(from, Class::FirstName)
                && document.is(to, Class::NotName)
                && document.is_capital(to)
                && to == from + 1
                && !self.is_name_word(to + 1);
            if let Some(taken) = self.taken_at(to)
                && !self.is_known_person(taken)
                && !joined
            {
                break;
            }
            if joined || self.is_name_word(to) || after_given {
                to += 1;
                continue;
            }
            let particle = document.is(to, Class::Particle) && self.is_name_word(to + 1);
            if particle {
                to += 2;
                continue;
            }
            let suffix = document.is_word(to, ",") && document.is(to + 1, Class::Suffix);
            if suffix || (document.is(to, Class::Suffix) && document.is_capital(to)) {
                to += if suffix { 2 } else { 1 };
            }
            break;
        }
        Some(Stretch::new(from, to))
    }

    /// The name that ends right before `to`, of two to four words.
    fn name_before(&self, to: u32) -> Option<Stretch> {
        let sentence = self.document.sentence(to.checked_sub(1)?).tokens;
        let mut from = to;
        while from > sentence.from && to - from < LONGEST {
            let before = from - 1;
            let joined = self
                .document
                .token(before)
                .is_some_and(|t| t.shape.is_joined() && t.shape.is_word());
            let particle = self.document.is(before, Class::Particle)
                && from < to
                && before > sentence.from
                && self.is_name_word(before.saturating_sub(1));
            if !(self.is_name_word(before) || joined || particle) {
                break;
            }
            from = before;
        }
        let begins = from == sentence.from;
        if begins && self.document.is(from, Class::Starter) && to - from > 2 {
            from += 1;
        }
        let name = self.name_at(from)?;
        (name.to == to && name.len() >= 2).then_some(name)
    }

    fn by_role(&self, hit: &Hit, found: &mut Vec<Candidate>) {
        let document = self.document;
        let role = &document.lexicon.roles[hit.entry as usize];
        if self.is_title_case(hit.tokens.from) {
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
                let phrase = document.trimmed(phrase);
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
        {
            let to = self.complement_end(hit.tokens.to);
            push(name, Stretch::new(outer_from, to), "name.person.apposition");
        }
    }

    /// Whether the token is the surname of a person that the gazetteers know: `Envoy King`.
    fn is_known_surname(&self, at: u32) -> bool {
        let document = self.document;
        document.is_capital(at)
            && !document.is_capital(at + 1)
            && self.taken_at(at).is_none()
            && document
                .lexicon
                .surnames
                .contains_key(&document.written(at).to_lowercase())
    }

    /// Whether a name is only the beginning of another thing's: `George Bush` of an airport.
    fn goes_on(&self, name: Stretch) -> bool {
        let document = self.document;
        let role = document
            .hits_in(Table::Role, name)
            .iter()
            .any(|hit| name.contains(hit.tokens));
        let next = document
            .token(name.to)
            .is_some_and(|token| token.shape.is_capital() && token.shape.is_spaced());
        let same = document.sentence_number(name.from) == document.sentence_number(name.to);
        role || next && same && document.is_plain(name.to) && document.is(name.to, Class::NotName)
    }

    /// Whether the sentence is written like a title, where capitals say nothing.
    fn is_title_case(&self, at: u32) -> bool {
        let document = self.document;
        let sentence = document.sentence(at).tokens;
        let ended = document.is_any(sentence.to.saturating_sub(1), &[".", "!", "?", "”", "\""]);
        if ended {
            return false;
        }
        let (mut words, mut capitals) = (0u32, 0u32);
        for at in sentence.tokens().take(40) {
            if document.is_plain(at) && document.written(at).len() > 3 {
                words += 1;
                capitals += u32::from(document.is_capital(at));
            }
        }
        words >= 5 && capitals * 4 >= words * 3
    }

    /// Whether two or more capitalised words are more likely a person than another thing: none of
    /// them is a word of offices, nor capitals throughout beside others that are not.
    fn is_likely(&self, name: Stretch) -> bool {
        name.tokens().all(|at| {
            !self.document.is(at, Class::OrganisationHead)
                && !self.document.is(at, Class::InstrumentHead)
                && (!self.document.is(at, Class::OfficeWord)
                    || self.document.is(at, Class::FirstName)
                    || at > name.from)
        }) && self
            .document
            .hits_in(Table::Adjective, name)
            .iter()
            .all(|hit| !name.contains(hit.tokens))
    }

    /// A known person, when the name is one that the gazetteers list.
    fn known(&self, name: Stretch, else_what: What) -> What {
        match self.taken_at(name.from) {
            Some(taken) if taken.tokens == name && self.is_known_person(taken) => {
                taken.what.clone()
            }
            _ => else_what,
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
                || document.is_any(before, &["former", "then", "new", "un", "current", "late"])
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
        let end = self.complement_end(from);
        let at = if self.document.is_word(end, ",") {
            end + 1
        } else {
            end
        };
        let name = self.name_at(at)?;
        let complete = name.len() >= 2 && self.is_likely(name);
        let separate = at > end || end > from;
        let closed = at == end
            || !self.document.is_plain(name.to)
            || self.document.is(name.to, Class::Auxiliary)
            || !self.document.is_capital(name.to);
        (complete && separate && closed).then_some((end, name))
    }

    /// `Narges Mohammadi`: a given name and a capitalised word.
    fn by_given_name(&self, at: u32, found: &mut Vec<Candidate>) {
        let document = self.document;
        if !document.is(at, Class::FirstName) {
            return;
        }
        let after_name = at > 0
            && document.block(at).tokens.has(at.saturating_sub(1))
            && document.is_capital(at.saturating_sub(1))
            && self.is_name_word(at.saturating_sub(1))
            && !document.is_any(at.saturating_sub(1), &[","]);
        if after_name {
            return;
        }
        let Some(name) = self.name_at(at).filter(|&name| !self.goes_on(name)) else {
            return;
        };
        let last_is_plain = !document.is(name.to.saturating_sub(1), Class::OrganisationHead);
        if name.len() >= 2 && last_is_plain && self.is_likely(name) {
            let what = self.known(name, What::Named(EntityKind::Person));
            found.push(Candidate::new(name, what, "name.person.given-name", 3));
        }
    }

    /// `Kim Hye Sook`, `Moon Jae-in`: a Korean surname and two syllables.
    fn korean(&self, at: u32, found: &mut Vec<Candidate>) {
        let document = self.document;
        if !document.is(at, Class::KoreanSurname) || self.taken_at(at).is_some() {
            return;
        }
        let syllable = |at: u32| {
            let written = document.written(at);
            written.len() <= 6
                && written.chars().all(char::is_alphabetic)
                && !document.is(at, Class::NotName)
                && !document.is(at, Class::Starter)
                && self.taken_at(at).is_none()
        };
        let first = document.is_capital(at + 1) && syllable(at + 1);
        let joined = document
            .token(at + 2)
            .is_some_and(|t| t.shape.is_joined() && t.shape.is_word());
        let second = (joined || document.is_capital(at + 2)) && document.written(at + 2).len() <= 6;
        let alone = !document.is_capital(at + 3) || joined;
        let in_one = document.sentence_number(at) == document.sentence_number(at + 2);
        if first && second && alone && in_one && (joined || syllable(at + 2)) {
            let name = Stretch::new(at, at + 3);
            let what = What::Named(EntityKind::Person);
            found.push(Candidate::new(name, what, "name.person.korean", 3));
        }
    }

    /// `said Lisa Carty`, `Lisa Carty said`.
    fn by_speech(&self, hit: &Hit, found: &mut Vec<Candidate>) {
        let document = self.document;
        let sentence = document.sentence(hit.tokens.from).tokens;
        if sentence.has(hit.tokens.to)
            && let Some(name) = self.name_at(hit.tokens.to)
            && name.len() >= 2
            && self.is_likely(name)
            && document.is_any(
                hit.tokens.to.saturating_sub(1),
                &["said", "says", "added", "stressed", "noted"],
            )
        {
            let what = self.known(name, What::Named(EntityKind::Person));
            found.push(Candidate::new(name, what, "name.person.speech", 2));
        }
        if hit.tokens.from > sentence.from
            && let Some(name) = self.name_before(hit.tokens.from)
            && self.is_likely(name)
            && name.from > sentence.from
            && !document.is_capital(name.from.saturating_sub(1))
        {
            let what = self.known(name, What::Named(EntityKind::Person));
            found.push(Candidate::new(name, what, "name.person.speech", 2));
        }
    }

    /// Two capitalised words in a list of persons: `Paul Whelan, Alsu Kurmasheva, and …`.
    fn listed(&self, found: &mut Vec<Candidate>) {
        let document = self.document;
        let mut ends: Vec<u32> = found
            .iter()
            .filter(|candidate| candidate.tokens.len() >= 2)
            .map(|candidate| candidate.tokens.to)
            .collect();
        ends.sort_unstable();
        ends.dedup();
        for end in ends {
            let mut at = end;
            while document.is_any(at, &[",", "and"]) && at < end + 2 {
                at += 1;
            }
            if at == end || !document.is_word(end, ",") {
                continue;
            }
            let Some(name) = self.name_at(at) else {
                continue;
            };
            let closed = document.is_any(name.to, &[",", "and", "."]);
            let same = document.sentence_number(end) == document.sentence_number(at);
            if same && closed && (2..=3).contains(&name.len()) && self.is_likely(name) {
                let what = self.known(name, What::Named(EntityKind::Person));
                found.push(Candidate::new(name, what, "name.person.list", 4));
            }
        }
    }
}
