//! Names across scripts and romanisations: the other forms of a name that is looked for, and many
//! names at once from a list.
//!
//! Invariant: a list that is uploaded is looked through in memory and kept nowhere.

use super::asked::Asked;
use super::{HERE, KEYS};
use crate::answer::{Answer, Trouble, page};
use crate::desk::{Desk, Visitor};
use assemble::Assembled;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::response::Response;
use model::RecordId;
use std::sync::Arc;
use view::{Query, View};
use web::facets::State;
use web::screens::{NameRow, NamesPage, OtherForms, Way};
use web::show;

/// Most bytes of a list of names.
pub(super) const BYTES: usize = 512 << 10;
/// Most names at once.
pub(crate) const NAMES: usize = 500;
/// Longest name, in characters.
pub(crate) const LONGEST: usize = 120;
/// Most words of a name.
const WORDS: usize = 6;
/// Longest search that is put together from forms, in characters: what the index takes, less some
/// room.
const SEARCH: usize = 900;

/// A name without the quotes around it, where the words can be one; signs that mean something in a
/// search make them none.
fn bare_of(words: &str) -> Option<&str> {
    let bare = words.trim();
    let quoted = bare
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    let bare = quoted.unwrap_or(bare);
    let is_search = bare.contains('"')
        || bare
            .split_whitespace()
            .any(|word| word == "OR" || word.starts_with('-'));
    let fits = bare.chars().count() <= LONGEST && bare.split_whitespace().count() <= WORDS;
    (!is_search && fits && !bare.is_empty()).then_some(bare)
}

/// The same letters, whatever their case and what stands between words.
fn folded(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// The forms of a name that are on record and written otherwise, with the number of records.
fn others(all: &Assembled, name: &str) -> Vec<(String, u64)> {
    let own = folded(name);
    let mut others: Vec<(String, u64)> = Vec::new();
    for form in all.forms().like(name) {
        let letters = folded(&form.written);
        let is_known = others.iter().any(|(other, _)| folded(other) == letters);
        if letters != own && !is_known {
            others.push((form.written.clone(), form.records.len() as u64));
        }
    }
    others
}

/// A search for a name in any of its forms.
fn any_of<'f>(name: &str, forms: impl Iterator<Item = &'f str>) -> String {
    let mut words = format!("\"{name}\"");
    for form in forms {
        let next = format!(" OR \"{}\"", form.replace('"', " "));
        if words.chars().count() + next.chars().count() > SEARCH {
            break;
        }
        words.push_str(&next);
    }
    words
}

/// The words to look for, and how the name in them, where it is one, is written elsewhere. The
/// other forms are looked for too, unless the address says `forms=typed`.
pub(super) fn with_forms(desk: &Desk<'_>, asked: &Asked) -> (String, OtherForms) {
    let typed = asked.words().to_owned();
    let Some(name) = bare_of(&typed) else {
        return (typed, OtherForms::default());
    };
    let (Some(all), _) = desk.whole() else {
        return (typed, OtherForms::default());
    };
    let forms = others(&all, name);
    if forms.is_empty() {
        return (typed, OtherForms::default());
    }
    let text = desk.text();
    let used = asked.state.get("forms") != "typed";
    let turn = asked.state.with("forms", if used { "typed" } else { "" });
    let ways = forms.iter().map(|(form, number)| Way {
        words: form.clone(),
        number: text.digits(*number),
        address: asked.state.with("q", form).with("forms", "typed").address(),
    });
    let other = OtherForms {
        forms: ways.collect(),
        used,
        turn: turn.address(),
    };
    let words = match used {
        true => any_of(name, forms.iter().map(|(form, _)| form.as_str())),
        false => typed.clone(),
    };
    (words, other)
}

/// The page on which a list is given.
pub(super) async fn form(visitor: Visitor) -> Response {
    visitor.at_desk(blank).await
}

fn blank(desk: &Desk<'_>) -> Answer<NamesPage> {
    let text = desk.text();
    Ok(NamesPage {
        frame: desk
            .frame("search", text.say("search-names-title"))?
            .with_keys(KEYS),
        rows: Vec::new(),
        found: 0,
        left_out: 0,
        column: String::new(),
        is_ready: desk.whole().0.is_some(),
        most: text.digits(NAMES),
    })
}

