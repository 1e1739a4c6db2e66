#!/usr/bin/env bash
# Renders the DocC catalogues of the library modules; a link that leads nowhere is an error.
#
#     CONFIGURATION   the build whose modules are described: release (default) or debug
#     TRAITS          the traits of that build, Postgres and Milvus among them
set -euo pipefail
cd "$(dirname "$0")/.."
: "${CONFIGURATION:=release}" "${TRAITS:?}"

if ! command -v docc >/dev/null; then
    echo "check_docs: this toolchain has no docc; the documentation is not checked"
    exit 0
fi
# As run_tests.sh builds the tests on Linux, with what traits add: other flags would build everything once more.
options=(-c "$CONFIGURATION" --traits "$TRAITS" --build-tests --disable-xctest)
swift build "${options[@]}"
products=$(swift build "${options[@]}" --show-bin-path)

# `swift package dump-symbol-graph` would build everything once more, with other flags.
extract=(swift-symbolgraph-extract -minimum-access-level public -I "$products/Modules")
extract+=(-target "$(swiftc -print-target-info | sed -n 's/^ *"unversionedTriple": "\(.*\)",$/\1/p')")
[ "$(uname)" != Darwin ] || extract+=(-sdk "$(xcrun --show-sdk-path)")
for map in Sources/*/module.modulemap "$products"/*.build/module.modulemap; do extract+=(-I "$(dirname "$map")"); done
flags=$(pkg-config --cflags libpq libcurl)
read -ra flags <<<"$flags"
extract+=(${flags[@]+"${flags[@]}"})

out=.build/docs
mkdir -p "$out"
for module in RecCore RecEvaluation RecNetwork RecImage RecMetadata RecIndex RecPostgres RecMilvus; do
    folder=$(mktemp -d)
    "${extract[@]}" -module-name "$module" -output-dir "$folder"
    # Without what the module adds to types of others.
    rm -f "$folder"/*@*.symbols.json
    docc convert "Sources/$module/$module.docc" --additional-symbol-graph-dir "$folder" \
        --fallback-display-name "$module" --fallback-bundle-identifier "$module" \
        --output-path "$out/$module.doccarchive" --warnings-as-errors
    rm -rf "$folder"
done
echo "Documentation: $out"
