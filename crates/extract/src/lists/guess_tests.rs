#![allow(clippy::unwrap_used)]
use super::*;
use read::{Input, read};

fn guessed(csv: &str) -> Vec<(String, Field)> {
    let reading = read(&Input {
        bytes: csv.as_bytes(),
        name: "list.csv",
    })
    .unwrap();
    let guess = guess(&reading);
    guess
        .columns
        .into_iter()
        .map(|column| (column.heading, column.field))
        .collect()
}

fn fields(csv: &str) -> Vec<Field> {
    guessed(csv).into_iter().map(|(_, field)| field).collect()
}

#[test]
fn headings_in_five_languages_are_known() {
    use Field::*;
    let expected = vec![Reference, Name, Sex, Born, TakenOn, TakenAt, Notes];
    for list in [
        "No.,Name,Sex,Date of birth,Date of abduction,Place of abduction,Remarks\n1,Kim Chol,M,1954,1977-11-15,Niigata,x\n",
        "번호,성명,성별,생년월일,납북일자,납북장소,비고\n1,김철,남,1954,1977-11-15,니가타,x\n",
        "N°,Nom et prénom,Sexe,Date de naissance,Date d'enlèvement,Lieu d'enlèvement,Observations\n1,Kim Chol,H,1954,1977-11-15,Niigata,x\n",
        "Número,Nombre completo,Sexo,Fecha de nacimiento,Fecha de secuestro,Lugar de secuestro,Observaciones\n1,Kim Chol,H,1954,1977-11-15,Niigata,x\n",
        "番号,氏名,性別,生年月日,拉致年月日,拉致場所,備考\n1,金 哲,男,1954,昭和52年11月15日,新潟,x\n",
    ] {
        assert_eq!(fields(list), expected, "{list}");
    }
}

#[test]
fn parts_of_headings_and_values_speak_too() {
    use Field::*;
    assert_eq!(
        fields(
            "Name of the abducted person (English),성명 (한글),Sex (M/F),Age at time of arrest,Zone\nKim Chol,김철,M,31,4\n"
        ),
        [Name, NameHangul, Sex, Age, Other]
    );
    // No headings at all: names and sexes are told by themselves, the rest stays text.
    assert_eq!(
        fields("1,김철수,남\n2,이영희,여\n3,박민수,남\n4,최지우,여\n"),
        [Other, NameHangul, Sex]
    );
}

#[test]
fn two_columns_are_never_one_field_and_wrong_values_are_not_believed() {
    use Field::*;
    assert_eq!(
        fields("Name,Nom complet,Born,Birth\nKim Chol,Kim Cheol,1954,1955\n"),
        [Name, Alias, Born, Other]
    );
    assert_eq!(
        fields("Name,Last seen,Born\nKim Chol,Camp 15,unclear reports\n"),
        [Name, LastSeenAt, Other]
    );
}

#[test]
fn the_order_of_day_and_month_is_proven_or_open() {
    let read = |csv: &str| {
        let reading = read(&Input {
            bytes: csv.as_bytes(),
            name: "list.csv",
        })
        .unwrap();
        let column = guess(&reading).columns.swap_remove(1);
        (column.dates, column.ambiguous)
    };
    let day_first = Some(DateOrder::DayFirst);
    assert_eq!(
        read("Name,Born\nKim A,03/04/1954\nKim B,15/04/1954\n"),
        (day_first, 0)
    );
    assert_eq!(
        read("Name,Born\nKim A,03/04/1954\nKim B,04/05/1954\n"),
        (None, 2)
    );
    assert_eq!(
        read("Name,Born\nKim A,15/04/1954\nKim B,04/15/1954\nKim C,01/02/1954\n"),
        (None, 1)
    );
}

#[test]
fn a_table_without_names_is_no_list_of_persons() {
    let guess = guess(
        &read(&Input {
            bytes: b"Year,Total\n1954,3\n1955,4\n",
            name: "l.csv",
        })
        .unwrap(),
    );
    assert!(
        guess
            .columns
            .iter()
            .all(|column| column.field == Field::Other)
    );
    assert_eq!(
        guess.mapping.check().unwrap_err(),
        crate::lists::MappingError::NoName
    );
}
