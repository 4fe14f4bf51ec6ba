#!/usr/bin/env bash
# Linkage of persons against Splink 5 on DuckDB: the same rows, columns, levels, rules and training,
# run in turns on one machine; prints CPU seconds, wall, peak memory, precision, recall, F1.
#
# usage: run.sh [FOLDER] [SETS]     SETS out of: 10k 100k 1m febrl4 historical_50k
# ROUNDS (default 3) says how often the two take turns; 1m runs once.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
work=${1:-$root/target/peers-linkage}
sets=${2:-"10k 100k febrl4 historical_50k"}
rounds=${ROUNDS:-3}
mkdir -p "$work/results"
cd "$work"

[ -x venv/bin/python ] || python3 -m venv venv
venv/bin/pip install --quiet "splink>=5,<6" "duckdb>=1.4" pyarrow numpy pandas recordlinkage
cargo build --quiet --release --manifest-path "$root/Cargo.toml" -p onrecord-link --example people_link
ours=${CARGO_TARGET_DIR:-$root/target}/release/examples/people_link
python() { PYTHONPATH=$here RESULTS=$work/results "$work/venv/bin/python" "$@"; }

victims() { # name, expected rows
    [ -s "$1.tsv" ] && return
    python "$here/gen_victims.py" "$2" "$1.parquet"
    python "$here/prep.py" "$1.parquet" "$1.prep.parquet"
    python "$here/to_tsv.py" victims "$1.prep.parquet" "$1.tsv"
}

summary() { # a result file of Splink
    venv/bin/python - "$1" <<'PY'
import json, sys
result = json.load(open(sys.argv[1]))
total, quality = result["total"], result["quality"]
print(f"  Splink   cpu {total['cpu_s']:.3f} s wall {total['wall_s']:.3f} s peak {total['peak_rss_mb']} MB  "
      f"precision {quality['precision']:.4f} recall {quality['recall']:.4f} F1 {quality['f1']:.4f} "
      f"recall at precision .99 {quality['recall_at_p99']:.4f}")
PY
}

own() { # job, rows
    "$ours" "$here/$1.toml" "$2.tsv" 2 | grep -E '^(TOTAL|pairs:|persons:)' | sed 's/^/  onrecord /'
}

for set in $sets; do
    turns=$rounds
    case $set in
        10k) victims 10k 10000 ;;
        100k) victims 100k 100000 ;;
        1m) victims 1m 1000000; turns=1 ;;
        febrl4) [ -s febrl4.tsv ] || python "$here/to_tsv.py" febrl4 febrl4.tsv ;;
        historical_50k)
            file=historical_figures_with_errors_50k.parquet
            [ -s "$file" ] || curl --fail --silent --show-error --location --output "$file" \
                "https://raw.githubusercontent.com/moj-analytical-services/splink_datasets/master/data/$file"
            [ -s historical_50k.tsv ] || python "$here/to_tsv.py" historical_50k "$file" historical_50k.tsv ;;
        *) echo "no set $set" >&2; exit 2 ;;
    esac
    for turn in $(seq "$turns"); do
        echo "== $set, turn $turn, load $(cut -d' ' -f1 /proc/loadavg)"
        case $set in
            febrl4)
                python "$here/splink_febrl4.py" >/dev/null 2>&1; summary results/splink_febrl4.json
                own febrl4 febrl4 ;;
            historical_50k)
                python "$here/splink_h50k.py" "$file" >/dev/null 2>&1; summary results/splink_h50k.json
                own historical_50k historical_50k ;;
            *)
                python "$here/splink_victims.py" "$set.prep.parquet" "$set.parquet.truth.json" "$set" >/dev/null 2>&1
                summary "results/splink_$set.json"
                own victims "$set" ;;
        esac
    done
    case $set in
        10k | 100k | 1m)
            echo "== $set, beyond the peer: whole event dates, frequencies of places, lists, grouping"
            own victims_more "$set" ;;
    esac
done
