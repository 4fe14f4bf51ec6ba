//! What is asked of the server: every screen, under the addresses that its own pages lead to.
//!
//! Invariant: no address is made up here but the first of each screen; the others are links that a
//! visitor would find, so filters, pages and single records are those of the archive.

use crate::http::Client;
use std::collections::BTreeSet;
use std::error::Error;
use std::time::{Duration, Instant};

/// Addresses of one screen that are asked for, in turns.
const MOST: usize = 120;
/// How long the archive as a whole may take to be laid out.
const LAYING_OUT: Duration = Duration::from_secs(900);

/// A screen, the addresses where it begins, and what its links begin with.
struct Screen {
    name: &'static str,
    from: &'static [&'static str],
    links: &'static str,
    /// What a link must not hold to be of this screen.
    but: &'static [&'static str],
}

const SCREENS: &[Screen] = &[
    of(
        "home",
        &["/"],
        "/",
        &[
            "/?", "/s", "/r", "/p", "/a", "/c", "/i", "/t", "/m", "/h", "/l",
        ],
    ),
    of(
        "sources",
        &["/sources", "/sources?page=2", "/sources?text=ferry"],
        "/sources?",
        &["add=1"],
    ),
    of(
        "sources: words",
        &[
            "/sources?text=ferry",
            "/sources?text=garden+arrested",
            "/sources?text=nothing+at+all",
        ],
        "/sources?text",
        &["add=1"],
    ),
    of(
        "source",
        &["/sources", "/sources?page=40", "/sources?page=120"],
        "/sources/",
        &["original", "record="],
    ),
    of(
        "source, a record",
        &["/review", "/search?q=torture", "/search?q=Musan"],
        "/sources/",
        &["original"],
    ),
    of(
        "review",
        &["/review", "/review?blind=1"],
        "/review?",
        &["record=", "edit="],
    ),
    of(
        "review: correct",
        &["/review", "/review?kind=call", "/review?kind=figure"],
        "/review?record",
        &[],
    ),
    of(
        "search",
        &[
            "/search",
            "/search?q=torture",
            "/search?q=Musan+arrested",
            "/search?q=%22forced+labour%22+-Hyesan",
        ],
        "/search?",
        &["csv"],
    ),
    of("search: names", &["/search/names"], "/search/names", &[]),
    of(
        "people",
        &["/people", "/people?q=Kim+Chol-su"],
        "/people?",
        &[],
    ),
    of("case", &["/people", "/people?page=3"], "/people/case/", &[]),
    of("pairs", &["/people/pairs"], "/people/pairs", &[]),
    of(
        "accountability",
        &["/accountability", "/accountability?q=korea"],
        "/accountability?",
        &[],
    ),
    of(
        "duty bearer",
        &["/accountability"],
        "/accountability/to/",
        &[],
    ),
    of(
        "demand",
        &["/accountability/to/state:KP", "/accountability/to/state:CN"],
        "/accountability/demand/",
        &[],
    ),
    of("corroboration", &["/corroboration"], "/corroboration?", &[]),
    of(
        "incident",
        &["/corroboration", "/corroboration?page=9"],
        "/corroboration/",
        &[],
    ),
    of("timeline", &["/timeline"], "/timeline?", &[]),
    of("map", &["/map"], "/map?", &[]),
    of("statistics", &["/statistics"], "/statistics?", &["csv"]),
    of(
        "statistics: csv",
        &["/statistics"],
        "/statistics/table.csv",
        &[],
    ),
    of("integrity", &["/integrity"], "/integrity", &["/integrity/"]),
    of(
        "custody",
        &["/log", "/log?page=9"],
        "/integrity/",
        &["log", "proof", "verify"],
    ),
    of("audit log", &["/log"], "/log?", &[]),
    of("settings", &["/settings"], "/settings", &[]),
    of("help", &["/help"], "/help", &[]),
];

const fn of(
    name: &'static str,
    from: &'static [&'static str],
    links: &'static str,
    but: &'static [&'static str],
) -> Screen {
    Screen {
        name,
        from,
        links,
        but,
    }
}

/// A screen's name and the addresses it is asked under.
type Asked = (&'static str, Vec<String>);

/// The addresses of every screen.
pub fn screens(client: &mut Client) -> Result<Vec<Asked>, Box<dyn Error>> {
    let mut all = Vec::new();
    for screen in SCREENS {
        let mut found: Vec<String> = Vec::new();
        let mut seen = BTreeSet::new();
        let fits = |link: &str| {
            link.starts_with(screen.links) && !screen.but.iter().any(|one| link.contains(one))
        };
        let mut pages: Vec<String> = screen.from.iter().map(|one| (*one).to_owned()).collect();
        let mut at = 0;
        while at < pages.len() && found.len() < MOST && at < 12 {
            let page = pages[at].clone();
            at += 1;
            let answer = client.get(&page)?;
            if answer.status != 200 {
                return Err(format!("{page}: {}", answer.status).into());
            }
            let is_own =
                at <= screen.from.len() && page.starts_with(screen.links.trim_end_matches('?'));
            if is_own && seen.insert(page.clone()) {
                found.push(page);
            }
            for link in links(&answer.text()).filter(|link| fits(link)) {
                if seen.insert(link.clone()) {
                    // Filters of filtered pages too, a few steps deep.
                    pages.push(link.clone());
                    found.push(link);
                }
            }
        }
        found.truncate(MOST);
        all.push((screen.name, found));
    }
    Ok(all)
}

/// The screens that show a page as an image, none of which was drawn yet.
pub fn page_images(client: &mut Client) -> Result<Vec<String>, Box<dyn Error>> {
    let mut found = BTreeSet::new();
    for page in 1..=3 {
        let list = client.get(&format!("/sources?text=paged&page={page}"))?;
        for source in links(&list.text()).filter(|link| link.starts_with("/sources/")) {
            let source = client.get(&source)?.text();
            found.extend(links(&source).filter(|link| link.contains("text=image")));
        }
    }
    Ok(found.into_iter().take(MOST).collect())
}

/// Waits until the archive is laid out as a whole; gives how long that took.
pub fn laid_out(client: &mut Client) -> Result<Duration, Box<dyn Error>> {
    let begun = Instant::now();
    loop {
        let answer = client.get("/corroboration")?;
        match answer.status {
            200 => return Ok(begun.elapsed()),
            202 if begun.elapsed() < LAYING_OUT => std::thread::sleep(Duration::from_millis(100)),
            status => {
                return Err(format!("/corroboration: {status} after {:?}", begun.elapsed()).into());
            }
        }
    }
}

/// The addresses that a page links to, without what is after `#`.
pub fn links(html: &str) -> impl Iterator<Item = String> {
    html.split("href=\"").skip(1).filter_map(|rest| {
        let (link, _) = rest.split_once('"')?;
        let link = link.split('#').next().unwrap_or_default();
        Some(link.replace("&amp;", "&").replace("&#38;", "&"))
    })
}
