#!/usr/bin/env bash
# Installs the system packages that `make test` needs through apt, when it may; otherwise names them.
# With the argument `services`: only the servers that `make services` starts.
set -euo pipefail

packages=()
need() { packages+=("$1"); }

ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || need postgresql
command -v redis-server >/dev/null || need redis-server
[ -x /usr/lib/rabbitmq/bin/rabbitmq-server ] || need rabbitmq-server
if [ "${1:-}" != services ]; then
  command -v chromium >/dev/null || [ -n "${CHROMIUM_PATH:-}" ] || need chromium
  [ -n "$(fc-list :lang=zh 2>/dev/null | head -n 1)" ] || need fonts-noto-cjk
  command -v fc-list >/dev/null || need fontconfig
  command -v strace >/dev/null || need strace
  command -v patroni >/dev/null || need patroni
  command -v etcd >/dev/null || need etcd-server
  ls /usr/lib/*/faketime/libfaketimeMT.so.1 >/dev/null 2>&1 || need libfaketime
  [ -x /usr/sbin/nginx ] || command -v nginx >/dev/null || need nginx
fi
[ ${#packages[@]} -eq 0 ] && exit 0

sudo=""
if [ "$(id -u)" -ne 0 ]; then
  if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then sudo=sudo; else sudo=none; fi
fi
if [ "$sudo" = none ] || ! command -v apt-get >/dev/null; then
  echo "Some tests will be skipped. To run them all, install: ${packages[*]}" >&2
  exit 0
fi
echo "== installing ${packages[*]}"
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
# Debian starts a server when its package is installed. Tests and `make services` start their own, on free ports; so
# nothing is started here, and what ran before goes on.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\nexit 101\n' | $sudo tee "$policy" >/dev/null && $sudo chmod 755 "$policy"
  trap '$sudo rm -f "$policy"' EXIT
fi
if ! { $sudo apt-get update -q && $sudo apt-get install -y -q --no-install-recommends "${packages[@]}"; } >"$log" 2>&1; then
  tail -n 20 "$log" >&2
  echo "apt could not install ${packages[*]}; the tests that need them will say so" >&2
fi
rm -f "$log"
