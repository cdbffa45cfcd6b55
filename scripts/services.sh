#!/usr/bin/env bash
# Starts a throwaway PostgreSQL, Redis and RabbitMQ for development and tests, on free loopback ports, and prints
# DATABASE_URL, REDIS_URL and RABBITMQ_URL as lines for a shell:
#
#   set -a; eval "$(scripts/services.sh)"; set +a
#
# With Docker Compose where an engine answers (SERVICES=installed says no), else from installed packages, as users
# without rights. `scripts/services.sh stop` ends exactly what was started here. Data ends with it.
set -euo pipefail
cd "$(dirname "$0")/.."

state=target/services
compose=(docker compose -f docker-compose.test.yml)
say() { echo "$*" >&2; }

# A process id may have come round to somebody else: it counts only with the moment at which the process began.
began() { awk '{ sub(/^.*\) /, ""); print $20 }' "/proc/$1/stat" 2>/dev/null || true; }
remember() { echo "$1 $(began "$1")" >>"$state/processes"; }
each_of_ours() { # command…: runs it for each process group that was started here and still runs
  local pid start
  [ -f "$state/processes" ] || return 0
  while read -r pid start; do
    if [ -n "$start" ] && [ "$(began "$pid")" = "$start" ]; then "$@" "$pid"; fi
  done <"$state/processes"
}

stop() {
  if [ -f "$state/compose" ]; then "${compose[@]}" down --volumes --timeout 5 >&2; fi
  end() { kill -TERM -- "-$1" 2>/dev/null || true; }
  cut() { kill -KILL -- "-$1" 2>/dev/null || true; }
  each_of_ours end
  for _ in $(seq 100); do
    [ -z "$(each_of_ours echo)" ] && break
    sleep 0.1
  done
  each_of_ours cut
  if [ -f "$state/folder" ]; then rm -rf "$(cat "$state/folder")"; fi
  rm -rf "$state"
}

by_compose() {
  : >"$state/compose"
  "${compose[@]}" up --detach --wait >&2
  address() { "${compose[@]}" port "$1" "$2"; }
  {
    echo "DATABASE_URL=postgres://postgres@$(address postgres 5432)/postgres"
    echo "REDIS_URL=redis://$(address redis 6379)"
    echo "RABBITMQ_URL=amqp://guest:guest@$(address rabbitmq 5672)/%2f"
  } >"$state/lines"
}

