//! The pattern language of the lexicon files, and the forms of English words.
//!
//! `call/v (on|upon)`, `act/n of? torture`: words, `/v` all forms of a verb, `/n` singular and
//! plural (behind a bracket, of each alternative), `(a|b c)` one of these, `?` or not at all. Patterns are closed: each stands for a finite
//! list of word sequences, which is all that the program ever looks for.

use crate::text::folded;
use foldhash::fast::FixedState;
use std::collections::{BTreeMap, HashMap};

/// The most sequences one pattern may stand for.
const MOST: usize = 4_000;
/// The most words one sequence may have.
const LONGEST: usize = 24;

/// Irregular words: a verb with its forms, a noun with its plural.
#[derive(Debug, Default)]
pub(crate) struct Forms {
    pub verbs: BTreeMap<String, Vec<String>>,
    pub nouns: BTreeMap<String, String>,
}

impl Forms {
    fn of_verb(&self, base: &str) -> Vec<String> {
        let mut forms = vec![base.to_owned()];
        if let Some(irregular) = self.verbs.get(base) {
            forms.extend(irregular.iter().cloned());
            return forms;
        }
        forms.push(plural(base));
        let stem = base.strip_suffix('e').unwrap_or(base);
        let (past, present) = match base.as_bytes() {
            [.., b'e', b'e'] => (format!("{base}d"), format!("{base}ing")),
            [.., b'e'] => (format!("{base}d"), format!("{stem}ing")),
            [.., before, b'y'] if !is_vowel(*before) => (
                format!("{}ied", &base[..base.len() - 1]),
                format!("{base}ing"),
            ),
            [.., last] if doubles(base) => {
                let last = char::from(*last);
                (format!("{base}{last}ed"), format!("{base}{last}ing"))
            }
            _ => (format!("{base}ed"), format!("{base}ing")),
        };
        forms.push(past);
        forms.push(present);
        forms
    }

    /// The other forms of the irregular verb that a form belongs to.
    pub fn siblings(&self, form: &str) -> Vec<String> {
        let verb = (self.verbs.iter())
            .find(|(base, forms)| *base == form || forms.iter().any(|it| it == form));
        let all = verb.map(|(base, forms)| std::iter::once(base).chain(forms));
        let others = all.into_iter().flatten().filter(|other| *other != form);
        others.cloned().collect()
    }

    fn of_noun(&self, base: &str) -> Vec<String> {
        let many = self
            .nouns
            .get(base)
            .cloned()
            .unwrap_or_else(|| plural(base));
        vec![base.to_owned(), many]
    }
}

fn is_vowel(byte: u8) -> bool {
    matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u')
}

fn plural(base: &str) -> String {
    match base.as_bytes() {
        [.., before, b'y'] if !is_vowel(*before) => format!("{}ies", &base[..base.len() - 1]),
        [.., b's' | b'x' | b'z'] | [.., b'c' | b's', b'h'] => format!("{base}es"),
        _ => format!("{base}s"),
    }
}

/// The singular of a regular plural, or the word itself; `forms` knows the irregular ones.
pub(crate) fn singular(word: &str, forms: &Forms) -> String {
    if let Some((one, _)) = forms.nouns.iter().find(|(_, many)| *many == word) {
        return one.clone();
    }
    if let Some(stem) = word.strip_suffix("ies")
        && stem.len() > 2
    {
        return format!("{stem}y");
    }
    for ending in ["xes", "zes", "ches", "shes", "sses"] {
        if word.ends_with(ending) {
            return word[..word.len() - 2].to_owned();
        }
    }
    match word.strip_suffix('s') {
        Some(stem) if word.len() > 3 && !stem.ends_with(['s', 'u', 'i']) => stem.to_owned(),
        _ => word.to_owned(),
    }
}

/// The word sequences that a pattern stands for.
///
/// Sequences hold numbers of words: most words stand in many of them.
#[derive(Debug)]
pub(crate) struct Expansion {
    words: Vec<String>,
    sequences: Vec<Sequence>,
}

/// Numbers of words.
type Sequence = Vec<u16>;

impl Expansion {
    /// Every sequence, with each word as `as_what` gives it: asked once a word.
    pub fn of<T: Clone>(&self, as_what: impl FnMut(&String) -> T) -> Vec<Vec<T>> {
        let words: Vec<T> = self.words.iter().map(as_what).collect();
        let whole = |numbers: &Sequence| {
            let known = numbers.iter().filter_map(|&at| words.get(usize::from(at)));
            known.cloned().collect()
        };
        self.sequences.iter().map(whole).collect()
    }
}

