//! Persons, organisations, states, places and instruments: who and what the document names, and
//! where.
//!
//! Curated names come first, then patterns (`Ministry of …`, `… Act of 1961`, a title and a name),
//! then what the tagger suggests, then forms that only the document can explain (`the Council`, a surname, `the expert`).
//! Invariant: mentions ascend and do not overlap; of two candidates the longer one is kept, and of
//! equals the curated one. An adjective (`North Korean`) is never a mention of the state.

mod bodies;
mod curated;
mod later;
mod localised;
mod located;
mod persons;
mod record;
mod tagged;
mod topic;

pub(crate) use localised::propose as localised;
pub(crate) use record::propose;

use crate::text::{Document, Stretch};
use model::{EntityKind, EntityRef};
use std::collections::{BTreeMap, HashMap};

/// How a mention names its entity.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Form {
    /// By a name that stands for it anywhere.
    Full,
    /// By a short form, resolved in this document.
    Short,
    /// By a role: `the expert`. No name at all.
    Later,
}

/// One place where an entity is named.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mention {
    /// The name.
    pub tokens: Stretch,
    /// The name with the title, role and determiner around it.
    pub outer: Stretch,
    /// Number of the entity.
    pub entity: u32,
    pub form: Form,
}

/// Something that the document names.
#[derive(Clone, Debug)]
pub(crate) struct Entity {
    pub kind: EntityKind,
    pub name: String,
    pub key: Option<String>,
    /// Number in the gazetteer.
    pub known: Option<u32>,
    /// The rule that named it first.
    pub rule: &'static str,
    /// Roles as written.
    pub roles: Vec<Stretch>,
    /// Role entries of the lexicon.
    pub role_ids: Vec<u32>,
    /// `female` or `male`, and the word that says so.
    pub sex: Option<(String, Stretch)>,
    /// Named by a role only: never proposed, but may speak.
    pub unnamed: bool,
}

impl Entity {
    /// A person by name, not by a role alone.
    pub fn is_named_person(&self) -> bool {
        self.kind == EntityKind::Person && !self.unnamed
    }
}

/// All names of a document.
#[derive(Default)]
pub(crate) struct Names {
    pub entities: Vec<Entity>,
    pub mentions: Vec<Mention>,
    /// How often each entity is named, by its number.
    pub times: Vec<u32>,
    /// The person whom the document is about, where one stands out.
    pub central: Option<u32>,
    /// The person whom the document is about, or the only one, with the token of the first mention.
    pub meant: Option<(u32, u32)>,
    /// The state that the document is about, when one stands out.
    pub topic: Option<u32>,
    /// Whether the document is about no state, or about the one that speaks: its general words on a
    /// subject are no reports.
    pub general: bool,
    by_key: HashMap<String, u32>,
    by_name: HashMap<(EntityKind, String), u32>,
    /// Persons by family name, the first of each.
    families: HashMap<String, u32>,
}

