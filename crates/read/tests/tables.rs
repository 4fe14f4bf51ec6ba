//! Tables as other programs write them, and as nobody should.
//!
//! The workbooks in `tables_data` were made with openpyxl 3.1 (xlsx), xlwt 1.3 (xls) and odfpy
//! 1.4 (ods): one sheet of persons with dates, numbers, an empty row, a formula without result and
//! a merged title (xlsx), a hidden sheet whose last cell is filled, and an empty one.
#![allow(clippy::unwrap_used)]

use model::{CharIndex, PassageKind, Reading, Span};
use onrecord_read::{Input, read};

fn table(name: &str, bytes: &[u8]) -> Reading {
    let reading = read(&Input { bytes, name }).unwrap();
    check(&reading);
    reading
}

/// Each cell lies in its row's passage, behind its heading, and rows ascend.
fn check(reading: &Reading) {
    let chars = CharIndex::new(&reading.text);
    for table in &reading.tables {
        assert!(table.rows.windows(2).all(|w| w[0].number < w[1].number));
        for row in &table.rows {
            let passage = reading.passages[row.passage as usize - 1];
            assert_eq!(passage.kind, PassageKind::TableRow);
            for cell in &row.cells {
                assert!(passage.span.contains(cell.span) && !cell.span.is_empty());
                let heading = &table.columns[usize::from(cell.column)];
                let before = Span::new(passage.span.start, cell.span.start);
                let before = chars.slice(&reading.text, before).unwrap();
                assert!(before.ends_with(&format!("{heading}: ")), "{before:?}");
            }
        }
    }
}

fn rows(reading: &Reading, table: usize) -> Vec<(u32, String)> {
    let chars = CharIndex::new(&reading.text);
    let rows = reading.tables[table].rows.iter();
    rows.map(|row| {
        let span = reading.passages[row.passage as usize - 1].span;
        (
            row.number,
            chars.slice(&reading.text, span).unwrap().to_owned(),
        )
    })
    .collect()
}

fn cell(reading: &Reading, row: usize, cell: usize) -> &str {
    let span = reading.tables[0].rows[row].cells[cell].span;
    CharIndex::new(&reading.text)
        .slice(&reading.text, span)
        .unwrap()
}

#[test]
fn a_row_speaks_for_itself_and_each_cell_maps_to_the_file() {
    let source = "Name,Born,Place\n\"Kim, \"\"Chol\"\" Su\",1954-03,\n\n  Lee  ,,\" Camp\n 15 \"\n";
    let reading = table("list.csv", source.as_bytes());
    assert_eq!(reading.reader.name, "table");
    assert_eq!(
        rows(&reading, 0),
        [
            (2, "Name: Kim, \"Chol\" Su | Born: 1954-03".to_owned()),
            (4, "Name: Lee | Place: Camp 15".to_owned()),
        ]
    );
    let chars: Vec<char> = source.chars().collect();
    for (row, at, stands) in [
        (0, 0, "Kim, \"\"Chol\"\" Su"),
        (0, 1, "1954-03"),
        (1, 0, "Lee"),
        (1, 1, "Camp\n 15"),
    ] {
        let span = reading.tables[0].rows[row].cells[at].span;
        let there = reading.map.original(span).unwrap();
        let there: String = chars[there.start as usize..there.end as usize]
            .iter()
            .collect();
        assert_eq!(there, stands);
    }
}

#[test]
fn separators_marks_and_encodings_are_seen() {
    let (korean, _, _) =
        encoding_rs::EUC_KR.encode("성명;생년;비고\n김철수;1954;없음\n이영희;1960;\n");
    let reading = table("list.csv", &korean);
    assert_eq!(reading.encoding, "EUC-KR");
    assert_eq!(
        rows(&reading, 0)[0].1,
        "성명: 김철수 | 생년: 1954 | 비고: 없음"
    );
    let (japanese, _, _) = encoding_rs::SHIFT_JIS
        .encode("氏名\t生年月日\n横田めぐみ\t昭和39年10月5日\n増元るみ子\t昭和28年11月1日\n");
    assert_eq!(
        rows(&table("list.tsv", &japanese), 0)[0].1,
        "氏名: 横田めぐみ | 生年月日: 昭和39年10月5日"
    );
    let marked: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(
            "Name\tBorn\r\nKim\t1954\r\n"
                .encode_utf16()
                .flat_map(u16::to_le_bytes),
        )
        .collect();
    assert_eq!(
        rows(&table("list.csv", &marked), 0)[0].1,
        "Name: Kim | Born: 1954"
    );
    let stated = table("list.csv", b"sep=|\nName|Born, about\nKim|1954\n");
    assert_eq!(
        rows(&stated, 0),
        [(3, "Name: Kim | Born, about: 1954".to_owned())]
    );
}

