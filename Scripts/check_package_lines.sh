#!/usr/bin/env bash
# Proves that the lines for Package.swift in the README and the manifest of "From an empty folder to a shop" resolve, for a
# host that depends on a clone of this repository with the version of CHANGELOG.md.
set -euo pipefail
cd "$(dirname "$0")/.."

version=$(sed -nE 's/^## ([0-9]+\.[0-9]+\.[0-9]+)$/\1/p' CHANGELOG.md | head -1)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

git clone --quiet --no-local . "$folder/swift-recommend"
git -C "$folder/swift-recommend" tag --force "$version" >/dev/null

mkdir -p "$folder/host/Sources/shop"
echo 'import RecCore' >"$folder/host/Sources/shop/Shop.swift"
lines=$(awk '/^```swift$/ {block=""; inside=1; next} /^```$/ {if (inside && block ~ /\.package\(url:/) {printf "%s", block; exit} inside=0} inside {block=block $0 "\n"}' README.md)
[ -n "$lines" ] || { echo "check_package_lines: the README shows no lines for Package.swift" >&2; exit 1; }
grep -q "from: \"$version\"" <<<"$lines" || {
    echo "check_package_lines: the README does not depend on version $version of CHANGELOG.md" >&2
    exit 1
}
{
    echo '// swift-tools-version: 6.2'
    echo 'import PackageDescription'
    echo 'let package = Package(name: "host", platforms: [.macOS(.v15)],'
    sed -E "s#url: \"[^\"]*\"#url: \"$folder/swift-recommend\"#" <<<"$lines"
    echo ')'
} >"$folder/host/Package.swift"
swift package --package-path "$folder/host" resolve
swift build --package-path "$folder/host" --print-manifest-job-graph >/dev/null
echo "The README's lines for Package.swift resolve to version $version."

article=Sources/RecImage/RecImage.docc/from-an-empty-folder-to-a-shop.md
mkdir -p "$folder/first-shop/Sources"
cp -R Examples/Shop/Sources/FirstShop "$folder/first-shop/Sources"
sed -n '/^\/\/ swift-tools-version/,/^```$/p' "$article" | sed '$d' \
    | sed -E "s#url: \"<[^\"]*\"#url: \"$folder/swift-recommend\"#" >"$folder/first-shop/Package.swift"
swift package --package-path "$folder/first-shop" resolve
swift build --package-path "$folder/first-shop" --print-manifest-job-graph >/dev/null
echo "The manifest of the article resolves to version $version."
