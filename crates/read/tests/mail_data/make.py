"""Makes letter.eml, box.mbox and bundle.zip with Python's own libraries. Run it in this folder."""
import mailbox
import zipfile
from email.message import EmailMessage

letter = EmailMessage()
letter["From"] = "Field Office <office@example.org>"
letter["To"] = "Registry <registry@example.org>"
letter["Subject"] = "Statement of a former guard – 진술"
letter["Date"] = "Fri, 07 Feb 2014 10:00:00 +0900"
letter["Message-ID"] = "<1@example.org>"
letter.set_content(
    "Guards beat prisoners at the camp of Hwasong.\n\n"
    "> Please send what the guard said.\n> We need it in Geneva.\n\nThe drawing is attached.\n"
)
letter.add_attachment("Kim Chol was seen last in 1954.\n", filename="관찰.txt")
inner = EmailMessage()
inner["From"] = "cook@example.org"
inner["Subject"] = "What the cook saw"
inner["Message-ID"] = "<2@example.org>"
inner["Date"] = "Thu, 06 Feb 2014 09:00:00 +0900"
inner.set_content("<p>They were <b>not</b> fed.</p><p>Nobody came.</p>", subtype="html")
letter.add_attachment(inner)
open("letter.eml", "wb").write(letter.as_bytes())

box = mailbox.mbox("box.mbox")
box.clear()
for message in (letter, inner):
    plain = mailbox.mboxMessage(message)
    plain.set_from("office@example.org Fri Feb  7 10:00:00 2014")
    box.add(plain)
box.flush()

with zipfile.ZipFile("bundle.zip", "w", zipfile.ZIP_DEFLATED) as bundle:
    bundle.writestr("statements/letter.eml", letter.as_bytes())
    bundle.writestr("notes.txt", "The county lies in the north.\n")
