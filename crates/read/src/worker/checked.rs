//! A reading as a worker gave it, checked before anything trusts its places.
//!
//! Invariant: what passes has every passage, run and cell inside the text and in order.

use model::Reading;

/// Whether a reading is what it claims to be: a worker that is taken over must not hand on
/// spans that later stages trust.
pub(super) fn check(reading: &Reading) -> Result<(), &'static str> {
    let chars = reading.text.chars().count() as u64;
    let mut end = 0u32;
    for (number, passage) in (1u32..).zip(&reading.passages) {
        if passage.number != number {
            return Err("passages out of number");
        }
        if passage.span.start < end
            || passage.span.end < passage.span.start
            || u64::from(passage.span.end) > chars
        {
            return Err("passages out of place");
        }
        end = passage.span.end;
    }
    let mut end = 0u32;
    for run in reading.map.runs() {
        let after = run
            .reading
            .checked_add(run.len)
            .filter(|&after| u64::from(after) <= chars);
        if run.reading < end || after.is_none() || run.original.checked_add(run.len).is_none() {
            return Err("a map out of place");
        }
        end = after.unwrap_or(end);
    }
    check_tables(reading)
}

/// Whether each row of a table is a passage, and each of its cells inside it.
fn check_tables(reading: &Reading) -> Result<(), &'static str> {
    for row in reading.tables.iter().flat_map(|table| &table.rows) {
        let passage = (row.passage as usize)
            .checked_sub(1)
            .and_then(|at| reading.passages.get(at))
            .ok_or("a row that is no passage")?;
        if row
            .cells
            .iter()
            .any(|cell| !passage.span.contains(cell.span))
        {
            return Err("a cell out of place");
        }
    }
    Ok(())
}
