#!/usr/bin/env python3
"""Makes countries.txt from Natural Earth's outlines at 1:110m (public domain), as the npm package
world-atlas 2.0.2 (ISC) ships them in TopoJSON:

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz package/countries-110m.json
    python3 data/maps/convert.py package/countries-110m.json > data/maps/countries.txt

A line is a ring: ISO code or -, a tab, then longitude and latitude of its first point and the steps
to each further one, in hundredths of a degree. Which code a name has is read from the gazetteer of
states beside it.
"""
import json
import pathlib
import sys
import tomllib

# Names that Natural Earth writes otherwise than the gazetteer.
OTHERWISE = {
    "Bosnia and Herz.": "BA", "Central African Rep.": "CF", "Congo": "CG", "Czechia": "CZ",
    "Côte d'Ivoire": "CI", "Dem. Rep. Congo": "CD", "Dominican Rep.": "DO", "Eq. Guinea": "GQ",
    "Iran": "IR", "Laos": "LA", "Macedonia": "MK", "Moldova": "MD", "Myanmar": "MM",
    "North Korea": "KP", "Palestine": "PS", "Russia": "RU", "S. Sudan": "SS", "Solomon Is.": "SB",
    "South Korea": "KR", "Syria": "SY", "Taiwan": "TW", "Tanzania": "TZ", "Turkey": "TR",
    "United States of America": "US", "Vietnam": "VN", "eSwatini": "SZ", "Greenland": "GL",
}


def main() -> None:
    here = pathlib.Path(__file__).parent
    states = tomllib.loads((here / "../gazetteers/states.toml").read_text())["state"]
    codes = {name: one["iso"] for one in states for name in [one["name"], *one.get("names", [])]}
    atlas = json.load(open(sys.argv[1], encoding="utf-8"))
    scale, shift = atlas["transform"]["scale"], atlas["transform"]["translate"]

    def arc(number: int) -> list[tuple[float, float]]:
        x = y = 0
        points = []
        for dx, dy in atlas["arcs"][~number if number < 0 else number]:
            x, y = x + dx, y + dy
            points.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
        return points[::-1] if number < 0 else points

    for country in atlas["objects"]["countries"]["geometries"]:
        name = country["properties"]["name"]
        code = OTHERWISE.get(name) or codes.get(name, "-")
        polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        for polygon in polygons:
            points = []
            for number in polygon[0]:
                points += arc(number)[1 if points else 0:]
            rounded = [(round(x * 100), round(y * 100)) for x, y in points]
            steps, last = [], (0, 0)
            for point in rounded:
                if steps and point == last:
                    continue
                steps += [str(point[0] - last[0]), str(point[1] - last[1])]
                last = point
            print(f"{code}\t{' '.join(steps)}")


main()
