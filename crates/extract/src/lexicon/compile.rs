//! Makes a [`Lexicon`] of lexicon files.
//!
//! Invariant: the order of files and entries decides the numbers of entries, and nothing else does.

use super::files::{CLAUSES, TAGGER};
use super::schema::{File, TermKind};
use super::template::Expansion;
use super::trie::Sequence;
use super::{
    Class, Examples, Forms, Lexicon, LexiconError, Table, Trie, ViolationForm, WordId, Words,
    template,
};
use crate::clauses;
use crate::tagger::Model;
use crate::text::folded;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

/// Compiles the files.
pub(super) fn compile<'a>(
    files: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<Lexicon, LexiconError> {
    let mut texts: BTreeMap<&str, &str> = BTreeMap::new();
    for (name, text) in files {
        texts.insert(name, text);
    }
    let mut parsed = Vec::with_capacity(texts.len());
    for (name, text) in texts {
        let file: File = toml::from_str(text).map_err(|error| LexiconError::Malformed {
            file: name.to_owned(),
            why: error.to_string(),
        })?;
        parsed.push((name, file));
    }
    let mut compiler = Compiler::new();
    compiler.lexicon.tagger = Model::from_bytes(TAGGER)?;
    compiler.lexicon.clauses = clauses::Model::from_bytes(CLAUSES)?;
    compiler.lexicon.vectors = clauses::Vectors::shipped()?;
    for (name, file) in &parsed {
        compiler.words_of(name, file)?;
    }
    for (name, file) in parsed {
        compiler.entries_of(name, file)?;
    }
    compiler.finish()
}

pub(super) struct Compiler {
    pub(super) lexicon: Lexicon,
    pub(super) ids: BTreeSet<String>,
    pub(super) local: BTreeMap<String, Vec<(String, u32)>>,
}

impl Compiler {
    fn new() -> Self {
        Self {
            lexicon: Lexicon {
                words: Words::new(),
                forms: Forms::default(),
                trie: Trie::default(),
                known: Vec::new(),
                by_key: HashMap::new(),
                name_forms: Vec::new(),
                peoples: Vec::new(),
                symbols: Vec::new(),
                symbol_patterns: None,
                violations: Vec::new(),
                violation_forms: Vec::new(),
                contexts: Vec::new(),
                speeches: Vec::new(),
                calls: Vec::new(),
                events: Vec::new(),
                event_objects: Vec::new(),
                groups: Vec::new(),
                roles: Vec::new(),
                later: HashMap::new(),
                answers: Vec::new(),
                cases: Vec::new(),
                surnames: HashMap::new(),
                role_words: HashMap::new(),
                local: Vec::new(),
                tagger: Model::default(),
                clauses: clauses::Model::default(),
                vectors: clauses::Vectors::default(),
                suggested: BTreeMap::new(),
                examples: Vec::new(),
            },
            ids: BTreeSet::new(),
            local: BTreeMap::new(),
        }
    }

    /// Classes, numbers and irregular forms: needed before any pattern.
    fn words_of(&mut self, file: &str, content: &File) -> Result<(), LexiconError> {
        let lexicon = &mut self.lexicon;
        for (class, words) in &content.classes {
            let class = Class::named(class).ok_or_else(|| LexiconError::Class {
                file: file.to_owned(),
                class: class.clone(),
            })?;
            for word in words.split_whitespace() {
                for part in folded(word) {
                    lexicon.words.classify(&part.word, class);
                }
            }
        }
        for (word, value) in &content.numbers {
            lexicon.words.set_number(word, *value);
        }
        for (verb, forms) in &content.verbs {
            let forms = forms.split_whitespace().map(str::to_owned).collect();
            lexicon.forms.verbs.insert(verb.clone(), forms);
        }
        for (noun, many) in &content.nouns {
            lexicon.forms.nouns.insert(noun.clone(), many.clone());
        }
        Ok(())
    }

