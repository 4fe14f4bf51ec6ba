#!/usr/bin/env python3
"""Makes the pictures of this folder anew: scenes that Pillow draws, saved anew by Pillow and by
OpenCV in the ways in which pictures travel, and what PDQ's own program says of each. Needs numpy,
pillow, opencv-python-headless and pdqhash from PyPI. Run it in this folder."""
from pathlib import Path

import cv2
import numpy
import pdqhash
from PIL import Image, ImageDraw, ImageEnhance

SIZE = (360, 240)


def scene(seed):
    """Light and dark at every scale, as in a photograph, and a few hard edges."""
    rng = numpy.random.default_rng(seed)
    total = numpy.zeros((SIZE[1], SIZE[0], 3))
    for octave in range(1, 8):
        cells = (2**octave, 2 ** (octave + 1))
        grain = (rng.random((*cells, 3)) * 255).astype("uint8")
        total += numpy.asarray(Image.fromarray(grain).resize(SIZE, Image.Resampling.BICUBIC)) / 1.7**octave
    total = (total - total.min()) / (total.max() - total.min()) * 255
    picture = Image.fromarray(total.astype("uint8"))
    draw = ImageDraw.Draw(picture)
    for _ in range(5):
        x, y = rng.integers(0, SIZE[0]), rng.integers(0, SIZE[1])
        wide, high = rng.integers(20, 90, 2)
        shade = tuple(int(one) for one in rng.integers(0, 255, 3))
        draw.rectangle((x, y, x + wide, y + high), fill=shade)
    return picture


def main():
    for number in range(6):
        scene(number).save(f"scene-{number}.jpg", quality=70)
    first = scene(0)
    first.save("lossless.png")
    first.save("again.jpg", quality=35)
    first.save("again.webp", quality=50)
    first.resize((150, 100), Image.Resampling.LANCZOS).save("small.jpg", quality=70)
    first.resize((700, 500), Image.Resampling.BICUBIC).save("large.jpg", quality=40)
    ImageEnhance.Brightness(first).enhance(1.2).save("brighter.jpg", quality=60)
    first.crop((4, 3, 356, 237)).save("cropped.jpg", quality=70)
    first.crop((80, 60, 300, 200)).save("detail.jpg", quality=70)
    read = cv2.imread("lossless.png")
    cv2.imwrite("grey.jpg", cv2.cvtColor(read, cv2.COLOR_BGR2GRAY), [cv2.IMWRITE_JPEG_QUALITY, 60])
    cv2.imwrite("half.tiff", cv2.resize(read, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA))
    # Stood on its side, with the EXIF field that says so.
    turned = first.rotate(90, expand=True)
    exif = Image.Exif()
    exif[0x0112] = 6
    turned.save("turned.jpg", quality=70, exif=exif)
    Image.new("RGB", SIZE, "#d0d4d8").save("plain.png")
    lines = []
    for path in sorted(Path(".").iterdir()):
        if path.suffix in (".jpg", ".png", ".webp", ".tiff"):
            picture = numpy.asarray(Image.open(path).convert("RGB"))
            vector, quality = pdqhash.compute(picture)
            lines.append(f"{path.name} {numpy.packbits(vector).tobytes().hex()}:{quality}\n")
    Path("pdqhash.txt").write_text("".join(lines), encoding="utf8")


main()