by_packages() {
  local postgres missing=()
  postgres=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1 || true)
  if [ -z "$postgres" ] || ! command -v redis-server >/dev/null || [ ! -x /usr/lib/rabbitmq/bin/rabbitmq-server ]; then
    scripts/setup-env.sh services >&2
    postgres=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1 || true)
  fi
  [ -n "$postgres" ] || missing+=(postgresql)
  command -v redis-server >/dev/null || missing+=(redis-server)
  [ -x /usr/lib/rabbitmq/bin/rabbitmq-server ] || missing+=(rabbitmq-server)
  if [ ${#missing[@]} -gt 0 ]; then
    say "not installed: ${missing[*]}. Install them, or start a Docker engine."
    exit 1
  fi

  local folder ports
  folder=$(mktemp -d "${TMPDIR:-/tmp}/exam-system-services.XXXXXX")
  echo "$folder" >"$state/folder"
  chmod 755 "$folder"
  ports=$(python3 - <<'PY'
import socket
taken = [socket.socket() for _ in range(5)]
for each in taken: each.bind(("127.0.0.1", 0))
print(*(each.getsockname()[1] for each in taken))
PY
)
  read -r postgres_port redis_port amqp_port dist_port epmd_port <<<"$ports"

  as() { # user, command…: runs it as that user when we are root, in its own folder
    local user=$1
    shift
    cd "$folder/$user"
    if [ "$(id -u)" -ne 0 ]; then exec "$@"; fi
    id "$user" >/dev/null 2>&1 || user=nobody
    exec setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups "$@"
  }
  room() { # user: a folder of their own
    mkdir "$folder/$1"
    if [ "$(id -u)" -eq 0 ]; then chown "$1" "$folder/$1" 2>/dev/null || chown nobody "$folder/$1"; fi
  }
  start() { # user, command…: in the background, in a process group of its own
    export -f as
    export folder
    # Not the caller's output: whoever reads our lines would wait for the servers' end.
    setsid bash -c 'as "$@"' - "$@" </dev/null >>"$folder/$1/log" 2>&1 &
    remember $!
  }

  room postgres
  (as postgres "$postgres/initdb" -D "$folder/postgres/data" -A trust -U postgres -E UTF8 --locale=C -N) \
    >"$folder/postgres/log" || { cat "$folder/postgres/log" >&2; exit 1; }
  start postgres "$postgres/postgres" -D "$folder/postgres/data" -p "$postgres_port" -k "$folder/postgres" \
    -c listen_addresses=127.0.0.1 -c max_connections=400

  room redis
  start redis redis-server --bind 127.0.0.1 --port "$redis_port" --save "" --appendonly no \
    --maxmemory-policy noeviction --dir "$folder/redis"

  # RabbitMQ: a node of its own, found by a port mapper of its own; nothing of an installed one is read or met.
  room rabbitmq
  cat >"$folder/rabbitmq/rabbitmq.conf" <<CONF
listeners.tcp.1 = 127.0.0.1:$amqp_port
disk_free_limit.absolute = 50MB
CONF
  echo '[].' >"$folder/rabbitmq/plugins"
  : >"$folder/rabbitmq/env"
  start rabbitmq epmd -port "$epmd_port" -address 127.0.0.1
  start rabbitmq env HOME="$folder/rabbitmq" \
    ERL_EPMD_PORT="$epmd_port" ERL_EPMD_ADDRESS=127.0.0.1 \
    RABBITMQ_NODENAME="services-$amqp_port@localhost" RABBITMQ_NODE_IP_ADDRESS=127.0.0.1 \
    RABBITMQ_NODE_PORT="$amqp_port" RABBITMQ_DIST_PORT="$dist_port" \
    RABBITMQ_MNESIA_BASE="$folder/rabbitmq/data" RABBITMQ_LOG_BASE="$folder/rabbitmq/logs" \
    RABBITMQ_CONFIG_FILE="$folder/rabbitmq/rabbitmq" RABBITMQ_CONF_ENV_FILE="$folder/rabbitmq/env" \
    RABBITMQ_ENABLED_PLUGINS_FILE="$folder/rabbitmq/plugins" RABBITMQ_PID_FILE="$folder/rabbitmq/pid" \
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS='-kernel inet_dist_use_interface {127,0,0,1} +sbwt none' \
    /usr/lib/rabbitmq/bin/rabbitmq-server

  # Each is asked in its own words, so that a port that somebody else took in between isn't mistaken for ours.
  python3 - "$postgres_port" "$redis_port" "$amqp_port" <<'PY' || { tail -n 20 "$folder"/*/log >&2; stop; exit 1; }
import socket, struct, sys, time
questions = [
    ("PostgreSQL", struct.pack("!II", 8, 80877103), (b"N", b"S")),
    ("Redis", b"PING\r\n", (b"+",)),
    ("RabbitMQ", b"AMQP\x00\x00\x09\x01", (b"\x01",)),
]
until = time.monotonic() + 120
for (name, question, answers), port in zip(questions, map(int, sys.argv[1:])):
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port), 2) as server:
                server.sendall(question)
                if server.recv(1) in answers:
                    break
        except OSError:
            pass
        if time.monotonic() > until:
            sys.exit(f"{name} doesn't answer")
        time.sleep(0.05)
PY
  {
    echo "DATABASE_URL=postgres://postgres@127.0.0.1:$postgres_port/postgres"
    echo "REDIS_URL=redis://127.0.0.1:$redis_port"
    echo "RABBITMQ_URL=amqp://guest:guest@127.0.0.1:$amqp_port/%2f"
  } >"$state/lines"
}

case ${1:-start} in
  start)
    if [ -f "$state/lines" ] && { [ -f "$state/compose" ] || [ "$(each_of_ours echo | wc -l)" -eq 4 ]; }; then
      cat "$state/lines"
      exit 0
    fi
    stop
    mkdir -p "$state"
    if [ "${SERVICES:-}" != installed ] && docker info >/dev/null 2>&1 && docker compose version >/dev/null 2>&1; then
      by_compose
    else
      by_packages
    fi
    cat "$state/lines"
    ;;
  stop) stop ;;
  *)
    say "usage: scripts/services.sh [start|stop]"
    exit 2
    ;;
esac
