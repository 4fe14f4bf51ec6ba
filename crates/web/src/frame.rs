//! What every page has in common: names, the places one can go, how it is to look.

use crate::assets;
use crate::words::{Language, Text};

/// Light, dark, or as the device says.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Theme {
    /// As the device says.
    #[default]
    Auto,
    /// Dark ink on light paper.
    Light,
    /// Light ink on dark paper.
    Dark,
}

impl Theme {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];

    /// Its name in addresses, cookies and the style sheet.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.name() == name)
    }
}

/// A place in the rail. One line a screen in [`PLACES`]; its words are `place-<name>`.
#[derive(Debug, PartialEq, Eq)]
pub struct Place {
    /// Its name: of its words and of its icon.
    pub name: &'static str,
    /// Its address.
    pub path: &'static str,
    /// The key that goes there after `g`.
    pub key: &'static str,
}

/// The places, in the order of the rail.
pub const PLACES: &[Place] = &[
    Place {
        name: "home",
        path: "/",
        key: "h",
    },
    Place {
        name: "sources",
        path: "/sources",
        key: "s",
    },
    Place {
        name: "review",
        path: "/review",
        key: "r",
    },
    Place {
        name: "search",
        path: "/search",
        key: "f",
    },
    Place {
        name: "people",
        path: "/people",
        key: "p",
    },
    Place {
        name: "accountability",
        path: "/accountability",
        key: "a",
    },
    Place {
        name: "corroboration",
        path: "/corroboration",
        key: "c",
    },
    Place {
        name: "statistics",
        path: "/statistics",
        key: "t",
    },
    Place {
        name: "integrity",
        path: "/integrity",
        key: "i",
    },
    Place {
        name: "timeline",
        path: "/timeline",
        key: "m",
    },
    Place {
        name: "settings",
        path: "/settings",
        key: "e",
    },
];

impl Place {
    /// The place of that name; the first one where there is none.
    #[must_use]
    pub fn named(name: &str) -> &'static Self {
        let found = PLACES.iter().find(|place| place.name == name);
        found.unwrap_or(&PLACES[0])
    }
}

/// A key of a screen, and the key of the words that say what it does.
pub type Key = (&'static str, &'static str);

/// What every page has in common.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Says everything in the visitor's language.
    pub text: Text,
    /// Light or dark.
    pub theme: Theme,
    /// Title of the page.
    pub title: String,
    /// Name of the archive; empty before anybody has signed in.
    pub archive: String,
    /// The place that the page belongs to.
    pub here: Option<&'static Place>,
    /// Address of this page, to come back to.
    pub path: String,
    /// What stands in the search box.
    pub search: String,
    /// Whether single letters act as keys.
    pub keys_on: bool,
    /// Keys of this screen.
    pub keys: &'static [Key],
    /// Proposals that wait for somebody to decide.
    pub waiting: u64,
    /// The places that the visitor may go to, in the order of the rail.
    pub places: Vec<&'static Place>,
    /// Addresses that the visitor may not use: no page offers them.
    pub refused: Vec<&'static str>,
    /// Who is signed in, where several people use the server; else empty.
    pub who: String,
}

impl Frame {
    /// The frame of a page that shows nothing of the archive.
    #[must_use]
    pub fn bare(language: Language, theme: Theme) -> Self {
        Self {
            text: Text::of(language),
            theme,
            title: String::new(),
            archive: String::new(),
            here: None,
            path: "/".to_owned(),
            search: String::new(),
            keys_on: true,
            keys: &[],
            waiting: 0,
            places: PLACES.iter().collect(),
            refused: Vec::new(),
            who: String::new(),
        }
    }

    /// The same with a title.
    #[must_use]
    pub fn titled(mut self, title: impl Into<String>) -> Self {
        self.title = title.into();
        self
    }

    /// The same with the keys of a screen.
    #[must_use]
    pub fn with_keys(mut self, keys: &'static [Key]) -> Self {
        self.keys = keys;
        self
    }

    /// The places of the rail.
    #[must_use]
    pub fn places(&self) -> &[&'static Place] {
        &self.places
    }

    /// Whether the visitor may use this address, whatever follows its path.
    #[must_use]
    pub fn may(&self, path: &str) -> bool {
        let path = path.split(['?', '#']).next().unwrap_or_default();
        !self.refused.contains(&path)
    }

    /// Whether `place` is the one that the page belongs to.
    #[must_use]
    pub fn is_here(&self, place: &Place) -> bool {
        self.here == Some(place)
    }

    /// Where the search box leads, and the name of its words there.
    #[must_use]
    pub fn search_at(&self) -> (&'static str, &'static str) {
        ("/search", "q")
    }

    /// Address of this page, for the query of another.
    #[must_use]
    pub fn escaped_path(&self) -> String {
        crate::facets::encode(&self.path)
    }

    /// Where an asset is.
    #[must_use]
    pub fn asset(&self, name: &str) -> String {
        assets::path(name)
    }

    /// `ltr` or `rtl`: the direction of the interface's language.
    #[must_use]
    pub fn direction(&self) -> &'static str {
        "ltr"
    }

    /// The languages that are offered.
    #[must_use]
    pub fn languages(&self) -> [Language; 5] {
        Language::ALL
    }

    /// The themes that are offered.
    #[must_use]
    pub fn themes(&self) -> [Theme; 3] {
        Theme::ALL
    }
}