#[test]
fn a_title_above_the_headings_is_the_title() {
    let reading = table("l.csv", b"List of persons,,\nNo.,Name,Name\n1,Kim,Lee\n");
    assert_eq!(reading.title.as_ref().unwrap().value, "List of persons");
    assert_eq!(reading.tables[0].columns, ["No.", "Name", "Name (2)"]);
    let without = table("l.csv", b"1,1954\n2,1960\n");
    assert_eq!(rows(&without, 0)[1].1, "column 1: 2 | column 2: 1960");
}

#[test]
fn json_lines_are_a_table_by_their_keys() {
    let source = "{\"name\": \"Kim\", \"born\": 1954}\n\n{\"born\": null, \"alias\": \"\\uae40 \\\"K\\\"\", \"x\": [1, {\"y\": 2}]}\nno object\n";
    let reading = table("list.jsonl", source.as_bytes());
    assert_eq!(
        rows(&reading, 0),
        [
            (1, "name: Kim | born: 1954".to_owned()),
            (3, "alias: 김 \"K\" | x: [1, {\"y\": 2}]".to_owned()),
            (4, "line: no object".to_owned()),
        ]
    );
    assert!(
        reading.remarks[0].contains("line 4"),
        "{:?}",
        reading.remarks
    );
    let span = reading.tables[0].rows[0].cells[1].span;
    assert_eq!(reading.map.original(span), Some(Span::new(24, 28)));
}

#[test]
fn workbooks_of_other_programs_are_read() {
    let xlsx = table("list.xlsx", include_bytes!("tables_data/list.xlsx"));
    let xls = table("list.xls", include_bytes!("tables_data/list.xls"));
    let ods = table("list.ods", include_bytes!("tables_data/list.ods"));
    let second = "No.: 2 | Name: Ichikawa Shuichi | Born: 1954 | Taken on: 1978-08-12 | Age: 23";
    for (reading, first) in [(&xlsx, 3), (&xls, 2), (&ods, 2)] {
        assert_eq!(reading.reader.name, "workbook");
        let rows = rows(reading, 0);
        assert_eq!(
            rows[0],
            (
                first,
                "No.: 1 | Name: Yokota Megumi | 한글 이름: 요코타 메구미 | Born: 1964-10-05 | \
                 Taken on: 1977-11-15 | Age: 13 | Remarks: Niigata"
                    .to_owned()
            )
        );
        assert_eq!(rows[1], (first + 1, second.to_owned()));
        assert_eq!(rows[2].0, first + 3);
        assert_eq!(cell(reading, 2, 6), "a | b");
        assert_eq!(reading.tables[0].sheet.as_deref(), Some("Persons"));
    }
    assert_eq!(
        xlsx.title.as_ref().unwrap().value,
        "Persons taken, as of 2017"
    );
    assert_eq!(xlsx.tables.len(), 2);
    assert!(
        xlsx.remarks[0].contains("“Notes” is hidden"),
        "{:?}",
        xlsx.remarks
    );
    // The last cell of a sheet costs as much as any other.
    assert_eq!(rows(&xlsx, 1).last().unwrap().0, 1_048_576);
}

#[test]
fn an_unclosed_quotation_mark_swallows_nothing() {
    let mut source = "Name,Note\n\"Kim,unclosed\n".to_owned();
    for number in 0..500 {
        source.push_str(&format!("Person {number},\" note\n"));
    }
    let reading = table("list.csv", source.as_bytes());
    assert!(
        reading.tables[0].rows.len() > 450,
        "{}",
        reading.tables[0].rows.len()
    );
    assert!(
        reading.remarks.iter().any(|r| r.contains("never closed")),
        "{:?}",
        reading.remarks
    );
}

