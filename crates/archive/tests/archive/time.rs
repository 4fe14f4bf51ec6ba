//! Clocks that are wrong.

use crate::helpers::{Fixture, add, all};
use crate::verify::sound;
use model::Compartment;
use onrecord_archive::{EntryKind, Writer};

fn add_at(writer: &mut Writer, clock: u64, text: &str) {
    writer.set_clock(move || clock);
    let mut commit = writer.commit().unwrap();
    add(&mut commit, Compartment::Open, text);
    commit.finish().unwrap();
}

/// One device with an absurd clock must not stop the others for ever.
#[test]
fn a_time_at_the_end_of_the_range_is_not_followed() {
    let fixture = Fixture::local();
    let second = crate::helpers::device(fixture.folder.path(), "second");
    let id = fixture.archive.id();
    let mut writer = fixture.writer();
    let to = [Compartment::Open];
    writer
        .admit(&second.vkey(id), &second.recipient(), &to)
        .unwrap();
    let (mut other, _) = fixture.reopen().writer(&second).unwrap();
    add_at(&mut other, u64::MAX, "absurd");
    add_at(&mut writer, 1_800_000_000_000, "sober");
    let entries = all(&fixture.reopen());
    let sober = entries.iter().filter(|read| read.writer == writer.id());
    assert!(
        sober
            .clone()
            .all(|read| read.entry.hlc.milliseconds < 1 << 47)
    );
    // Its own log goes on to the very end of the range, and says so there.
    let mut commit = other.commit().unwrap();
    commit
        .general_entry(EntryKind::Note, Compartment::Open, b"more")
        .unwrap();
    commit.finish().unwrap();
    sound(&fixture.archive, &fixture.device);
}

#[test]
fn a_clock_that_goes_back_breaks_no_order_and_is_recorded_as_it_was() {
    let fixture = Fixture::memory();
    let mut writer = fixture.writer();
    // Five years ahead, then right, then at the beginning of time.
    let clocks = [2_000_000_000_000, 1_800_000_000_000, 0, 2_000_000_000_001];
    for clock in clocks {
        add_at(&mut writer, clock, &clock.to_string());
    }
    drop(writer);
    let entries = all(&fixture.archive);
    assert!(entries.is_sorted_by(|a, b| a.entry.hlc < b.entry.hlc));
    let recorded: Vec<u64> = entries[1..]
        .iter()
        .step_by(2)
        .map(|read| read.entry.clock)
        .collect();
    assert_eq!(recorded, clocks);
    sound(&fixture.archive, &fixture.device);
    // A later process goes on from the log, not from its own clock.
    let mut writer = fixture.writer();
    add_at(&mut writer, 1, "later");
    let entries = all(&fixture.archive);
    assert!(entries.is_sorted_by(|a, b| a.entry.hlc < b.entry.hlc));
    assert_eq!(entries.last().unwrap().entry.clock, 1);
}
