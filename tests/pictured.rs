//! Pictures that look alike: what `show` and `lineage` say of them.

use crate::support::Place;
use std::path::Path;

#[test]
fn a_picture_says_which_others_look_like_it_and_never_that_they_are_the_same() {
    let place = Place::with_archive();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../read/tests/likeness_data");
    let names = [
        "scene-0.jpg",
        "again.webp",
        "small.jpg",
        "scene-1.jpg",
        "plain.png",
    ];
    for name in names {
        let path = folder.join(name);
        place.ok(&["add", path.to_str().unwrap()]);
    }
    let sources = place.exported();
    let id = |name: &str| {
        let named = |value: &&serde_json::Value| value["fields"]["collected"]["name"] == name;
        let source = sources.iter().find(named).unwrap();
        source["id"].as_str().unwrap().to_owned()
    };
    let told = place.ok(&["lineage", &id("scene-0.jpg")]);
    let (near, cut) = (told.find("again.webp"), told.find("small.jpg"));
    assert!(near.is_some() && near < cut, "the nearest first: {told}");
    assert!(
        told.contains("looks like") && told.contains("of 256 bits differ"),
        "{told}"
    );
    assert!(
        !told.contains("scene-1.jpg") && !told.contains("plain.png"),
        "{told}"
    );
    assert!(
        told.contains("compare them before you call them the same"),
        "{told}"
    );

    let json = &place.json(&["lineage", &id("again.webp")])[0];
    let alike = json["looks_alike"].as_array().unwrap();
    assert_eq!(alike.len(), 2, "{json}");
    assert_eq!(alike[0]["source"], id("scene-0.jpg").as_str());

    let alone = place.ok(&["lineage", &id("scene-1.jpg")]);
    assert!(
        alone.contains("No other picture of this archive looks like it"),
        "{alone}"
    );
    let plain = place.ok(&["lineage", &id("plain.png")]);
    assert!(plain.contains("too little in this picture"), "{plain}");
    let shown = place.ok(&["show", &id("scene-0.jpg")]);
    assert!(shown.contains("Looks (PDQ) 41fa7a25"), "{shown}");
}
