#!/usr/bin/env bash
# Runs the browser journeys against a site: a process per service, two of each, on PostgreSQL, RabbitMQ and Redis behind nginx.
# Whole first, then without each part that a candidate can do without. Parts may be named: scripts/e2e-site.sh broker cache
set -uo pipefail
cd "$(dirname "$0")/.."

parts=("$@")
[ $# -gt 0 ] || parts=(whole proctoring analytics notification broker cache)
failed=()
for part in "${parts[@]}"; do
  echo "== a site, $([ "$part" = whole ] && echo whole || echo "without $part")"
  # What pages look like is the same everywhere; the audits open each of them, those of what is away too.
  audits=(--grep-invert "axe audit")
  [ "$part" = whole ] && audits=()
  E2E_SITE=$part npm --prefix frontend run test:e2e -- "${audits[@]}" || failed+=("$part")
done
if [ ${#failed[@]} -gt 0 ]; then
  echo "failed: ${failed[*]}"
  exit 1
fi
