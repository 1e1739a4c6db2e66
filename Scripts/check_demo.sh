#!/usr/bin/env bash
# The demo with checks: index, stop and resume, similar by id and by picture, filters, evaluation, report,
# exit codes.
set -euo pipefail
cd "$(dirname "$0")/.."
: "${CATALOG:=Examples/SampleCatalogue}" "${MODEL:?}" "${OUT:=.demo}"

demo=$(Scripts/rec_demo.sh)
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
grep -q "pictures: 1 missing, 0 broken" "$work/err" || fail "a picture of some format is broken"

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

echo "== recommend: pages follow each other, parts add up, groups hold, reasons name a like"
likes=(--like "$id=2" --like "$(awk -F, 'NR == 30 {print $1}' "$CATALOG/styles.csv")" \
    --dislike "$(awk -F, 'NR == 60 {print $1}' "$CATALOG/styles.csv")")
shape=(--group-by baseColour --per-group 2 --diversity 0.3 --where gender!=Women --explain --json)
: >"$work/pages"
for offset in 0 4 8; do
    expect 0 "$demo" recommend --index "$work/whole.recindex" "${likes[@]}" "${shape[@]}" --count 4 --offset "$offset"
    cat "$work/out" >>"$work/pages"
done
expect 0 "$demo" recommend --index "$work/whole.recindex" "${likes[@]}" "${shape[@]}" --count 12
cmp -s "$work/out" "$work/pages" || fail "pages are not parts of the whole answer"
python3 - "$work/out" "$CATALOG/styles.csv" "${likes[@]}" <<'PYTHON' || fail "the recommendations are not as documented"
import collections, csv, json, sys
rows = [json.loads(line) for line in open(sys.argv[1])]
products = {row["id"]: row for row in csv.DictReader(open(sys.argv[2], encoding="utf-8"))}
liked = {value.split("=")[0] for option, value in zip(sys.argv[3::2], sys.argv[4::2]) if option == "--like"}
given = {value.split("=")[0] for value in sys.argv[4::2]}
assert [row["rank"] for row in rows] == list(range(1, 13))
assert max(collections.Counter(products[row["id"]]["baseColour"] for row in rows).values()) <= 2
for row in rows:
    assert abs(sum(row["parts"].values()) - row["score"]) < 1e-6, row
    assert row["because"] in liked and row["id"] not in given
    assert 0 <= row["percentile"] <= 100
    assert products[row["id"]]["gender"] != "Women"
PYTHON
expect 64 "$demo" recommend --index "$work/whole.recindex"
expect 64 "$demo" recommend --index "$work/whole.recindex" --like "$id" --where 'year<soon'
expect 1 "$demo" recommend --index "$work/whole.recindex" --like "$id" --group-by nothing

echo "== publish: a copy answers as the index does; a second run has nothing to do"
expect 0 "$demo" publish --index "$work/whole.recindex" --to "$work/copy" --json
grep -Eq '^\{"written":[1-9][0-9]*,"unchanged":0,"removed":0\}$' "$work/out" || fail "publish wrote nothing"
expect 0 "$demo" publish --index "$work/whole.recindex" --to "$work/copy" --json
grep -Eq '^\{"written":0,"unchanged":[1-9][0-9]*,"removed":0\}$' "$work/out" || fail "publish wrote what was there"
for index in whole.recindex copy; do
    "$demo" recommend --index "$work/$index" "${likes[@]}" --explain --json >"$work/$index.answer"
done
cmp "$work/whole.recindex.answer" "$work/copy.answer" || fail "the copy answers otherwise"

echo "== the same in a table of PostgreSQL"
server=$(mktemp -d)
database=$(Scripts/servers/postgres.sh start "$server" 0 --while $$)
expect 0 "$demo" publish --index "$work/whole.recindex" --to "$database?table=shop" --json
expect 0 "$demo" publish --index "$work/whole.recindex" --to "$database?table=shop" --json
grep -Eq '^\{"written":0,"unchanged":[1-9][0-9]*,"removed":0\}$' "$work/out" || fail "publish wrote what was there"
"$demo" recommend --index "$database?table=shop" "${likes[@]}" --explain --json >"$work/table.answer"
cmp "$work/whole.recindex.answer" "$work/table.answer" || fail "the table answers otherwise"
for index in "$work/whole.recindex" "$database?table=shop"; do
    "$demo" similar --index "$index" --image "$CATALOG/images/$id.jpg" --where gender=Women --json
