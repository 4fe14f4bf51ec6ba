//! What the classes and ids of HTML elements say of them, by `data/reading/html.toml`.

use model::LeftOut;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct HtmlFile {
    hints: HintLists,
    caption: Parts,
    main: Parts,
    comments: Parts,
    dated: Parts,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct HintLists {
    navigation: Vec<String>,
    player: Vec<String>,
    share_bar: Vec<String>,
    advert: Vec<String>,
    notice: Vec<String>,
    related: Vec<String>,
    footer: Vec<String>,
}

#[derive(Deserialize)]
struct Parts {
    parts: Vec<String>,
}

/// What the classes and ids of an element say of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Hint {
    pub left_out: Option<LeftOut>,
    pub caption: bool,
    pub main: bool,
    /// What readers of the page wrote below the document.
    pub comments: bool,
    /// A date, or a line with one.
    pub dated: bool,
    /// How far its names speak for the document, in hundredths.
    pub weight: i32,
}

/// Names of classes and ids by their parts.
pub(crate) struct ClassNames {
    by_part: HashMap<String, Known>,
}

/// What is known of a part of names.
#[derive(Default)]
struct Known {
    /// What it says by itself.
    alone: Hint,
    /// Names of several parts of which it is the first.
    several: Vec<(Vec<String>, Hint)>,
}

/// The class names of `data/reading/html.toml`.
pub(crate) static CLASS_NAMES: LazyLock<ClassNames> = LazyLock::new(|| {
    let file: HtmlFile = toml::from_str(include_str!("../../../data/reading/html.toml"))
        .expect("the shipped html.toml is read by a test");
    let mut names = ClassNames {
        by_part: HashMap::new(),
    };
    let hints = file.hints;
    for (list, left_out) in [
        (hints.navigation, LeftOut::Navigation),
        (hints.player, LeftOut::Player),
        (hints.share_bar, LeftOut::ShareBar),
        (hints.advert, LeftOut::Advert),
        (hints.notice, LeftOut::Notice),
        (hints.related, LeftOut::Related),
        (hints.footer, LeftOut::Footer),
    ] {
        names.add(list, |hint| {
            hint.left_out = hint.left_out.or(Some(left_out))
        });
    }
    names.add(file.caption.parts, |hint| hint.caption = true);
    names.add(file.main.parts, |hint| hint.main = true);
    names.add(file.comments.parts, |hint| {
        hint.comments = true;
        hint.left_out = Some(LeftOut::Related);
    });
    names.add(file.dated.parts, |hint| hint.dated = true);
    let weights = include_str!("../../../data/reading/class-weights.txt");
    for line in weights.lines() {
        if let Some((part, weight)) = line.split_once(' ')
            && let Ok(weight) = weight.parse()
        {
            names
                .by_part
                .entry(part.to_owned())
                .or_default()
                .alone
                .weight = weight;
        }
    }
    names
});

impl ClassNames {
    fn add(&mut self, list: Vec<String>, set: impl Fn(&mut Hint)) {
        for entry in list {
            let parts: Vec<String> = entry.split('-').map(str::to_owned).collect();
            let known = self.by_part.entry(parts[0].clone()).or_default();
            if let [_] = parts.as_slice() {
                set(&mut known.alone);
                continue;
            }
            let list = &mut known.several;
            match list.iter_mut().find(|(known, _)| *known == parts) {
                Some((_, hint)) => set(hint),
                None => {
                    let mut hint = Hint::default();
                    set(&mut hint);
                    list.push((parts, hint));
                }
            }
        }
    }

    /// What the value of a `class` or `id` attribute says. At most 40 names of 80 bytes are
    /// looked at.
    pub fn hint(&self, value: &str, hint: &mut Hint) {
        let mut parts = Split::default();
        for name in names(value) {
            parts.cut(name);
            for at in 0..parts.len() {
                let Some(known) = self.by_part.get(parts.at(at)) else {
                    continue;
                };
                hint.take(known.alone);
                for (wanted, found) in &known.several {
                    let mut pairs = (at..).zip(wanted);
                    if pairs.all(|(at, wanted)| at < parts.len() && parts.at(at) == wanted) {
                        hint.take(*found);
                    }
                }
            }
        }
    }
}

impl Hint {
    fn take(&mut self, other: Self) {
        self.left_out = self.left_out.or(other.left_out);
        self.caption |= other.caption;
        self.main |= other.main;
        self.comments |= other.comments;
        self.dated |= other.dated;
        self.weight = (self.weight + other.weight).clamp(-1000, 1000);
    }
}

/// The names in an attribute that are looked at.
fn names(value: &str) -> impl Iterator<Item = &str> {
    let names = value.split_ascii_whitespace().take(40);
    names.filter(|name| name.len() <= 80)
}

/// The parts of all names of an attribute, each with a space behind it.
pub(crate) fn parts(value: &str) -> String {
    let (mut all, mut parts) = (String::new(), Split::default());
    for name in names(value) {
        parts.cut(name);
        for at in 0..parts.len() {
            all.push_str(parts.at(at));
            all.push(' ');
        }
    }
    all
}

/// The parts of a name: `postShare-bar__item2` → `post`, `share`, `bar`, `item2`. A page has
/// thousands of names, so that their parts share one text.
#[derive(Default)]
struct Split {
    letters: String,
    /// Where each part ends.
    ends: Vec<usize>,
}

impl Split {
    fn cut(&mut self, name: &str) {
        self.letters.clear();
        self.ends.clear();
        let mut lower_before = false;
        for letter in name.chars() {
            if !letter.is_alphanumeric() || (letter.is_uppercase() && lower_before) {
                self.end();
            }
            if letter.is_ascii_alphanumeric() {
                self.letters.push(letter.to_ascii_lowercase());
            } else if letter.is_alphanumeric() {
                self.letters.extend(letter.to_lowercase());
            }
            lower_before = letter.is_lowercase();
        }
        self.end();
    }

    /// Ends the part in hand, where it has a letter.
    fn end(&mut self) {
        if self.letters.len() > self.ends.last().copied().unwrap_or(0) {
            self.ends.push(self.letters.len());
        }
    }

    fn len(&self) -> usize {
        self.ends.len()
    }

    /// The part of number `at`, which is below [`Self::len`].
    fn at(&self, at: usize) -> &str {
        let begin = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.letters[begin..self.ends[at]]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_parts_of_names_tell() {
        let mut hint = Hint::default();
        CLASS_NAMES.hint("x postShare-bar", &mut hint);
        assert_eq!(hint.left_out, Some(LeftOut::ShareBar));
        let mut hint = Hint::default();
        CLASS_NAMES.hint("shareholder entry-content", &mut hint);
        assert_eq!((hint.left_out, hint.main), (None, true));
    }
}
