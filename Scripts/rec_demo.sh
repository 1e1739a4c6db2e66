#!/usr/bin/env bash
# Prints the path of a release build of rec-demo: REC_DEMO, or one that it makes.
#
#     TRAITS   the traits to build with
set -euo pipefail
cd "$(dirname "$0")/.."
if [ -z "${REC_DEMO:-}" ]; then
    options=(-c release ${TRAITS:+--traits "$TRAITS"})
    swift build "${options[@]}" --product rec-demo >&2
    REC_DEMO="$(swift build "${options[@]}" --show-bin-path)/rec-demo"
fi
realpath "$REC_DEMO"