done >"$work/both"
[ "$(sort -u "$work/both" | wc -l)" -eq 10 ] || fail "the table finds others by picture"
for command in "neighbors --count 3" "weights --relevant-by usage --json" \
    "evaluate --relevant-by year --json" "report --rows 3 --out $work/page.html"; do
    read -ra words <<<"$command"
    for index in "$work/whole.recindex" "$database?table=shop"; do
        expect 0 "$demo" "${words[@]}" --index "$index"
        # The page names its index.
        [ "${words[0]}" != report ] || sed 's|<dt>Index</dt><dd>[^<]*||' "$work/page.html" >"$work/out"
        cksum <"$work/out"
    done >"$work/both"
    [ "$(sort -u "$work/both" | wc -l)" -eq 1 ] || fail "the table answers '$command' otherwise"
done
expect 1 "$demo" publish --index "$work/whole.recindex" --to "$database?table=shop" --approximate
expect 1 "$demo" similar --index "$database?table=shop&candidates=100" --id "$id"
expect 0 "$demo" publish --index "$work/whole.recindex" --to "$database?table=graph" --approximate
for index in "$work/whole.recindex" "$database?table=graph&candidates=300"; do
    "$demo" similar --index "$index" --id "$id" --json
done >"$work/both"
[ "$(sort -u "$work/both" | wc -l)" -eq 10 ] || fail "the graph misses products of a small table"
expect 1 "$demo" similar --index "$database?table=none" --id "$id"
expect 64 "$demo" similar --index "$database" --id "$id"
Scripts/servers/postgres.sh stop "$server"

echo "== errors"
expect 1 "$demo" similar --index "$work/whole.recindex" --id no-such-product
expect 1 "$demo" similar --index "$CATALOG/styles.csv" --id "$id"
expect 64 "$demo" similar --index "$work/whole.recindex"
expect 64 "$demo" index --catalog "$CATALOG" --out "$work/x" --sample 2
printf 'not a picture' >"$work/broken.jpg"
expect 1 "$demo" embed --backbone efficientnet-lite0 --weights "$MODEL" "$CATALOG/images/$id.jpg" "$work/broken.jpg"
grep -q '"embedding":\[' "$work/out" || fail "the good picture has no embedding"
grep -q '"error":{"code":"not-jpeg"' "$work/out" || fail "the broken picture has no error"
head -c 3000 "$CATALOG/images/$id.jpg" >"$work/cut.jpg"
expect 1 "$demo" embed --backbone efficientnet-lite0 --weights "$MODEL" "$work/cut.jpg"
grep -q '"error":{"code":"truncated-image"' "$work/out" || fail "the cut picture has no error"
expect 0 "$demo" embed --backbone efficientnet-lite0 --weights "$MODEL" --damaged accept "$work/cut.jpg"

echo "== attributes alone, 10 % of each subCategory, the same for the same seed"
expect 0 "$demo" index --catalog "$CATALOG" --out "$work/a" --sample 0.1 --seed 7
expect 0 "$demo" index --catalog "$CATALOG" --out "$work/b" --sample 0.1 --seed 7
cmp "$work/a" "$work/b" || fail "the same seed gives another sample"

echo "== evaluate: the figures are those of the neighbours, computed anew"
expect 1 index "$work/held.recindex" --attributes gender,baseColour,season,usage
for weight in 1 0.8 0; do
    expect 0 "$demo" neighbors --index "$work/held.recindex" --count 10 --image-weight $weight
    cp "$work/out" "$work/neighbors.$weight"
