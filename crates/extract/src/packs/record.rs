//! Records of what a page gives: quotes first, then fields that refer to them.
//!
//! Invariant: every quote is cut out of the reading at its place.

use super::claims::Claim;
use super::mentions::{Mention, Who};
use super::scene::Scene;
use super::speech::{Said, Speaker};
use crate::propose::Builder;
use model::{
    Allegation, Attribution, Band, Call, CharIndex, Cited, Code, EntityKind, EntityRef, Event,
    Figure, Perpetrator, Proposal, RecordBody, Span, Statement, Victim,
};
use std::ops::Range;

/// Who is meant by a mention, as other records name them.
pub(super) type Entity = EntityRef;

/// The entity of a mention; `None` for a pronoun.
pub(super) fn entity(scene: &Scene, mention: &Mention) -> Option<Entity> {
    let words = |at: &Range<usize>| scene.page.text[at.clone()].trim().to_owned();
    let (kind, name, key) = match &mention.who {
        Who::Named(number) => {
            let named = scene.pack.named.get(*number as usize)?;
            (named.kind, named.name.clone(), Some(named.key.clone()))
        }
        Who::Person(name) => (EntityKind::Person, name.clone(), None),
        Who::Body { name, .. } => (EntityKind::Organisation, name.clone(), None),
        Who::Titled(_) => (EntityKind::Person, words(&mention.name), None),
        Who::Group(number) => {
            let group = scene.pack.groups.get(*number as usize)?;
            if group.pronoun {
                return None;
            }
            let kind = if group.power || group.tells {
                EntityKind::Organisation
            } else {
                EntityKind::Group
            };
            (kind, words(&mention.name), None)
        }
    };
    Some(EntityRef {
        kind,
        name,
        key,
        record: None,
    })
}

/// Builds the proposals of one page.
pub(super) struct Recorder<'a> {
    pub scene: &'a Scene<'a>,
    pub text: &'a str,
    pub index: &'a CharIndex,
}

