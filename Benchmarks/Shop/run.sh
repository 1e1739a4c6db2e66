#!/usr/bin/env bash
# Builds the example server for release and loads it beside a rival, or soaks it: see Benchmarks/README.md.
#
#     run.sh load [--rounds N ...]      with wrk, in turns with FastAPI, ONNX Runtime and an index
#     run.sh soak [--minutes N ...]     reads and changes, stops and kills; two minutes by default
#
# REC_SHARED_DATA names the folder of the real data (or ../shared/data beside the package), SHOP_CATALOG a catalogue in
# the Kaggle layout; without either, the sample catalogue is served. SHOP_PYTHON names a Python that has
# requirements.txt, REC_DEMO a release build of rec-demo.
set -euo pipefail
cd "$(dirname "$0")"
root=$(cd ../.. && pwd)
what=${1:?load or soak}
shift

echo "Building the server as its image does (the first build takes several minutes)" >&2
build=(swift build --package-path "$root/Examples/Shop" -c release --product Shop --static-swift-stdlib)
"${build[@]}" >&2
program="$("${build[@]}" --show-bin-path)/Shop"
export PYTHONDONTWRITEBYTECODE=1

if [ "$what" = soak ]; then
    exec python3 -m soak "$program" "$@"
fi

if ! command -v wrk >/dev/null; then
    as_root=()
    [ "$(id -u)" -eq 0 ] || as_root=(sudo)
    ${as_root[@]+"${as_root[@]}"} apt-get install --yes --quiet wrk >&2 || {
        echo "Install wrk (apt: wrk), which makes the load." >&2
        exit 1
    }
fi

cache="$root/Benchmarks/.cache/shop"
mkdir -p "$cache"
python="${SHOP_PYTHON:-}"
if [ -z "$python" ]; then
    python="$cache/venv/bin/python"
    if ! cmp -s requirements.txt "$cache/venv/installed.txt"; then
        echo "Installing the rival into Benchmarks/.cache/shop/venv" >&2
        python3 -m venv "$cache/venv" || { echo "Install Python's venv module (apt: python3-venv)." >&2; exit 1; }
        "$python" -m pip install --quiet --upgrade --requirement requirements.txt
        cp requirements.txt "$cache/venv/installed.txt"
    fi
fi

shared="${REC_SHARED_DATA:-$root/../shared/data}"
if [ -n "${SHOP_CATALOG:-}" ]; then
    data=(--catalogue "$SHOP_CATALOG" --folder "$cache/$(cksum <<<"$SHOP_CATALOG" | cut -d ' ' -f 1)")
elif [ -f "$shared/full-catalogue/ids.txt" ]; then
    REC_DEMO=$("$root/Scripts/rec_demo.sh")
    export REC_DEMO
    data=(--catalogue "$shared" --pictures "$shared/fashion-small" --folder "$cache/real")
else
    data=(--catalogue "$root/Examples/SampleCatalogue" --folder "$cache/sample")
fi
"$python" load.py "$program" "${data[@]}" --prepare
exec "$python" load.py "$program" "${data[@]}" "$@"
