#!/bin/sh
# Who finds copies how well and how fast: onrecord, datasketch and rensa on the same documents, in
# one run, in turn. Prints CPU seconds, documents per CPU second, memory, precision and recall.
#
#   compare.sh NEARDUP PEERS TEXTS N [SEED]
#
# NEARDUP  program made from neardup.rs of the reading benchmarks: `rustc -O neardup.rs`
# PEERS    neardup_py.py of the same; needs `pip install datasketch rensa` in the python on PATH
# TEXTS    a file of running text whose words the documents are made of
# N        documents; datasketch is given the first tenth of them, as its cost grows with each
set -eu
neardup=$1 peers=$2 texts=$3 n=$4 seed=${5:-1}
cd "$(dirname "$0")/../../.."
export GLIBC_TUNABLES=glibc.malloc.hugetlb=1 PYTHONMALLOC=malloc
cargo build --release -q -p onrecord-link --example lineage_measure
measure=${CARGO_TARGET_DIR:-target}/release/examples/lineage_measure
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
"$neardup" gen "$texts" "$n" "$seed" "$work/docs.tsv"
for turn in 1 2; do
    echo "turn $turn"
    "$measure" "$work/docs.tsv"
    python3 "$peers" rensa "$work/docs.tsv" "$work/rensa"
    "$neardup" pairs "$work/docs.tsv" "$work/rensa"
    python3 "$peers" datasketch "$work/docs.tsv" "$work/datasketch" $((n / 10))
done
"$measure" "$work/docs.tsv" one-by-one
