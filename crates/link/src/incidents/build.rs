//! What a group of allegations says in common: types, places, time, victims, perpetrators, reasons.
//!
//! Invariant: nothing is chosen where the members disagree; ranges cover all of them and the
//! contradiction is stated.

use super::cluster::{Because, Groups, Joined, KeptApart};
use super::compare::Comparer;
use super::contradictions;
use super::facts::{Facts, TextId};
use super::incident::{Apart, Cite, How, Incident, Level, Member, Named, Reason, Time, Victims};
use super::judged::Judgements;
use super::words::Writer;
use model::{Code, Edtf, EntityKind, PartialDate, RecordId};
use std::collections::{BTreeMap, HashMap};

/// Alike allegations elsewhere that an incident names.
const MOST_APART: usize = 8;

/// Builds incidents from groups.
pub(crate) struct Builder<'a, 'r> {
    facts: &'a [Facts<'r>],
    comparer: Comparer<'a>,
    writer: Writer<'a>,
    judgements: &'a Judgements,
    joined: &'a HashMap<u32, Vec<Joined>>,
    apart: HashMap<u32, Vec<KeptApart>>,
}

impl<'a, 'r> Builder<'a, 'r> {
    pub(crate) fn new(
        facts: &'a [Facts<'r>],
        comparer: Comparer<'a>,
        judgements: &'a Judgements,
        groups: &'a Groups,
    ) -> Self {
        let mut apart: HashMap<u32, Vec<KeptApart>> = HashMap::new();
        for pair in &groups.apart {
            for at in [pair.one, pair.other] {
                let known = apart.entry(at).or_default();
                if known.len() < MOST_APART {
                    known.push(*pair);
                }
            }
        }
        Self {
            facts,
            comparer,
            writer: Writer {
                rules: comparer.rules,
                types: comparer.types,
                identities: comparer.identities,
                texts: comparer.texts,
            },
            judgements,
            joined: &groups.joined,
            apart,
        }
    }

    /// The incident of a group: positions in the facts, ascending, at least one.
    pub(crate) fn incident(&self, group: &[u32]) -> Incident {
        let members: Vec<&Facts> = group.iter().map(|at| &self.facts[*at as usize]).collect();
        let event = members.iter().find(|facts| facts.level == Level::Event);
        let leading = event.or(members.first()).expect("a group has a member");
        let level = leading.level;
        Incident {
            id: members[0].id(),
            level,
            level_because: leading.level_because.clone(),
            types: self.types(&members),
            places: self.places(&members),
            time: time(&members),
            victims: self.victims(&members, level),
            perpetrators: self.named(&members, |facts| facts.actors.clone()),
            participants: Vec::new(),
            happenings: Vec::new(),
            members: group.iter().map(|at| self.member(*at, group)).collect(),
            contradictions: contradictions::of(&members, level, self.comparer),
            apart: self.apart(group),
        }
    }

    fn types(&self, members: &[&Facts]) -> Vec<(Code, Vec<RecordId>)> {
        let mut types: BTreeMap<&str, Vec<RecordId>> = BTreeMap::new();
        for facts in members {
            let code = facts.allegation.violation.value.as_str();
            types.entry(code).or_default().push(facts.id());
        }
        let types = types
            .into_iter()
            .map(|(code, records)| (Code::from(code), records));
        let mut types: Vec<_> = types.collect();
        types.sort_by_key(|(_, records)| std::cmp::Reverse(records.len()));
        types
    }

    /// What members name, by name; `of` gives the identities that one names.
    fn named(&self, members: &[&Facts], of: impl Fn(&Facts) -> Vec<TextId>) -> Vec<Named> {
        let mut named: BTreeMap<&str, Vec<RecordId>> = BTreeMap::new();
        for facts in members {
            for id in of(facts) {
                let records = named.entry(self.comparer.texts.text(id)).or_default();
                records.push(facts.id());
            }
        }
        let named = named.into_iter().map(|(identity, records)| Named {
            identity: identity.to_owned(),
            name: self.comparer.identities.label(identity),
            records,
        });
        named.collect()
    }

    fn places(&self, members: &[&Facts]) -> Vec<Named> {
        let mut sites = self.named(members, |facts| facts.site.into_iter().collect());
        let states = self.named(members, |facts| facts.state.into_iter().collect());
        let depth = |named: &Named| self.comparer.identities.above(&named.identity).count();
        sites.sort_by_key(|named| std::cmp::Reverse(depth(named)));
        sites.extend(states);
        sites
    }

    fn victims(&self, members: &[&Facts], level: Level) -> Victims {
        let named = self.named(members, |facts| facts.named.clone());
        let groups = groups(members);
        let numbers = members.iter().filter_map(|facts| facts.number);
        let least = numbers.clone().map(|number| number.0).min();
        let most = numbers.map(|number| number.1).max();
        let by_name = u64::try_from(named.len()).unwrap_or(u64::MAX);
        let (least, because) = match (least, level) {
            (Some(least), _) => (
                Some(least.max(by_name)),
                "the lowest and the highest number that a member states".to_owned(),
            ),
            (None, Level::Event) if by_name > 0 => (
                Some(by_name),
                "the persons who are named; no number is stated".to_owned(),
            ),
            (None, _) => (None, "no number is stated".to_owned()),
        };
        let most = most.map(|most| most.max(least.unwrap_or(0)));
        Victims {
            named,
            groups,
            least,
            most,
            because,
        }
    }

    fn member(&self, at: u32, group: &[u32]) -> Member {
        let facts = &self.facts[at as usize];
        let joined = self.joined.get(&at).map_or(&[][..], Vec::as_slice);
        let mut how = if group.first() == Some(&at) {
            How::First
        } else {
            How::Rules
        };
        let mut reasons: Vec<Reason> = Vec::new();
        for joined in joined.iter().take(3) {
            if let Joined::Judged(judged) = joined {
                how = How::Person(judged.by.clone());
            }
            reasons.push(self.reason(at, joined));
        }
        if reasons.is_empty() {
            reasons.push(self.alone(facts, group.len()));
        }
        Member {
            record: facts.id(),
            source: facts.record.source,
            modality: facts.allegation.modality.value,
            how,
            reasons,
        }
    }

    fn reason(&self, at: u32, joined: &Joined) -> Reason {
        let facts = &self.facts[at as usize];
        match joined {
            Joined::General => Reason {
                text: capital(&self.writer.general(facts)),
                cites: vec![Cite::of(facts.record)],
            },
            Joined::Judged(judged) => {
                let other = if judged.one == facts.id() {
                    judged.other
                } else {
                    judged.one
                };
                Reason {
                    text: format!(
                        "{} judged that this and {other} are the same incident: {}",
                        judged.by, judged.reason
                    ),
                    cites: vec![Cite::of(facts.record)],
                }
            }
            Joined::Alike(edge) => {
                let other = if edge.one == at { edge.other } else { edge.one };
                let other = &self.facts[other as usize];
                let text = match self.comparer.compare(facts, other) {
                    Ok(like) => self.writer.likeness(facts, other, &like),
                    // Edges are made of pairs that compare.
                    Err(forbids) => self.writer.forbids(facts, other, forbids),
                };
                Reason {
                    text: capital(&text),
                    cites: vec![Cite::of(facts.record), Cite::of(other.record)],
                }
            }
        }
    }

    fn alone(&self, facts: &Facts, members: usize) -> Reason {
        let text = match (facts.level, members) {
            (Level::Pattern, _) => capital(&self.writer.general(facts)),
            (Level::Event, _) => "No other allegation on record is alike enough to be the same \
                                  event"
                .to_owned(),
        };
        Reason {
            text: format!(
                "{text}. It stands among {} because {}",
                level_words(facts.level),
                facts.level_because
            ),
            cites: vec![Cite::of(facts.record)],
        }
    }

    fn apart(&self, group: &[u32]) -> Vec<Apart> {
        let mut found = Vec::new();
        for at in group {
            for pair in self.apart.get(at).into_iter().flatten() {
                let other = if pair.one == *at {
                    pair.other
                } else {
                    pair.one
                };
                if found.len() < MOST_APART && group.binary_search(&other).is_err() {
                    found.push(self.kept_apart(*at, other, pair));
                }
            }
        }
        found
    }

    fn kept_apart(&self, at: u32, other: u32, pair: &KeptApart) -> Apart {
        let (member, second) = (&self.facts[at as usize], &self.facts[other as usize]);
        let facts = |at: u32| &self.facts[at as usize];
        let text = match pair.because {
            Because::Judged => self.judged_apart(member, second),
            Because::Excluded(one, other, forbids) => {
                format!(
                    "Kept apart: {}",
                    self.writer.forbids(facts(one), facts(other), forbids)
                )
            }
            Because::Undecided(also, forbids) => {
                let fits = if pair.one == at { other } else { pair.other };
                format!(
                    "Left undecided: one account fits two others equally well, which exclude each \
                     other: {}",
                    self.writer.forbids(facts(fits), facts(also), forbids)
                )
            }
        };
        Apart {
            member: member.id(),
            other: second.id(),
            reason: Reason {
                text,
                cites: vec![Cite::of(member.record), Cite::of(second.record)],
            },
        }
    }

    fn judged_apart(&self, member: &Facts, other: &Facts) -> String {
        match self.judgements.of_pair(member.id(), other.id()) {
            Some(judged) => format!(
                "Kept apart: {} judged that they are different incidents: {}",
                judged.by, judged.reason
            ),
            None => "Kept apart: a person judged allegations of the two to be different incidents"
                .to_owned(),
        }
    }
}

