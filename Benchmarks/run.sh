#!/usr/bin/env bash
# Sets up what the benchmarks need, then runs them; options are those of `harness`, see Benchmarks/README.md.
#
# REC_BENCH_PYTHON names a Python that has the packages of requirements.txt; otherwise a virtual environment is made.
set -euo pipefail
cd "$(dirname "$0")"

cache=.cache
mkdir -p "$cache"
python="${REC_BENCH_PYTHON:-}"
if [ -z "$python" ]; then
    python="$cache/venv/bin/python"
    if ! cmp -s requirements.txt "$cache/venv/installed.txt"; then
        echo "Installing the rivals into Benchmarks/$cache/venv" >&2
        python3 -m venv "$cache/venv" || { echo "Install Python's venv module (apt: python3-venv)." >&2; exit 1; }
        "$python" -m pip install --quiet --upgrade --requirement requirements.txt
        cp requirements.txt "$cache/venv/installed.txt"
    fi
fi

swift build --package-path .. -c release --traits AllPictures --product rec-bench >&2
export REC_BENCH_WORKER="$(swift build --package-path .. -c release --traits AllPictures --show-bin-path)/rec-bench"
export PYTHONDONTWRITEBYTECODE=1
exec "$python" -m harness "$@"
