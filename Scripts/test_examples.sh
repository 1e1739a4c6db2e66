#!/usr/bin/env bash
# Builds and runs the example packages, and proves that a host without pictures links neither OpenBLAS nor libjpeg.
set -euo pipefail
cd "$(dirname "$0")/.."

for package in Examples/*/Package.swift; do
    folder=$(dirname "$package")
    echo "== $folder"
    swift build --package-path "$folder"
done

host=Examples/AttributesOnly
binary="$(swift build --package-path "$host" --show-bin-path)/attributes-only"
"$binary"

if command -v ldd >/dev/null; then
    if ldd "$binary" | grep -iE 'blas|jpeg'; then
        echo "The host without pictures links a C library it must not need." >&2
        exit 1
    fi
    echo "attributes-only links neither OpenBLAS nor libjpeg."
fi
