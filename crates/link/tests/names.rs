//! Names of public persons in every spelling, names that must stay apart, and what holds of any text.
#![allow(clippy::unwrap_used)]

use onrecord_link::names::{
    Habits, Level, Order, Script, System, Tradition, compare, keys, keys_of, parse, parse_with,
    romanise,
};
use proptest::prelude::*;

/// Spellings of one person each, as found in the press and in documents.
const SPELLINGS: &[&[&str]] = &[
    &[
        "김정은",
        "金正恩",
        "Kim Jong Un",
        "Kim Jong-un",
        "KIM Jong Un",
        "Gim Jeong-eun",
        "Kim Chŏngŭn",
        "Kim Chong-un",
        "Jong-un Kim",
        "Kim, Jong Un",
    ],
    &[
        "김정일",
        "金正日",
        "Kim Jong Il",
        "Kim Jong-il",
        "Kim Chong-il",
        "Gim Jeongil",
    ],
    &[
        "김일성",
        "金日成",
        "Kim Il Sung",
        "Kim Il-sŏng",
        "Kim Il Song",
        "Gim Ilseong",
    ],
    &[
        "박근혜",
        "朴槿惠",
        "Park Geun-hye",
        "Pak Kŭnhye",
        "Bak Geunhye",
        "Pak Kun Hye",
        "PARK Geun Hye",
    ],
    &[
        "문재인",
        "文在寅",
        "Moon Jae-in",
        "Mun Jae In",
        "Mun Chaein",
        "Moon, Jae-in",
    ],
    &[
        "반기문",
        "潘基文",
        "Ban Ki-moon",
        "Ban Ki Moon",
        "Pan Kimun",
        "Ban Gimun",
    ],
    &[
        "이명박",
        "리명박",
        "李明博",
        "Lee Myung-bak",
        "Yi Myŏngbak",
        "Ri Myong Bak",
        "I Myeongbak",
    ],
    &[
        "노무현",
        "로무현",
        "盧武鉉",
        "Roh Moo-hyun",
        "No Muhyŏn",
        "Ro Mu Hyon",
        "Noh Mu-hyeon",
    ],
    &[
        "이영호",
        "리영호",
        "Lee Young-ho",
        "Ri Yong Ho",
        "Ri Yŏngho",
        "Yi Yong-ho",
    ],
    &[
        "최룡해",
        "Choe Ryong Hae",
        "Choe Ryong-hae",
        "Ch'oe Ryonghae",
        "Choe Ryonghae",
    ],
    &[
        "장성택",
        "張成澤",
        "Jang Song Thaek",
        "Jang Sung-taek",
        "Chang Sŏngt'aek",
        "Jang Seongtaek",
        "Chang Song-taek",
    ],
    &[
        "황장엽",
        "Hwang Jang-yop",
        "Hwang Changyŏp",
        "Hwang Jang Yop",
        "Hwang Jangyeop",
    ],
    &[
        "김혜숙",
        "Kim Hye Suk",
        "Kim Hye-sook",
        "Kim Hyesuk",
        "Hye-Sook Kim",
        "KIM Hyesook",
        "김혜숙 (Kim Hye-sook)",
    ],
    &[
        "지성호",
        "Ji Seong-ho",
        "Ji Song Ho",
        "Chi Sŏngho",
        "Ji Sung-ho",
    ],
    &[
        "태영호",
        "Thae Yong Ho",
        "Thae Yong-ho",
        "Tae Yong-ho",
        "T'ae Yŏngho",
        "Tae Yeongho",
    ],
    &[
        "손흥민",
        "Son Heung-min",
        "Son Heungmin",
        "Heung-min Son",
        "Son Hŭngmin",
        "Sohn Heung Min",
    ],
    &[
        "박지성",
        "Park Ji-sung",
        "Pak Chisŏng",
        "Bak Jiseong",
        "Ji-sung Park",
    ],
    &[
        "류현진",
        "유현진",
        "Ryu Hyun-jin",
        "Hyun Jin Ryu",
        "Ryu Hyeonjin",
        "Yu Hyŏnjin",
    ],
    &[
        "横田めぐみ",
        "よこた めぐみ",
        "Yokota Megumi",
        "Megumi Yokota",
        "YOKOTA Megumi",
        "橫田めぐみ",
    ],
    &[
        "安倍晋三",
        "Abe Shinzo",
        "Shinzō Abe",
        "ABE Shinzou",
        "あべ しんぞう",
    ],
    &[
        "习近平",
        "習近平",
        "Xi Jinping",
        "XI Jinping",
        "Hsi Chin-p'ing",
    ],
    &["王毅", "Wang Yi", "WANG Yi"],
    &[
        "Elizabeth Salmón",
        "SALMON Elizabeth",
        "Salmón, Elizabeth",
        "Ms. Elizabeth Salmon",
    ],
    &[
        "Tomás Ojea Quintana",
        "Tomas Ojea Quintana",
        "OJEA QUINTANA, Tomás",
        "Ojea Quintana, Tomas",
    ],
    &["Marzuki Darusman", "DARUSMAN Marzuki"],
    &["Vitit Muntarbhorn", "MUNTARBHORN, Vitit"],
    &["Robert R. King", "Robert King", "Bob King"],
    &["Zeid Ra'ad al-Hussein", "Zeid Raad Al Hussein"],
];

