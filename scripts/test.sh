#!/usr/bin/env bash
# Runs the tests (all, or: rust, frontend, e2e) and ends with a count of what ran, and what was skipped and why.
set -uo pipefail
cd "$(dirname "$0")/.."

what=${1:-all}
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
export TEST_SKIPS_FILE="$logs/skips"
: >"$TEST_SKIPS_FILE"
status=0

step() { # name, command…
  local name=$1 began=$SECONDS
  shift
  echo "== $name"
  "$@" 2>&1 | tee "$logs/$name.log"
  ended "$name" "${PIPESTATUS[0]}" "$((SECONDS - began))"
}

# The same beside what follows, and behind it where both want a core; `collect` waits for it.
beside() { # name, command…
  local name=$1 began=$SECONDS
  shift
  echo "== $name begins"
  (
    nice -n 5 "$@" >"$logs/$name.log" 2>&1
    echo "$? $((SECONDS - began))" >"$logs/$name.ended"
  ) &
}

collect() { # name
  wait
  echo "== $1"
  cat "$logs/$1.log"
  local code seconds
  read -r code seconds <"$logs/$1.ended"
  ended "$1" "$code" "$seconds"
}

ended() { # name, exit code, seconds
  local name=$1 code=$2
  echo "== $name took $3 s"
  if [ "$code" -ne 0 ]; then
    echo "== $name failed (exit $code)"
    echo "$name" >>"$logs/failed"
    status=1
  fi
}

scripts/setup-env.sh
if [ "$what" = all ] || [ "$what" = rust ]; then
  step compile cargo test --workspace --locked --no-run
fi
# Tests of processes, networks and databases wait for much of their time; the frontend's compute for all of theirs.
if [ "$what" = all ] || [ "$what" = frontend ]; then
  step packages make --no-print-directory frontend/node_modules/.package-lock.json
  beside frontend npm --prefix frontend test
fi
if [ "$what" = all ] || [ "$what" = rust ]; then
  step rust scripts/test-postgres.sh cargo test --workspace --locked --no-fail-fast
fi
if [ "$what" = all ] || [ "$what" = frontend ]; then
  collect frontend
fi
if [ "$what" = all ] || [ "$what" = e2e ]; then
  step build make --no-print-directory frontend
  step server cargo build --workspace --locked --bins --examples
  if command -v chromium >/dev/null || [ -n "${CHROMIUM_PATH:-}" ]; then
    step e2e npm --prefix frontend run test:e2e
  else
    echo "browser journeys: no chromium" >>"$TEST_SKIPS_FILE"
    [ "${REQUIRE_ALL:-0}" = 1 ] && status=1
  fi
fi

# Counts, from the runners' own closing lines.
sum() { awk '{ total += $1 } END { print total + 0 }'; }
plain() { sed -E 's/\x1b\[[0-9;]*m//g' "$logs/$1.log" 2>/dev/null; }
rust_passed=$(plain rust | grep -oE '^test result: .* [0-9]+ passed' | grep -oE '[0-9]+ passed' | sum)
rust_failed=$(plain rust | grep -oE '^test result: .*' | grep -oE '[0-9]+ failed' | sum)
vitest=$(plain frontend | grep -E '^ *Tests ' | tail -n 1)
frontend_passed=$(grep -oE '[0-9]+ passed' <<<"$vitest" | sum)
frontend_failed=$(grep -oE '[0-9]+ failed' <<<"$vitest" | sum)
e2e_passed=$(plain e2e | grep -oE '^ *[0-9]+ passed' | tail -n 1 | sum)
e2e_failed=$(plain e2e | grep -oE '^ *[0-9]+ failed' | tail -n 1 | sum)
e2e_skipped=$(plain e2e | grep -oE '^ *[0-9]+ skipped' | tail -n 1 | sum)
skipped=$(($(wc -l <"$TEST_SKIPS_FILE") + e2e_skipped))
# A test that skips itself has passed as far as its runner knows.
passed=$((rust_passed + frontend_passed + e2e_passed - $(grep -vc '^browser' "$TEST_SKIPS_FILE" || true)))
failed=$((rust_failed + frontend_failed + e2e_failed))
if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then failed=$(sort -u "$logs/failed" 2>/dev/null | wc -l); fi

echo
echo "rust $rust_passed passed, frontend $frontend_passed passed, browser $e2e_passed passed"
if [ "$skipped" -gt 0 ]; then
  echo "skipped:"
  sort "$TEST_SKIPS_FILE" | sed 's/^/  /'
  if [ "${REQUIRE_ALL:-0}" = 1 ]; then
    echo "REQUIRE_ALL=1: a skip is a failure"
    status=1
  fi
fi
[ -f "$logs/failed" ] && echo "failed steps: $(sort -u "$logs/failed" | tr '\n' ' ')"
echo "$passed passed, $failed failed, $skipped skipped"
exit "$status"
