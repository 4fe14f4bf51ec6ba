use super::*;
use proptest::prelude::*;

fn shown(text: &str, order: Option<DateOrder>) -> String {
    match read(text, order) {
        Read::Date(date) => date.date.to_string(),
        Read::Ambiguous => "both ways".to_owned(),
        Read::Nothing => "-".to_owned(),
    }
}

#[test]
fn dates_are_read_in_the_forms_that_lists_use() {
    for (text, date) in [
        ("1977-11-15", "1977-11-15"),
        ("1977-11-15 00:00:00", "1977-11-15"),
        ("1977.11.15.", "1977-11-15"),
        ("1977/11", "1977-11"),
        ("19771115", "1977-11-15"),
        ("1977년 11월 15일", "1977-11-15"),
        ("1977年11月15日", "1977-11-15"),
        ("1954년생", "1954"),
        ("昭和52年11月15日", "1977-11-15"),
        ("平成元年1月8日", "1989-01-08"),
        ("주체66", "1977"),
        ("15 November 1977", "1977-11-15"),
        ("Nov. 15th, 1977", "1977-11-15"),
        ("15-Nov-1977", "1977-11-15"),
        ("Nov 1977", "1977-11"),
        ("15 de noviembre de 1977", "1977-11-15"),
        ("1er août 1977", "1977-08-01"),
        ("c. 1954", "1954~"),
        ("about 1954", "1954~"),
        ("1954경", "1954~"),
        ("1954년경", "1954~"),
        ("1977年11月頃", "1977-11~"),
        ("11/1977", "1977-11"),
        ("1954 ?", "1954?"),
        ("1977-1978", "1977/1978"),
        ("1970s", "1970/1979"),
        ("1970년대", "1970/1979"),
        ("15/11/1977", "1977-11-15"),
        ("11/15/1977", "1977-11-15"),
        ("11/11/1977", "1977-11-11"),
        ("１９７７年", "1977"),
    ] {
        assert_eq!(shown(text, None), date, "{text}");
    }
}

#[test]
fn what_cannot_be_told_is_not_guessed() {
    assert_eq!(shown("03/04/1977", None), "both ways");
    assert_eq!(shown("03/04/1977", Some(DateOrder::DayFirst)), "1977-04-03");
    assert_eq!(
        shown("03/04/1977", Some(DateOrder::MonthFirst)),
        "1977-03-04"
    );
    assert_eq!(shown("03/04/1977", Some(DateOrder::YearOnly)), "1977");
    assert_eq!(shown("15/11/1977", Some(DateOrder::MonthFirst)), "-");
    for text in [
        "",
        "77",
        "12/11/77",
        "1977-13-01",
        "2013-02-30",
        "spring",
        "24",
        "Kim 1954",
        "0954",
        "9999",
        "1954 1955 1956",
    ] {
        assert_eq!(shown(text, None), "-", "{text}");
    }
    assert_eq!(
        evidence("15/11/1977"),
        Evidence::Proves(DateOrder::DayFirst)
    );
    assert_eq!(
        evidence("11/15/1977"),
        Evidence::Proves(DateOrder::MonthFirst)
    );
    assert_eq!(evidence("03/04/1977"), Evidence::Both);
    assert_eq!(evidence("1977-04-03"), Evidence::None);
}

proptest! {
    #[test]
    fn no_cell_panics(text in "[0-9年월/.\\- a-z元昭和~?]{0,24}|\\PC{0,30}") {
        let _ = read(&text, None);
        let _ = evidence(&text);
    }
}
