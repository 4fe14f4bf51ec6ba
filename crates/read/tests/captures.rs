//! How texts without tags are read: captures of web pages, letters, lists, transcripts. Facts
//! are public; words are ours.
#![allow(clippy::unwrap_used)]

use model::{LeftOut, PassageKind, Reading};
use onrecord_read::{Input, read};

fn reading(name: &str, text: &str) -> Reading {
    read(&Input {
        bytes: text.as_bytes(),
        name,
    })
    .unwrap()
}

fn passages(reading: &Reading) -> Vec<(PassageKind, Option<LeftOut>, String)> {
    let letters: Vec<char> = reading.text.chars().collect();
    let passages = reading.passages.iter();
    passages
        .map(|p| {
            let text = letters[p.span.start as usize..p.span.end as usize]
                .iter()
                .collect();
            (p.kind, p.left_out, text)
        })
        .collect()
}

fn clean(text: &str) -> Vec<String> {
    let passages = passages(&reading("capture.txt", text)).into_iter();
    passages
        .filter(|(_, left_out, _)| left_out.is_none())
        .map(|(_, _, text)| text)
        .collect()
}

fn mark_of(text: &str, words: &str) -> Option<LeftOut> {
    let passages = passages(&reading("capture.txt", text));
    let found = passages.iter().find(|(_, _, text)| text.starts_with(words));
    found.unwrap_or_else(|| panic!("{words:?} is a passage")).1
}

const BROADCAST: &str = "Accessibility links

Breaking News

A Decade After the Inquiry


(FILE) The three members of the commission present their report in Geneva on March 17, 2014.
(FILE) The three members of the commission present their report in Geneva on March 17, 2014.

The commission spent one year on its work. Its report \"describes crimes that have no parallel in the contemporary world.”

A Decade After the Inquiry
please wait

No media source currently available

0:00 0:04:10 0:00

Ten years ago, a commission of inquiry that the Human Rights Council had established spent one year on its work and heard more than eighty witnesses in public. Its report describes crimes that have no parallel in the contemporary world.

It recommended that the Security Council refer the situation to the International Criminal Court. The Council discussed the report, but it has not done so.

“We will not forget the victims,” said a diplomat after the debate of December 22, 2014.

XS
SM
MD
LG";

#[test]
fn a_broadcasters_page_is_read_without_its_player() {
    let reading = reading("page.txt", BROADCAST);
    let title = reading.title.as_ref().unwrap();
    assert_eq!(title.value, "A Decade After the Inquiry");
    assert_eq!(title.basis, "line that stands twice at the head");
    assert_eq!(
        reading.published, None,
        "no date of the text is the page's own"
    );
    assert_eq!(reading.publisher, None);
    assert_eq!(reading.language.unwrap().value, "en");
    let clean = clean(BROADCAST);
    assert_eq!(clean.len(), 5, "{clean:#?}");
    assert_eq!(clean[0], "A Decade After the Inquiry");
    assert!(clean[1].starts_with("(FILE)"));
    assert!(clean[2].starts_with("Ten years ago"));
    for (words, mark) in [
        ("Accessibility", LeftOut::Navigation),
        ("Breaking", LeftOut::Navigation),
        ("The commission spent", LeftOut::RepeatOf(11)),
        ("please wait", LeftOut::Player),
        ("No media", LeftOut::Player),
        ("0:00", LeftOut::Player),
        ("LG", LeftOut::ShareBar),
    ] {
        assert_eq!(mark_of(BROADCAST, words), Some(mark), "{words}");
    }
}

#[test]
fn the_first_of_two_captions_stays() {
    let reading = reading("page.txt", BROADCAST);
    let captions: Vec<_> = passages(&reading)
        .into_iter()
        .filter(|p| p.0 == PassageKind::Caption)
        .collect();
    assert_eq!(captions.len(), 2);
    assert_eq!(
        (captions[0].1, captions[1].1),
        (None, Some(LeftOut::RepeatOf(4)))
    );
}

