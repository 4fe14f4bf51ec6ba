//! What the interface says, in five languages, from the Fluent files in `data/interface/words`.
//!
//! One file a screen and language; keys begin with the name of the screen. Tests hold every
//! language to the same keys and variables, and every key to a use.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::sync::OnceLock;
use unic_langid::LanguageIdentifier;

/// A language of the interface.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Korean.
    Korean,
    /// French.
    French,
    /// Spanish.
    Spanish,
    /// Japanese.
    Japanese,
}

impl Language {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 5] = [
        Self::English,
        Self::Korean,
        Self::French,
        Self::Spanish,
        Self::Japanese,
    ];

    /// Its BCP 47 tag.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Korean => "ko",
            Self::French => "fr",
            Self::Spanish => "es",
            Self::Japanese => "ja",
        }
    }

    /// Its name in itself.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Korean => "한국어",
            Self::French => "Français",
            Self::Spanish => "Español",
            Self::Japanese => "日本語",
        }
    }

    /// The language with this tag, whatever region or script follows it.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        Self::ALL
            .into_iter()
            .find(|language| language.tag().eq_ignore_ascii_case(primary))
    }

    /// The first language of an `Accept-Language` list (RFC 9110, 12.5.4) that there is. Weights
    /// are not compared: browsers list the preferred first.
    #[must_use]
    pub fn accepted(list: &str) -> Option<Self> {
        let tags = list.split(',').take(20);
        tags.filter_map(|part| part.split(';').next())
            .find_map(|tag| Self::from_tag(tag.trim()))
    }
}

/// A number of things. Templates pass references, programs pass values.
pub trait Count {
    /// The number.
    fn count(&self) -> u64;
}

macro_rules! counts {
    ($($number:ty),*) => {
        $(impl Count for $number {
            fn count(&self) -> u64 {
                u64::try_from(*self).unwrap_or(u64::MAX)
            }
        })*
    };
}

counts!(u16, u32, u64, usize);

impl<T: Count> Count for &T {
    fn count(&self) -> u64 {
        T::count(self)
    }
}

macro_rules! word_files {
    ($($name:literal),* $(,)?) => {
        /// Names of the files, one a screen.
        #[cfg(test)]
        const FILES: &[&str] = &[$($name),*];

        /// All words of a language.
        fn sources(language: Language) -> [&'static str; [$($name),*].len()] {
            match language {
                Language::English => [$(include_str!(concat!("../../../data/interface/words/en/", $name, ".ftl"))),*],
                Language::Korean => [$(include_str!(concat!("../../../data/interface/words/ko/", $name, ".ftl"))),*],
                Language::French => [$(include_str!(concat!("../../../data/interface/words/fr/", $name, ".ftl"))),*],
                Language::Spanish => [$(include_str!(concat!("../../../data/interface/words/es/", $name, ".ftl"))),*],
                Language::Japanese => [$(include_str!(concat!("../../../data/interface/words/ja/", $name, ".ftl"))),*],
            }
        }
    };
}

// One line a screen.
word_files![
    "frame",
    "record",
    "home",
    "sources",
    "source",
    "page",
    "code",
    "search",
    "people",
    "accountability",
    "stands",
    "review",
    "unlock",
    "message",
    "help",
    "corroboration",
    "statistics",
    "integrity",
    "log",
    "timeline",
    "masked",
    "settings",
    "users",
    "estimate",
    "why",
    "alerts",
];

/// Says everything in one language.
#[derive(Clone, Copy)]
pub struct Text {
    language: Language,
    bundle: &'static FluentBundle<FluentResource>,
}

impl std::fmt::Debug for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Text({})", self.language.tag())
    }
}

impl Text {
    /// The words of a language.
    #[must_use]
    pub fn of(language: Language) -> Self {
        static BUNDLES: OnceLock<Vec<FluentBundle<FluentResource>>> = OnceLock::new();
        let bundles = BUNDLES.get_or_init(|| Language::ALL.into_iter().map(bundle).collect());
        let at = Language::ALL.iter().position(|one| *one == language);
        Self {
            language,
            bundle: &bundles[at.unwrap_or(0)],
        }
    }

    /// The language.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// The words of `key`.
    #[must_use]
    pub fn say(&self, key: &str) -> String {
        self.format(key, None)
    }

    /// The words of one of several keys with the same stem: `stem-name`.
    #[must_use]
    pub fn of_name(&self, stem: &str, name: &str) -> String {
        self.say(&format!("{stem}-{name}"))
    }

    /// The words of `key` with a number: `$number` decides the plural, `$shown` is how it is
    /// written.
    #[must_use]
    pub fn number(&self, key: &str, number: impl Count) -> String {
        let number = number.count();
        let mut args = FluentArgs::new();
        args.set("number", number as f64);
        args.set("shown", self.digits(number));
        self.format(key, Some(&args))
    }

    /// The words of `key` with a name or other text in place of `$name`.
    #[must_use]
    pub fn name(&self, key: &str, name: impl std::fmt::Display) -> String {
        let mut args = FluentArgs::new();
        args.set("name", name.to_string());
        self.format(key, Some(&args))
    }

    /// The words of `key` with a number (as in [`Text::number`]) and a name.
    #[must_use]
    pub fn both(&self, key: &str, number: impl Count, name: impl std::fmt::Display) -> String {
        let number = number.count();
        let mut args = FluentArgs::new();
        args.set("number", number as f64);
        args.set("shown", self.digits(number));
        args.set("name", name.to_string());
        self.format(key, Some(&args))
    }

    /// Whether there are words for `key`.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    /// A number with its digits in groups, as the language writes it.
    #[must_use]
    pub fn digits(&self, number: impl Count) -> String {
        let number = number.count();
        let group = match self.language {
            // A narrow no-break space; Spanish groups only from five digits on.
            Language::French => '\u{202f}',
            Language::Spanish if number < 10_000 => return number.to_string(),
            Language::Spanish => '\u{202f}',
            Language::English | Language::Korean | Language::Japanese => ',',
        };
        let digits = number.to_string();
        let mut grouped = String::with_capacity(digits.len() * 4 / 3 + 2);
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                grouped.push(group);
            }
            grouped.push(digit);
        }
        grouped
    }

    fn format(&self, key: &str, args: Option<&FluentArgs>) -> String {
        let message = self.bundle.get_message(key);
        let Some(pattern) = message.and_then(|message| message.value()) else {
            return key.to_owned();
        };
        let mut errors = Vec::new();
        let words = self.bundle.format_pattern(pattern, args, &mut errors);
        words.into_owned()
    }
}

fn bundle(language: Language) -> FluentBundle<FluentResource> {
    let tag: LanguageIdentifier = language
        .tag()
        .parse()
        .expect("the tags of `Language` are language identifiers");
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    // Names stand in elements of their own, which isolate their direction.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(plain_numbers));
    for source in sources(language) {
        // A mistake in a file takes away one message, which a test finds.
        let resource = match FluentResource::try_new(source.to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// Numbers without a fraction are written without one.
fn plain_numbers<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(format!("{}", number.value)),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