done
evaluate() { "$demo" evaluate --index "$work/held.recindex" --relevant-by articleType "$@"; }
expect 0 evaluate --json --threads 2 --near-duplicates 0.95
cp "$work/out" "$work/evaluation"
expect 0 evaluate --json --threads 1 --near-duplicates 0.95
cmp -s "$work/out" "$work/evaluation" || fail "the evaluation depends on the number of threads"
python3 Scripts/check_evaluation.py "$work/evaluation" "$CATALOG/styles.csv" articleType \
    image="$work/neighbors.1" metadata="$work/neighbors.0" fused="$work/neighbors.0.8" \
    || fail "the evaluation is not what the neighbours say"
expect 0 evaluate --json --image-weight 1
python3 - "$work/out" "$work/evaluation" <<'PYTHON' || fail "one weight alone gives other figures"
import json, sys
alone, compared = (json.load(open(path)) for path in sys.argv[1:])
assert "systems" not in alone and all(alone[name] == value for name, value in compared["systems"]["image"].items())
PYTHON
python3 - "$work/evaluation" <<'PYTHON' || fail "pictures and attributes together are no better than either"
import json, sys
together = json.load(open(sys.argv[1]))
for alone in together["systems"].values():
    assert all(together[metric] > alone[metric] for metric in ("precision@10", "ndcg@10", "map@10"))
PYTHON
expect 0 evaluate --attribute-weight season=0 --attribute-weight usage=2 --image-weight 0.8 --json
! cmp -s "$work/out" "$work/evaluation" || fail "weights of attributes make no difference"
expect 64 evaluate --attribute-weight season=-1
expect 0 evaluate --sample 20 --seed 3
grep -q "precision@10.*\[0" "$work/out" || fail "no table"
expect 1 evaluate --relevant-by baseColour
grep -q "cannot judge" "$work/err" || fail "an attribute judges its own score"
expect 0 evaluate --relevant-by baseColour --hold-out baseColour --json
expect 0 evaluate --relevant-by baseColour --image-weight 1 --json
expect 1 evaluate --relevant-by no-such-attribute
expect 1 evaluate --hold-out no-such-attribute
expect 64 evaluate --count 0
expect 64 "$demo" evaluate --index "$work/held.recindex"

echo "== weights: learned ones are recommended only where they are better on products that were not learned from"
weights() { "$demo" weights --index "$work/held.recindex" --relevant-by articleType "$@"; }
expect 0 weights --json
cp "$work/out" "$work/weights"
expect 0 weights --json
cmp -s "$work/out" "$work/weights" || fail "the learned weights are not the same each time"
python3 - "$work/weights" <<'PYTHON' || fail "the weights are not as documented"
import json, sys
report = json.load(open(sys.argv[1]))
assert set(report["attribute-weights"]) == {"gender", "baseColour", "season", "usage"}
improved = report["gain"][1] > 0
assert report["verdict"] == ("improved" if improved else "no-improvement")
assert improved or report["image-weight"] == 0.8 and set(report["attribute-weights"].values()) == {1}
gain, learned, equal = report["gain"][0], report["learned"]["ndcg@10"][0], report["equal"]["ndcg@10"][0]
assert abs(gain - (learned - equal)) < 1e-9
PYTHON
expect 0 weights
expect 1 weights --relevant-by no-such-attribute
expect 64 weights --count 0

echo "== report: its numbers, its ranking at several weights beside the library's, and its script where there is a browser"
expect 0 "$demo" report --index "$work/whole.recindex" --out "$work/gallery.html"
python3 Scripts/check_report.py "$work/gallery.html" --rows 12 --against "$demo" "$work/whole.recindex"
python3 Scripts/check_report_in_browser.py "$work/gallery.html"
expect 0 "$demo" report --index "$work/whole.recindex" --out "$work/gallery.html" --rows 2 --count 3 --image-weight 0.33
python3 Scripts/check_report.py "$work/gallery.html" --rows 2 --start 0.33 --against "$demo" "$work/whole.recindex"
expect 0 "$demo" report --index "$work/a" --out "$work/gallery.html"
python3 Scripts/check_report.py "$work/gallery.html"
echo "The demo does what it says."