#[test]
fn a_label_of_the_site_is_not_the_title() {
    let text = "Looking for a job in security? Apply now!\n\nSpecial Weapons (SW)\n\n\
        Rapporteur urges both governments to reopen talks on families\n\n\
        27 June 2013 – The Special Rapporteur asked the two governments on Thursday to resume the \
        reunions of families that were parted by the war.\n\n\
        Special Rapporteurs are appointed by the Human Rights Council. They are not staff of the \
        United Nations and are not paid for their work.\n\nJoin the mailing list\n\n\
        Border Talk podcast - a weekly show: 'In this episode we look at threats of every kind'\n";
    let reading = reading("page.txt", text);
    assert_eq!(
        reading.title.unwrap().value,
        "Rapporteur urges both governments to reopen talks on families"
    );
    let published = reading.published.unwrap();
    assert_eq!(
        (
            published.value.to_string().as_str(),
            published.basis.as_str()
        ),
        ("2013-06-27", "dateline")
    );
    assert_eq!(clean(text).len(), 3, "{:#?}", clean(text));
    assert_eq!(mark_of(text, "Special Weapons"), Some(LeftOut::Navigation));
    assert_eq!(mark_of(text, "Looking for"), Some(LeftOut::Advert));
    assert_eq!(mark_of(text, "Border Talk"), Some(LeftOut::Advert));
    assert_eq!(
        mark_of(text, "Special Rapporteurs"),
        None,
        "a standing notice is text"
    );
}

#[test]
fn doubled_paragraphs_count_once() {
    let first =
        "The Council decided to establish a commission of inquiry with three members for one year.";
    let second = "It asked the commission to investigate nine patterns of violations, with a view to full accountability.";
    let text =
        format!("Council acts on the report\n2013/03/21\n{first}\n{second}\n{first}\n{second}");
    let reading = reading("page.txt", &text);
    assert_eq!(reading.published.unwrap().value.to_string(), "2013-03-21");
    let marks: Vec<_> = reading.passages.iter().map(|p| p.left_out).collect();
    assert_eq!(
        marks,
        [
            None,
            None,
            None,
            None,
            Some(LeftOut::RepeatOf(3)),
            Some(LeftOut::RepeatOf(4))
        ]
    );
}

#[test]
fn the_more_complete_of_two_paragraphs_stays() {
    let text = "Ten years of inquiry\n\n\
        Scrutiny of grave violations has grown with the release of a report which concluded that some of them may \
        constitute crimes.\n\n\
        In the past year, the scrutiny of grave violations has grown with the release of a report which concluded \
        that some of them may constitute crimes.\n\n\
        The report was presented in Geneva, and discussed there by more than forty delegations on one long day.";
    assert_eq!(mark_of(text, "Scrutiny"), Some(LeftOut::RepeatOf(3)));
    assert_eq!(mark_of(text, "In the past year"), None);
}

#[test]
fn the_same_words_about_another_person_are_no_repetition() {
    let form = |name: &str, camp: u32| {
        format!(
            "Testimony was heard from the witness {name}, who was held in camp {camp} for several years and saw \
             prisoners die of hunger and of beatings by the guards."
        )
    };
    let text = format!(
        "Summary of hearings\n\n{}\n\n{}\n\n{}",
        form("Kim", 14),
        form("Lee", 14),
        form("Kim", 15)
    );
    assert_eq!(clean(&text).len(), 4);
    let not = "The delegation stated that it had received the report and that it would consider its recommendations.";
    let text = format!(
        "Replies\n\n{not}\n\n{}",
        not.replace("had received", "had not received")
    );
    assert_eq!(clean(&text).len(), 3);
}

#[test]
fn names_and_applause_are_text() {
    let text = "Remarks at the opening of the session\n\nTHE CHAIR: I declare the session open, and give the floor to \
        the first speaker on the list for today.\n\n(Applause.)\n\nTHE SPEAKER: Thank you. I speak on behalf of the \
        States that are named below, who ask for an end to these violations.\n\n(Applause.)\n\nAlbania\nCosta Rica\n\
        Japan\nRepublic of Korea\nUruguay\n";
    let clean = clean(text);
    assert_eq!(clean.len(), 10, "{clean:#?}");
    assert_eq!(clean[2], clean[4]);
}

