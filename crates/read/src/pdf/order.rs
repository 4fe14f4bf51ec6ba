//! In which order the stretches of a page are read.
//!
//! Most programs write a page in reading order, so that order holds unless it jumps about: then
//! the page is cut along its white space, columns before rows. Invariant: every stretch comes
//! out once; the work is bounded whatever the page looks like.

use super::lines::Line;

/// More flows than this, and the page is cut instead.
const MOST_FLOWS: usize = 400;
/// How often a page is cut at most, one cut within another.
const MOST_CUTS: usize = 60;

/// The lines of a page, in the order in which they are read.
pub(super) fn ordered(lines: Vec<Line>) -> Vec<Line> {
    if lines.len() < 2 {
        return lines;
    }
    let flows = flows(&lines);
    if is_woven(&lines) || flows.len() > MOST_FLOWS || flows.len() * 4 > lines.len() + 8 {
        return cut(lines);
    }
    in_place(lines, &flows)
}

/// Whether two columns are drawn line by line across both.
fn is_woven(lines: &[Line]) -> bool {
    let pairs = lines.windows(2).filter(|pair| {
        let long = |line: &Line| line.text.chars().count() >= 25;
        on_one_row(&pair[0], &pair[1]) && long(&pair[0]) && long(&pair[1])
    });
    pairs.count() >= 4
}

/// Whether `next` stands on the row of `line`, to its right.
pub(super) fn on_one_row(line: &Line, next: &Line) -> bool {
    let size = line.size.min(next.size);
    (line.base - next.base).abs() < size * 0.35 && next.from > line.to - size * 0.3
}

fn overlap(a: (f32, f32), b: (f32, f32)) -> bool {
    a.0.max(b.0) < a.1.min(b.1)
}

/// Where the order of drawing goes back up over text that stands there: first line of each
/// stretch of lines between.
fn flows(lines: &[Line]) -> Vec<usize> {
    let mut starts = vec![0];
    let mut column = (lines[0].from, lines[0].to);
    for at in 1..lines.len() {
        let (last, next) = (&lines[at - 1], &lines[at]);
        let up = next.base < last.base - last.size.min(next.size) * 0.5;
        if up {
            if overlap(column, (next.from, next.to)) {
                starts.push(at);
            }
            column = (next.from, next.to);
        } else {
            column = (column.0.min(next.from), column.1.max(next.to));
        }
    }
    starts
}

/// Puts each flow that stands above others before them.
fn in_place(lines: Vec<Line>, starts: &[usize]) -> Vec<Line> {
    struct Flow {
        lines: Vec<Line>,
        across: (f32, f32),
        top: f32,
        foot: f32,
    }
    let mut placed: Vec<Flow> = Vec::with_capacity(starts.len());
    let mut rest = lines.into_iter();
    for (nth, start) in starts.iter().enumerate() {
        let end = starts.get(nth + 1).copied().unwrap_or(usize::MAX);
        let lines: Vec<Line> = rest.by_ref().take(end - start).collect();
        let mut flow = Flow {
            across: (f32::INFINITY, f32::NEG_INFINITY),
            top: f32::INFINITY,
            foot: f32::NEG_INFINITY,
            lines,
        };
        for line in &flow.lines {
            flow.across = (flow.across.0.min(line.from), flow.across.1.max(line.to));
            flow.top = flow.top.min(line.base - line.size);
            flow.foot = flow.foot.max(line.base);
        }
        let before = placed
            .iter()
            .position(|other| overlap(flow.across, other.across) && flow.foot <= other.top + 2.0);
        placed.insert(before.unwrap_or(placed.len()), flow);
    }
    placed.into_iter().flat_map(|flow| flow.lines).collect()
}

/// Cuts a page along its white space.
fn cut(lines: Vec<Line>) -> Vec<Line> {
    let mut out = Vec::with_capacity(lines.len());
    let mut waiting = vec![(lines, 0)];
    while let Some((mut part, depth)) = waiting.pop() {
        if part.len() < 2 || depth >= MOST_CUTS {
            part.sort_by(row_by_row);
            out.append(&mut part);
            continue;
        }
        let size = middle_size(&part);
        let at = gutter(&part, size).map(|x| (true, x));
        let at = at.or_else(|| gap_between_rows(&part, size).map(|y| (false, y)));
        let Some((across, place)) = at else {
            part.sort_by(row_by_row);
            out.append(&mut part);
            continue;
        };
        let (first, second): (Vec<Line>, Vec<Line>) = part.into_iter().partition(|line| {
            if across {
                (line.from + line.to) / 2.0 < place
            } else {
                line.base - line.size * 0.4 < place
            }
        });
        waiting.push((second, depth + 1));
        waiting.push((first, depth + 1));
    }
    out
}

fn row_by_row(a: &Line, b: &Line) -> std::cmp::Ordering {
    let row = |line: &Line| (line.base / 4.0).round();
    row(a)
        .total_cmp(&row(b))
        .then(a.from.total_cmp(&b.from))
        .then(a.order.cmp(&b.order))
}

fn middle_size(lines: &[Line]) -> f32 {
    let mut sizes: Vec<f32> = lines.iter().map(|line| line.size).collect();
    let middle = sizes.len() / 2;
    *sizes.select_nth_unstable_by(middle, f32::total_cmp).1
}

/// The widest white stretch of `intervals`: its middle and its width.
fn widest_gap(intervals: &mut [(f32, f32)]) -> Option<(f32, f32)> {
    intervals.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut end = intervals.first()?.1;
    let mut widest: Option<(f32, f32)> = None;
    for &(from, to) in intervals.iter() {
        let gap = from - end;
        if gap > widest.map_or(0.0, |(_, width)| width) {
            widest = Some(((from + end) / 2.0, gap));
        }
        end = end.max(to);
    }
    widest
}

/// Where two columns part: white from top to foot, with three lines at each side.
fn gutter(lines: &[Line], size: f32) -> Option<f32> {
    let mut across: Vec<(f32, f32)> = lines.iter().map(|line| (line.from, line.to)).collect();
    let (place, width) = widest_gap(&mut across)?;
    let left = lines.iter().filter(|line| line.to <= place).count();
    let narrow = width < size * 0.8;
    (!narrow && left >= 3 && lines.len() - left >= 3).then_some(place)
}

/// The widest white between two rows.
fn gap_between_rows(lines: &[Line], size: f32) -> Option<f32> {
    let rows = lines
        .iter()
        .map(|line| (line.base - line.size * 0.8, line.base + line.size * 0.2));
    let mut down: Vec<(f32, f32)> = rows.collect();
    let (place, width) = widest_gap(&mut down)?;
    (width > size * 0.25).then_some(place)
}
