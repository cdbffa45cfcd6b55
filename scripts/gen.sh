#!/usr/bin/env bash
# Regenerates everything that is generated: the API's description, the permission matrix, the frontend's wire types
# and what it takes the columns of a people's file for.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p docs/reference
cargo build --locked -p exam-system
target/debug/exam-system openapi >docs/reference/openapi.json
target/debug/exam-system openapi --permissions >docs/reference/permissions.md
cargo run --quiet --locked -p people-file --example column_names >frontend/src/shared/people-file/column-names.gen.ts
npm --prefix frontend run --silent gen
