//! The same questions over a real archive, with its keys, logs and erasures.

use crate::fixture::{Text, allegation, decision, digest, reading, reading_digest, source};
use archive::{Archive, Device, EntryKind, Protection, Store};
use model::*;
use onrecord_view::{Error, Query, ReadState, RecordFilter, View, Withheld, record_id};

const TEXT: Text = Text {
    title: "Camps must be closed",
    publisher: "Example Broadcaster",
    published: "2024-10-18",
    language: "en",
    paragraphs: &["Detainees were tortured, survivors said."],
};

fn add(archive: &Archive, device: &Device, number: u64, compartment: Compartment) -> SourceId {
    let (mut writer, _) = archive.writer(device).unwrap();
    let mut commit = writer.commit().unwrap();
    let id = commit.new_source(compartment).unwrap();
    let original = commit.blob(id, &number.to_be_bytes()[..]).unwrap();
    let about = to_cbor(&source(number, compartment)).unwrap();
    commit
        .entry(EntryKind::Source, id, &about, &[original])
        .unwrap();
    let text = reading(&TEXT);
    let outcome = Outcome::Read {
        reading: reading_digest(&text),
        reader: text.reader.clone(),
    };
    let blob = commit
        .blob(id, &compress(&to_cbor(&text).unwrap()).unwrap()[..])
        .unwrap();
    commit
        .entry(EntryKind::Reading, id, &to_cbor(&outcome).unwrap(), &[blob])
        .unwrap();
    let proposals = Proposals {
        original: digest(&number.to_be_bytes()),
        reading: reading_digest(&text),
        extractor: "rules-en/1".to_owned(),
        proposals: vec![allegation(&text, "torture", "Survivors")],
    };
    let blob = commit
        .blob(id, &compress(&to_cbor(&proposals).unwrap()).unwrap()[..])
        .unwrap();
    commit
        .entry(EntryKind::Proposals, id, b"", &[blob])
        .unwrap();
    let record = record_id(&id, &reading_digest(&text), "rules-en/1", 0);
    let body = to_cbor(&decision(id, record, Choice::Accept, "Reviewer")).unwrap();
    commit.entry(EntryKind::Decision, id, &body, &[]).unwrap();
    commit.finish().unwrap();
    id
}

fn new_archive(folder: &std::path::Path) -> (Archive, Device) {
    let device = Device::create(&folder.join("device"), Protection::None).unwrap();
    let archive = Archive::init(Store::memory(), &device).unwrap();
    (archive, device)
}

#[test]
fn an_archive_is_folded_caught_up_with_rebuilt_and_erased_from() {
    let folder = tempfile::tempdir().unwrap();
    let (archive, device) = new_archive(folder.path());
    let key = device.view_key();
    let mut view = View::open(&folder.path().join("view"), &key).unwrap();
    assert!(
        matches!(view.catch_up(&archive, 2, &mut |_| {}), Err(Error::Locked))
            || archive.is_unlocked()
    );
    archive.unlock(&device).unwrap();
    let first = add(&archive, &device, 1, Compartment::Open);
    let applied = view.catch_up(&archive, 2, &mut |_| {}).unwrap();
    assert_eq!(applied.problems, Vec::<String>::new());
    assert!(applied.entries >= 4);
    let second = add(&archive, &device, 2, Compartment::Sealed);
    assert_eq!(view.catch_up(&archive, 2, &mut |_| {}).unwrap().entries, 4);
    assert_eq!(view.catch_up(&archive, 2, &mut |_| {}).unwrap().entries, 0);

    assert_eq!(view.search(&Query::new("tortured")).unwrap().total, 2);
    assert_eq!(
        view.status().unwrap().records[&RecordKind::Allegation],
        [(Status::SecondReview, 2)].into()
    );
    let info = view.source(&second).unwrap().unwrap();
    assert_eq!(info.source, source(2, Compartment::Sealed));
    assert!(matches!(info.state, ReadState::Read { .. }));
    assert_eq!(
        view.reading(&archive, &second).unwrap(),
        Some(reading(&TEXT))
    );
    assert_eq!(
        view.reading(&archive, &SourceId::new(1, [0; 10])).unwrap(),
        None
    );

    let (built, _) =
        View::rebuild(&folder.path().join("built"), &key, &archive, 2, &mut |_| {}).unwrap();
    assert_eq!(built.status().unwrap(), view.status().unwrap());

    {
        let (mut writer, _) = archive.writer(&device).unwrap();
        archive
            .erase(&mut writer, second, "consent withdrawn")
            .unwrap();
    }
    view.catch_up(&archive, 2, &mut |_| {}).unwrap();
    assert_eq!(view.withheld().unwrap(), [(second, Withheld::Erased)]);
    assert_eq!(view.search(&Query::new("tortured")).unwrap().total, 1);
    let (built, applied) =
        View::rebuild(&folder.path().join("built"), &key, &archive, 2, &mut |_| {}).unwrap();
    assert_eq!(applied.problems, Vec::<String>::new());
    assert_eq!(built.status().unwrap(), view.status().unwrap());
    assert_eq!(built.withheld().unwrap(), view.withheld().unwrap());
    let left = built.count_records(&RecordFilter::default()).unwrap();
    assert_eq!((left, built.source(&first).unwrap().is_some()), (1, true));
}