/// All word sequences that a pattern stands for, each once.
///
/// # Errors
/// A sentence saying what is wrong with the pattern.
pub(crate) fn expand(pattern: &str, forms: &Forms) -> Result<Expansion, String> {
    let mut reader = Reader {
        text: pattern.as_bytes(),
        at: 0,
        depth: 0,
        forms,
        words: Vec::new(),
        numbers: HashMap::default(),
    };
    let sequences = reader.alternatives(pattern)?;
    if reader.at < pattern.len() {
        return Err("a bracket closes that was not opened".to_owned());
    }
    if sequences.iter().any(Vec::is_empty) {
        return Err("it may stand for no word at all".to_owned());
    }
    Ok(Expansion {
        words: reader.words,
        sequences,
    })
}

struct Reader<'p> {
    text: &'p [u8],
    at: usize,
    depth: u8,
    forms: &'p Forms,
    words: Vec<String>,
    numbers: HashMap<String, u16, FixedState>,
}

impl Reader<'_> {
    /// The number of a word.
    fn number(&mut self, word: String) -> Result<u16, String> {
        if let Some(&number) = self.numbers.get(&word) {
            return Ok(number);
        }
        let number = u16::try_from(self.words.len())
            .map_err(|_| format!("it has more than {} words", u16::MAX))?;
        self.words.push(word.clone());
        self.numbers.insert(word, number);
        Ok(number)
    }

    /// A written word as the words that a text is cut into: hyphens separate.
    fn split(&mut self, written: &str) -> Result<Sequence, String> {
        let parts = folded(written).into_iter();
        parts.map(|part| self.number(part.word)).collect()
    }

    /// Alternatives separated by `|`, up to a closing bracket or the end.
    fn alternatives(&mut self, pattern: &str) -> Result<Vec<Sequence>, String> {
        let mut all = Vec::new();
        loop {
            all.extend(self.sequence(pattern)?);
            if self.text.get(self.at) == Some(&b'|') {
                self.at += 1;
            } else {
                break;
            }
        }
        all.sort_unstable();
        all.dedup();
        Ok(all)
    }

    fn sequence(&mut self, pattern: &str) -> Result<Vec<Sequence>, String> {
        let mut so_far: Vec<Sequence> = vec![Vec::new()];
        loop {
            while self.text.get(self.at) == Some(&b' ') {
                self.at += 1;
            }
            let mut item = match self.text.get(self.at) {
                None | Some(b'|' | b')') => return Ok(so_far),
                Some(b'(') => {
                    self.at += 1;
                    self.depth += 1;
                    if self.depth > 8 {
                        return Err("brackets stand more than 8 deep".to_owned());
                    }
                    let inside = self.alternatives(pattern)?;
                    self.depth -= 1;
                    if self.text.get(self.at) != Some(&b')') {
                        return Err("a bracket is not closed".to_owned());
                    }
                    self.at += 1;
                    self.inflected(inside)?
                }
                Some(_) => self.word(pattern)?,
            };
            if self.text.get(self.at) == Some(&b'?') {
                self.at += 1;
                item.push(Vec::new());
            }
            so_far = product(so_far, &item)?;
        }
    }

    /// Applies a `/v` or `/n` behind a bracket to each alternative: to a verb's first word, to a
    /// noun's last.
    fn inflected(&mut self, alternatives: Vec<Sequence>) -> Result<Vec<Sequence>, String> {
        let verb = match self.text.get(self.at..self.at + 2) {
            Some(b"/v") => true,
            Some(b"/n") => false,
            _ => return Ok(alternatives),
        };
        self.at += 2;
        let mut all = Vec::new();
        for numbers in alternatives {
            let at = if verb {
                0
            } else {
                numbers.len().saturating_sub(1)
            };
            let base = numbers.get(at).map(|&number| usize::from(number));
            let Some(base) = base.and_then(|number| self.words.get(number)) else {
                continue;
            };
            let forms = if verb {
                self.forms.of_verb(base)
            } else {
                self.forms.of_noun(base)
            };
            for form in forms {
                let mut inflected = numbers.clone();
                inflected[at] = self.number(form)?;
                all.push(inflected);
            }
        }
        Ok(all)
    }

    fn word(&mut self, pattern: &str) -> Result<Vec<Sequence>, String> {
        let from = self.at;
        while self
            .text
            .get(self.at)
            .is_some_and(|byte| !b" |()?".contains(byte))
        {
            self.at += 1;
        }
        let word = pattern
            .get(from..self.at)
            .ok_or("it is cut within a letter")?;
        let forms = match word.rsplit_once('/') {
            Some((base, "v")) => self.forms.of_verb(base),
            Some((base, "n")) => self.forms.of_noun(base),
            Some((_, form)) => return Err(format!("there is no form `/{form}`")),
            None => return Ok(vec![self.split(word)?]),
        };
        forms.iter().map(|form| self.split(form)).collect()
    }
}

