#!/usr/bin/env python3
"""Seconds a page of 600 words, from what the example `proposals` wrote: own_speed.py PROPOSALS"""
import json, sys

lines = [json.loads(line) for line in open(sys.argv[1])]
words = sum(line["words"] for line in lines)
seconds = sum(line["seconds"] for line in lines)
print(f"onrecord: {len(lines)} texts, {words} words, {seconds:.3f} s, {seconds / words * 600 * 1000:.2f} ms a page")
