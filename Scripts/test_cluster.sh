#!/usr/bin/env bash
# Tests of a Milvus cluster with two query nodes and of PostgreSQL on three shards, with processes killed in between.
#
# All servers are on this machine and end with the tests; each line that is printed is a row of Docs/KilledServers.md.
#
#     TRAITS   the traits to build with, among them Milvus and Postgres
set -euo pipefail
cd "$(dirname "$0")/.."
: "${TRAITS:?}"

Scripts/servers/postgres.sh fetch
Scripts/servers/milvus.sh fetch-cluster
echo "== Building the tests"
options=(--traits "$TRAITS" --disable-xctest)
swift build --build-tests "${options[@]}"

echo "== Killing processes, one at a time"
for suite in PostgresShardTests MilvusClusterTests; do
    REC_CLUSTER=1 timeout 1800 swift test "${options[@]}" --skip-build --no-parallel --filter "$suite"
done
