#!/usr/bin/env bash
# The demo with checks: index, stop and resume, similar by id and by picture, filters, report, exit codes.
set -euo pipefail
cd "$(dirname "$0")/.."
: "${CATALOG:=Examples/SampleCatalogue}" "${MODEL:?}" "${OUT:=.demo}"

swift build -c release --product rec-demo
demo="$(swift build -c release --show-bin-path)/rec-demo"
mkdir -p "$OUT"
work=$(mktemp -d "$OUT/check.XXXXXX")
trap 'rm -rf "$work"' EXIT
fail() { echo "check_demo: $1" >&2; exit 1; }

# Runs a command and checks its exit code.
expect() {
    local wanted=$1 code=0
    shift
    "$@" >"$work/out" 2>"$work/err" || code=$?
    [ "$code" -eq "$wanted" ] || { cat "$work/err" >&2; fail "exit code $code instead of $wanted: $*"; }
}
index() { # OUT [OPTION...]
    local out=$1
    shift
    "$demo" index --catalog "$CATALOG" --out "$out" --backbone efficientnet-lite0 --weights "$MODEL" "$@"
}

echo "== index; the sample catalogue lacks a picture on purpose, so the exit code is 1"
expect 1 index "$work/whole.recindex"
cat "$work/err"
grep -q "products indexed" "$work/err" || fail "no report at the end"

echo "== neighbours of every product: JSON Lines in the order of the identifiers, for any number of threads"
expect 0 "$demo" neighbors --index "$work/whole.recindex" --count 3 --threads 1
cp "$work/out" "$work/neighbors"
expect 0 "$demo" neighbors --index "$work/whole.recindex" --count 3 --threads 2
cmp -s "$work/out" "$work/neighbors" || fail "the neighbours depend on the number of threads"
python3 - "$work/neighbors" <<'PYTHON' || fail "the neighbours are not as documented"
import json, sys
rows = [json.loads(line) for line in open(sys.argv[1])]
assert len(rows) > 50 and [row["id"] for row in rows] == sorted(row["id"] for row in rows)
for row in rows:
    scores = [neighbor["score"] for neighbor in row["neighbors"]]
    assert len(scores) == 3 and scores == sorted(scores, reverse=True)
    assert row["id"] not in [neighbor["id"] for neighbor in row["neighbors"]]
PYTHON
expect 64 "$demo" neighbors --index "$work/whole.recindex" --count -1
expect 1 "$demo" neighbors --index "$work/none"

echo "== stopped and resumed, with another number of threads: the same bytes"
"$demo" index --catalog "$CATALOG" --out "$work/resumed.recindex" --backbone efficientnet-lite0 --weights "$MODEL" \
    --threads 1 2>"$work/err" &
pid=$!
for _ in $(seq 200); do
    sleep 0.1
    [ "$(cat "$work/resumed.recindex.journal" 2>/dev/null | wc -c)" -gt 60000 ] && break
done
kill -INT "$pid" 2>/dev/null || true
wait "$pid" || true
[ -s "$work/resumed.recindex.journal" ] || fail "nothing was kept when the command was stopped"
[ ! -e "$work/resumed.recindex" ] || fail "a stopped command left an index"
expect 1 index "$work/resumed.recindex" --threads 2
grep -Eq "[1-9][0-9]* kept from an earlier run" "$work/err" || fail "finished pictures were done again"
cmp "$work/whole.recindex" "$work/resumed.recindex" || fail "the resumed index differs"
[ ! -e "$work/resumed.recindex.journal" ] || fail "the journal is left behind"

echo "== similar"
id=$(awk -F, 'NR == 2 {print $1}' "$CATALOG/styles.csv")
expect 0 "$demo" similar --index "$work/whole.recindex" --id "$id" --count 5 --json
[ "$(wc -l <"$work/out")" -eq 5 ] || fail "not 5 results"
! grep -q "\"id\":\"$id\"" "$work/out" || fail "the product recommends itself"
expect 0 "$demo" similar --index "$work/whole.recindex" --image "$CATALOG/images/$id.jpg" --count 1 --json
grep -q "\"id\":\"$id\"" "$work/out" || fail "a product's own picture does not find it first"
expect 0 "$demo" similar --index "$work/whole.recindex" --id "$id" --where gender=Women --count 1000 --json
women=$("$demo" similar --index "$work/whole.recindex" --id "$id" --count 1000 --json | wc -l)
[ "$(wc -l <"$work/out")" -lt "$women" ] || fail "the filter let everything through"

echo "== errors"
expect 1 "$demo" similar --index "$work/whole.recindex" --id no-such-product
expect 1 "$demo" similar --index "$CATALOG/styles.csv" --id "$id"
expect 64 "$demo" similar --index "$work/whole.recindex"
expect 64 "$demo" index --catalog "$CATALOG" --out "$work/x" --sample 2
printf 'not a picture' >"$work/broken.jpg"
expect 1 "$demo" embed --backbone efficientnet-lite0 --weights "$MODEL" "$CATALOG/images/$id.jpg" "$work/broken.jpg"
grep -q '"embedding":\[' "$work/out" || fail "the good picture has no embedding"
grep -q '"error":{"code":"not-jpeg"' "$work/out" || fail "the broken picture has no error"

echo "== attributes alone, 10 % of each subCategory, the same for the same seed"
expect 0 "$demo" index --catalog "$CATALOG" --out "$work/a" --sample 0.1 --seed 7
expect 0 "$demo" index --catalog "$CATALOG" --out "$work/b" --sample 0.1 --seed 7
cmp "$work/a" "$work/b" || fail "the same seed gives another sample"

echo "== report: its numbers, its ranking at several weights beside the library's, and its script where there is a browser"
expect 0 "$demo" report --index "$work/whole.recindex" --out "$work/gallery.html"
python3 Scripts/check_report.py "$work/gallery.html" --rows 12 --against "$demo" "$work/whole.recindex"
python3 Scripts/check_report_in_browser.py "$work/gallery.html"
expect 0 "$demo" report --index "$work/whole.recindex" --out "$work/gallery.html" --rows 2 --count 3 --image-weight 0.33
python3 Scripts/check_report.py "$work/gallery.html" --rows 2 --start 0.33 --against "$demo" "$work/whole.recindex"
expect 0 "$demo" report --index "$work/a" --out "$work/gallery.html"
python3 Scripts/check_report.py "$work/gallery.html"
echo "The demo does what it says."
