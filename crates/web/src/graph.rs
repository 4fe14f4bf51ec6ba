//! A small drawing from left to right: boxes in columns, lines between them. Where everything
//! stands is reckoned here; the template only writes it down as SVG.
//!
//! Invariant: the drawing is bounded whatever is put in, and says how many boxes it left out.

/// Width of a box, in pixels.
const WIDTH: u32 = 196;
/// Space between columns.
const GAP: u32 = 52;
/// Height of a line of text.
const LINE: u32 = 17;
/// Space above and below the text of a box.
const PAD: u32 = 9;
/// Space between boxes of a column.
const BETWEEN: u32 = 12;
/// Height of the headings of the columns.
const HEAD: u32 = 30;
/// Half letters that fit into a line: a letter of Korean or Japanese takes two.
const LETTERS: usize = 25;
/// Lines of a label, at most.
const LINES: usize = 3;
/// Boxes of a column, at most.
const MOST: usize = 24;

/// What stands in a box.
#[derive(Clone, Debug, Default)]
pub struct Node {
    /// Its column, from 0.
    pub column: usize,
    /// What it is.
    pub label: String,
    /// More of it, in small type; may be empty.
    pub note: String,
    /// Where it leads; may be empty.
    pub address: String,
    /// Class of the style sheet; may be empty.
    pub class: &'static str,
}

/// A box where it stands.
#[derive(Clone, Debug)]
pub struct Placed {
    /// What it is, in full.
    pub node: Node,
    /// Left edge.
    pub x: u32,
    /// Upper edge.
    pub y: u32,
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
    /// Where the text begins.
    pub text_x: u32,
    /// Lines of its label, each with its baseline.
    pub lines: Vec<(u32, String)>,
    /// The note with its baseline, where there is one.
    pub note: Option<(u32, String)>,
}

/// A drawing, ready to be written down.
#[derive(Clone, Debug, Default)]
pub struct Drawing {
    /// Width, in pixels.
    pub width: u32,
    /// Height, in pixels.
    pub height: u32,
    /// Headings of the columns: where they begin, the words.
    pub heads: Vec<(u32, String)>,
    /// The boxes.
    pub boxes: Vec<Placed>,
    /// The lines, as SVG paths.
    pub lines: Vec<String>,
    /// Boxes that are not drawn.
    pub left_out: usize,
}

impl Drawing {
    /// Lays out nodes in columns with these headings; an edge names two nodes by position.
    #[must_use]
    pub fn of(heads: &[String], nodes: &[Node], edges: &[(usize, usize)]) -> Self {
        let mut tall = vec![0_u32; heads.len()];
        let mut seen = vec![0_usize; heads.len()];
        let mut placed: Vec<Option<Placed>> = Vec::with_capacity(nodes.len());
        for node in nodes {
            let column = node.column.min(heads.len().saturating_sub(1));
            let fits = seen.get(column).is_some_and(|seen| *seen < MOST);
            placed.push(fits.then(|| {
                seen[column] += 1;
                let one = Placed::at(node, column, tall[column]);
                tall[column] += one.height + BETWEEN;
                one
            }));
        }
        let highest = tall.iter().copied().max().unwrap_or(0);
        for one in placed.iter_mut().flatten() {
            let column = one.node.column.min(tall.len().saturating_sub(1));
            one.sink(HEAD + (highest - tall[column]) / 2);
        }
        let lines = edges.iter().filter_map(|(from, to)| {
            let end = |at: &usize| placed.get(*at).and_then(Option::as_ref);
            Some(line(end(from)?, end(to)?))
        });
        let columns = u32::try_from(heads.len()).unwrap_or(u32::MAX).min(64);
        Self {
            width: columns * (WIDTH + GAP) - GAP.min(columns * GAP) + 2,
            height: HEAD + highest,
            heads: (0..columns).map(left).zip(heads.iter().cloned()).collect(),
            lines: lines.collect(),
            left_out: placed.iter().filter(|one| one.is_none()).count(),
            boxes: placed.into_iter().flatten().collect(),
        }
    }
}

impl Placed {
    fn at(node: &Node, column: usize, y: u32) -> Self {
        let x = left(u32::try_from(column).unwrap_or(0));
        let mut baseline = y + PAD + 12;
        let lines: Vec<(u32, String)> = wrapped(&node.label, LINES)
            .into_iter()
            .map(|line| {
                let at = baseline;
                baseline += LINE;
                (at, line)
            })
            .collect();
        let note = wrapped(&node.note, 1).pop().map(|note| {
            baseline += LINE;
            (baseline - LINE, note)
        });
        Self {
            x,
            y,
            width: WIDTH,
            height: baseline - 12 + PAD - y - 3,
            text_x: x + 10,
            lines,
            note,
            node: node.clone(),
        }
    }

