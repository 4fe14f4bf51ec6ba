#!/usr/bin/env bash
# Makes pictures of a page with Chromium, Pillow and exiftool: PNG, WebP, JPEG with EXIF data, TIFF of two pages,
# two pictures without words, and PDF files whose pages are pictures, one of them turned. Run it in this folder.
set -euo pipefail
cat > page.html <<'HTML'
<meta charset="utf-8"><style>body{font:22px "DejaVu Serif","Noto Serif CJK KR",serif;margin:40px;width:700px}</style>
<h1>Statement of a witness</h1><p>Guards beat prisoners at the camp of Hwasong in March 2013, and nobody was
punished for it.</p><p lang="ko">경비원들이 수용소에서 수감자들을 때렸다.</p><p>She counted nine lorries.</p>
HTML
chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=800,460 --force-device-scale-factor=2 \
  --screenshot=shot.png page.html 2>/dev/null
python3 - <<'PYTHON'
from PIL import Image
shot = Image.open("shot.png").convert("L")
shot.save("page.png", optimize=True, dpi=(192, 192))
exif = Image.Exif()
exif[0x010F], exif[0x0110], exif[0x0132] = "Example", "Camera 1", "2013:03:21 10:00:00"
shot.convert("RGB").save("page.jpg", quality=60, exif=exif, dpi=(192, 192))
shot.convert("RGB").save("page.webp", quality=60)
empty = Image.new("RGB", (200, 100), "white")
empty.save("empty.webp")
empty.save("blank.jpg", exif=exif)
second = Image.new("L", shot.size, 255)
second.paste(shot.crop((0, 180, 1600, 540)), (0, 0))
bits = [picture.convert("1") for picture in (shot, second)]
bits[0].save("pages.tiff", save_all=True, append_images=bits[1:], compression="group4", dpi=(192, 192))
bits[0].save("scan.pdf", save_all=True, append_images=bits[1:], resolution=192)
PYTHON
exiftool -q -overwrite_original -GPSLatitude=41.2 -GPSLatitudeRef=N -GPSLongitude=129.3 -GPSLongitudeRef=E page.jpg
rm shot.png