/// A mention before overlaps are settled.
#[derive(Clone, Debug)]
struct Candidate {
    tokens: Stretch,
    outer: Stretch,
    what: What,
    rule: &'static str,
    role: Option<Stretch>,
    role_id: Option<u32>,
    sex: Option<(String, Stretch)>,
    rank: u8,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum What {
    /// In the gazetteer.
    Known(u32),
    /// By its own name.
    Named(EntityKind),
    /// A surname, of a person yet to be found.
    Surname,
}

impl Candidate {
    fn new(tokens: Stretch, what: What, rule: &'static str, rank: u8) -> Self {
        Self {
            tokens,
            outer: tokens,
            what,
            rule,
            role: None,
            role_id: None,
            sex: None,
            rank,
        }
    }
}

impl Names {
    /// Finds all names of a document.
    ///
    /// `title` are the names of a title that does not stand in the text.
    pub fn find(document: &Document, title: Option<&Self>) -> Self {
        let mut candidates = Vec::new();
        let shorts = curated::find(document, &mut candidates);
        curated::symbols(document, &mut candidates);
        bodies::find(document, &mut candidates);
        let taken = settle(std::mem::take(&mut candidates), document);
        let mut persons = persons::find(document, &taken);
        let mut all = taken;
        all.append(&mut persons);
        let mut all = settle(all, document);
        all.append(&mut tagged::find(document, &all));
        let mut all = settle(all, document);
        all.append(&mut located::find(document, &all));
        let settled = settle(all, document);
        let mut names = Self::default();
        for candidate in settled {
            names.admit(document, candidate);
        }
        names.merge_general();
        curated::resolve_short(document, &mut names, &shorts);
        later::surnames(document, &mut names);
        later::roles(document, &mut names);
        names.mentions.sort_by_key(|mention| mention.tokens);
        let (topic, general) = topic::find(document, &names, title);
        names.topic = topic;
        names.general = general;
        curated::governments(document, &mut names);
        names.mentions.sort_by_key(|mention| mention.tokens);
        names.times = vec![0; names.entities.len()];
        for mention in &names.mentions {
            names.times[mention.entity as usize] += 1;
        }
        names.central = names.central_person();
        names.meant = names.meant_person();
        names
    }

    /// The entity that a record refers to.
    pub fn reference(&self, entity: u32) -> EntityRef {
        let entity = &self.entities[entity as usize];
        EntityRef {
            kind: entity.kind,
            name: entity.name.clone(),
            key: entity.key.clone(),
            record: None,
        }
    }

    /// The mention whose name the token is part of.
    pub fn at(&self, token: u32) -> Option<&Mention> {
        let after = self
            .mentions
            .partition_point(|mention| mention.tokens.from <= token);
        let mention = self.mentions.get(after.checked_sub(1)?)?;
        mention.tokens.has(token).then_some(mention)
    }

    /// The mentions whose names begin within the stretch.
    pub fn within(&self, stretch: Stretch) -> &[Mention] {
        let from = self
            .mentions
            .partition_point(|mention| mention.tokens.from < stretch.from);
        let to = self
            .mentions
            .partition_point(|mention| mention.tokens.from < stretch.to);
        self.mentions.get(from..to).unwrap_or_default()
    }

    /// The last mention that ends at or before the token, of those that `fits` allows, looking
    /// back over at most `most` mentions.
    pub fn before(
        &self,
        token: u32,
        most: usize,
        fits: impl Fn(&Mention, &Entity) -> bool,
    ) -> Option<&Mention> {
        let after = self
            .mentions
            .partition_point(|mention| mention.tokens.to <= token);
        self.mentions[..after]
            .iter()
            .rev()
            .take(most)
            .find(|mention| fits(mention, self.entity(mention)))
    }

    /// The mention's entity.
    pub fn entity(&self, mention: &Mention) -> &Entity {
        &self.entities[mention.entity as usize]
    }

    /// The entity with this key.
    pub fn by_key(&self, key: &str) -> Option<u32> {
        self.by_key.get(key).copied()
    }

    /// Adds a candidate's mention, and its entity when it is new.
    fn admit(&mut self, document: &Document, candidate: Candidate) {
        let entity = match candidate.what {
            What::Known(known) => self.known(document, known, candidate.rule),
            What::Named(kind) => {
                let name = tidy(document.words(candidate.tokens));
                self.named(kind, &name, candidate.rule)
            }
            What::Surname => match later::holder(document, self, &candidate) {
                Some(entity) => entity,
                None => {
                    let name = tidy(document.words(candidate.tokens));
                    self.named(EntityKind::Person, &name, candidate.rule)
                }
            },
        };
        let form = if candidate.what == What::Surname {
            Form::Short
        } else {
            Form::Full
        };
        if self.entities[entity as usize].kind == EntityKind::Person {
            for family in later::family_names(document, &self.entities[entity as usize].name) {
                self.families.entry(family).or_insert(entity);
            }
        }
        let record = &mut self.entities[entity as usize];
        if let Some(role) = candidate.role
            && record.kind == EntityKind::Person
            && record.roles.len() < 16
        {
            record.roles.push(role);
        }
        if let Some(id) = candidate.role_id
            && !record.role_ids.contains(&id)
        {
            record.role_ids.push(id);
        }
        if record.sex.is_none() {
            record.sex = candidate.sex;
        }
        self.mentions.push(Mention {
            tokens: candidate.tokens,
            outer: candidate.outer,
            entity,
            form,
        });
    }

