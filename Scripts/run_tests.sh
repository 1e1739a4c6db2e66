#!/usr/bin/env bash
# Builds the tests and runs them, in three processes at a time.
#
# Each process runs one test after another: Swift Testing watches the child processes of exit tests in a loop that keeps a
# processor busy until the test that started one has its turn, which takes long behind a thousand others.
#
#     CONFIGURATION   debug (default) or release
#     TRAITS          the traits to build with
set -euo pipefail
cd "$(dirname "$0")/.."
: "${CONFIGURATION:=debug}" "${TRAITS:?}"

options=(-c "$CONFIGURATION" --traits "$TRAITS")

if [ "$(uname)" != Linux ]; then
    [ "$CONFIGURATION" = debug ] || options+=(--disable-testable-imports)
    exec swift test "${options[@]}" --disable-xctest --no-parallel
fi

echo "== Building the tests, $CONFIGURATION"
# `swift test` has flags of its own, after which `swift build` would build everything once more.
swift build "${options[@]}" --build-tests --disable-xctest
tests="$(swift build "${options[@]}" --show-bin-path)/swift-recommendPackageTests.xctest"

# Each group takes about as long; that with servers mostly waits for them. A target that none names is in the last one.
pictures='^(RecImage|RecMath|RecMetadata|RecNetwork|RecONNX)Tests\.'
servers='^(RecDemo|RecEngines|RecMilvus|RecPostgres)Tests\.'
outputs=$(mktemp -d)
# Files that tests leave behind go with it. Servers run as other users and need to pass.
export TMPDIR=$outputs/files
chmod 755 "$outputs"
mkdir -m 1777 "$TMPDIR"
processes=()
finish() {
    for process in ${processes[@]+"${processes[@]}"}; do kill "$process" 2>/dev/null || true; done
    # Servers that are still ending may write.
    rm -rf "$outputs" || rm -rf "$outputs" || true
}
trap finish EXIT
run() {
    local output=$outputs/$1
    shift
    "$tests" --testing-library swift-testing --no-parallel "$@" >"$output" 2>&1 &
    processes+=($!)
}

# For builds alone: tests should see other orders of sets in each run.
unset SWIFT_DETERMINISTIC_HASHING
echo "== Running the tests, $CONFIGURATION"
# The servers of Milvus and the cases of ONNX keep a processor busy for minutes: they have their turn in release alone.
pictures_skipped=() servers_skipped=()
if [ "$CONFIGURATION" = debug ]; then
    pictures_skipped=(--skip '^RecONNXTests\.ConformanceTests/')
    servers_skipped=(--skip '^RecMilvusTests\.')
fi
run 1 --filter "$pictures" ${pictures_skipped[@]+"${pictures_skipped[@]}"}
run 2 --filter "$servers" ${servers_skipped[@]+"${servers_skipped[@]}"}
run 3 --skip "$pictures" --skip "$servers"
result=0
for process in "${processes[@]}"; do wait "$process" || result=$?; done
processes=()
for output in "$outputs"/[0-9]*; do
    # What failed, and the end, which says it when the process crashed.
    [ "$result" -eq 0 ] || { grep -A 12 '✘' "$output" || true; } | head -n 400
    tail -n "$([ "$result" -eq 0 ] && echo 1 || echo 30)" "$output"
done
exit "$result"
