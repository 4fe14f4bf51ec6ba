"""Makes report.docx (python-docx, then tracked changes, a comment, a note and hidden words by hand
as Word writes them) and report.odt (odfpy). Run it in this folder."""
import re
import zipfile

from docx import Document

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

document = Document()
document.core_properties.title = "A working title"
document.core_properties.author = "Field office"
document.add_heading("Visit to the border county", 0)
document.add_heading("What was seen", 1)
document.add_paragraph("The team met nine families. NOTE-HERE")
document.add_paragraph("Guards beat the detainees. CHANGE-HERE")
document.add_paragraph("first point", style="List Bullet")
table = document.add_table(rows=0, cols=3)
for row in [("Name", "Born", "Camp"), ("Kim Chol", "1954", "Hwasong"), ("Ri Yong Su", "1961", "Yodok")]:
    cells = table.add_row().cells
    for cell, text in zip(cells, row):
        cell.text = text
document.sections[0].header.paragraphs[0].text = "Confidential draft"
document.sections[0].footer.paragraphs[0].text = "Field office"
document.save("plain.docx")

CHANGE = (
    '<w:ins w:id="7" w:author="Editor" w:date="2014-02-07T10:00:00Z"><w:r><w:t xml:space="preserve">'
    ' They were not fed.</w:t></w:r></w:ins><w:del w:id="8" w:author="Editor"><w:r><w:delText>'
    "Nobody was hurt.</w:delText></w:r></w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>Source: the cook.</w:t></w:r>"
)
NOTE = '<w:r><w:footnoteReference w:id="2"/></w:r>'
FOOTNOTES = (
    f'<?xml version="1.0" encoding="UTF-8"?><w:footnotes xmlns:w="{W}">'
    '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>separator</w:t></w:r></w:p></w:footnote>'
    '<w:footnote w:id="2"><w:p><w:r><w:t>Interviews of 3 May 2013.</w:t></w:r></w:p></w:footnote></w:footnotes>'
)
COMMENTS = (
    f'<?xml version="1.0" encoding="UTF-8"?><w:comments xmlns:w="{W}">'
    '<w:comment w:id="0" w:author="Reviewer"><w:p><w:r><w:t>Ask &amp; check who saw it.</w:t></w:r></w:p></w:comment></w:comments>'
)
with zipfile.ZipFile("plain.docx") as plain, zipfile.ZipFile("report.docx", "w", zipfile.ZIP_DEFLATED) as full:
    for name in plain.namelist():
        data = plain.read(name)
        if name == "word/document.xml":
            text = data.decode()
            text = re.sub(r"NOTE-HERE</w:t></w:r>", "</w:t></w:r>" + NOTE, text)
            text = re.sub(r" CHANGE-HERE</w:t></w:r>", "</w:t></w:r>" + CHANGE, text)
            data = text.encode()
        if not name.startswith(("docProps/thumbnail", "customXml/")):
            full.writestr(name, data)
    full.writestr("word/footnotes.xml", FOOTNOTES)
    full.writestr("word/comments.xml", COMMENTS)
    full.writestr("word/media/image1.png", b"picture")

from odf.office import Annotation
from odf.opendocument import OpenDocumentText
from odf import dc, style, table as tables, text

odt = OpenDocumentText()
page = style.PageLayout(name="page")
odt.automaticstyles.addElement(page)
master = style.MasterPage(name="Standard", pagelayoutname=page)
header = style.Header()
header.addElement(text.P(text="Confidential draft"))
master.addElement(header)
odt.masterstyles.addElement(master)
odt.text.addElement(text.H(outlinelevel=1, text="What was seen"))
paragraph = text.P(text="The team met nine families.")
note = text.Note(noteclass="footnote", id="n1")
note.addElement(text.NoteCitation(text="1"))
body = text.NoteBody()
body.addElement(text.P(text="Interviews of 3 May 2013."))
note.addElement(body)
paragraph.addElement(note)
annotation = Annotation()
annotation.addElement(dc.Creator(text="Reviewer"))
annotation.addElement(dc.Date(text="2014-02-07T10:00:00"))
annotation.addElement(text.P(text="Ask who saw it."))
paragraph.addElement(annotation)
paragraph.addText(" They were")
paragraph.addElement(text.S(c=3))
paragraph.addText("afraid.")
odt.text.addElement(paragraph)
# Fields, whose words are the document's, are called like what is said of a comment.
signed = text.P(text="Signed on ")
signed.addElement(text.Date(text="7 February 2014", fixed="true"))
signed.addText(" by ")
signed.addElement(text.Creator(text="A. Clerk"))
signed.addText(".")
odt.text.addElement(signed)
people = tables.Table(name="people")
for cells in [("Name", "Camp"), ("Kim Chol", "Hwasong")]:
    row = tables.TableRow()
    for words in cells:
        cell = tables.TableCell()
        cell.addElement(text.P(text=words))
        row.addElement(cell)
    people.addElement(row)
odt.text.addElement(people)
odt.meta.addElement(dc.Title(text="Visit to the border county"))
odt.save("report.odt")