impl Recorder<'_> {
    fn builder(&self, first: &Range<usize>) -> Option<Builder<'_>> {
        let mut builder = Builder::new(self.text, self.index);
        self.cite(&mut builder, first)?;
        Some(builder)
    }

    /// The characters of the reading that a stretch shows, blanks at its ends cut off.
    pub fn span(&self, stretch: &Range<usize>) -> Option<Span> {
        let place = self.scene.page.place(stretch);
        let words = self.text.get(place.clone())?;
        let start = place.start + (words.len() - words.trim_start().len());
        let end = start + words.trim().len();
        (end > start).then(|| {
            Span::new(
                self.index.char(self.text, start),
                self.index.char(self.text, end),
            )
        })
    }

    fn cite(&self, builder: &mut Builder, stretch: &Range<usize>) -> Option<u16> {
        builder.cite_span(self.span(stretch)?, self.scene.passage)
    }

    fn cited<T>(&self, builder: &mut Builder, stretch: &Range<usize>, value: T) -> Cited<T> {
        let quote = self.cite(builder, stretch).unwrap_or(0);
        Cited::new(value, quote)
    }

    /// One allegation.
    pub fn allegation(&self, claim: &Claim) -> Option<Proposal> {
        let scene = self.scene;
        let violation = &scene.pack.violations[claim.violation as usize];
        let mut builder = self.builder(&claim.quote)?;
        let code = Code::from(violation.code.as_str());
        let violation_cited = self.cited(&mut builder, &claim.at, code);
        let mut band = match claim.inferred {
            true => Band::Inferred,
            false => Band::Stated,
        };
        let mut attribution = Vec::new();
        let mut said: Vec<&Said> = scene
            .said_near(claim.at.start)
            .iter()
            .filter(|said| !said.own && said.words.contains(&claim.at.start))
            .collect();
        said.sort_by_key(|said| std::cmp::Reverse(said.words.len()));
        for said in said {
            if said.speaker.as_ref().is_some_and(|it| it.at.is_none()) {
                band = Band::Inferred;
            }
            let link = Attribution {
                speaker: said.speaker.as_ref().map(|it| it.entity.clone()),
                words: scene.page.text[said.verb.clone()].trim().to_owned(),
            };
            let mut link = self.cited(&mut builder, &said.verb, link);
            let named = said.speaker.as_ref().and_then(|it| it.at.as_ref());
            let named = named.and_then(|at| self.cite(&mut builder, at));
            link.quotes.extend(named);
            attribution.push(link);
        }
        let victims = claim.victims.iter().filter_map(|&number| {
            let mention = scene.mentions.get(number)?;
            let victim = Victim {
                who: entity(scene, mention)?,
                number: mention.number,
                characteristics: characteristics(scene, mention),
            };
            Some(self.cited(&mut builder, &mention.at, victim))
        });
        let victims: Vec<_> = victims.collect();
        let perpetrators = claim.perpetrators.iter().filter_map(|&number| {
            let mention = scene.mentions.get(number)?;
            let accused = Perpetrator {
                who: entity(scene, mention)?,
                involvement: None,
            };
            Some(self.cited(&mut builder, &mention.at, accused))
        });
        let perpetrators: Vec<_> = perpetrators.collect();
        let place = claim.place.and_then(|number| {
            let mention = scene.mentions.get(number)?;
            let place = entity(scene, mention)?;
            Some(self.cited(&mut builder, &mention.at, place))
        });
        let clause = scene.page.clause(claim.at.start);
        let date = scene.date_in(&clause, claim.at.start);
        if date.is_some_and(|date| date.band == Band::Inferred) {
            band = Band::Inferred;
        }
        let date = date.map(|it| self.cited(&mut builder, &it.at, it.resolved.clone()));
        let body = RecordBody::Allegation(Allegation {
            violation: violation_cited,
            modality: Cited::new(claim.modality, 0),
            attribution,
            victims,
            perpetrators,
            place,
            date,
            method: None,
            attribution_by_authorities: None,
            status_at_end: None,
        });
        builder.finish(&violation.id, band, body)
    }

    fn speaker(
        &self,
        builder: &mut Builder,
        speaker: Option<&Speaker>,
    ) -> Option<Cited<EntityRef>> {
        let speaker = speaker?;
        Some(match &speaker.at {
            Some(at) => self.cited(builder, at, speaker.entity.clone()),
            None => Cited::new(speaker.entity.clone(), 0),
        })
    }

    fn band(said: &Said) -> Band {
        match &said.speaker {
            Some(speaker) if speaker.at.is_none() => Band::Inferred,
            _ => Band::Stated,
        }
    }

    /// One act of speech.
    pub fn statement(&self, said: &Said) -> Option<Proposal> {
        let speech = said
            .speech
            .and_then(|number| self.scene.pack.speeches.get(number as usize));
        let (id, act) = speech.map_or(("statement.source", "asserts"), |it| {
            (it.id.as_str(), it.act.as_str())
        });
        let words = match said.direct {
            true => said.words.clone(),
            // Indirect speech is carried by its verb too.
            false => said.words.start.min(said.verb.start)..said.words.end.max(said.verb.end),
        };
        let mut builder = self.builder(&words)?;
        let act = self.cited(&mut builder, &said.verb, Code::from(act));
        let speaker = self.speaker(&mut builder, said.speaker.as_ref());
        let role = said.speaker.as_ref().and_then(|it| it.at.as_ref());
        let role = role.and_then(|at| {
            let mention = self.scene.mention_at(at)?;
            let title = mention.title.clone()?;
            let words = self.scene.page.text[title.clone()].to_owned();
            Some(self.cited(&mut builder, &title, words))
        });
        let sentence = self.scene.page.sentence(said.verb.start);
        let date = self.scene.date_in(&sentence, said.verb.start);
        let date = date.filter(|it| !said.words.contains(&it.at.start));
        let date = date.map(|it| self.cited(&mut builder, &it.at, it.resolved.clone()));
        let body = RecordBody::Statement(Statement {
            speaker,
            role,
            act,
            direct: said.direct,
            about: Vec::new(),
            occasion: None,
            date,
        });
        builder.finish(id, Self::band(said), body)
    }

    /// The demand that a verb of saying makes.
    pub fn call(&self, said: &Said) -> Option<Proposal> {
        let speech = self.scene.pack.speeches.get(said.speech? as usize)?;
        if !speech.call {
            return None;
        }
        let mut demand = said.words.clone();
        let last = said
            .addressees
            .iter()
            .filter_map(|&it| self.scene.mentions.get(it));
        for mention in last {
            if demand.contains(&mention.whole.start) && mention.whole.end < demand.end {
                demand.start = demand.start.max(mention.whole.end);
            }
        }
        let words = if self.span(&demand).is_some() {
            &demand
        } else {
            &said.verb
        };
        let mut builder = self.builder(words)?;
        let demand = Cited::new(builder.quote(0).to_owned(), 0);
        let caller = self.speaker(&mut builder, said.speaker.as_ref());
        let addressees = said.addressees.iter().filter_map(|&number| {
            let mention = self.scene.mentions.get(number)?;
            let asked = entity(self.scene, mention)?;
            Some(self.cited(&mut builder, &mention.at, asked))
        });
        let addressees: Vec<_> = addressees.collect();
        let body = RecordBody::Call(Call {
            caller,
            addressees,
            demand,
            violations: Vec::new(),
            date: None,
            basis: None,
            repeats: None,
        });
        builder.finish(&speech.id, Self::band(said), body)
    }

    /// A demand without a verb of saying: `해야 한다`, `doit`.
    pub fn modal_call(&self, entry: u32, at: &Range<usize>) -> Option<Proposal> {
        use super::schema::Part;
        let scene = self.scene;
        let rule = scene.pack.calls.get(entry as usize)?;
        let demanded = scene.said_at(at.start).and_then(|said| said.speech);
        let demanded = demanded.and_then(|it| scene.pack.speeches.get(it as usize));
        if demanded.is_some_and(|speech| speech.call) {
            // `중단하라고 촉구했다` is one demand.
            return None;
        }
        let clause = scene.page.clause(at.start);
        let follows = scene.pack.markers_follow();
        let before = clause.start..at.start;
        let earlier: Vec<&Mention> = scene.mentions_in(&before).map(|(_, it)| it).collect();
        let speakers: Vec<&Range<usize>> = scene
            .said_near(at.start)
            .iter()
            .filter_map(|said| said.speaker.as_ref()?.at.as_ref())
            .collect();
        let free = |it: &&&Mention| !speakers.contains(&&it.at);
        let asked = if follows {
            let marked = |it: &&&Mention| it.is(Part::Topic) || it.is(Part::Subject);
            earlier.iter().filter(free).find(marked)
        } else {
            earlier
                .iter()
                .rev()
                .filter(free)
                .find(|it| it.is_bare() || it.is(Part::Clause))
        };
        let demand = if follows {
            asked.map_or(clause.start, |it| it.whole.end)..at.end
        } else {
            at.start..clause.end
        };
        let mut builder = self.builder(&demand)?;
        let demand = Cited::new(builder.quote(0).to_owned(), 0);
        let said = scene.said_at(at.start);
        let quoted = scene.page.quotation(at.start).is_some();
        let caller = match said {
            Some(said) => self.speaker(&mut builder, said.speaker.as_ref()),
            // Nobody else says so: the document asks.
            None => (!quoted).then(|| Cited::new(EntityRef::own_voice(), 0)),
        };
        let asked = asked.and_then(|it| {
            let who = entity(scene, it)?;
            Some(self.cited(&mut builder, &it.at, who))
        });
        let band = said.map_or(Band::Inferred, Self::band);
        let body = RecordBody::Call(Call {
            caller,
            addressees: asked.into_iter().collect(),
            demand,
            violations: Vec::new(),
            date: None,
            basis: None,
            repeats: None,
        });
        builder.finish(&rule.id, band, body)
    }

    /// A number of something.
    pub fn figure(&self, figure: &super::figures::Figure) -> Option<Proposal> {
        let mut builder = self.builder(&figure.at)?;
        let said = self.scene.said_at(figure.at.start);
        let said_by = self.speaker(&mut builder, said.and_then(|it| it.speaker.as_ref()));
        let body = RecordBody::Figure(Figure {
            least: Cited::new(figure.least, 0),
            most: figure.most.map(|most| Cited::new(most, 0)),
            approximate: false,
            unit: Cited::new(figure.unit.clone(), 0),
            of: None,
            as_of: None,
            said_by,
        });
        let rule = self.scene.pack.counters.get(figure.counter as usize)?;
        builder.finish(&rule.id, Band::Stated, body)
    }

    /// Something that took place on a date that its clause gives.
    pub fn event(&self, entry: u32, at: &Range<usize>) -> Option<Proposal> {
        let scene = self.scene;
        let rule = scene.pack.events.get(entry as usize)?;
        let clause = scene.page.clause(at.start);
        let date = scene.date_in(&clause, at.start)?;
        let quote = date.at.start.min(at.start)..date.at.end.max(at.end);
        let mut builder = self.builder(&quote)?;
        let event = self.cited(&mut builder, at, Code::from(rule.event.as_str()));
        let band = date.band;
        let date = self.cited(&mut builder, &date.at, date.resolved.clone());
        let body = RecordBody::Event(Event {
            event,
            date: Some(date),
            place: None,
            participants: Vec::new(),
            instrument: None,
            after: Vec::new(),
            consequences: Vec::new(),
        });
        builder.finish(&rule.id, band, body)
    }
}

fn characteristics(scene: &Scene, mention: &Mention) -> Vec<Code> {
    let Who::Group(number) = &mention.who else {
        return Vec::new();
    };
    let group = scene.pack.groups.get(*number as usize);
    let code = group.and_then(|group| group.characteristic.as_deref());
    code.map(Code::from).into_iter().collect()
}
