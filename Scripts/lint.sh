#!/usr/bin/env bash
# Format and house rules: swift-format in strict mode, the fences around unsafe code, Python that compiles, JavaScript
# that parses (where Node.js 18 is installed), no large files.
set -euo pipefail
cd "$(dirname "$0")/.."

swift format lint --strict --recursive --parallel Package.swift Sources Tests Snippets Examples/*/Package.swift \
    Examples/*/Sources Examples/*/Tests Benchmarks

fail=0
complain() { echo "lint: $1" >&2; fail=1; }

# Folders that may be unsafe and import C: files, threads, the kernels and foreign libraries of each module, and the
# actors of tests.
fences='^Sources/(RecFiles|RecCompute|Rec[A-Z][a-z]+/Kernels|RecImage/Foreign|RecMilvus/Transport|RecPostgres/Pool/Foreign|RecTesting/Actors)/'

# C modules are imported behind the fences only.
outside=$(grep -rlE '^\s*(public |package |internal )?import CRec' Sources Benchmarks --include='*.swift' --exclude-dir=.build \
    | grep -vE "$fences" || true)
[ -z "$outside" ] || complain "C is imported outside the fences: $outside"

# `unsafe` is said behind the fences only.
outside=$(grep -rnwE 'unsafe' Sources Benchmarks --include='*.swift' --exclude-dir=.build \
    | grep -vE "$fences" || true)
[ -z "$outside" ] || complain "unsafe code outside the fences: $outside"

# A lock of the standard library must not be inlined into an asynchronous function: Docs/Decisions/locks.md.
outside=$(git grep -lE '\bMutex[<(]' -- '*.swift' ':!Benchmarks/Sources' \
    | grep -v '^Sources/RecCompute/LockedValue.swift$' || true)
[ -z "$outside" ] || complain "Mutex, see Docs/Decisions/locks.md: $outside"

# Arrows point one way.
for module in RecEvaluation RecImage RecONNX RecNetwork RecMetadata RecIndex; do
    for other in RecEvaluation RecImage RecONNX RecNetwork RecMetadata RecIndex; do
        [ "$module" = "$other" ] || [ "$module $other" = "RecImage RecNetwork" ] \
            || [ "$module $other" = "RecImage RecONNX" ] || [ "$module $other" = "RecONNX RecNetwork" ] \
            || ! grep -rqE "import $other\$" "Sources/$module" \
            || complain "$module imports $other"
    done
done
for module in RecCore RecMath RecFiles RecCompute RecEvaluation RecImage RecONNX RecNetwork RecMetadata RecIndex; do
    ! grep -rqE "import Rec(Engines|Postgres|Milvus)\$" "Sources/$module" || complain "$module imports an engine"
done
! grep -rqE "import Rec(Postgres|Milvus|Image|Network|Evaluation)\$" Sources/RecEngines || complain "RecEngines imports too much"
! grep -rqE "import Rec(Milvus|Image|Network|Evaluation)\$" Sources/RecPostgres || complain "RecPostgres imports too much"
! grep -rqE "import Rec(Postgres|Metadata|Image|Network|Evaluation)\$" Sources/RecMilvus || complain "RecMilvus imports too much"
if grep -rhE '^\s*(public |package |internal )?import ' Sources/RecCore --include='*.swift' | grep -qv 'import RecMath$'; then
    complain "RecCore imports something but RecMath"
fi
if grep -rqE '^\s*(public |package |internal )?import ' Sources/RecMath --include='*.swift'; then
    complain "RecMath imports something"
fi

# What README and CONTRIBUTING name by its path is there.
for page in README.md CONTRIBUTING.md; do
    for path in $(grep -oE '`(Sources|Docs|Examples|Scripts|Snippets|Benchmarks|Tests)/[^`* ]*`|\]\([A-Z][^):]*\)' "$page" \
        | sed -E 's/^`|`$|^\]\(|\)$//g'); do
        [ -e "$path" ] || complain "$page names $path, which does not exist"
    done
done

git ls-files -z '*.py' | xargs -0 -r python3 -c 'import sys
for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as file:
        compile(file.read(), path, "exec")' || complain "Python that does not compile"

if node --eval "process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)" 2>/dev/null; then
    git ls-files -z '*.js' | xargs -0 -r -n 1 node --check || complain "JavaScript that does not parse"
fi

large=$(git ls-files -z | xargs -0 -r du -k 2>/dev/null | awk '$1 > 5000 {print $2}')
[ -z "$large" ] || complain "files over 5 MB: $large"

python3 Scripts/check_floors.py || fail=1

python3 Scripts/check_api.py || fail=1

python3 Scripts/check_snippets.py || fail=1

[ "$fail" -ne 0 ] || echo "lint: clean"
exit "$fail"
