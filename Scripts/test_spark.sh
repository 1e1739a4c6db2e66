#!/usr/bin/env bash
# The example for Spark on a master with two workers: the sample catalogue, with one worker killed half-way, must give
# the vectors of a local run, bit for bit, and an index of the same bytes.
#
# Left out where there is no Java.
set -euo pipefail
cd "$(dirname "$0")/.."
: "${CATALOG:=Examples/SampleCatalogue}" "${MODEL:?}" "${OUT:=.demo}"

if ! command -v java >/dev/null; then
    echo "Without Java the test of Examples/Spark is left out." >&2
    exit 0
fi

demo=$(Scripts/rec_demo.sh)
mkdir -p "$OUT"
MODEL=$(realpath "$MODEL")
servers="$OUT/spark"
work=$(cd "$OUT" && mktemp -d "$PWD/spark.XXXXXX")
trap 'Scripts/servers/spark.sh stop "$servers"; rm -rf "$work"' EXIT
fail() { echo "test_spark: $1" >&2; exit 1; }
seconds() { echo "   ($((SECONDS - started)) s)"; started=$SECONDS; }
started=$SECONDS

echo "== Spark: a master and two workers"
python=$(Scripts/servers/spark.sh fetch)
master=$(Scripts/servers/spark.sh start "$servers")
export SPARK_LOCAL_IP=127.0.0.1 PYSPARK_PYTHON="$python"
seconds

echo "== a local run, with a picture that is none and one that is not there"
root="$work/catalogue"
cp -r "$CATALOG" "$root"
printf 'not a picture' >"$root/images/broken é '.jpg"
(cd "$root" && ls images/*; echo images/absent.jpg) | LC_ALL=C sort -r >"$work/names"
embed=("$demo" embed --backbone efficientnet-lite0 --weights "$MODEL")
mkdir "$work/local"
code=0
(cd "$root" && "${embed[@]}" --from-stdin --recipe "$work/local/_recipe.json") \
    <"$work/names" >"$work/local/rows.jsonl" 2>"$work/messages" || code=$?
[ "$code" -eq 1 ] || { cat "$work/messages" >&2; fail "the local run ended with $code instead of 1"; }
seconds

echo "== the same with Spark; a worker is killed half-way"
"$python" Examples/Spark/embed_catalogue.py --master "$master" --names "file://$work/names" \
    --root "$root" --out "file://$work/out" --rec-demo "$demo" --weights "$MODEL" --partitions 24 \
    >"$work/summary" 2>"$work/job.log" &
job=$!
# A task that has ended waits in this folder for the end of the job.
ended() { find "$work/out/_temporary/0" -maxdepth 1 -name 'task_*' 2>/dev/null | wc -l; }
for _ in $(seq 6000); do
    [ "$(ended)" -ge 4 ] && break
    kill -0 "$job" 2>/dev/null || break
    sleep 0.05
done
killed_after=$(ended)
kill -9 "$(cat "$servers/worker1.pid")"
rm "$servers/worker1.pid"
wait "$job" || { grep -vE "^\s+at " "$work/job.log" | tail -60 >&2; fail "the job failed"; }
cat "$work/summary"
[ "$killed_after" -ge 4 ] && [ "$killed_after" -lt 24 ] || fail "the worker was killed after $killed_after of 24 tasks"
grep -qiE "worker lost|Lost executor|Executor .* is lost|removed: Worker" "$work/job.log" \
    || fail "the job lost no executor"
echo "   killed after $killed_after of 24 tasks"
seconds

echo "== the rows are those of the local run, bit for bit; pictures by a command, and programs that fail"
"$python" Scripts/check_spark_rows.py "$work/out" "$work/local" "$root" "${embed[@]}"
seconds

echo "== the index has the bytes of one that was built directly"
index() { # OUT [OPTION...]
    local out=$1 code=0
    shift
    "$demo" index --catalog "$root" --out "$out" --weights "$MODEL" "$@" >"$work/messages" 2>&1 || code=$?
    # A picture is missing on purpose.
    [ "$code" -eq 1 ] || { cat "$work/messages" >&2; fail "index ended with $code instead of 1"; }
}
index "$work/direct" --backbone efficientnet-lite0
index "$work/from-spark" --embeddings "$work/out"
grep -q "embeddings: 188 read, 2 without a product, 0 unreadable" "$work/messages" \
    || { cat "$work/messages" >&2; fail "the report is another"; }
cmp "$work/direct" "$work/from-spark" || fail "the index from Spark differs"
index "$work/from-lines" --embeddings "$work/local"
cmp "$work/direct" "$work/from-lines" || fail "the index from JSON Lines differs"
seconds
echo "Spark gives what a local run gives."