/// Looks for each name of a list.
pub(super) async fn look_for(
    visitor: Visitor,
    sent: Result<Multipart, MultipartRejection>,
) -> Response {
    let sent = match sent {
        Ok(form) => receive(form).await,
        Err(error) => Err(error.body_text()),
    };
    visitor
        .respond(move |desk| {
            let given = sent.map_err(Trouble::NotUnderstood)?;
            let list = names_of(&given);
            if list.names.is_empty() {
                let why = desk.text().say("search-names-none");
                return Err(Trouble::NotUnderstood(why));
            }
            Ok(page(&look_up(desk, &list)?))
        })
        .await
}

async fn receive(mut form: Multipart) -> Result<String, String> {
    let mut given = String::new();
    while let Some(field) = form.next_field().await.map_err(|it| it.body_text())? {
        let is_wanted = matches!(field.name(), Some("file" | "names"));
        // The whole request is bounded, so each of its fields is.
        let bytes = field.bytes().await.map_err(|error| error.body_text())?;
        if is_wanted {
            given.push_str(&String::from_utf8_lossy(&bytes));
            given.push('\n');
        }
    }
    Ok(given)
}

/// The names of a list, each once, and where they were found.
#[derive(Default)]
struct List {
    names: Vec<String>,
    /// The column of the table they stand in: from 1, and its head, which may be none. `None`
    /// where each line is a name.
    column: Option<(usize, String)>,
}

/// The names of a list: a line each, or the column of a table whose head says that it holds
/// names, else the first.
fn names_of(given: &str) -> List {
    let lines: Vec<&str> = given
        .trim_start_matches('\u{feff}')
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    let sign = [',', ';', '\t'].into_iter();
    let mut sign = sign.filter(|sign| lines.first().is_some_and(|line| line.contains(*sign)));
    let rows = sign.next().map(|sign| {
        let rows = lines.iter().map(|line| cells(line, sign));
        rows.collect::<Vec<_>>()
    });
    let head = match &rows {
        Some(rows) => rows.first().cloned().unwrap_or_default(),
        None => lines
            .first()
            .map(|line| (*line).to_owned())
            .into_iter()
            .collect(),
    };
    let headed = head.iter().position(|cell| is_heading(cell));
    let rows = rows.filter(|rows| headed.is_some() || is_table(rows));
    let mut list = List {
        column: rows.is_some().then(|| {
            let head = headed.map(|at| head[at].trim().to_owned());
            (headed.unwrap_or(0) + 1, head.unwrap_or_default())
        }),
        ..List::default()
    };
    let found: Vec<String> = match rows {
        Some(rows) => {
            let cell = |row: Vec<String>| row.into_iter().nth(headed.unwrap_or(0));
            rows.into_iter().filter_map(cell).collect()
        }
        None => lines.iter().map(|line| (*line).to_owned()).collect(),
    };
    let mut seen = std::collections::BTreeSet::new();
    for name in found.iter().skip(usize::from(headed.is_some())) {
        let name = name.replace('"', " ");
        let name: String = name.trim().chars().take(LONGEST).collect();
        if name.chars().any(char::is_alphabetic) && seen.insert(folded(&name)) {
            list.names.push(name);
        }
    }
    list
}

/// Whether lines without a known head are a table: as many cells in each, which are more than
/// family and given name.
fn is_table(rows: &[Vec<String>]) -> bool {
    let cells = rows.first().map_or(0, Vec::len);
    let is_word = |cell: &String| cell.chars().any(char::is_alphabetic);
    let are_names = cells == 2 && rows.iter().all(|row| row.iter().all(is_word));
    rows.iter().all(|row| row.len() == cells) && !are_names
}

/// Whether a cell is the head of a column of names, by the words that lists know.
fn is_heading(cell: &str) -> bool {
    let cell = cell.trim().to_lowercase();
    let known = include_str!("../../../../../data/interface/name-headings.txt");
    let mut known = known.lines().filter(|line| !line.starts_with('#'));
    known.any(|word| !word.is_empty() && word == cell)
}

/// The cells of a line (RFC 4180, without line breaks in cells).
fn cells(line: &str, sign: char) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    let mut characters = line.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
            }
            '"' => quoted = !quoted,
            c if c == sign && !quoted => cells.push(String::new()),
            c => cells.last_mut().into_iter().for_each(|cell| cell.push(c)),
        }
    }
    cells
}