    fn entries_of(&mut self, file: &str, content: File) -> Result<(), LexiconError> {
        for state in &content.state {
            self.state(file, state)?;
        }
        for name in &content.name {
            self.name(file, name)?;
        }
        for symbol in content.symbol {
            self.take_id(file, &symbol.id)?;
            self.examples(&symbol.id, "symbol", "", &symbol.examples, &symbol.counter);
            self.lexicon.symbols.push(symbol);
        }
        self.violations_of(file, content.violation)?;
        for mask in content.mask {
            self.take_id(file, &mask.id)?;
            self.patterns(file, &mask.id, &mask.terms, Table::Mask, 0)?;
            self.examples(&mask.id, "mask", "", &mask.examples, &mask.counter);
        }
        for context in content.context {
            let at = self.lexicon.contexts.len() as u32;
            self.take_id(file, &context.id)?;
            self.patterns(file, &context.id, &context.terms, Table::Context, at)?;
            let effect = format!("{:?}", context.effect).to_lowercase();
            self.examples(
                &context.id,
                "context",
                &effect,
                &context.examples,
                &context.counter,
            );
            self.lexicon.contexts.push(context);
        }
        for speech in content.speech {
            let at = self.lexicon.speeches.len() as u32;
            self.take_id(file, &speech.id)?;
            self.patterns(file, &speech.id, &speech.terms, Table::Speech, at)?;
            self.examples(
                &speech.id,
                "speech",
                &speech.act,
                &speech.examples,
                &speech.counter,
            );
            self.lexicon.speeches.push(speech);
        }
        for call in content.call {
            let at = self.lexicon.calls.len() as u32;
            self.take_id(file, &call.id)?;
            self.patterns(file, &call.id, &call.terms, Table::Call, at)?;
            self.examples(&call.id, "call", "", &call.examples, &call.counter);
            self.lexicon.calls.push(call);
        }
        for event in content.event {
            let at = self.lexicon.events.len() as u32;
            self.take_id(file, &event.id)?;
            self.patterns(file, &event.id, &event.terms, Table::Event, at)?;
            self.examples(
                &event.id,
                "event",
                &event.event,
                &event.examples,
                &event.counter,
            );
            let mut objects = Vec::new();
            for word in &event.object {
                let expansion = self.expand(file, &event.id, word)?;
                let ids = expansion.of(|word| self.lexicon.words.intern(word));
                objects.extend(ids.into_iter().flatten());
            }
            self.lexicon.event_objects.push(objects);
            self.lexicon.events.push(event);
        }
        for group in content.group {
            let at = self.lexicon.groups.len() as u32;
            self.take_id(file, &group.id)?;
            self.patterns(file, &group.id, &group.terms, Table::Group, at)?;
            self.lexicon.groups.push(group);
        }
        for role in content.role {
            let at = self.lexicon.roles.len() as u32;
            self.take_id(file, &role.id)?;
            self.patterns(file, &role.id, &role.terms, Table::Role, at)?;
            for term in &role.terms {
                for words in self.expand(file, &role.id, term)?.of(String::clone) {
                    self.lexicon.role_words.entry(words.join(" ")).or_insert(at);
                }
            }
            for word in &role.later {
                let id = self.lexicon.words.intern(word);
                self.lexicon.later.entry(id.0).or_default().push(at);
            }
            self.lexicon.roles.push(role);
        }
        for case in content.case {
            self.take_id(file, &case.id)?;
            self.examples(&case.id, "case", "", &case.examples, &case.counter);
            self.lexicon.cases.push(case);
        }
        for answer in content.answer {
            let at = self.lexicon.answers.len() as u32;
            self.take_id(file, &answer.id)?;
            self.patterns(file, &answer.id, &answer.terms, Table::Answer, at)?;
            self.examples(&answer.id, "answer", "", &answer.examples, &answer.counter);
            self.lexicon.answers.push(answer);
        }
        Ok(())
    }

