#!/usr/bin/env python3
"""How well pictures that were saved anew are told from others by their looks (docs/reading/pictures.md).

    likeness.py PROGRAM FOLDER...

PROGRAM is the example `likeness` of the crate onrecord-read; each FOLDER holds pictures, no two of them
alike. Each is changed by Pillow in the ways in which pictures travel. Prints, for each change, how
many pictures are found again, and how near those come that have nothing to do with each other; for
a sample, by how many bits the hash differs from the one that PDQ's own program makes (PyPI: pdqhash)."""
import itertools
import random
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy
import pdqhash
from PIL import Image, ImageDraw, ImageEnhance, ImageOps

Image.MAX_IMAGE_PIXELS = None
BOUND, LEAST_QUALITY = 31, 50


def resized(picture, side):
    scale = side / max(picture.size)
    return picture.resize([max(1, round(one * scale)) for one in picture.size], Image.Resampling.LANCZOS)


def cropped(picture, share):
    across, down = (round(one * share / 2) for one in picture.size)
    return picture.crop((across, down, picture.width - across, picture.height - down))


def written_on(picture):
    copy = picture.copy()
    size = max(12, picture.height // 20)
    ImageDraw.Draw(copy).text((size, picture.height - 2 * size), "Example News", fill="white", font_size=size)
    return copy


CHANGES = {
    "JPEG, quality 30": (lambda one: one, "jpg", {"quality": 30}),
    "WebP, quality 40": (lambda one: one, "webp", {"quality": 40}),
    "1,280 dots, quality 75 (messengers)": (lambda one: resized(one, 1280), "jpg", {"quality": 75}),
    "320 dots, quality 60": (lambda one: resized(one, 320), "jpg", {"quality": 60}),
    "grey": (ImageOps.grayscale, "jpg", {"quality": 80}),
    "a quarter brighter": (lambda one: ImageEnhance.Brightness(one).enhance(1.25), "jpg", {"quality": 80}),
    "a line written on it": (written_on, "jpg", {"quality": 80}),
    "1 % cut off": (lambda one: cropped(one, 0.01), "jpg", {"quality": 80}),
    "2 % cut off": (lambda one: cropped(one, 0.02), "jpg", {"quality": 80}),
    "5 % cut off": (lambda one: cropped(one, 0.05), "jpg", {"quality": 80}),
    "10 % cut off": (lambda one: cropped(one, 0.10), "jpg", {"quality": 80}),
    "mirrored": (ImageOps.mirror, "jpg", {"quality": 80}),
}


def hashes(program, paths):
    out = {}
    for at in range(0, len(paths), 200):
        said = subprocess.run([program, *map(str, paths[at : at + 200])], check=True, capture_output=True, text=True)
        for line in said.stdout.splitlines():
            name, hashed, took = line.split("\t")
            if hashed != "none":
                bits, quality = hashed.split(":")
                out[Path(name)] = (int(bits, 16), int(quality), float(took))
    return out


def main():
    program, folders = sys.argv[1], [Path(one) for one in sys.argv[2:]]
    kinds = {".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff"}
    paths = sorted(path for folder in folders for path in folder.rglob("*") if path.suffix.lower() in kinds)
    found = hashes(program, paths)
    telling = [path for path in paths if path in found and found[path][1] >= LEAST_QUALITY]
    print(f"{len(paths)} pictures, {len(found)} with a hash, {len(telling)} of them not too plain")
    apart = lambda one, other: (one ^ other).bit_count()
    with tempfile.TemporaryDirectory() as work:
        sample = random.Random(1).sample(telling, min(len(telling), 60))
        for change, (make, ending, options) in CHANGES.items():
            made = {}
            for number, path in enumerate(sample):
                # Opaque: what lies behind a picture is not told by it.
                picture = ImageOps.exif_transpose(Image.open(path)).convert("RGBA")
                picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture).convert("RGB")
                made[path] = Path(work) / f"{number}.{ending}"
                make(resized(picture, 2400) if max(picture.size) > 2400 else picture).save(made[path], **options)
            now = hashes(program, list(made.values()))
            far = sorted(apart(found[path][0], now[to][0]) for path, to in made.items())
            within = sum(1 for one in far if one <= BOUND)
            print(f"{change}: {within} of {len(far)} found; bits apart: median {far[len(far) // 2]}, most {far[-1]}")
        theirs = []
        for path in sample:
            picture = Image.open(path).convert("RGB").resize((480, 320))
            picture.save(Path(work) / "same.png")
            vector, _ = pdqhash.compute(numpy.asarray(picture))
            ours = hashes(program, [Path(work) / "same.png"])[Path(work) / "same.png"]
            theirs.append(apart(ours[0], int(numpy.packbits(vector).tobytes().hex(), 16)))
        print(f"against PDQ's own program at 480 by 320 dots: {sorted(theirs)[-1]} bits at most")
    pairs = [(apart(found[a][0], found[b][0]), a, b) for a, b in itertools.combinations(telling, 2)]
    near = sorted(pair for pair in pairs if pair[0] <= BOUND)
    print(f"{len(pairs)} pairs that have nothing to do with each other: {len(near)} look alike, nearest {min(pairs)[0]}")
    for far, one, other in near[:20]:
        print(f"  {far} {one} {other}")
    took = sorted(one[2] for one in found.values())
    print(f"milliseconds a picture: median {took[len(took) // 2]:.0f}, most {took[-1]:.0f}")


main()
