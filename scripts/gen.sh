#!/usr/bin/env bash
# Regenerates everything that is generated: the API's description, the permission matrix, the frontend's wire types
# and what it takes the columns of a people's file for.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p docs/reference
# As the tests build it: a package built alone has other features, and everything is built twice.
cargo build --workspace --locked --bins --examples
target/debug/exam-system openapi >docs/reference/openapi.json
target/debug/exam-system openapi --permissions >docs/reference/permissions.md
target/debug/examples/column_names >frontend/src/shared/people-file/column-names.gen.ts
npm --prefix frontend run --silent gen
