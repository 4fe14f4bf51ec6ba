//! What a document says of where its words come from: date, publisher, credits, links, dateline,
//! quotation marks.

use super::credits::{self, Credited, credited, fold_name};
use super::dateline::dateline;
use super::index::DocumentText;
use model::{CharIndex, Edtf, PassageKind, Span};

/// What is kept of a document, beside its words, to tell who copied whom.
#[derive(Default, Debug, Clone, PartialEq, Eq)]
pub(super) struct Clues {
    pub published: Option<Edtf>,
    publisher: Option<Publisher>,
    /// Its own address, as [`credits::address`] writes it.
    address: Option<String>,
    credited: Credited,
    dateline: Option<Edtf>,
    /// What stands in quotation marks, of some length; ascending.
    quotations: Vec<Span>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Publisher {
    name: String,
    folded: String,
}

/// Passages at the head of a document in which a dateline is looked for.
const HEAD: usize = 8;
/// Fewest characters of a quotation that is kept, and most quotations.
const QUOTATION: u32 = 60;
const MOST_QUOTATIONS: usize = 512;

impl Clues {
    /// `credits` says whether there is anyone whom it could credit or link to.
    pub fn of(given: &DocumentText<'_>, credits: bool) -> Self {
        let document = given.document;
        let publisher = document.publisher.as_ref().map(|name| Publisher {
            name: name.clone(),
            folded: fold_name(name),
        });
        let address = document
            .origin
            .as_ref()
            .filter(|origin| origin.contains("://"));
        let mut clues = Self {
            published: document.published,
            publisher,
            address: address.map(|address| credits::address(address)),
            credited: if credits {
                credited(given.text)
            } else {
                Credited::default()
            },
            ..Self::default()
        };
        if given.passages.is_empty() {
            clues.passage(given.text, 0, PassageKind::Paragraph, true);
            return clues;
        }
        let index = CharIndex::new(given.text);
        let clean = given.passages.iter().filter(|passage| passage.is_clean());
        for (nth, passage) in clean.enumerate() {
            if let Some(text) = index.slice(given.text, passage.span) {
                clues.passage(text, passage.span.start, passage.kind, nth < HEAD);
            }
        }
        clues
    }

    fn passage(&mut self, text: &str, start: u32, kind: PassageKind, head: bool) {
        if head && self.published.is_some() && self.dateline.is_none() {
            self.dateline = dateline(text);
        }
        if kind == PassageKind::Quotation {
            let len = text.chars().count() as u32;
            self.quotations.push(Span::new(start, start + len));
        } else {
            quotations(text, start, &mut self.quotations);
        }
        self.quotations.truncate(MOST_QUOTATIONS);
    }

    /// The publisher of `other`, when this document credits it and is not of it itself.
    pub fn credits_to(&self, other: &Self) -> Option<String> {
        let publisher = other.publisher.as_ref()?;
        let own = self
            .publisher
            .as_ref()
            .is_some_and(|own| own.folded == publisher.folded);
        let names = |credit: &String| credits::names(credit, &publisher.folded);
        (!own && self.credited.names.iter().any(names)).then(|| publisher.name.clone())
    }

    /// The address of `other`, when this document links to it.
    pub fn links_to(&self, other: &Self) -> Option<String> {
        let address = other.address.as_ref()?;
        let linked = self.credited.addresses.binary_search(address).is_ok();
        (linked && self.address.as_ref() != Some(address)).then(|| address.clone())
    }

    /// The date of this document's dateline, when `other` was published on it and this later.
    pub fn dateline_of(&self, other: &Self) -> Option<Edtf> {
        let date = self.dateline?;
        let own = self.published?;
        (other.published == Some(date) && date.latest()? < own.earliest()?).then_some(date)
    }

    /// Whether this stretch stands in quotation marks, or nearly all of it.
    pub fn quotes(&self, span: Span) -> bool {
        let held: u32 = self
            .quotations
            .iter()
            .map(|q| q.end.min(span.end).saturating_sub(q.start.max(span.start)))
            .sum();
        !span.is_empty() && u64::from(held) * 10 >= u64::from(span.len()) * 9
    }
}

/// Bytes that are looked at in one step.
const BLOCK: usize = 32;

/// Puts what stands in quotation marks within a passage into `out`.
fn quotations(text: &str, start: u32, out: &mut Vec<Span>) {
    let mut open: Option<(u32, char)> = None;
    let mut at = start;
    let bytes = text.as_bytes();
    let mut byte = 0;
    while let Some(&b) = bytes.get(byte) {
        // Most text is plain for long stretches.
        if let Some(block) = bytes.get(byte..byte + BLOCK)
            && !block
                .iter()
                .fold(false, |held, &b| held | (b >= 0x80) | (b == b'"'))
        {
            byte += BLOCK;
            at += BLOCK as u32;
            continue;
        }
        byte += 1;
        if b & 0xc0 == 0x80 {
            continue; // within a character
        }
        at += 1;
        // Marks begin with one of these bytes.
        if !matches!(b, b'"' | 0xc2 | 0xe2 | 0xe3) {
            continue;
        }
        let Some(c) = text[byte - 1..].chars().next() else {
            return;
        };
        match (open, closing(c)) {
            (Some((from, close)), _) if c == close => {
                if at - 1 - from >= QUOTATION {
                    out.push(Span::new(from, at - 1));
                }
                open = None;
            }
            (None, Some(close)) => open = Some((at, close)),
            _ => {}
        }
    }
}

/// The mark that closes what this one opens.
fn closing(c: char) -> Option<char> {
    Some(match c {
        '“' => '”',
        '„' => '“',
        '«' => '»',
        '「' => '」',
        '『' => '』',
        '"' => '"',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotation_is_seen_from_its_marks() {
        let words = "the violations were systematic, widespread and gross, and nobody was ever held to account";
        for (open, close) in [("“", "”"), ("«", "»"), ("\"", "\"")] {
            let text = format!("He said: {open}{words}{close} and left.");
            let mut found = Vec::new();
            quotations(&text, 100, &mut found);
            assert_eq!(found, [Span::new(110, 110 + words.len() as u32)]);
        }
        let mut none = Vec::new();
        quotations(&format!("“{words}"), 0, &mut none);
        assert_eq!(none, []);
    }
}
