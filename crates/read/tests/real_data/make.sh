#!/usr/bin/env bash
# Makes the files of this folder anew, with the programs that people use: LibreOffice, sqlite3, jq,
# git, Info-ZIP, gzip, exiftool, and from PyPI html2text, openpyxl, odfpy, xlwt and Pillow. Run it in this folder. Which file
# stands for which format is in files.toml.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
office() { # FORM: writes report.FORM
  soffice --headless --infilter="HTML (StarWriter)" -env:UserInstallation="file://$work/office" \
    --convert-to "$1" ../paged_data/report.html --outdir "$work/out" >/dev/null
}
office docx && office odt && office txt:Text && cp "$work"/out/report.{docx,odt,txt} .
soffice --headless -env:UserInstallation="file://$work/office" --convert-to html report.odt --outdir . >/dev/null
python3 -m venv "$work/python" && "$work/python/bin/pip" install -q html2text==2025.4.15 openpyxl odfpy xlwt pillow
"$work/python/bin/html2text" ../paged_data/report.html utf-8 > report.md

sqlite3 "$work/list.db" <<'SQL'
CREATE TABLE missing (name TEXT, born INTEGER, "last seen" TEXT, place TEXT);
INSERT INTO missing VALUES ('Ichikawa Shuichi', 1954, '1978-08-12', 'Kagoshima, on the beach'),
  ('김철', 1961, '1995-03-02', 'Camp "18"'), ('Masumoto Rumiko', NULL, '1978-08-12', 'Kagoshima');
SQL
sqlite3 -header -csv "$work/list.db" 'SELECT * FROM missing' > list.csv
sqlite3 -header -tabs "$work/list.db" 'SELECT * FROM missing' > list.tsv
sqlite3 -json "$work/list.db" 'SELECT * FROM missing' | jq -c '.[]' > list.jsonl
"$work/python/bin/python" - <<'PYTHON'
import csv
import openpyxl
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
rows = list(csv.reader(open("list.csv", encoding="utf8")))
book, old, sheet = openpyxl.Workbook(), xlwt.Workbook(), Table(name="missing")
first, sheet_old, ods = book.active, old.add_sheet("missing"), OpenDocumentSpreadsheet()
first.title = "missing"
for number, row in enumerate(rows):
    first.append(row)
    line = TableRow()
    for column, value in enumerate(row):
        sheet_old.write(number, column, value)
        cell = TableCell(valuetype="string")
        cell.addElement(P(text=value))
        line.addElement(cell)
    sheet.addElement(line)
ods.spreadsheet.addElement(sheet)
book.save("list.xlsx"), old.save("list.xls"), ods.save("list.ods")
PYTHON

export GIT_AUTHOR_NAME='Field Office' GIT_AUTHOR_EMAIL=office@example.org GIT_COMMITTER_NAME=Registry
export GIT_COMMITTER_EMAIL=registry@example.org GIT_CONFIG_GLOBAL=/dev/null
git init -q "$work/register"
record() { # DATE LINE SUBJECT
  printf '%s\n' "$2" >> "$work/register/register.txt"
  git -C "$work/register" add register.txt
  GIT_AUTHOR_DATE=$1 GIT_COMMITTER_DATE=$1 git -C "$work/register" commit -q -m "$3" -m "The office wrote it down."
}
record 2014-02-07T10:00:00+0900 'Kim Chol was seen last in 1954.' 'Statement of a former guard – 진술'
record 2014-02-08T10:00:00+0900 'They were not fed.' 'What the cook saw'
git -C "$work/register" format-patch -q --root --stdout --to=registry@example.org > register.mbox
git -C "$work/register" format-patch -q -1 --attach --to=registry@example.org --stdout | tail -n +2 > change.eml

mkdir "$work/statements"
printf 'Guards beat prisoners at the camp.\n' > "$work/statements/guard.txt"
printf 'They were not fed.\n' > "$work/statements/관찰.txt"
touch -d '2014-02-07 10:00 UTC' "$work"/statements/*
rm -f statements.zip && (cd "$work" && zip -q -X -r "$OLDPWD/statements.zip" statements)
gzip -n -9 -c "$work/statements/guard.txt" > guard.txt.gz

"$work/python/bin/python" - <<'PYTHON'
from PIL import Image, ImageDraw
picture = Image.new("RGB", (96, 64), (200, 210, 220))
pen = ImageDraw.Draw(picture)
pen.polygon([(0, 64), (40, 20), (70, 50), (96, 30), (96, 64)], fill=(60, 90, 50))
pen.ellipse((64, 6, 82, 24), fill=(250, 230, 120))
picture.save("camp.jpg", quality=70)
picture.resize((48, 32)).save("camp-small.webp", quality=60)
picture.save("camp.tiff", compression="tiff_lzw")
picture.save("camp.png", optimize=True)
PYTHON
for picture in camp.jpg camp.tiff camp.png camp-small.webp; do
  exiftool -q -overwrite_original -Make=Example -Model='Camera 1' -DateTimeOriginal='2013:03:21 10:00:00' \
    -XMP-dc:Creator='Field Office' -XMP-dc:Description='A camp seen from the hill' -XMP-dc:Rights='Not to be shown' \
    -XMP-xmp:CreateDate='2013:03:21 10:00:00+09:00' -XMP-photoshop:City=Hwasong "$picture"
done
