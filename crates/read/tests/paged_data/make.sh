#!/bin/sh
# Makes the files of this folder anew, with the programs that people use: Chromium (PDF),
# qpdf by pikepdf (a password, a picture without text), python-docx and odfpy. Run it in this folder.
set -eu
chromium --headless --no-sandbox --disable-gpu --no-pdf-header-footer \
    --print-to-pdf=report.pdf report.html
python3 - <<'PYTHON'
import pikepdf
with pikepdf.open("report.pdf") as pdf:
    pdf.save("locked.pdf", encryption=pikepdf.Encryption(user="secret", owner="owner"))
with pikepdf.new() as pdf:
    page = pdf.add_blank_page(page_size=(300, 400))
    picture = pikepdf.Stream(pdf, bytes(range(256)))
    picture.Type, picture.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    picture.Width, picture.Height, picture.BitsPerComponent = 16, 16, 8
    picture.ColorSpace = pikepdf.Name.DeviceGray
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Scan=picture))
    page.Contents = pikepdf.Stream(pdf, b"300 0 0 400 0 0 cm /Scan Do")
    pdf.save("scan.pdf")
PYTHON

python3 make_office.py
rm plain.docx
