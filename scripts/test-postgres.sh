#!/usr/bin/env bash
# Runs a command with TEST_POSTGRES_URL naming a throwaway PostgreSQL on a free loopback port, fsync on; without an
# installed server it runs the command without one. The server ends with the command.
set -euo pipefail

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1 || true)
if [ -n "${TEST_POSTGRES_URL:-}" ] || [ -z "$bin" ]; then exec "$@"; fi

base=/dev/shm
[ -w "$base" ] || base=${TMPDIR:-/tmp}
folder=$(mktemp -d "$base/exam-system-postgres.XXXXXX")
as=()
if [ "$(id -u)" -eq 0 ]; then
  user=postgres
  id "$user" >/dev/null 2>&1 || user=nobody
  chown "$user" "$folder"
  as=(setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups)
fi
stop() {
  "${as[@]}" "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true
  rm -rf "$folder"
}
trap stop EXIT

cd "$folder"
"${as[@]}" "$bin/initdb" -D "$folder/data" -A trust -U postgres --encoding=UTF8 --locale=C >"$folder/initdb.log" 2>&1 ||
  { cat "$folder/initdb.log" >&2; exit 1; }
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])' 2>/dev/null ||
  node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
"${as[@]}" "$bin/pg_ctl" -D "$folder/data" -l "$folder/log" -w start \
  -o "-p $port -k $folder -c listen_addresses=127.0.0.1 -c max_connections=400" >/dev/null ||
  { cat "$folder/log" >&2; exit 1; }
cd "$OLDPWD"
export TEST_POSTGRES_URL="postgres://postgres@127.0.0.1:$port/postgres"
"$@"