    fn violations_of(
        &mut self,
        file: &str,
        violations: Vec<super::schema::Violation>,
    ) -> Result<(), LexiconError> {
        for violation in violations {
            let number = self.lexicon.violations.len() as u32;
            if violation.terms.is_empty() {
                // No words of its own: what the models of clauses suggest of its code.
                self.lexicon
                    .suggested
                    .insert(violation.code.clone(), number);
            }
            self.take_id(file, &violation.id)?;
            for (terms, elided) in [(&violation.terms, false), (&violation.elided, true)] {
                let form = self.lexicon.violation_forms.len() as u32;
                self.lexicon.violation_forms.push(ViolationForm {
                    violation: number,
                    elided,
                });
                self.patterns(file, &violation.id, terms, Table::Violation, form)?;
                if violation.kind == TermKind::Verb {
                    self.around_object(file, &violation.id, terms, form)?;
                }
            }
            for (terms, table) in [
                (&violation.beside, Table::Beside),
                (&violation.unless, Table::Unless),
            ] {
                self.patterns(file, &violation.id, terms, table, number)?;
            }
            self.examples(
                &violation.id,
                "violation",
                &violation.code,
                &violation.examples,
                &violation.counter,
            );
            self.lexicon.violations.push(violation);
        }
        Ok(())
    }

    /// Adds the verbs of several words as they stand around an object: of `rounded up`, also
    /// `rounded` … `up`; of `driven out`, also `drove` … `out`.
    fn around_object(
        &mut self,
        file: &str,
        id: &str,
        patterns: &[String],
        entry: u32,
    ) -> Result<(), LexiconError> {
        // A verb stands before many endings.
        let mut known: HashMap<WordId, Vec<WordId>> = HashMap::new();
        let of = self.lexicon.words.intern("of");
        for pattern in patterns {
            let expansion = self.expand(file, id, pattern)?;
            let numbered = |word: &String| {
                (
                    self.lexicon.words.intern(word),
                    Rc::<str>::from(word.as_str()),
                )
            };
            for words in expansion.of(numbered) {
                let Some(((first, verb), rest)) = words.split_first() else {
                    continue;
                };
                let rest: Vec<WordId> = rest.iter().map(|(word, _)| *word).collect();
                let classes = self.lexicon.words.classes(*first);
                let helps = classes.has(Class::Auxiliary) || classes.has(Class::Be);
                let noun = verb.ends_with("ing") && rest.first() == Some(&of);
                if rest.is_empty() || noun || helps {
                    continue;
                }
                let lexicon = &mut self.lexicon;
                let forms = known.entry(*first).or_insert_with(|| {
                    let others = lexicon.forms.siblings(verb);
                    let others = others.iter().map(|form| lexicon.words.intern(form));
                    others.chain([*first]).collect()
                });
                for verb in forms.iter() {
                    let words = [&[*verb, WordId::OBJECT], rest.as_slice()].concat();
                    let sequence = Sequence {
                        entry,
                        table: Table::Violation,
                        capitals: 0,
                        uppers: 0,
                    };
                    lexicon.trie.add(&words, sequence);
                }
            }
        }
        Ok(())
    }

    pub(super) fn take_id(&mut self, file: &str, id: &str) -> Result<(), LexiconError> {
        if self.ids.insert(id.to_owned()) {
            return Ok(());
        }
        Err(LexiconError::Twice {
            file: file.to_owned(),
            id: id.to_owned(),
        })
    }

    fn examples(
        &mut self,
        id: &str,
        table: &'static str,
        detail: &str,
        examples: &[String],
        counter: &[String],
    ) {
        self.lexicon.examples.push(Examples {
            id: id.to_owned(),
            table,
            detail: detail.to_owned(),
            examples: examples.to_vec(),
            counter: counter.to_vec(),
        });
    }

    fn expand(&self, file: &str, id: &str, pattern: &str) -> Result<Expansion, LexiconError> {
        template::expand(pattern, &self.lexicon.forms).map_err(|why| LexiconError::Pattern {
            file: file.to_owned(),
            id: id.to_owned(),
            pattern: pattern.to_owned(),
            why,
        })
    }

    fn patterns(
        &mut self,
        file: &str,
        id: &str,
        patterns: &[String],
        table: Table,
        entry: u32,
    ) -> Result<(), LexiconError> {
        for pattern in patterns {
            let expansion = self.expand(file, id, pattern)?;
            for words in expansion.of(|word| self.lexicon.words.intern(word)) {
                let sequence = Sequence {
                    entry,
                    table,
                    capitals: 0,
                    uppers: 0,
                };
                self.lexicon.trie.add(&words, sequence);
            }
        }
        Ok(())
    }
}
