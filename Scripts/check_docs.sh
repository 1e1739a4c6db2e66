#!/usr/bin/env bash
# Renders the DocC catalogues of the library modules; a link that leads nowhere is an error.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v docc >/dev/null; then
    echo "check_docs: this toolchain has no docc; the documentation is not checked"
    exit 0
fi
# With what traits add, as the tests are built.
swift package --traits AllPictures,Postgres,Milvus dump-symbol-graph --minimum-access-level public >/dev/null
graphs="$(swift build --show-bin-path)/../symbolgraph"
out=.build/docs
mkdir -p "$out"
for module in RecCore RecEvaluation RecNetwork RecImage RecMetadata RecIndex RecPostgres RecMilvus; do
    folder=$(mktemp -d)
    cp "$graphs/$module.symbols.json" "$folder"
    docc convert "Sources/$module/$module.docc" --additional-symbol-graph-dir "$folder" \
        --fallback-display-name "$module" --fallback-bundle-identifier "$module" \
        --output-path "$out/$module.doccarchive" --warnings-as-errors
    rm -rf "$folder"
done
echo "Documentation: $out"