    /// Gives the mentions of a general body (`body:commission-of-inquiry`) to the one of its kind
    /// that the document names (`body:commission-of-inquiry/dprk`), when it names one only.
    fn merge_general(&mut self) {
        let mut into: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (number, entity) in self.entities.iter().enumerate() {
            let general = entity.key.as_deref().and_then(|key| key.split_once('/'));
            if let Some(&general) = general.and_then(|(general, _)| self.by_key.get(general)) {
                into.entry(general).or_default().push(number as u32);
            }
        }
        for mention in &mut self.mentions {
            if let Some([only]) = into.get(&mention.entity).map(Vec::as_slice) {
                mention.entity = *only;
            }
        }
    }

    /// The number of a known entity, added when it is new.
    fn known(&mut self, document: &Document, known: u32, rule: &'static str) -> u32 {
        let entry = &document.lexicon.known[known as usize];
        if let Some(&entity) = self.by_key.get(&entry.key) {
            return entity;
        }
        let role_ids = entry
            .roles
            .iter()
            .filter_map(|role| document.lexicon.role_words.get(role).copied())
            .collect();
        self.add(Entity {
            kind: entry.kind,
            name: entry.name.clone(),
            key: Some(entry.key.clone()),
            known: Some(known),
            rule,
            roles: Vec::new(),
            role_ids,
            sex: None,
            unnamed: false,
        })
    }

    fn named(&mut self, kind: EntityKind, name: &str, rule: &'static str) -> u32 {
        let folded = name.to_lowercase();
        if let Some(&entity) = self.by_name.get(&(kind, folded)) {
            return entity;
        }
        self.add(Entity {
            kind,
            name: name.to_owned(),
            key: None,
            known: None,
            rule,
            roles: Vec::new(),
            role_ids: Vec::new(),
            sex: None,
            unnamed: false,
        })
    }

    fn add(&mut self, entity: Entity) -> u32 {
        let number = self.entities.len() as u32;
        if let Some(key) = &entity.key {
            self.by_key.insert(key.clone(), number);
        }
        self.by_name
            .insert((entity.kind, entity.name.to_lowercase()), number);
        self.entities.push(entity);
        number
    }
}

/// A name as written, without the possessive and with single spaces.
fn tidy(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Keeps, of overlapping candidates, the longer, then the one of better rank.
fn settle(mut candidates: Vec<Candidate>, document: &Document) -> Vec<Candidate> {
    candidates.sort_by(|a, b| {
        b.tokens
            .len()
            .cmp(&a.tokens.len())
            .then(a.rank.cmp(&b.rank))
            .then(a.tokens.cmp(&b.tokens))
            .then(b.outer.len().cmp(&a.outer.len()))
    });
    let mut taken = vec![false; document.tokens.len()];
    let mut kept: Vec<Candidate> = Vec::with_capacity(candidates.len());
    for candidate in candidates {
        let range = candidate.tokens.from as usize..candidate.tokens.to as usize;
        let Some(slots) = taken.get_mut(range) else {
            continue;
        };
        if slots.is_empty() || slots.iter().any(|&slot| slot) {
            continue;
        }
        slots.fill(true);
        kept.push(candidate);
    }
    kept.sort_by_key(|candidate| candidate.tokens);
    kept
}
