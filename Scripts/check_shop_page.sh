#!/usr/bin/env bash
# Tries the page of the example server: the functions of its script with Node.js, and all of it in a headless Chromium with
# the sample catalogue. Either is left out where it is not installed.
#
#     SCREENSHOTS   a folder for pictures of the page
set -euo pipefail
cd "$(dirname "$0")/.."
: "${MODEL:?}" "${CATALOG:=Examples/SampleCatalogue}"

if node --eval "process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)" 2>/dev/null; then
    node --test Examples/Shop/Tests/PageTests
else
    echo "check_shop_page: there is no Node.js, so the script of the page was not tried"
fi

if ! PYTHONPATH=Scripts python3 -c 'import chromium, sys; sys.exit(not chromium.find_browser())'; then
    echo "check_shop_page: there is no Chromium, so the page was not tried in a browser"
    exit 0
fi

work=$(mktemp -d)
server=
finish() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT

demo=$(Scripts/rec_demo.sh)
# The sample catalogue lacks a picture on purpose, which makes the exit code 1.
"$demo" index --catalog "$CATALOG" --out "$work/index" --backbone efficientnet-lite0 --weights "$MODEL" 2>"$work/log" \
    || { code=$?; [ $code -eq 1 ] && [ -f "$work/index" ] || { cat "$work/log" >&2; exit $code; }; }

# As check_shop.sh builds it; other flags would build everything once more.
options=(--package-path Examples/Shop --build-tests --disable-xctest)
swift build "${options[@]}"
shop="$(swift build "${options[@]}" --show-bin-path)/Shop"
# It ends by itself when this script cannot end it.
timeout 1500 "$shop" --index "$work/index" --catalog "$CATALOG" --port 0 >"$work/address" 2>"$work/log" &
server=$!
for _ in {1..600}; do
    [ ! -s "$work/address" ] || break
    kill -0 "$server" 2>/dev/null || { cat "$work/log" >&2; exit 1; }
    sleep 0.1
done
python3 Scripts/check_shop_in_browser.py "$(cat "$work/address")" --demo "$demo" --index "$work/index" \
    --picture "$CATALOG/images/10002.jpg" ${SCREENSHOTS:+--screenshots "$SCREENSHOTS"}
