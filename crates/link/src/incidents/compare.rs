//! Whether two allegations describe the same act: points for what agrees, and what forbids it.
//!
//! Invariant: symmetric; a difference in names, days or sites is never outweighed by equal words,
//! because form letters tell different events in the same words.

use super::days::Days;
use super::facts::{Facts, TextId, Texts};
use super::identity::{Identities, Standing};
use super::rules::Rules;
use super::types::Types;

/// Something that two allegations have in common, or in which they differ without excluding it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Found {
    SameType,
    NarrowerType,
    ActOfSeveralNames,
    NamedPerson(TextId),
    SameNumber(u64, u64),
    CompatibleNumber,
    DifferentNumber,
    SameGroup(TextId),
    PersonAndGroup,
    /// Days between the two, or of the wider of them.
    Time(i32),
    /// One has no date of its own, and their documents are of about the same time.
    ToldTogether,
    /// The dates differ, and yet it is one act.
    OtherTime(i32),
    SameSite(TextId),
    SiteWithin(TextId, TextId),
    SameState(TextId, bool),
    OtherSite(TextId, TextId),
    SameActor(TextId),
    DifferentActor,
    /// Thousandths of the telling words of the shorter text.
    Words(u32),
}

/// What keeps two allegations apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Forbids {
    Type,
    Persons,
    Numbers,
    Days(i32),
    Sites,
    States,
}

/// What two allegations have in common, with its points.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Likeness {
    pub points: i32,
    pub found: Vec<Found>,
}

/// What comparing needs to know.
#[derive(Clone, Copy)]
pub(crate) struct Comparer<'a> {
    pub rules: &'a Rules,
    pub types: &'a Types,
    pub identities: &'a Identities,
    pub texts: &'a Texts,
}

