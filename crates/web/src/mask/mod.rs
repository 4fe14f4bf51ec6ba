//! Masked names: what is about to be sent, with the names of protected persons made unreadable.
//!
//! Works on the page, the table or the JSON as it is sent, so that no screen can forget it. Every
//! letter of a name becomes one sign, so that a page keeps its length: a selection on it still means
//! the same characters.
//!
//! Invariants: tags are never touched; a name is found across the tags that stand within a line of
//! text (a lit word, a link), whatever its letters' case, where names overlap, and where an ellipsis
//! cut it. Memory is that of the longest line. A name that is one short word is masked only where it
//! stands by itself (`short`): anywhere else it would hide half of every page.

mod cut;
mod data;
mod line;
mod page;
mod short;

use aho_corasick::AhoCorasick;
use cut::{CUT, Cut};
use line::{Line, Written, fold, is_sign_script};
use short::Short;
use std::ops::Range;

pub use aho_corasick::BuildError;

/// What stands for a letter.
pub const SIGN: char = '▮';

/// Fewest letters of a name that is one word: in scripts with spaces between words, and in those
/// that write syllables or words with a sign.
const SHORTEST: (usize, usize) = (6, 3);

/// What is masked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// A page of HTML.
    Page,
    /// JSON, or lines of it.
    Json,
    /// Text without marks, such as a table.
    Plain,
}

/// Names that are masked.
pub struct Mask {
    names: Option<Names>,
    short: Option<Short>,
}

struct Names {
    whole: AhoCorasick,
    /// As they begin, and from behind.
    begin: Cut,
    end: Cut,
    /// Bytes of the longest.
    longest: usize,
}

impl Mask {
    /// A mask over these names; those that tell nobody apart at all are left out.
    ///
    /// # Errors
    /// When there are too many to be looked for at once: then nothing can be shown safely.
    pub fn new<S: AsRef<str>>(names: impl IntoIterator<Item = S>) -> Result<Self, BuildError> {
        let names = names.into_iter();
        let names: Vec<String> = names.map(|name| name.as_ref().trim().to_owned()).collect();
        let short = names.iter().filter(|name| !tells(&fold(name)));
        Ok(Self {
            names: Names::of(names.iter().map(|name| fold(name)))?,
            short: Short::of(short)?,
        })
    }

    /// Whether there is nobody to be masked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_none() && self.short.is_none()
    }

    /// What is sent, with every name masked. `asked` is the address that the visitor asked for: a
    /// name that stands in it is their own, and stays in addresses and in the field of a search.
    /// The number says whether anything was masked, and grows with how much.
    #[must_use]
    pub fn over(&self, form: Form, sent: &str, asked: &str) -> (String, usize) {
        if self.is_empty() {
            return (sent.to_owned(), 0);
        }
        let own = Line::of(asked, 0, Written::Address).text;
        let mut hidden: Vec<(usize, usize)> = Vec::new();
        let mut each = |line: &Line| self.hide(line, &own, &mut hidden);
        match form {
            Form::Page => page::lines(sent, &mut each),
            Form::Json => data::strings(sent, &mut each),
            Form::Plain => data::lines(sent, &mut each),
        }
        hidden.sort_unstable();
        (without(sent, &hidden), hidden.len())
    }

    /// Adds where the letters of names stand that a line holds.
    fn hide(&self, line: &Line, own: &str, hidden: &mut Vec<(usize, usize)>) {
        if let Some(names) = &self.names {
            names.hide(line, own, hidden);
        }
        if let Some(short) = &self.short {
            let is_own = |letters: &[char]| {
                let name: String = letters.iter().collect();
                line.typed && own.contains(&fold(&name))
            };
            for (first, last) in short.found(&line.written) {
                let letters = line.written.get(first..last).unwrap_or_default();
                if !is_own(letters) {
                    hidden.extend_from_slice(line.stand(first..last));
                }
            }
        }
    }
}

impl Names {
    /// Those of these folded names that tell somebody apart; `None` where none does.
    fn of(names: impl Iterator<Item = String>) -> Result<Option<Self>, BuildError> {
        let mut folded: Vec<String> = names.filter(|name| tells(name)).collect();
        folded.sort_unstable();
        folded.dedup();
        let Some(longest) = folded.iter().map(String::len).max() else {
            return Ok(None);
        };
        let backwards = folded.iter().map(|name| name.chars().rev().collect());
        Ok(Some(Self {
            whole: AhoCorasick::new(&folded)?,
            end: Cut::new(backwards.collect()),
            begin: Cut::new(folded),
            longest,
        }))
    }

