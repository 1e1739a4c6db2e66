#!/usr/bin/env bash
# Checks the example server: its tests, its description against a validator and a property tester, and what it acknowledged
# after it was ended and killed. Needs about five minutes on two cores.
#
#     CONFIGURATION   debug (default) or release
set -euo pipefail
cd "$(dirname "$0")/.."
: "${MODEL:?}" "${CATALOG:=Examples/SampleCatalogue}" "${CONFIGURATION:=debug}"
fail() { echo "check_shop: $1" >&2; exit 1; }

validator=openapi-spec-validator==0.9.0
tester=schemathesis==4.32.5

options=(-c "$CONFIGURATION" --package-path Examples/Shop)
echo "== tests of the server"
if [ "$CONFIGURATION" = release ]; then
    swift build "${options[@]}" --product Shop
else
    # `swift test` has flags of its own, after which `swift build` would build everything once more.
    swift build "${options[@]}" --build-tests --disable-xctest
    if [ "$(uname)" = Linux ]; then
        tests="$(swift build "${options[@]}" --show-bin-path)/ShopPackageTests.xctest"
        # As in run_tests.sh.
        (cd Examples/Shop && env -u SWIFT_DETERMINISTIC_HASHING "$tests" --testing-library swift-testing)
    else
        swift test "${options[@]}" --disable-xctest
    fi
fi
shop="$(swift build "${options[@]}" --show-bin-path)/Shop"

work=$(mktemp -d)
server=
finish() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT

echo "== what was acknowledged is there after SIGTERM and SIGKILL"
python3 Scripts/check_shop_restarts.py "$shop" --catalog "$CATALOG" --weights "$MODEL"

python=$PWD/.demo/python/bin/python
if ! "$python" -c "import schemathesis, openapi_spec_validator" 2>/dev/null; then
    mkdir -p .demo
    python3 -m venv .demo/python 2>/dev/null || fail "Python's venv module is missing (apt: python3-venv)"
    "$python" -m pip install --quiet --disable-pip-version-check "$validator" "$tester"
fi

echo "== the description is OpenAPI"
"$python" -m openapi_spec_validator Examples/Shop/Sources/ShopServer/Description/openapi.json

echo "== the server answers as its description says"
# It ends by itself when this script cannot end it.
SHOP_TOKEN=token timeout 900 "$shop" --index "$work/shop.live" --catalog "$CATALOG" --weights "$MODEL" --port 0 \
    --max-pending-pictures 1000 --log-level warning >"$work/address" 2>"$work/log" &
server=$!
for _ in {1..1200}; do
    [ ! -s "$work/address" ] || break
    kill -0 "$server" 2>/dev/null || { cat "$work/log" >&2; exit 1; }
    sleep 0.1
done
# A seed makes a failure come again. It leaves files where it runs.
scripts=$PWD/Scripts
(cd "$work" && SCHEMATHESIS_HOOKS=schemathesis_hooks PYTHONPATH="$scripts" PYTHONDONTWRITEBYTECODE=1 \
    timeout 400 "$python" -m schemathesis.cli run "$(cat "$work/address")openapi.json" --header "Authorization: Bearer token" \
    --phases examples,coverage,fuzzing --max-examples 25 --seed 1 --max-time 60 --request-timeout 30 --warnings off \
    --suppress-health-check all --generation-database none --no-color --checks \
    not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,response_schema_conformance) \
    || fail "the server answered otherwise than its description says"
# A tester that removes all products may ask for a reload, too.
grep '"level":"error"' "$work/log" | grep -v "The index has no products" >"$work/errors" || true
[ ! -s "$work/errors" ] || { head -5 "$work/errors" >&2; fail "the server logged errors"; }
kill "$server"
wait "$server" || fail "the server did not end well"
server=
echo "The server does what it says."