#[test]
fn spellings_of_one_person_are_the_same_name() {
    for person in SPELLINGS {
        for one in *person {
            for other in *person {
                let similarity = compare(one, other);
                assert!(
                    similarity.level >= Level::SameByRomanisation,
                    "{one} / {other}: {similarity:?}"
                );
                assert!(similarity.score >= 800);
                assert!(!similarity.reasons.is_empty());
            }
        }
    }
}

#[test]
fn persons_do_not_become_one() {
    for (at, one) in SPELLINGS.iter().enumerate() {
        for other in &SPELLINGS[at + 1..] {
            for (a, b) in one.iter().flat_map(|a| other.iter().map(move |b| (a, b))) {
                let similarity = compare(a, b);
                assert!(
                    similarity.level < Level::SameByRomanisation,
                    "{a} / {b}: {similarity:?}"
                );
            }
        }
    }
}

#[test]
fn names_that_look_alike_stay_apart() {
    for (a, b) in [
        ("김정은", "김정일"),
        ("Kim Jong Un", "Kim Jong Il"),
        ("Kim Jong-un", "김정일"),
        ("Kim Jong-nam", "Kim Jong-un"),
        ("김영철", "김영호"),
        ("박영희", "김영희"),
        ("Park Young-hee", "Kim Young-hee"),
        ("Lee Sol-ju", "Lee Chun-hee"),
        ("横田めぐみ", "横田滋"),
        ("Wang Yi", "Wang Li"),
        ("Michael Kirby", "Michael King"),
        ("Kenneth Bae", "박근혜"),
        ("토마스 오헤아 킨타나", "토마스 앤더슨 그레이엄"),
    ] {
        assert_eq!(
            compare(a, b).level,
            Level::Different,
            "{a} / {b}: {:?}",
            compare(a, b)
        );
    }
}

#[test]
fn one_sound_or_letter_apart_is_near() {
    for (a, b) in [
        ("박근혜", "박근희"),
        ("Park Geun-hye", "Park Geun-hee"),
        ("Kim Hye Sukk", "김혜숙"),
        ("김혜숙", "김헤숙"),
        ("Darusman Marzuki", "Darusmann Marzuky"),
    ] {
        assert_eq!(
            compare(a, b).level,
            Level::Near,
            "{a} / {b}: {:?}",
            compare(a, b)
        );
    }
}

#[test]
fn a_missing_part_is_partial() {
    for (a, b) in [
        ("김혜숙", "김혜"),
        ("Kim Hye Suk", "Hye-sook"),
        ("J. Smith", "John Smith"),
        ("Yokota Megumi", "めぐみ"),
        ("김혜숙", "김○○"),
    ] {
        assert_eq!(
            compare(a, b).level,
            Level::Partial,
            "{a} / {b}: {:?}",
            compare(a, b)
        );
    }
}

#[test]
fn the_reason_is_said_in_words() {
    for (a, b, words) in [
        ("김혜숙", "Kim Hye Suk", "DPRK spelling"),
        ("김혜숙", "Kim Hye Sook", "passport or everyday spelling"),
        ("김정은", "Kim Chŏngŭn", "McCune–Reischauer"),
        (
            "김정은",
            "金正恩",
            "Chinese characters and their Korean reading",
        ),
        ("리영호", "Lee Young-ho", "이 (North: 리)"),
        ("Kim Hye Suk", "Hye Suk Kim", "other order"),
        ("Kim Hye Suk", "Kim Hye Sook", "혜숙"),
        ("Robert King", "Bob King", "forms of one name"),
        ("김혜숙", "김혜", "one syllable is missing"),
        ("박근혜", "박근희", "differ in one sound: 혜 and 희"),
        ("Kim Hye Sukk", "김혜숙", "one letter is wrong"),
    ] {
        let reasons = compare(a, b).reasons.join("; ");
        assert!(reasons.contains(words), "{a} / {b}: {reasons}");
    }
}

#[test]
fn keys_of_korean_spellings_fold_together() {
    for person in SPELLINGS
        .iter()
        .take_while(|person| !person[0].contains("横田"))
    {
        let expected = keys(&parse(person[0]));
        for spelling in *person {
            let found = keys(&parse(spelling));
            let second = found.given_second == Some(expected.given)
                || expected.given_second == Some(found.given);
            if found.surname != expected.surname {
                // Ban Ki Moon may be Mr Moon: the other reading is kept.
                let other = found.alternative.map(|(surname, _)| surname);
                assert_eq!(other, Some(expected.surname), "{spelling}");
                continue;
            }
            assert!(
                found.given == expected.given || second,
                "{spelling}: {found:?} {expected:?}"
            );
            assert!(found.given.len() <= 12, "{found:?}");
        }
    }
}

