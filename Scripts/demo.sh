#!/usr/bin/env bash
# The tour: build, index a catalogue, recommend, write the gallery page.
set -euo pipefail
cd "$(dirname "$0")/.."
: "${CATALOG:=Examples/SampleCatalogue}" "${MODEL:?}" "${OUT:=.demo}"

[ -f "$CATALOG/styles.csv" ] || { echo "demo: there is no $CATALOG/styles.csv" >&2; exit 1; }

echo "== Building rec-demo (the first build takes a few minutes)"
swift build -c release --traits AllPictures --product rec-demo
demo="$(swift build -c release --traits AllPictures --show-bin-path)/rec-demo"
mkdir -p "$OUT"

echo "== Indexing $CATALOG"
# The sample catalogue lacks a picture on purpose. What is missing is reported and makes the exit code 1; the index is
# complete all the same.
"$demo" index --catalog "$CATALOG" --out "$OUT/catalogue.recindex" --backbone efficientnet-lite0 --weights "$MODEL" \
    || { code=$?; [ $code -eq 1 ] && [ -f "$OUT/catalogue.recindex" ] || exit $code; }

id=$(awk -F, 'NR == 2 {print $1}' "$CATALOG/styles.csv")
echo "== Products similar to $id"
"$demo" similar --index "$OUT/catalogue.recindex" --id "$id" --count 5

echo "== Gallery"
"$demo" report --index "$OUT/catalogue.recindex" --out "$OUT/gallery.html"
echo "Open $OUT/gallery.html in a browser."
