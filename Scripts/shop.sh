#!/usr/bin/env bash
# Builds the example server for release, makes what is missing, and serves until SIGTERM or Ctrl-C. Its address is the one
# line on standard output.
#
#     PORT          the port (8080)
#     SHOP_CATALOG  the catalogue with the pictures; Examples/SampleCatalogue where SHOP_INDEX is not given
#     SHOP_INDEX    an index file, a live folder or an engine's address; by default a live folder in .demo, which is made
#                   from the catalogue when it is not there
#     SHOP_TOKEN    what writers send as 'Authorization: Bearer TOKEN'; without it, changes are refused
set -euo pipefail
cd "$(dirname "$0")/.."

if [ -z "${SHOP_INDEX:-}" ]; then
    export SHOP_CATALOG=${SHOP_CATALOG:-Examples/SampleCatalogue}
    mkdir -p .demo
    # Each catalogue has its own.
    place=$(cd "$SHOP_CATALOG" 2>/dev/null && pwd || echo "$SHOP_CATALOG")
    export SHOP_INDEX=".demo/shop-$(cksum <<<"$place" | cut -d ' ' -f 1).live"
fi

options=(-c release --package-path Examples/Shop --product Shop)
case $SHOP_INDEX in
    postgres://* | postgresql://*) options+=(--traits Postgres) ;;
    milvus://* | milvuss://*) options+=(--traits Milvus) ;;
esac
echo "Building the server (the first build takes several minutes)" >&2
swift build "${options[@]}" >&2
exec "$(swift build "${options[@]}" --show-bin-path)/Shop"
