#!/usr/bin/env bash
# The tour: build, index a catalogue, recommend, write the gallery page.
set -euo pipefail
cd "$(dirname "$0")/.."
: "${CATALOG:=Examples/SampleCatalogue}" "${MODEL:?}" "${OUT:=.demo}"

echo "== Building rec-demo (the first build takes a few minutes)"
swift build -c release --product rec-demo
demo="$(swift build -c release --show-bin-path)/rec-demo"
mkdir -p "$OUT"

echo "== Indexing $CATALOG"
# A broken picture is reported and makes the exit code 1; the index is complete all the same.
"$demo" index --catalog "$CATALOG" --out "$OUT/catalogue.recindex" --backbone efficientnet-lite0 --weights "$MODEL" \
    || [ $? -eq 1 ]

id=$(awk -F, 'NR == 2 {print $1}' "$CATALOG/styles.csv")
echo "== Products similar to $id"
"$demo" similar --index "$OUT/catalogue.recindex" --id "$id" --count 5

echo "== Gallery"
"$demo" report --index "$OUT/catalogue.recindex" --out "$OUT/gallery.html"
echo "Open $OUT/gallery.html in a browser."