/// Whether the last letter of a verb of one syllable is doubled: `drag`, `stab`, `beg`. Of longer verbs
/// the lexicon says so itself.
fn doubles(base: &str) -> bool {
    let letters = base.as_bytes();
    let [.., before, vowel, last] = letters else {
        return false;
    };
    let vowels = letters.iter().filter(|&&letter| is_vowel(letter)).count();
    vowels == 1 && is_vowel(*vowel) && !is_vowel(*before) && b"bdfgklmnprstvz".contains(last)
}

fn product(heads: Vec<Sequence>, tails: &[Sequence]) -> Result<Vec<Sequence>, String> {
    if heads.len() * tails.len() > MOST {
        return Err(format!("it stands for more than {MOST} sequences of words"));
    }
    if let [tail] = tails {
        // Most words have one form: nothing is copied.
        let mut all = heads;
        all.iter_mut().for_each(|words| words.extend(tail));
        return within(all);
    }
    let mut all = Vec::with_capacity(heads.len() * tails.len());
    for head in &heads {
        all.extend(tails.iter().map(|tail| [head.as_slice(), tail].concat()));
    }
    within(all)
}

/// The sequences, where none is too long.
fn within(all: Vec<Sequence>) -> Result<Vec<Sequence>, String> {
    match all.iter().any(|words| words.len() > LONGEST) {
        true => Err(format!("it is longer than {LONGEST} words")),
        false => Ok(all),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sequences(pattern: &str) -> Vec<String> {
        let forms = Forms {
            verbs: BTreeMap::from([("say".into(), vec!["says".into(), "said".into()])]),
            nouns: BTreeMap::from([("woman".into(), "women".into())]),
        };
        let expansion = expand(pattern, &forms).unwrap();
        let mut all: Vec<String> = expansion
            .of(String::clone)
            .iter()
            .map(|words| words.join(" "))
            .collect();
        all.sort();
        all
    }

    #[test]
    fn patterns_stand_for_lists_of_words() {
        assert_eq!(
            sequences("call/v (on|upon)"),
            [
                "call on",
                "call upon",
                "called on",
                "called upon",
                "calling on",
                "calling upon",
                "calls on",
                "calls upon"
            ]
        );
        assert_eq!(
            sequences("acts? of torture"),
            ["acts of torture", "of torture"]
        );
        assert_eq!(sequences("say/v"), ["said", "say", "says"]);
        assert_eq!(
            sequences("drag/v"),
            ["drag", "dragged", "dragging", "drags"]
        );
        assert_eq!(sequences("ask/v"), ["ask", "asked", "asking", "asks"]);
        assert_eq!(
            sequences("(say|call out)/v"),
            [
                "call out",
                "called out",
                "calling out",
                "calls out",
                "said",
                "say",
                "says"
            ]
        );
        assert_eq!(sequences("woman/n"), ["woman", "women"]);
        assert_eq!(
            sequences("gender-based violence"),
            ["gender based violence"]
        );
        assert_eq!(sequences("people's (a b)?"), ["people 's", "people 's a b"]);
    }

    #[test]
    fn patterns_that_cannot_be_used_say_why() {
        let forms = Forms::default();
        for pattern in ["(a", "a)", "a/x", "a?", "", "((((((((((a))))))))))"] {
            assert!(expand(pattern, &forms).is_err(), "{pattern}");
        }
        let huge = "(a|b|c|d) ".repeat(10);
        assert!(expand(&huge, &forms).unwrap_err().contains("more than"));
    }

    #[test]
    fn units_are_put_in_the_singular() {
        let forms = Forms {
            verbs: BTreeMap::new(),
            nouns: BTreeMap::from([("person".into(), "people".into())]),
        };
        for (many, one) in [
            ("people", "person"),
            ("countries", "country"),
            ("losses", "loss"),
            ("states", "state"),
            ("percent", "percent"),
            ("gas", "gas"),
        ] {
            assert_eq!(singular(many, &forms), one);
        }
    }
}
