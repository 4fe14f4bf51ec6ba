//! The pattern language of the lexicon files, and the forms of English words.
//!
//! `call/v (on|upon)`, `act/n of? torture`: words, `/v` all forms of a verb, `/n` singular and
//! plural (behind a bracket, of each alternative), `(a|b c)` one of these, `?` or not at all. Patterns are closed: each stands for a finite
//! list of word sequences, which is all that the program ever looks for.

use crate::text::folded;
use std::collections::BTreeMap;

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

/// All word sequences that a pattern stands for.
///
/// # Errors
/// A sentence saying what is wrong with the pattern.
pub(crate) fn expand(pattern: &str, forms: &Forms) -> Result<Vec<Vec<String>>, String> {
    let mut reader = Reader {
        text: pattern.as_bytes(),
        at: 0,
        depth: 0,
        forms,
    };
    let sequences = reader.alternatives(pattern)?;
    if reader.at < pattern.len() {
        return Err("a bracket closes that was not opened".to_owned());
    }
    if sequences.iter().any(Vec::is_empty) {
        return Err("it may stand for no word at all".to_owned());
    }
    Ok(sequences)
}

struct Reader<'p> {
    text: &'p [u8],
    at: usize,
    depth: u8,
    forms: &'p Forms,
}

impl Reader<'_> {
    /// Alternatives separated by `|`, up to a closing bracket or the end.
    fn alternatives(&mut self, pattern: &str) -> Result<Vec<Vec<String>>, String> {
        let mut all = Vec::new();
        loop {
            all.extend(self.sequence(pattern)?);
            if self.text.get(self.at) == Some(&b'|') {
                self.at += 1;
            } else {
                break;
            }
        }
        all.sort();
        all.dedup();
        Ok(all)
    }

    fn sequence(&mut self, pattern: &str) -> Result<Vec<Vec<String>>, String> {
        let mut so_far: Vec<Vec<String>> = vec![Vec::new()];
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
                    self.inflected(inside)
                }
                Some(_) => self.word(pattern)?,
            };
            if self.text.get(self.at) == Some(&b'?') {
                self.at += 1;
                item.push(Vec::new());
            }
            so_far = product(&so_far, &item)?;
        }
    }

    /// Applies a `/v` or `/n` behind a bracket to each alternative: to a verb's first word, to a
    /// noun's last.
    fn inflected(&mut self, alternatives: Vec<Vec<String>>) -> Vec<Vec<String>> {
        let verb = match self.text.get(self.at..self.at + 2) {
            Some(b"/v") => true,
            Some(b"/n") => false,
            _ => return alternatives,
        };
        self.at += 2;
        let mut all = Vec::new();
        for words in alternatives {
            let at = if verb {
                0
            } else {
                words.len().saturating_sub(1)
            };
            let Some(base) = words.get(at) else { continue };
            let forms = if verb {
                self.forms.of_verb(base)
            } else {
                self.forms.of_noun(base)
            };
            for form in forms {
                let mut inflected = words.clone();
                inflected[at] = form;
                all.push(inflected);
            }
        }
        all
    }

    fn word(&mut self, pattern: &str) -> Result<Vec<Vec<String>>, String> {
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
            None => vec![word.to_owned()],
        };
        Ok(forms.into_iter().map(|form| split(&form)).collect())
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

/// A written word as the words that a text is cut into: hyphens separate.
fn split(word: &str) -> Vec<String> {
    folded(word).into_iter().map(|folded| folded.word).collect()
}

fn product(heads: &[Vec<String>], tails: &[Vec<String>]) -> Result<Vec<Vec<String>>, String> {
    if heads.len() * tails.len() > MOST {
        return Err(format!("it stands for more than {MOST} sequences of words"));
    }
    let mut all = Vec::with_capacity(heads.len() * tails.len());
    for head in heads {
        for tail in tails {
            let mut words = head.clone();
            words.extend(tail.iter().cloned());
            if words.len() > LONGEST {
                return Err(format!("it is longer than {LONGEST} words"));
            }
            all.push(words);
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sequences(pattern: &str) -> Vec<String> {
        let forms = Forms {
            verbs: BTreeMap::from([("say".into(), vec!["says".into(), "said".into()])]),
            nouns: BTreeMap::from([("woman".into(), "women".into())]),
        };
        expand(pattern, &forms)
            .unwrap()
            .iter()
            .map(|words| words.join(" "))
            .collect()
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
