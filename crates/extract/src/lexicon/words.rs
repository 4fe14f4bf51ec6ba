//! Words as numbers: every word that a lexicon names has an id and its classes (determiner, month,
//! title …); a text's word that no lexicon names is [`WordId::UNKNOWN`].
//!
//! Invariant: words are folded, lower case with straight apostrophes, before they are looked up.

use foldhash::fast::FixedState;
use std::collections::HashMap;

/// A word that some lexicon names.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) struct WordId(pub u32);

impl WordId {
    /// A word that no lexicon names.
    pub const UNKNOWN: Self = Self(0);
    /// Stands in a sequence for the object of the verb before it; no word has this id.
    pub const OBJECT: Self = Self(u32::MAX);
}

macro_rules! classes {
    ($($(#[$doc:meta])* $class:ident = $name:literal),* $(,)?) => {
        /// A closed class of words, filled by the `classes` tables of the lexicon files.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        #[repr(u8)]
        pub(crate) enum Class { $($(#[$doc])* $class),* }

        impl Class {
            /// The class that a lexicon file calls by this name.
            pub fn named(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$class),)* _ => None }
            }
        }
    };
}

classes! {
    /// Words whose full stop is part of them: `Mr.`
    Abbreviation = "abbreviation",
    /// `the`, `a`, `this`, `all`, `its` …
    Determiner = "determiner",
    /// `his`, `her`, `their` …
    Possessive = "possessive",
    /// `he`, `she`, `they`, `it`.
    ThirdPerson = "third-person",
    /// `I`, `we`.
    FirstPerson = "first-person",
    /// `of`, `in`, `by` …
    Preposition = "preposition",
    /// `in`, `at`, `near` … before a seat of government, they make it a place.
    Locative = "locative",
    /// `and`, `or`, `&`.
    Conjunction = "conjunction",
    /// `is`, `has`, `do` in all forms.
    Auxiliary = "auxiliary",
    /// Forms of `be`.
    Be = "be",
    /// `will`, `would`, `can` …
    Modal = "modal",
    /// `would`, `could`, `may`, `might`, `risk` …: what has not happened.
    Irrealis = "irrealis",
    /// `must`, `should`, `shall`: what ought to be.
    Deontic = "deontic",
    /// `not`, `never`, `no` …
    Negation = "negation",
    /// Words that may stand between the words of a phrase: `also`, `again`, `deeply`.
    Adverb = "adverb",
    /// `who`, `which`, `because` …: they begin a clause.
    Subordinator = "subordinator",
    /// `which`, `who`, `that`.
    Relative = "relative",
    /// January to December, and their short forms.
    Month = "month",
    /// Monday to Sunday.
    Weekday = "weekday",
    /// `day`, `week`, `month`, `year`, `decade`, `century`.
    TimeUnit = "time-unit",
    /// `de`, `van`, `bin` … inside names of persons.
    Particle = "particle",
    /// `Jr.`, `III` … behind names of persons.
    Suffix = "suffix",
    /// Given names that are safe to begin a person's name with.
    FirstName = "first-name",
    /// Korean family names, which stand first.
    KoreanSurname = "korean-surname",
    /// Words that are never part of a person's name.
    NotName = "not-name",
    /// Words that stand in titles of offices: `Human`, `Rights`, `Affairs`.
    OfficeWord = "office-word",
    /// Head words of organisations: `Ministry`, `Council` …
    OrganisationHead = "organisation-head",
    /// Head words of instruments: `Act`, `Convention` …
    InstrumentHead = "instrument-head",
    /// Words that begin sentences and, capitalised, say nothing of a name.
    Starter = "starter",
    /// Words that describe people who can suffer or act: plural `people`, `families`.
    PersonNoun = "person-noun",
    /// Nouns of people under others' orders: `prisoners`, `conscripts`.
    Captive = "captive",
    /// `guilty`, `convicted`, `answerable`: whoever they are said of has done it.
    Convicting = "convicting",
    /// Verbs that say of somebody that they did what is behind `of`, `for` or `with`: `accused`,
    /// `blamed`, `charged`.
    Accusing = "accusing",
    /// Verbs by which a body punishes somebody for what they did: `designated`, `sanctioned`.
    Punishing = "punishing",
    /// Verbs whose subject does what the words behind name: `engage`, `deploy`.
    Deed = "deed",
    /// Verbs of putting something to a use: `misused the law to silence critics`.
    Using = "using",
    /// Words of help, success and release: a clause that tells of them tells of no violation that only
    /// a model suggests.
    Relief = "relief",
    /// `fugitive`, `extradited`: whoever a sentence says was taken so was taken by law, for all that a
    /// model can tell.
    Lawful = "lawful",
    /// `First,`: words that number a demand at the beginning of its sentence.
    OrdinalOpening = "ordinal-opening",
    /// Words behind `will` that undertake nothing: `we will see`, `we will discuss`.
    NoUndertaking = "no-undertaking",
    /// What is done to harm somebody, behind a vow: `vowed to burn`.
    Harming = "harming",
    /// What harms without anybody's doing: `an earthquake killed`.
    NaturalCause = "natural-cause",
    /// Those whose promises lure: `smugglers`, `recruiters`.
    Luring = "luring",
    /// Verbs of whoever saw or lived through what others suffered: `witnessed`, `survived`.
    Perceiving = "perceiving",
    /// What is counted or told, by its noun: `count`, `figures`, `testimony`.
    Tally = "tally",
    /// Verbs by which a court or a body that inquires concludes: `held`, `sentenced`.
    Finding = "finding",
    /// Courts and bodies that inquire, by their nouns.
    Court = "court",
    /// Who speaks for those in power: `spokesman`, `ministry`.
    Official = "official",
    /// What those accused say they have not: `no record of him`, `no part in it`.
    Disowned = "disowned",
    /// Words that call a charge untrue: `fabrication`, `baseless`.
    Untrue = "untrue",
    /// What is said not to be or not to have happened: `exist`, `happened`, `true`.
    Occurring = "occurring",
    /// Words of an answer that puts off: `looking into it`, `under review`.
    PuttingOff = "putting-off",
    /// Verbs by which somebody puts an act on record: `documented`, `verified`.
    Documenting = "documenting",
    /// What is directed to a place or purpose, and asked for nothing: `directs aid to`.
    Undirected = "undirected",
    /// Verbs whose object is a statement or letter: `issued a statement condemning …`.
    Issuing = "issuing",
    /// What is demanded to be done to somebody or something: `must be released`.
    Demandable = "demandable",
    /// Words that stand for people by their number alone: `some`, `hundreds`, `nobody`.
    Count = "count",
    /// Those of them that can speak: `several`.
    SomePeople = "some-people",
    /// Nouns of one woman or girl: `sister`.
    FemaleNoun = "female-noun",
    /// Nouns of one man or boy: `uncle`.
    MaleNoun = "male-noun",
    /// Nouns of what is no people and can be wronged: `media`, `newspapers`, `community`.
    Befallen = "befallen",
    /// `regime`, `government`, `authorities` …: the state that the text is about.
    Government = "government",
    /// Commissions, courts, panels: bodies whose conclusions are findings.
    FindingBody = "finding-body",
    /// Words in names of bodies that inquire: `Inquiry`, `Tribunal`.
    Inquiry = "inquiry",
    /// `violations`, `abuses`, `atrocities` …: acts without a type.
    Abuse = "abuse",
    /// Words that a list of acts may hold between its items.
    Filler = "filler",
    /// `act`, `report`, `agreement` …: what one executes, detains or kills without harm to anyone.
    Thing = "thing",
    /// Adjectives that stand before a noun of an act: `alleged`, `ongoing` …
    Intensifier = "intensifier",
    /// Nouns that are counted but are no figures of interest: `page`, `section`.
    NotUnit = "not-unit",
    /// Currencies.
    Currency = "currency",
    /// Nouns of those and that which can say something: `experts`, `statement`.
    Speaker = "speaker",
    /// Words that end like nouns of people and are none: `numbers`, `documents`.
    NotAgent = "not-agent",
    /// Nouns of those on whom a duty can be laid: `states`, `community`.
    Obliged = "obliged",
    /// Base forms of what is demanded: `release`, `ensure`.
    Demanded = "demanded",
    /// Verbs of answering a call: `rejected`, `ignored`.
    Answering = "answering",
    /// Nouns of a state's government.
    Regime = "regime",
    /// Verbs whose infinitive is a fact: `continues to`.
    Continuing = "continuing",
    /// Nouns behind a violation that make it a field of work: `torture prevention`.
    Field = "field",
    /// Words of a speaker's own policy: `our programs`.
    OwnPolicy = "own-policy",
    /// Words for nobody in particular: `all`, `anyone`, `if`.
    Anyone = "anyone",
    /// `dozens`, `hundreds` …
    RoundNumber = "round-number",
    /// Words whose subject suffers: `face`, `vulnerable`.
    BefallsSubject = "befalls-subject",
    /// Words that say what befell others by nobody's name: `exposed`, `including`.
    BefallsObject = "befalls-object",
    /// Nouns of those who use force: `police`, `guards`.
    Armed = "armed",
    /// Words before numbers that only name something: `section`, `Camp`.
    Label = "label",
    /// Nouns of many people in the singular: `personnel`.
    Collective = "collective",
    /// Words of being held: `detained`, `missing`.
    HeldBack = "held-back",
    /// Words that ask what became of somebody: `say`, `learn`, `disclose`.
    Asking = "asking",
    /// Verbs of knowing: with a negation, nobody knows.
    Knowing = "knowing",
    /// Words that say that a fate is open: `unknown`, `clarified`.
    Unknown = "unknown",
    /// What a question after somebody ends with: `alive`, `held`, `buried`.
    Fate = "fate",
    /// Verbs of asking for a release that has not come: `calls for the release of`.
    AskingFor = "asking-for",
    /// Words that ask for those who are held: `released`, `reunited`, `home`.
    AskedFor = "asked-for",
    /// Words of being free again: `released`, `home`.
    BackAgain = "back-again",
    /// Parts of a day, month or year: `the night of 2 July`.
    PartOfTime = "part-of-time",
    /// Words that place something by another thing's time: `following the vote of May`.
    PlacedBy = "placed-by",
    /// Words that make a number approximate.
    About = "about",
    /// Second words of counted nouns: `member states`.
    CompoundUnit = "compound-unit",
    /// Words before a role: `former`, `then`.
    RoleModifier = "role-modifier",
    /// Words of titles of documents that speak for somebody: `statement`.
    OwnTitle = "own-title",
    /// Documents that can say something.
    DocumentNoun = "document-noun",
    /// Organisations that can say something.
    BodyNoun = "body-noun",
    /// Nouns of a single person.
    OnePerson = "one-person",
    /// Verbs of a demand that takes it for granted that something goes on: `release`, `end`.
    Presupposing = "presupposing",
    /// Verbs of a demand whose object is to be found, freed or reunited: `release`, `return`.
    Freeing = "freeing",
    /// Words that make a sentence speak of whoever it may be: `whoever`, `if`.
    Conditional = "conditional",
    /// Words that may stand before a noun of people.
    PeopleModifier = "people-modifier",
    /// What tells without being somebody: `testimonies`, `images`.
    Telling = "telling",
    /// Verbs by which somebody says what they are about to say: `I wish to`, `I write to`.
    Wishing = "wishing",
    /// What a charge that is denied is said to be without: `foundation`.
    Grounds = "grounds",
    /// Verbs that are followed by whom it is told to: `told`.
    TellingTo = "telling-to",
    /// Verbs of ordering: `ordered`, `instructed`.
    Ordering = "ordering",
    /// Words that end like adverbs and are none: `family`.
    NotAdverb = "not-adverb",
    /// Irregular forms of verbs in the past: `took`, `fled`.
    Past = "past",
    /// What may stand behind a noun of people and belong to it: `held`, `close`, `now`.
    BehindNoun = "behind-noun",
}

/// A set of classes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Classes(u128);

impl Classes {
    /// Whether the set holds `class`.
    pub fn has(self, class: Class) -> bool {
        self.0 & (1u128 << class as u8) != 0
    }
}

/// All words of the lexicons.
#[derive(Debug, Default)]
pub(crate) struct Words {
    // Only words of lexicons are put in: no text can make its chains long.
    ids: HashMap<Box<str>, u32, FixedState>,
    classes: Vec<Classes>,
    numbers: HashMap<u32, i64>,
}

impl Words {
    /// No words yet.
    pub fn new() -> Self {
        Self {
            ids: HashMap::default(),
            classes: vec![Classes::default()],
            numbers: HashMap::new(),
        }
    }

    /// The id of a folded word, made if it is new.
    pub fn intern(&mut self, word: &str) -> WordId {
        if let Some(&id) = self.ids.get(word) {
            return WordId(id);
        }
        let id = self.classes.len() as u32;
        self.ids.insert(word.into(), id);
        self.classes.push(Classes::default());
        WordId(id)
    }

    /// The id of a folded word.
    pub fn id(&self, word: &str) -> WordId {
        self.ids.get(word).map_or(WordId::UNKNOWN, |&id| WordId(id))
    }

    /// Puts a word into a class.
    pub fn classify(&mut self, word: &str, class: Class) {
        let id = self.intern(word);
        self.classes[id.0 as usize].0 |= 1u128 << class as u8;
    }

    /// Says what number a word means.
    pub fn set_number(&mut self, word: &str, value: i64) {
        let id = self.intern(word);
        self.numbers.insert(id.0, value);
    }

    /// The classes of a word.
    pub fn classes(&self, id: WordId) -> Classes {
        self.classes.get(id.0 as usize).copied().unwrap_or_default()
    }

    /// The number that a word means: `eleven`, `dozen`, `million`.
    pub fn number(&self, id: WordId) -> Option<i64> {
        self.numbers.get(&id.0).copied()
    }
}