#[test]
fn a_menu_is_a_run_of_lines_that_menus_hold() {
    let text = "Home\nNews\nWorld\nKorea\nContact us\n\nCouncil extends the mandate for one year\n\n\
        The Human Rights Council extended the mandate of the Special Rapporteur by one year on Friday in Geneva.\n\n\
        About us\nPress\nPartners\nPrivacy policy\n© 2014 Example Agency\n";
    assert_eq!(clean(text).len(), 2, "{:#?}", clean(text));
    assert_eq!(mark_of(text, "Korea"), Some(LeftOut::Navigation));
    assert_eq!(mark_of(text, "©"), Some(LeftOut::Footer));
}

#[test]
fn a_korean_page_is_read_by_the_same_rules() {
    let text = "본문 바로가기\n속보\n\n인권이사회, 특별보고관 임무 일 년 연장\n\n2014년 3월 28일\n\n공유하기\n\n\
        유엔 인권이사회는 금요일 제네바에서 열린 회의에서 조선민주주의인민공화국의 인권 상황에 관한 결의를 찬성 삼십 \
        표로 채택하고 특별보고관의 임무를 일 년 연장하였다.\n\n관련 기사\n조사위원회 보고서 발표\n\n무단 전재 및 재배포 금지\n";
    let reading = reading("page.txt", text);
    assert_eq!(
        reading.title.unwrap().value,
        "인권이사회, 특별보고관 임무 일 년 연장"
    );
    assert_eq!(reading.published.unwrap().value.to_string(), "2014-03-28");
    assert_eq!(reading.language.unwrap().value, "ko");
    assert_eq!(clean(text).len(), 3, "{:#?}", clean(text));
    assert_eq!(mark_of(text, "조사위원회"), Some(LeftOut::Related));
}

#[test]
fn a_wrapped_letter_keeps_its_paragraphs_and_its_date() {
    let text = "Dear Madam President:\n\nI have the honour to transmit the report of the commission of inquiry that\n\
        the Council established in March 2013, and to ask that it be circulated as a\ndocument of the Assembly.\n\n\
        The report names no perpetrator in public; a list is kept by the Office of\nthe High Commissioner, and may \
        be given to a court.\n\nA. SIGNATORY\n\nTHE SECRETARIAT,\n17 February 2014.\n";
    let reading = reading("letter.txt", text);
    assert_eq!(reading.title, None, "a letter has no title");
    let published = reading.published.unwrap();
    assert_eq!(published.value.to_string(), "2014-02-17");
    assert_eq!(published.basis, "date under the signature");
    assert_eq!(clean(text).len(), 5, "{:#?}", clean(text));
}

#[test]
fn a_header_says_what_the_text_is() {
    let text = "---\ntitle: \"Statement on the\\_mandate\"\npublished_time: 2014-03-28 18:04:00+01:00\n\
        modified_time: 2014-03-29 09:00:00+01:00\nsource_url: https://www.ohchr.org/en/statements/1\nauthor: A. Writer\n\
        ---\n\n# Statement on the mandate\n\nThe Council extended the mandate of the Special Rapporteur by one year, \
        and asked for reports.\n";
    for name in ["statement.md", "statement.txt"] {
        let reading = reading(name, text);
        let title = reading.title.unwrap();
        assert_eq!(
            (title.value.as_str(), title.basis.as_str()),
            ("Statement on the mandate", "front matter: title")
        );
        assert_eq!(reading.published.unwrap().value.to_string(), "2014-03-28");
        assert_eq!(reading.updated.unwrap().value.to_string(), "2014-03-29");
        assert_eq!(reading.authors[0].value, "A. Writer");
        let publisher = reading.publisher.unwrap();
        assert_eq!(
            publisher.value,
            "Office of the United Nations High Commissioner for Human Rights"
        );
        assert!(publisher.basis.contains("ohchr.org"));
        assert_eq!(reading.passages[0].left_out, Some(LeftOut::FrontMatter));
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    for (name, text) in [
        ("a.txt", BROADCAST),
        ("a.md", BROADCAST),
        ("a.html", BROADCAST),
    ] {
        let once = model::to_cbor(&reading(name, text)).unwrap();
        assert_eq!(model::to_cbor(&reading(name, text)).unwrap(), once);
    }
}
