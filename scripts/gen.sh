#!/usr/bin/env bash
# Regenerates everything that is generated: the API's description, the permission matrix, the frontend's wire types.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p docs/reference
cargo build --locked -p exam-system
target/debug/exam-system openapi >docs/reference/openapi.json
target/debug/exam-system openapi --permissions >docs/reference/permissions.md
npm --prefix frontend run --silent gen
