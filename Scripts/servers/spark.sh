#!/usr/bin/env bash
# Starts a stand-alone Spark in a folder: a master and two workers of one core each, on the loopback interface alone.
#
#     spark.sh fetch            fetches PySpark (450 MB) into .servers, unless it is there; prints the path of its Python
#     spark.sh start FOLDER     starts the servers, and prints the address of the master
#     spark.sh stop FOLDER      ends what it started
#
# Needs Java 17 or later and Python with venv. Processes are in FOLDER/*.pid, their messages in FOLDER/*.log. REC_SERVERS
# names another folder than .servers.
set -euo pipefail

version=4.3.0
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
programs=${REC_SERVERS:-$root/.servers}/pyspark-$version
python=$programs/bin/python

action=${1:-} folder=${2:-}
usage() { sed -n '2,9s/^# \{0,1\}//p' "$0" >&2; exit 64; }

fetch() {
    "$python" -c "import pyspark" 2>/dev/null && return
    python3 -m venv "$programs"
    "$programs/bin/pip" install --quiet --disable-pip-version-check "pyspark==$version"
}

stop() {
    local file pid
    for file in "$folder"/*.pid; do
        [ -e "$file" ] || continue
        pid=$(cat "$file")
        kill "$pid" 2>/dev/null || true
        for _ in $(seq 100); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
        kill -9 "$pid" 2>/dev/null || true
        rm -f "$file"
    done
}

# Starts a class of Spark and waits until its messages match a pattern.
launch() { # NAME PATTERN CLASS [ARGUMENT...]
    local name=$1 pattern=$2
    shift 2
    "$python" -c 'import os, sys
os.setsid()
os.execv(sys.argv[1], sys.argv[1:])' "$home/bin/spark-class" "$@" >"$folder/$name.log" 2>&1 </dev/null &
    echo $! >"$folder/$name.pid"
    for _ in $(seq 300); do
        grep -q "$pattern" "$folder/$name.log" && return
        kill -0 "$(cat "$folder/$name.pid")" 2>/dev/null || break
        sleep 0.1
    done
    tail -20 "$folder/$name.log" >&2
    echo "spark: $name did not start" >&2
    stop
    exit 1
}

case $action in
start | stop)
    [ -n "$folder" ] || usage
    mkdir -p "$folder"
    folder=$(cd "$folder" && pwd)
    ;;
esac

case $action in
fetch)
    fetch
    echo "$python"
    ;;
stop) stop ;;
start)
    command -v java >/dev/null || { echo "spark: Java 17 or later is needed" >&2; exit 1; }
    stop
    fetch
    home=$("$python" -c 'import os, pyspark; print(os.path.dirname(pyspark.__file__))')
    export SPARK_HOME=$home SPARK_LOCAL_IP=127.0.0.1 SPARK_DAEMON_MEMORY=256m SPARK_CONF_DIR="$folder/conf"
    mkdir -p "$SPARK_CONF_DIR"
    launch master "Starting Spark master at" org.apache.spark.deploy.master.Master \
        --host 127.0.0.1 --port 0 --webui-port 0
    master=$(grep -o 'Starting Spark master at spark://[0-9.:]*' "$folder/master.log" | grep -o 'spark://.*')
    for number in 1 2; do
        launch "worker$number" "Successfully registered with master" org.apache.spark.deploy.worker.Worker \
            --host 127.0.0.1 --port 0 --webui-port 0 --cores 1 --memory 1g --work-dir "$folder/work$number" "$master"
    done
    echo "$master"
    ;;
*) usage ;;
esac
