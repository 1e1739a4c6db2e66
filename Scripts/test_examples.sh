#!/usr/bin/env bash
# Builds and runs the example packages, and proves that a host without pictures links neither OpenBLAS nor libjpeg.
set -euo pipefail
cd "$(dirname "$0")/.."

Scripts/check_package_lines.sh

# Hosts without pictures build the library into one folder, so that it is compiled once for all of them.
options() {
    echo --package-path "$1"
    [ "$1" = Examples/Shop ] || echo --scratch-path .build/examples
}

for package in Examples/*/Package.swift; do
    folder=$(dirname "$package")
    echo "== $folder"
    # Tests as well: check_shop.sh runs them, and other flags would build everything once more.
    # shellcheck disable=SC2046
    swift build $(options "$folder") --build-tests --disable-xctest
done

# A host without pictures, and the program that it is called by in its package.
check_host() {
    local binary
    # shellcheck disable=SC2046
    binary="$(swift build $(options "$1") --show-bin-path)/$2"
    "$binary"
    command -v ldd >/dev/null || return 0
    if ldd "$binary" | grep -iE "blas|jpeg|png|webp|heif"; then
        echo "$2, a host without pictures, links a C library that it must not need." >&2
        exit 1
    fi
    echo "$2 links neither OpenBLAS nor libjpeg."
}

check_host Examples/AttributesOnly attributes-only
page=$(check_host Examples/ForYou for-you)
echo "$page"
if [ "$(grep -c '^   Like ..*: .' <<<"$page")" != 8 ]; then
    echo "for-you does not give a reason for each of 8 products." >&2
    exit 1
fi