    /// Adds where the letters of names stand that a line holds.
    fn hide(&self, line: &Line, own: &str, hidden: &mut Vec<(usize, usize)>) {
        let found = self.whole.find_overlapping_iter(&line.text);
        let found = found.map(|hit| hit.start()..hit.end());
        let mut found: Vec<Range<usize>> = found
            .filter(|hit| line.is_whole(hit.start, hit.end))
            .filter(|hit| !(line.typed && own.contains(&line.text[hit.clone()])))
            .collect();
        for (at, sign) in line.text.match_indices(CUT) {
            found.extend(self.cut_before(line, at));
            found.extend(self.cut_after(line, at + sign.len()));
        }
        found.sort_unstable_by_key(|hit| (hit.start, hit.end));
        let mut done = 0;
        for hit in found {
            let rest = hit.start.max(done)..hit.end.max(done);
            hidden.extend_from_slice(line.letters(&rest));
            done = rest.end;
        }
    }

    /// The longest part of a name that ends where the line was cut.
    fn cut_before(&self, line: &Line, cut: usize) -> Option<Range<usize>> {
        let end = line.text[..cut].trim_end().len();
        let text = &line.text[..end];
        let mut starts = text.char_indices().rev().map(|(at, _)| at);
        let starts = starts.by_ref().take_while(|at| end - at <= self.longest);
        let starts = starts.filter(|at| line.is_edge(*at));
        let starts = starts.filter(|at| self.begin.begins(&text[*at..]));
        starts.min().map(|start| start..end)
    }

    /// The longest part of a name that begins where the line was cut.
    fn cut_after(&self, line: &Line, cut: usize) -> Option<Range<usize>> {
        let text = &line.text[cut..];
        let start = cut + text.len() - text.trim_start().len();
        let text = &line.text[start..];
        let ends = text.char_indices().map(|(at, one)| at + one.len_utf8());
        let ends = ends.take_while(|end| *end <= self.longest);
        let ends = ends.filter(|end| line.is_edge(start + end));
        let is_end = |end: &usize| {
            let backwards: String = text[..*end].chars().rev().collect();
            self.end.begins(&backwards)
        };
        ends.filter(is_end).max().map(|end| start..start + end)
    }
}

/// What is sent, with these letters replaced; spaces stay.
fn without(sent: &str, hidden: &[(usize, usize)]) -> String {
    let mut masked = String::with_capacity(sent.len());
    let mut at = 0;
    for (from, to) in hidden.iter().copied().filter(|(from, to)| from < to) {
        if from < at {
            continue;
        }
        masked.push_str(&sent[at..from]);
        match sent[from..to].chars().all(char::is_whitespace) {
            true => masked.push_str(&sent[from..to]),
            false => masked.push(SIGN),
        }
        at = to;
    }
    masked.push_str(&sent[at..]);
    masked
}

