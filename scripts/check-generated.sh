#!/usr/bin/env bash
# Fails when a generated file isn't what `make gen` makes.
set -euo pipefail
cd "$(dirname "$0")/.."
generated=(
  docs/reference/openapi.json
  docs/reference/permissions.md
  frontend/src/shared/api/schema.gen.ts
  frontend/src/shared/people-file/column-names.gen.ts
)
before=$(mktemp -d)
trap 'rm -rf "$before"' EXIT
for file in "${generated[@]}"; do
  mkdir -p "$before/$(dirname "$file")"
  cp "$file" "$before/$file" 2>/dev/null || : >"$before/$file"
done
scripts/gen.sh >/dev/null
stale=0
for file in "${generated[@]}"; do
  cmp -s "$file" "$before/$file" || { echo "$file was not fresh: run make gen and commit it" >&2; stale=1; }
done
exit $stale