fn level_words(level: Level) -> &'static str {
    match level {
        Level::Event => "the events",
        Level::Pattern => "the general claims",
    }
}

/// The first letter as a capital.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// Groups of victims, in the words of the texts.
fn groups(members: &[&Facts]) -> Vec<Named> {
    let mut groups: BTreeMap<String, Named> = BTreeMap::new();
    for facts in members {
        for victim in &facts.allegation.victims {
            let who = &victim.value.who;
            if who.kind == EntityKind::Person && victim.value.number.is_none_or(|n| n <= 1) {
                continue;
            }
            let folded = super::identity::folded(&who.name);
            let group = groups.entry(folded.clone()).or_insert_with(|| Named {
                identity: folded,
                name: who.name.clone(),
                records: Vec::new(),
            });
            if group.records.last() != Some(&facts.id()) {
                group.records.push(facts.id());
            }
        }
    }
    groups.into_values().collect()
}

/// When, as far as the members say.
fn time(members: &[&Facts]) -> Option<Time> {
    let strong = members.iter().any(|facts| facts.strong_days().is_some());
    let dated: Vec<&&Facts> = members
        .iter()
        .filter(|facts| facts.days.is_some() && (!strong || facts.strong_days().is_some()))
        .collect();
    let days = |facts: &&&Facts| facts.days.expect("only dated ones were kept");
    let narrowest = dated
        .iter()
        .min_by_key(|facts| (days(facts).width(), days(facts)))?;
    let first = dated.iter().min_by_key(|facts| days(facts).first)?;
    let last = dated.iter().max_by_key(|facts| days(facts).last)?;
    // Of stretches that overlap pairwise the one that ends first and the one that begins last do.
    let ends_first = dated.iter().min_by_key(|facts| days(facts).reach().1)?;
    let begins_last = dated.iter().max_by_key(|facts| days(facts).reach().0)?;
    let agreed = days(ends_first).gap(&days(begins_last)) == 0;
    let date = |facts: &Facts| facts.allegation.date.as_ref().map(|date| date.value.date);
    let range = if agreed {
        date(narrowest)?
    } else {
        Edtf::Interval(ends(&date(first)?).0, ends(&date(last)?).1)
    };
    Some(Time {
        range,
        agreed,
        of_telling: !strong,
        records: dated.iter().map(|facts| facts.id()).collect(),
    })
}

fn ends(date: &Edtf) -> (Option<PartialDate>, Option<PartialDate>) {
    match date {
        Edtf::Date(date) => (Some(*date), Some(*date)),
        Edtf::Interval(from, to) => (*from, *to),
    }
}