    fn sink(&mut self, by: u32) {
        self.y += by;
        let lines = self.lines.iter_mut().chain(self.note.as_mut());
        lines.for_each(|(y, _)| *y += by);
    }

    fn middle(&self) -> u32 {
        self.y + self.height / 2
    }
}

fn left(column: u32) -> u32 {
    column * (WIDTH + GAP) + 1
}

/// A curve from the right edge of one box to the left edge of another.
fn line(from: &Placed, to: &Placed) -> String {
    let (x1, y1, x2, y2) = (from.x + from.width, from.middle(), to.x, to.middle());
    let half = x1 + x2.saturating_sub(x1) / 2;
    format!("M{x1} {y1}C{half} {y1} {half} {y2} {x2} {y2}")
}

/// Text in at most `most` lines of [`LETTERS`] half letters; what does not fit ends in `…`.
fn wrapped(text: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut wide = 0;
    let mut cut = false;
    'words: for word in text.split_whitespace() {
        let mut word = word;
        let space = usize::from(!line.is_empty());
        if !line.is_empty() && wide + space + width(word) > LETTERS {
            lines.push(std::mem::take(&mut line));
            wide = 0;
        }
        // A word that is longer than a line, as sentences of Japanese are, is cut where it must be.
        while width(word) > LETTERS {
            if lines.len() >= most {
                cut = true;
                break 'words;
            }
            let at = prefix(word);
            lines.push(word[..at].to_owned());
            word = &word[at..];
        }
        if lines.len() >= most {
            cut = true;
            break;
        }
        if !line.is_empty() {
            line.push(' ');
            wide += 1;
        }
        line.push_str(word);
        wide += width(word);
    }
    if !line.is_empty() {
        match lines.len() < most {
            true => lines.push(line),
            false => cut = true,
        }
    }
    if cut && let Some(last) = lines.last_mut() {
        last.push('…');
    }
    lines
}

/// Bytes of a word that fill a line; at least one character.
fn prefix(word: &str) -> usize {
    let mut wide = 0;
    for (at, letter) in word.char_indices() {
        wide += halves(letter);
        if wide > LETTERS && at > 0 {
            return at;
        }
    }
    word.len()
}

fn width(text: &str) -> usize {
    text.chars().map(halves).sum()
}

/// Half letters that a character takes: those from Hangul on are as wide as two.
fn halves(letter: char) -> usize {
    if letter >= '\u{1100}' { 2 } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(column: usize, label: &str) -> Node {
        Node {
            column,
            label: label.to_owned(),
            ..Node::default()
        }
    }

    #[test]
    fn text_is_wrapped_at_words_and_cut_with_a_sign() {
        assert_eq!(wrapped("", 3), Vec::<String>::new());
        assert_eq!(wrapped("one two", 3), ["one two"]);
        let long = wrapped(
            "the commission of inquiry on the situation of human rights",
            2,
        );
        assert_eq!(long.len(), 2);
        assert!(long[1].ends_with('…'));
        assert!(long.iter().all(|line| width(line) <= LETTERS + 2));
        let korean = wrapped("조선민주주의인민공화국외무성대변인담화문전문", 3);
        assert!(korean.len() > 1);
        assert!(korean.iter().all(|line| width(line) <= LETTERS + 2));
    }

    #[test]
    fn boxes_stand_apart_and_lines_join_them() {
        let heads = ["a", "b"].map(str::to_owned);
        let nodes = [node(0, "one"), node(0, "two"), node(1, "three")];
        let drawing = Drawing::of(&heads, &nodes, &[(0, 2), (1, 2), (1, 7)]);
        assert_eq!((drawing.boxes.len(), drawing.lines.len()), (3, 2));
        let [one, two, three] = drawing.boxes.as_slice() else {
            panic!("three boxes");
        };
        assert!(one.y + one.height <= two.y);
        assert!(one.x + one.width < three.x);
        assert!(three.y > one.y && three.y < two.y);
        assert!(
            drawing
                .boxes
                .iter()
                .all(|b| b.y + b.height <= drawing.height)
        );
    }

    #[test]
    fn a_drawing_is_bounded_and_says_what_it_left_out() {
        let heads = ["a".to_owned()];
        let nodes: Vec<Node> = (0..500).map(|_| node(0, "x")).collect();
        let drawing = Drawing::of(&heads, &nodes, &[(0, 499)]);
        assert_eq!(drawing.boxes.len() + drawing.left_out, 500);
        assert_eq!(drawing.lines.len(), 0);
        assert!(drawing.height < 2_000);
        assert_eq!(Drawing::of(&[], &[], &[]).boxes.len(), 0);
    }
}