impl Comparer<'_> {
    /// What the two have in common, or what forbids that they are one act.
    pub(crate) fn compare(&self, one: &Facts, other: &Facts) -> Result<Likeness, Forbids> {
        let mut like = Likeness {
            points: 0,
            found: Vec::with_capacity(8),
        };
        self.type_of(one, other, &mut like)?;
        let person = common(&one.named, &other.named);
        self.persons(one, other, person, &mut like)?;
        let once = person.is_some()
            && self.rules.is_once(self.texts.text(one.code))
            && self.rules.is_once(self.texts.text(other.code));
        let same_site = self.place(one, other, once, &mut like)?;
        let day = self.time(one, other, once, same_site, &mut like)?;
        self.numbers(
            one,
            other,
            person.is_some() || (day && same_site),
            &mut like,
        )?;
        self.actors(one, other, &mut like);
        self.words(one, other, &mut like);
        Ok(like)
    }

    /// What forbids that the two are one act, when something does.
    pub(crate) fn forbids(&self, one: &Facts, other: &Facts) -> Option<Forbids> {
        self.compare(one, other).err()
    }

    fn type_of(&self, one: &Facts, other: &Facts, like: &mut Likeness) -> Result<(), Forbids> {
        if one.code == other.code {
            like.add(self.rules.points.same_type, Found::SameType);
            return Ok(());
        }
        let (code, second) = (self.texts.text(one.code), self.texts.text(other.code));
        if self.types.is_narrower(code, second) || self.types.is_narrower(second, code) {
            like.add(0, Found::NarrowerType);
            return Ok(());
        }
        if self.rules.same_act(code, second) {
            like.add(0, Found::ActOfSeveralNames);
            return Ok(());
        }
        Err(Forbids::Type)
    }

    fn persons(
        &self,
        one: &Facts,
        other: &Facts,
        person: Option<TextId>,
        like: &mut Likeness,
    ) -> Result<(), Forbids> {
        if let Some(person) = person {
            like.add(self.rules.points.named_person, Found::NamedPerson(person));
        } else if !one.named.is_empty() && !other.named.is_empty() {
            return Err(Forbids::Persons);
        }
        let several = |facts: &Facts| facts.number.is_some_and(|number| number.1 > 1);
        let unlike = |facts: &Facts, other: &Facts| !facts.named.is_empty() && several(other);
        if person.is_none() && (unlike(one, other) || unlike(other, one)) {
            like.add(self.rules.points.person_and_group, Found::PersonAndGroup);
        }
        if let Some(group) = common(&one.groups, &other.groups) {
            like.add(self.rules.points.same_group, Found::SameGroup(group));
        }
        Ok(())
    }

    /// Whether both name the same site below the level of a state.
    fn place(
        &self,
        one: &Facts,
        other: &Facts,
        once: bool,
        like: &mut Likeness,
    ) -> Result<bool, Forbids> {
        let points = &self.rules.points;
        if let (Some(site), Some(second)) = (one.site, other.site) {
            let standing = self
                .identities
                .standing(self.texts.text(site), self.texts.text(second));
            match standing {
                Standing::Same => {
                    like.add(points.same_site, Found::SameSite(site));
                    return Ok(true);
                }
                Standing::Within => {
                    like.add(points.within_place, Found::SiteWithin(site, second));
                    return Ok(false);
                }
                Standing::Apart if !once => return Err(Forbids::Sites),
                Standing::Apart => {
                    like.add(points.different_site, Found::OtherSite(site, second));
                    return Ok(false);
                }
                Standing::Untold => {}
            }
        }
        let (Some(state), Some(second)) = (one.state, other.state) else {
            return Ok(false);
        };
        let by_title = one.state_by_title || other.state_by_title;
        if state == second {
            like.add(points.within_place, Found::SameState(state, by_title));
        } else if !by_title && !once {
            return Err(Forbids::States);
        }
        Ok(false)
    }

    /// Whether both are dated to the same day or so.
    fn time(
        &self,
        one: &Facts,
        other: &Facts,
        once: bool,
        same_site: bool,
        like: &mut Likeness,
    ) -> Result<bool, Forbids> {
        let (points, limits) = (&self.rules.points, &self.rules.limits);
        let (Some(days), Some(second)) = (one.strong_days(), other.strong_days()) else {
            if let (Some(told), Some(second)) = (one.told, other.told)
                && one.record.source != other.record.source
                && told.gap(&second) <= limits.days_of_telling
            {
                like.add(points.told_together, Found::ToldTogether);
            }
            return Ok(false);
        };
        let gap = days.gap(&second);
        if gap > 0 {
            // Of an act that befalls somebody once one date may be wrong, but not date and place.
            let other_site = like
                .found
                .iter()
                .any(|found| matches!(found, Found::OtherSite(..)));
            let worth = if same_site && gap <= limits.slip_days {
                points.same_year
            } else if once && !other_site && gap <= limits.once_slip_days {
                points.different_day
            } else {
                return Err(Forbids::Days(gap));
            };
            like.add(worth, Found::OtherTime(gap));
            return Ok(false);
        }
        let width = self.span(&days, &second);
        let worth = match width {
            1 => points.exact_day,
            w if w <= limits.days_of_a_day => points.same_day,
            w if w <= limits.days_of_a_month => points.same_month,
            w if w <= 366 => points.same_year,
            _ => 0,
        };
        like.add(worth, Found::Time(width));
        Ok(width <= limits.days_of_a_day)
    }

    /// Days that two overlapping dates span together, a slack counted in.
    fn span(&self, one: &Days, other: &Days) -> i32 {
        let ((first, last), (second_first, second_last)) = (one.reach(), other.reach());
        (last.max(second_last) - first.min(second_first)).saturating_add(1)
    }

    fn numbers(
        &self,
        one: &Facts,
        other: &Facts,
        certain: bool,
        like: &mut Likeness,
    ) -> Result<(), Forbids> {
        let (Some((least, most)), Some((second_least, second_most))) = (one.number, other.number)
        else {
            return Ok(());
        };
        let (points, limits) = (&self.rules.points, &self.rules.limits);
        if least.max(second_least) <= most.min(second_most) {
            let telling = least.min(second_least) >= limits.telling_number;
            if telling && (least, most) == (second_least, second_most) {
                like.add(points.same_number, Found::SameNumber(least, most));
            } else {
                like.add(points.compatible_number, Found::CompatibleNumber);
            }
            return Ok(());
        }
        let (small, large) = (most.min(second_most).max(1), least.max(second_least));
        if !certain && large / small >= limits.number_factor {
            return Err(Forbids::Numbers);
        }
        like.add(points.different_number, Found::DifferentNumber);
        Ok(())
    }

    fn actors(&self, one: &Facts, other: &Facts, like: &mut Likeness) {
        if one.actors.is_empty() || other.actors.is_empty() {
            return;
        }
        let points = &self.rules.points;
        match common(&one.actors, &other.actors) {
            Some(actor) if self.texts.text(actor).starts_with("state:") => {}
            Some(actor) => like.add(points.same_actor, Found::SameActor(actor)),
            None if !self.accuse_others(one, other) => {}
            None => like.add(points.different_actor, Found::DifferentActor),
        }
    }

    /// Whether the two accuse different perpetrators. Those of one state do not differ: a ministry
    /// and its government.
    pub(crate) fn accuse_others(&self, one: &Facts, other: &Facts) -> bool {
        if common(&one.actors, &other.actors).is_some() {
            return false;
        }
        // Of "forces" without a state nobody can say that they are others.
        let state = |actor: &TextId| self.identities.state_of(self.texts.text(*actor));
        let states: Vec<_> = one.actors.iter().filter_map(state).collect();
        let others: Vec<_> = other.actors.iter().filter_map(state).collect();
        let known = !states.is_empty() && !others.is_empty();
        known && !others.iter().any(|of| states.contains(of))
    }

    /// Whether the two use nearly the same words.
    pub(crate) fn in_same_words(&self, one: &Facts, other: &Facts) -> bool {
        self.share(one, other) >= self.rules.limits.same_words_share
    }

    /// Thousandths of the telling words of the shorter text that stand in the other; 0 for texts too
    /// short to tell.
    fn share(&self, one: &Facts, other: &Facts) -> u32 {
        let shorter = one.words.len().min(other.words.len());
        if shorter < self.rules.limits.least_words {
            return 0;
        }
        (in_common(&one.words, &other.words) * 1000 / shorter) as u32
    }

    fn words(&self, one: &Facts, other: &Facts, like: &mut Likeness) {
        let limits = &self.rules.limits;
        let share = self.share(one, other);
        if share >= limits.same_words_share {
            like.add(self.rules.points.same_words, Found::Words(share));
        } else if share >= limits.like_words_share {
            like.add(self.rules.points.like_words, Found::Words(share));
        }
    }
}

impl Likeness {
    fn add(&mut self, points: i32, found: Found) {
        self.points = self.points.saturating_add(points);
        self.found.push(found);
    }
}

/// The first of two ascending lists' common members.
fn common(one: &[TextId], other: &[TextId]) -> Option<TextId> {
    one.iter()
        .find(|id| other.binary_search(id).is_ok())
        .copied()
}

fn in_common(one: &[TextId], other: &[TextId]) -> usize {
    let (mut at, mut count) = (0, 0);
    for id in one {
        while other.get(at).is_some_and(|candidate| candidate < id) {
            at += 1;
        }
        count += usize::from(other.get(at) == Some(id));
    }
    count
}