#[test]
fn the_order_is_recorded_with_its_reason() {
    for (written, order) in [
        ("KIM Hye Sook", Order::SurnameFirst),
        ("Hye Sook KIM", Order::GivenFirst),
        ("Kim, Hye Sook", Order::SurnameFirst),
        ("Kim Hye Sook", Order::SurnameFirstAssumed),
        ("Hye Sook Kim", Order::GivenFirstAssumed),
        ("김혜숙", Order::SurnameFirst),
        ("Hyesook", Order::OnlyOne),
    ] {
        let name = parse(written);
        let best = name.best().unwrap();
        assert_eq!(best.order, order, "{written}: {best:?}");
        assert!(!best.why.is_empty());
        assert_eq!(name.written, written);
    }
    // Both are surnames, both are syllables of given names: the other order is kept.
    let other = keys(&parse("Jong Hyon Ju")).alternative.unwrap();
    assert_eq!(other.0.as_str(), "ju");
}

#[test]
fn habits_of_a_list_decide_what_the_writing_leaves_open() {
    let last = Habits {
        surname_first: Some(false),
        ..Habits::default()
    };
    assert_eq!(
        parse_with("Jong Hyon Ju", last)
            .best()
            .unwrap()
            .surname
            .as_deref(),
        Some("Ju")
    );
    let chinese = Habits {
        tradition: Some(Tradition::Chinese),
        ..Habits::default()
    };
    assert_eq!(
        parse_with("李明", chinese).best().unwrap().tradition,
        Tradition::Chinese
    );
    assert_eq!(parse("李明").best().unwrap().tradition, Tradition::Korean);
    assert!(
        parse("李明")
            .readings
            .iter()
            .any(|reading| reading.tradition == Tradition::Chinese)
    );
}

#[test]
fn a_foreign_name_in_hangul_has_no_korean_surname() {
    let name = parse("토마스 오헤아 킨타나");
    let best = name.best().unwrap();
    assert_eq!(
        (best.tradition, best.surname.as_deref()),
        (Tradition::Western, Some("킨타나"))
    );
    assert_eq!(
        compare("토마스 오헤아 킨타나", "토마스 오헤아킨타나").level,
        Level::Same
    );
    // Surnames of two syllables and long given names stay Korean.
    assert_eq!(
        parse("남궁옥분이").best().unwrap().surname.as_deref(),
        Some("남궁")
    );
    assert_eq!(
        parse("김빛나리별").best().unwrap().surname.as_deref(),
        Some("김")
    );
}

#[test]
fn scripts_are_told() {
    assert_eq!(
        parse("김혜숙 (金惠淑, Kim Hye-sook)").scripts,
        [Script::Hangul, Script::Han, Script::Latin]
    );
    assert_eq!(parse("Иван Петров").scripts, [Script::Other]);
    assert_eq!(Script::Hangul.code(), "Hang");
}

/// Text of any kind, and text that looks like names.
fn any_name() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[A-Za-zŏŭ'’ ,-]{0,40}",
        "[가-힣 ]{0,8}",
        "[一-龥ぁ-んァ-ンー ]{0,8}",
        proptest::sample::select(SPELLINGS.concat()).prop_map(str::to_owned),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_and_compared_the_same_both_ways(a in any_name(), b in any_name()) {
        let (one, other) = (compare(&a, &b), compare(&b, &a));
        prop_assert_eq!(&one, &other);
        prop_assert_eq!(one.level.clamp(one.score), one.score);
    }

    #[test]
    fn the_two_ways_to_the_keys_agree(name in any_name()) {
        prop_assert_eq!(keys(&parse(&name)), keys_of(&name, Habits::default()));
    }

    #[test]
    fn a_name_is_the_same_as_itself(name in any_name()) {
        if parse(&name).best().is_some_and(|best| !best.given.is_empty()) {
            prop_assert_eq!(compare(&name, &name).level, Level::Same);
        }
    }

    #[test]
    fn every_romanisation_of_a_hangul_name_leads_back_to_it(
        surname in proptest::sample::select(&["김", "리", "박", "최", "강", "윤", "한", "오", "황", "문"][..]),
        first in proptest::sample::select(&["영", "성", "철", "명", "경", "은", "혜", "순", "미", "광"][..]),
        second in proptest::sample::select(&["숙", "희", "수", "호", "옥", "남", "일", "식", "국", "화"][..]),
    ) {
        let hangul = format!("{surname}{first}{second}");
        for system in System::ALL {
            let latin = romanise(&hangul, system);
            let similarity = compare(&hangul, &latin);
            prop_assert!(similarity.level >= Level::SameByRomanisation, "{} {}: {:?}", hangul, latin, similarity);
        }
    }
}

#[test]
fn long_input_takes_no_longer() {
    for piece in ["a", "김", "Kim Hye ", "-", "(", "横", "ā̆", "yo", "Jong-"] {
        let long = piece.repeat(1_000_000 / piece.len());
        let name = parse(&long);
        assert!(name.readings.len() < 100);
        assert_eq!(
            compare(&long, "김혜숙").level,
            compare("김혜숙", &long).level
        );
    }
}
