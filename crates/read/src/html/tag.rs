//! A start tag that is being read: what its name and attributes say of the element.
//!
//! Invariant: the order of attributes does not matter but where two say the same thing; then the
//! first holds.

use super::elements::{Role, name_hash, role};
use crate::class_names::{self, CLASS_NAMES, Hint};
use model::LeftOut;

/// A start tag.
#[derive(Default)]
pub(super) struct Tag {
    /// What its element is for; `None` before the first tag.
    pub role: Option<Role>,
    /// The hash of its name.
    pub name: u32,
    /// What the element itself says stands in it.
    pub says: Option<LeftOut>,
    /// What class and id say.
    pub hint: Hint,
    /// How strongly it says that the document is here; see [`Place::main`](super::place::Place::main).
    pub main: u8,
    /// A `header`.
    pub header: bool,
    /// The page does not show it.
    pub hidden: bool,
    /// It leads somewhere.
    pub href: bool,
    /// The whole page: `html` or `body`.
    whole: bool,
    /// Parts of class and id, where they are wanted.
    pub names: Option<String>,
}

impl Tag {
    /// The tag `name`, before its attributes; with the parts of class and id if they are `wanted`.
    pub fn open(name: &[u8], wanted: bool) -> Self {
        let (role, says) = role(name);
        Self {
            role: Some(role),
            name: name_hash(name),
            says,
            main: match name {
                b"main" => 1,
                b"article" => 2,
                _ => 0,
            },
            header: name == b"header",
            whole: matches!(name, b"html" | b"body"),
            names: wanted.then(String::new),
            ..Self::default()
        }
    }

    /// What stands in the element and is no part of the document, by itself or by its class.
    pub fn left_out(&self) -> Option<LeftOut> {
        // "main-content has-sidebar" names the document; a class of the whole page names nothing.
        let named = self.hint.left_out;
        let named = named.filter(|_| !self.hint.main && self.main == 0 && !self.whole);
        self.says.or(named)
    }

    /// Takes an attribute.
    pub fn attribute(&mut self, name: &[u8], value: &str) {
        match name {
            b"class" | b"id" => {
                CLASS_NAMES.hint(value, &mut self.hint);
                if let Some(names) = &mut self.names {
                    names.push_str(&class_names::parts(value));
                }
            }
            b"hidden" if value != "until-found" => self.hidden = true,
            b"aria-hidden" => self.hidden |= value.eq_ignore_ascii_case("true"),
            b"style" => self.hidden |= hides(value),
            b"role" => self.role_attribute(value),
            b"itemprop" if value == "articleBody" => self.main = 4,
            b"itemprop" => self.hint.dated |= value.to_ascii_lowercase().contains("date"),
            b"href" => self.href = true,
            _ => {}
        }
    }

    /// The ARIA role, by its name.
    fn role_attribute(&mut self, value: &str) {
        match value {
            "main" => self.main = self.main.max(1),
            "article" => self.main = self.main.max(2),
            "navigation" | "menu" | "menubar" | "search" | "toolbar" => {
                self.says = self.says.or(Some(LeftOut::Navigation));
            }
            "banner" => self.header = true,
            "contentinfo" => self.says = self.says.or(Some(LeftOut::Footer)),
            "complementary" => self.says = self.says.or(Some(LeftOut::Related)),
            _ => {}
        }
    }
}

/// Whether a style of its own hides an element.
fn hides(style: &str) -> bool {
    let bare: String = style
        .chars()
        .filter(|c| !c.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect();
    bare.contains("display:none") || bare.contains("visibility:hidden")
}