fn look_up(desk: &Desk<'_>, list: &List) -> Answer<NamesPage> {
    let (mut page, text) = (blank(desk)?, desk.text());
    page.column = match &list.column {
        None => String::new(),
        Some((number, head)) if head.is_empty() => text.number("search-names-column", *number),
        Some((_, head)) => text.name("search-names-headed", head),
    };
    let all = desk.whole().0;
    for name in list.names.iter().take(NAMES) {
        page.rows.push(row(desk, all.as_ref(), name)?);
    }
    let found = page
        .rows
        .iter()
        .filter(|row| row.passages + row.records > 0);
    page.found = found.count() as u64;
    page.left_out = list.names.len().saturating_sub(NAMES) as u64;
    Ok(page)
}

/// What is on record under a name, in all forms in which it is written.
pub(crate) struct Known {
    /// The forms, as records have them.
    pub(crate) forms: Vec<String>,
    /// Passages that have one of them.
    pub(crate) passages: u64,
    /// Records of persons that bear one of them, ascending.
    pub(crate) records: Vec<RecordId>,
    /// Why passages could not be looked for.
    pub(crate) trouble: String,
}

/// Looks for a name; `all` knows its other forms, where it is ready.
pub(crate) fn known(view: &View, all: Option<&Assembled>, name: &str) -> view::Result<Known> {
    let known = all.map(|all| all.forms().like(name)).unwrap_or_default();
    let forms: Vec<String> = known.iter().map(|form| form.written.clone()).collect();
    let mut records: Vec<RecordId> = known
        .iter()
        .flat_map(|form| form.records.iter().copied())
        .collect();
    records.sort_unstable();
    records.dedup();
    let mut query = Query::new(any_of(name, forms.iter().map(String::as_str)));
    query.limit = 0;
    let (passages, trouble) = match view.search(&query) {
        Ok(found) => (found.total, String::new()),
        Err(view::Error::Query(why)) => (0, why),
        Err(error) => return Err(error),
    };
    Ok(Known {
        forms,
        passages,
        records,
        trouble,
    })
}

fn row(desk: &Desk<'_>, all: Option<&Arc<Assembled>>, name: &str) -> Answer<NameRow> {
    let known = known(desk.view(), all.map(|all| &**all), name)?;
    Ok(NameRow {
        name: show::shorten(name, LONGEST),
        passages: known.passages,
        records: known.records.len() as u64,
        forms: known.forms,
        address: State::new(HERE, &[("q", &format!("\"{name}\""))]).address(),
        trouble: known.trouble,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_from_lines_and_from_columns() {
        let of = |given: &str| {
            let list = names_of(given);
            (list.names.join("; "), list.column)
        };
        let at = |number, head: &str| Some((number, head.to_owned()));
        for (given, names, column) in [
            (
                "Kim Hye-suk\n\n 박영식 \nkim hye suk\n",
                "Kim Hye-suk; 박영식",
                None,
            ),
            (
                "\u{feff}No,Name,Year\n1,\"Kim, Hye-suk\",1962\n2,Ri Yong,1950\n",
                "Kim, Hye-suk; Ri Yong",
                at(2, "Name"),
            ),
            ("번호;성명\n1;김혜숙", "김혜숙", at(2, "성명")),
            (
                "Jane Roe\t1990\nJohn Doe\t1991",
                "Jane Roe; John Doe",
                at(1, ""),
            ),
            // Family and given name are one name, whatever stands between them.
            ("Kim, Hye-suk\nRi, Yong", "Kim, Hye-suk; Ri, Yong", None),
            (
                "Roe, Jane\nDoe, John, Jr\nKim",
                "Roe, Jane; Doe, John, Jr; Kim",
                None,
            ),
            ("Name\nKim, Hye-suk", "Kim, Hye-suk", None),
            ("1\n2\n", "", None),
        ] {
            assert_eq!(of(given), (names.to_owned(), column), "{given}");
        }
    }

    #[test]
    fn a_search_with_signs_is_no_name() {
        assert_eq!(bare_of("\"Kim Hye-suk\""), Some("Kim Hye-suk"));
        assert_eq!(bare_of("camp -trial"), None);
        assert_eq!(bare_of("a OR b"), None);
        assert_eq!(bare_of("one two three four five six seven"), None);
    }

    #[test]
    fn a_search_of_forms_keeps_within_bounds() {
        let form = "가".repeat(200);
        let words = any_of("김", std::iter::repeat_n(form.as_str(), 20));
        assert!(words.chars().count() <= SEARCH);
        assert!(words.starts_with("\"김\" OR \"가"));
    }
}
