#!/usr/bin/env bash
# Fetches the test cases of the ONNX standard: those of the Python package onnx 1.22.0, the last that carries the cases of
# single operators, through pip and whatever index pip is set up for; and those of Debian's libonnx-testdata, where apt
# has it. Nothing of the packages is run, and nothing is installed.
#
#     fetch_onnx_cases.sh [DIRECTORY]      the default is .models/onnx-cases in the root of this repository
set -euo pipefail

version=1.22.0
cases=1765

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
directory=${1:-$root/.models/onnx-cases}

say() { printf '%s\n' "$*" >&2; }
fail() { say "error: $*"; exit 1; }

count() { find "$1" -mindepth 1 -maxdepth 1 -type d 2>/dev/null | wc -l; }

fetch_package() {
    local target=$directory/onnx-$version scratch
    if [[ $(count "$target/node") -eq $cases ]]; then
        say "ONNX cases: $target is there."
        return
    fi
    command -v python3 >/dev/null || fail "python3 is missing; run Scripts/install_system_packages.sh"
    python3 -m pip --version >/dev/null 2>&1 || fail "pip is missing; run Scripts/install_system_packages.sh"
    mkdir -p "$directory"
    scratch=$(mktemp -d "$directory/.fetch.XXXXXX")
    # shellcheck disable=SC2064
    trap "rm -rf '$scratch'" EXIT
    say "ONNX cases: fetching onnx $version (19 MB)"
    python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: \
        --dest "$scratch" "onnx==$version" >&2 ||
        fail "pip could not fetch onnx $version; check that it reaches a package index (pip config list)"
    python3 - "$scratch" <<'PYTHON'
import pathlib, shutil, sys, zipfile
scratch = pathlib.Path(sys.argv[1])
prefix = "onnx/backend/test/data/"
with zipfile.ZipFile(next(scratch.glob("*.whl"))) as wheel:
    for name in wheel.namelist():
        if not name.startswith(prefix) or name.endswith("/") or ".." in name.split("/"):
            continue
        target = scratch / "data" / name.removeprefix(prefix)
        target.parent.mkdir(parents=True, exist_ok=True)
        with wheel.open(name) as source, open(target, "wb") as file:
            shutil.copyfileobj(source, file)
PYTHON
    [[ $(count "$scratch/data/node") -eq $cases ]] || fail "onnx $version does not hold $cases cases; nothing was kept"
    rm -rf "$target"
    mv "$scratch/data" "$target"
    say "ONNX cases: $target"
}

fetch_debian() {
    local target=$directory/debian scratch
    if [[ -d $target/node ]]; then
        say "ONNX cases: $target is there."
        return
    fi
    if ! command -v apt-get >/dev/null || ! command -v dpkg-deb >/dev/null ||
        ! apt-cache show libonnx-testdata >/dev/null 2>&1; then
        say "ONNX cases: apt has no libonnx-testdata here; its cases are left out."
        return
    fi
    scratch=$(mktemp -d "$directory/.fetch.XXXXXX")
    # shellcheck disable=SC2064
    trap "rm -rf '$scratch'" EXIT
    if ! (cd "$scratch" && apt-get download --quiet libonnx-testdata >&2 && dpkg-deb --extract ./*.deb unpacked); then
        say "ONNX cases: apt could not fetch libonnx-testdata; its cases are left out."
        return
    fi
    mv "$scratch/unpacked/usr/share/libonnx-testdata/data" "$target"
    say "ONNX cases: $target"
}

(fetch_package)
(fetch_debian)