/// Whether a name tells somebody apart.
fn tells(name: &str) -> bool {
    let letters = name.chars().filter(|letter| letter.is_alphanumeric());
    let signs = name.chars().filter(|letter| is_sign_script(*letter));
    let words = name.split_whitespace().count();
    let (letters, signs) = (letters.count(), signs.count());
    signs >= SHORTEST.1 || letters >= SHORTEST.0 || (words > 1 && letters > 3)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn masked(names: &[&str], page: &str) -> String {
        Mask::new(names).unwrap().over(Form::Page, page, "").0
    }

    #[test]
    fn names_are_masked_in_text_and_in_what_is_read_aloud() {
        let names = ["Kim Hye-suk", "김혜숙"];
        assert_eq!(
            masked(&names, "<p>Ms KIM Hye-suk said</p>"),
            "<p>Ms ▮▮▮ ▮▮▮▮▮▮▮ said</p>"
        );
        assert_eq!(
            masked(
                &names,
                "<p><mark>Kim</mark> <a id=\"Kim Hye-suk\">Hye-suk</a>!</p>"
            ),
            "<p><mark>▮▮▮</mark> <a id=\"Kim Hye-suk\">▮▮▮▮▮▮▮</a>!</p>"
        );
        assert_eq!(masked(&names, "<td>김혜숙은</td>"), "<td>▮▮▮은</td>");
        assert_eq!(
            masked(
                &names,
                "<i aria-label=\"Kim Hye-suk\" id=\"Kim Hye-suk\"></i>"
            ),
            "<i aria-label=\"▮▮▮ ▮▮▮▮▮▮▮\" id=\"Kim Hye-suk\"></i>"
        );
        assert_eq!(
            masked(&["O'Brien Pat"], "<p>O&#39;Brien Pat</p>"),
            "<p>▮▮▮▮▮▮▮ ▮▮▮</p>"
        );
    }

    #[test]
    fn what_is_no_name_stays() {
        let names = ["Kim Hye-suk"];
        for page in [
            "<p>Kim</p><p>Hye-suk</p>",
            "<p>Akim Hye-suk, Kim Hye-suks</p>",
        ] {
            assert_eq!(masked(&names, page), page);
        }
        assert!(Mask::new(["kim", "", "7"]).unwrap().is_empty());
    }

    #[test]
    fn names_that_overlap_or_are_part_of_one_another_hide_each_other_nowhere() {
        let cases = [
            (
                ["Ana Ruiz", "Ruiz Mora"],
                "Diana Ruiz Mora",
                "Diana ▮▮▮▮ ▮▮▮▮",
            ),
            (
                ["Ali Hassan", "Ali Hassan H"],
                "Ali Hassan Hussein",
                "▮▮▮ ▮▮▮▮▮▮ Hussein",
            ),
            (["Ana Ruiz", "Ruiz Mora"], "Ana Ruiz Mora", "▮▮▮ ▮▮▮▮ ▮▮▮▮"),
            (["김혜숙", "혜숙영"], "김혜숙영은", "▮▮▮▮은"),
        ];
        for (names, said, shown) in cases {
            assert_eq!(masked(&names, said), shown);
        }
    }

    #[test]
    fn spaces_and_signs_without_width_hide_no_name() {
        let names = ["Kim Hye-suk"];
        assert_eq!(masked(&names, "Kim \n Hye\u{ad}-suk"), "▮▮▮ \n ▮▮▮▮▮▮▮▮");
        let wrapped = "<g><text>Kim</text><text>Hye-suk</text></g>";
        assert_eq!(
            masked(&names, wrapped),
            "<g><text>▮▮▮</text><text>▮▮▮▮▮▮▮</text></g>"
        );
    }

    #[test]
    fn what_is_left_of_a_name_that_was_cut_is_masked() {
        let names = ["Kim Hye-suk", "김혜숙"];
        for (said, shown) in [
            ("<p>said Kim Hye-s…</p>", "<p>said ▮▮▮ ▮▮▮▮▮…</p>"),
            ("<p>… Hye-suk said</p>", "<p>… ▮▮▮▮▮▮▮ said</p>"),
            ("<p>김혜…</p>", "<p>▮▮…</p>"),
            ("<p>Kim …</p>", "<p>Kim …</p>"),
            ("<p>Akim Hye-s…</p>", "<p>Akim Hye-s…</p>"),
            ("<p>Kim Hye-s said</p>", "<p>Kim Hye-s said</p>"),
        ] {
            assert_eq!(masked(&names, said), shown);
        }
    }

    #[test]
    fn addresses_tell_no_name_but_what_the_visitor_typed() {
        let mask = Mask::new(["Kim Hye-suk", "김혜숙", "reviewer"]).unwrap();
        let shown = |page: &str, asked: &str| mask.over(Form::Page, page, asked).0;
        for (page, masked) in [
            (
                "<a href=\"/to/name:kim%20hye-suk?a=1\">",
                "<a href=\"/to/name:▮▮▮▮▮▮▮▮▮▮▮?a=1\">",
            ),
            (
                "<a href=\"/s?q=%EA%B9%80혜숙&amp;p=2\">",
                "<a href=\"/s?q=▮▮▮&amp;p=2\">",
            ),
            (
                "<form action=\"/reviewer/x\">",
                "<form action=\"/reviewer/x\">",
            ),
            (
                "<input type=\"hidden\" value=\"/s?q=Kim+Hye-suk\">",
                "<input type=\"hidden\" value=\"/s?q=▮▮▮▮▮▮▮▮▮▮▮\">",
            ),
            (
                "<input type=\"search\" value=\"Kim Hye-suk\">",
                "<input type=\"search\" value=\"▮▮▮ ▮▮▮▮▮▮▮\">",
            ),
        ] {
            assert_eq!(shown(page, "/s?q=other"), masked);
            let own = "/s?q=kim+hye-suk+%EA%B9%80%ED%98%9C%EC%88%99";
            assert_eq!(shown(page, own), page);
        }
        let text = "<p title=\"Kim Hye-suk\">Kim Hye-suk</p>";
        assert!(!shown(text, "/s?q=Kim+Hye-suk").contains("Kim"));
    }

    #[test]
    fn tables_and_json_are_masked() {
        let mask = Mask::new(["Kim Hye-suk", "O\"Neill"]).unwrap();
        let table = mask
            .over(Form::Plain, "name,n\nKim Hye-suk,1\n&#75;im,2\n", "")
            .0;
        assert_eq!(table, "name,n\n▮▮▮ ▮▮▮▮▮▮▮,1\n&#75;im,2\n");
        let json = r#"{"n":["Kim\u0020Hye-suk\n","O\"NEILL \\"],"k\ud83d\ude00":1}"#;
        let masked = mask.over(Form::Json, json, "").0;
        assert_eq!(
            masked,
            r#"{"n":["▮▮▮▮▮▮▮▮▮▮▮\n","▮▮▮▮▮▮▮ \\"],"k\ud83d\ude00":1}"#
        );
    }

    proptest! {
        #[test]
        fn a_page_keeps_its_letters(page in "[a-c<>/\"=& ;#0-9가▮]{0,60}", name in "[a-c 가]{0,8}") {
            let after = Mask::new([name.as_str()]).unwrap().over(Form::Page, &page, "").0;
            // Character references become one sign; without them the length is the same.
            if !page.contains('&') {
                prop_assert_eq!(after.chars().count(), page.chars().count());
            }
            let tags = |text: &str| text.matches('<').count();
            prop_assert_eq!(tags(&after), tags(&page));
        }
    }
}