#[test]
fn large_cells_many_columns_and_zeros_are_read_or_refused_with_a_reason() {
    let large = format!("Name,Note\nKim,\"{}\"\n", "x ".repeat(500_000));
    assert_eq!(
        table("list.csv", large.as_bytes()).tables[0].rows[0].cells[1]
            .span
            .len(),
        999_999
    );
    let wide = |columns: usize| {
        format!(
            "{}\n{}\n",
            vec!["h"; columns].join(","),
            vec!["1"; columns].join(",")
        )
    };
    assert_eq!(
        table("list.csv", wide(10_000).as_bytes()).tables[0]
            .columns
            .len(),
        10_000
    );
    let refused = read(&Input {
        bytes: wide(40_000).as_bytes(),
        name: "list.csv",
    })
    .unwrap_err();
    assert!(
        refused.reason.contains("16384 columns"),
        "{}",
        refused.reason
    );
    // A zero byte in the text is white space; a file that begins with some is no text.
    let zeros = format!(
        "Name,Note\n{}Kim,a\0b\n",
        "Lee,text of a note\n".repeat(300)
    );
    let reading = table("list.csv", zeros.as_bytes());
    assert_eq!(cell(&reading, 300, 1), "a b");
    let zeros = b"Name,Note\nKim,a\0b\n";
    let unread = read(&Input {
        bytes: zeros,
        name: "list.csv",
    });
    assert!(unread.unwrap_err().reason.contains("not text"));
}

#[test]
fn a_heading_in_every_row_cannot_make_a_large_text_of_a_small_file() {
    let heading: String = "heading ".repeat(10_000);
    let mut source = vec![heading.as_str(); 300]
        .join(",")
        .replace("heading heading,", "h,");
    for _ in 0..6_000 {
        source.push('\n');
        source.push_str(&vec!["1"; 300].join(","));
    }
    match read(&Input {
        bytes: source.as_bytes(),
        name: "list.csv",
    }) {
        Ok(reading) => assert!(reading.text.len() <= 130 << 20),
        Err(unread) => assert!(
            unread.reason.contains("larger than a reading"),
            "{}",
            unread.reason
        ),
    }
}

#[test]
fn a_damaged_workbook_says_so() {
    let whole = include_bytes!("tables_data/list.xlsx");
    for cut in [60, 1000, whole.len() / 2, whole.len() - 30] {
        let unread = read(&Input {
            bytes: &whole[..cut],
            name: "list.xlsx",
        })
        .unwrap_err();
        assert!(
            unread.reason.contains("cannot be opened"),
            "{}",
            unread.reason
        );
    }
}

/// A workbook with one sheet, from its parts.
fn workbook(sheet: &str, strings: &str) -> Vec<u8> {
    use std::io::Write;
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let parts = [
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{package}\"><Relationship Id=\"r1\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{package}\"><Relationship Id=\"r1\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"{office}/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!("<worksheet xmlns=\"{main}\"><sheetData>{sheet}</sheetData></worksheet>"),
        ),
        (
            "xl/sharedStrings.xml",
            format!("<sst xmlns=\"{main}\">{strings}</sst>"),
        ),
    ];
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file(name, options).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_small_workbook_that_unpacks_to_a_large_one_is_refused() {
    let string = format!("<si><t>{}</t></si>", "x".repeat(1 << 20));
    let mut rows = String::from("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>");
    let first = workbook(&rows, &string);
    assert_eq!(
        table("one.xlsx", &first).text.len(),
        (1 << 20) + "S\n\ncolumn 1: ".len()
    );
    for row in 2..400 {
        rows.push_str(&format!(
            "<row r=\"{row}\"><c r=\"A{row}\" t=\"s\"><v>0</v></c></row>"
        ));
    }
    let bomb = workbook(&rows, &string);
    assert!(bomb.len() < 100_000);
    let unread = read(&Input {
        bytes: &bomb,
        name: "bomb.xlsx",
    })
    .unwrap_err();
    assert!(
        unread.reason.contains("larger than a reading holds"),
        "{}",
        unread.reason
    );
}

#[test]
fn formulas_and_errors_are_their_last_results() {
    let rows = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c></row>\
        <row r=\"2\"><c r=\"A2\" t=\"str\"><f>HYPERLINK(&quot;http://x/&quot;,&quot;Kim&quot;)</f><v>Kim</v></c>\
        <c r=\"B2\"><f>1900+54</f><v>1954</v></c></row>\
        <row r=\"3\"><c r=\"A3\" t=\"e\"><v>#N/A</v></c><c r=\"B3\"><f>NOW()</f></c></row>";
    let strings = "<si><t>Name</t></si><si><t>Born</t></si>";
    let reading = table("f.xlsx", &workbook(rows, strings));
    assert_eq!(rows_of(&reading), ["Name: Kim | Born: 1954", "Name: #N/A"]);
}

fn rows_of(reading: &Reading) -> Vec<String> {
    rows(reading, 0).into_iter().map(|(_, row)| row).collect()
}
