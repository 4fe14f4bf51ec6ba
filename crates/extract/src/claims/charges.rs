//! What somebody is convicted or accused of, where the verb has them as its object: `convicted Anwar R.,
//! a former colonel, of torture`, `accused the army of murder and rape`.
//!
//! Invariant: the accused stands right behind the verb, and the act behind `of`, `with` or `for`; no
//! other predicate comes between.

use super::Scene;
use super::accused::{one_accused, people_doing, perpetrator};
use super::doers::doer;
use super::governors::Governor;
use super::people::Someone;
use crate::lexicon::{Class, Effect};
use crate::syntax::Phrase;
use crate::text::Stretch;
use model::{EntityKind, EntityRef, Perpetrator};

/// The most words between the verb and the act.
const REACH: u32 = 34;

/// A verb that charges somebody with an act.
pub(super) struct Charge {
    verb: u32,
    /// The first word of the accused.
    accused: u32,
    /// The word that links the act to them.
    link: u32,
}

/// The charge or conviction that an act, which begins at `at`, is part of.
pub(super) fn charge(scene: &Scene, at: u32) -> Option<Charge> {
    let document = scene.syntax.document;
    let sentence = document.sentence(at).tokens;
    let floor = at.saturating_sub(REACH).max(sentence.from);
    let verb = (floor..at)
        .rev()
        .find(|&it| document.is(it, Class::Accusing))?;
    let links = |it: u32| document.is_any(it, &["of", "with", "for"]);
    let link = (verb + 2..at).find(|&it| links(it))?;
    // `of two murders and one attempted murder`, `of having driven them into forced labour`
    let near = (at.saturating_sub(5).max(link)..at).any(links);
    let done = (link..at).any(|it| links(it) && document.written(it + 1).ends_with("ing"));
    if !near && !done {
        return None;
    }
    let passive = (scene.syntax.verb_group_start(verb)..verb).any(|it| document.is(it, Class::Be));
    let broken = (verb + 1..at).any(|it| {
        document.bounds_speech(it)
            || document.is_any(it, &[";", ":", "that", "each", "over"])
            || document.is(it, Class::Modal)
            || document.is(it, Class::Relative)
            || document.is(it, Class::Auxiliary) && !document.is_any(it, &["'s", "having", "being"])
            || document.is(it, Class::ThirdPerson)
    });
    let object = document.is(verb + 1, Class::Preposition) || !document.is_plain(verb + 1);
    (!passive && !broken && !object && !scene.syntax.is_not_finite(verb)).then_some(Charge {
        verb,
        accused: verb + 1,
        link,
    })
}

impl Charge {
    /// The words that make the act found or alleged.
    pub(super) fn governor(&self, scene: &Scene) -> Governor {
        let document = scene.syntax.document;
        let convicts = document.is_any(self.verb, &["convicted", "convicts", "convict"]);
        Governor {
            tokens: Stretch::new(self.verb, self.verb + 1),
            effect: if convicts {
                Effect::Found
            } else {
                Effect::Fact
            },
            weak: false,
        }
    }

    /// Who is accused.
    pub(super) fn accused(&self, scene: &Scene) -> Option<Someone<Perpetrator>> {
        let document = scene.syntax.document;
        let at = self.accused;
        if let Some(someone) = one_accused(scene, at) {
            return Some(someone);
        }
        let phrase = scene.syntax.phrase_at(at)?;
        let known = doer(scene, phrase).or_else(|| people_doing(scene, phrase));
        // `convicted Bai L., a national of The Gambia, of`: a name that no list knows.
        let comma = (at..self.link).find(|&it| document.is_word(it, ","));
        let name = document.trimmed(Stretch::new(at, comma.unwrap_or(self.link)));
        let by_name = scene.syntax.is_name_like(name).then(|| {
            let who = EntityRef::as_written(EntityKind::Person, document.words(name));
            perpetrator(who, name, false)
        });
        let words = matches!(phrase, Phrase::Words(_));
        known.filter(|_| !words || by_name.is_none()).or(by_name)
    }
}
