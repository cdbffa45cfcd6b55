# The only front door. `make help` lists the targets.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run test check check-rust check-frontend gen frontend build release e2e e2e-site lighthouse start-times bench chaos rust-test frontend-test services services-stop fmt clean setup

help: ## Show this list
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sort | sed -E 's/:.*## /\t/' | expand -t 18

run: build ## Build everything, start on http://127.0.0.1:8080 with demo data in ./data
	@exec target/quick/exam-system serve --demo

build: frontend ## Build the frontend and the binary of `make run`: soon there, and fast enough to try everything
	@echo "== building the binary"
	cargo build --profile quick --locked -p exam-system

release: frontend ## Build the frontend and the binary to install: target/release/exam-system
	@echo "== building the binary to install"
	cargo build --release --locked -p exam-system

frontend: frontend/dist/index.html ## Build the frontend

FRONTEND_SOURCES := $(shell find frontend/src frontend/public frontend/index.html frontend/vite.config.ts frontend/package-lock.json frontend/scripts -type f 2>/dev/null)

frontend/dist/index.html: frontend/node_modules/.package-lock.json $(FRONTEND_SOURCES)
	@echo "== building the frontend"
	cd frontend && npm run build && node scripts/compress.mjs
	@touch $@

frontend/node_modules/.package-lock.json: frontend/package.json frontend/package-lock.json
	@echo "== installing the frontend's packages"
	cd frontend && npm ci --no-audit --no-fund
	@touch $@

setup: ## Install the system packages that the tests need, or name them
	scripts/setup-env.sh

test: ## Run every test, real parts included, and count them
	scripts/test.sh

rust-test: ## Run the Rust tests alone, on both databases
	scripts/test.sh rust

frontend-test: ## Run the frontend's unit tests alone
	scripts/test.sh frontend

e2e: ## Run the browser journeys alone
	scripts/test.sh e2e

e2e-site: frontend ## Run the browser journeys against a process per service behind nginx, whole and without each part in turn
	cargo build --workspace --locked --bins --examples
	scripts/e2e-site.sh

services: ## Start throwaway PostgreSQL, Redis and RabbitMQ on free ports and print their addresses
	@scripts/services.sh

services-stop: ## End the servers that `make services` started
	@scripts/services.sh stop

start-times: build ## Measure how soon the binary is ready; slower than 1 s bare or 2 s with the demo is a failure
	scripts/measure-start.sh target/quick/exam-system

BENCH_TOOLS := -p exam-system -p exam-load --bins --example echo-server
SCENARIOS ?= start-stampede hand-in-stampede steady zero-think one-address log-ins connections full-day
RUNS ?= 3

bench: ## Measure the table of docs/benchmarks.md: three runs, medians; takes about two hours (RUNS=1 SCENARIOS="…" for less)
	cargo build --release --locked $(BENCH_TOOLS)
	target/release/exam-load bench $(SCENARIOS) --runs $(RUNS)

chaos: ## Let candidates save while servers, databases, networks and disks fail, and check every receipt
	cargo build --release --locked $(BENCH_TOOLS)
	target/release/exam-load chaos

lighthouse: build frontend/lighthouse/node_modules/.package-lock.json ## Measure sign-in and the player with Lighthouse; below 95 and 100 is a failure
	node frontend/lighthouse/measure.mjs target/quick/exam-system

frontend/lighthouse/node_modules/.package-lock.json: frontend/lighthouse/package.json frontend/lighthouse/package-lock.json
	cd frontend/lighthouse && npm ci --no-audit --no-fund
	@touch $@

check: frontend/node_modules/.package-lock.json ## Formats, lints, types, tidy rules, and that generated files are fresh
	@$(MAKE) --no-print-directory --jobs 2 --output-sync=target check-rust check-frontend
	cargo test --workspace --locked --test tidy
	scripts/check-generated.sh

check-rust:
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings

check-frontend:
	cd frontend && npm run lint && npm run type-check

gen: frontend/node_modules/.package-lock.json ## Regenerate everything that is generated
	scripts/gen.sh

fmt: ## Format everything
	cargo fmt --all
	cd frontend && npm run format

clean: ## Remove what was built, and the demo's data
	rm -rf target frontend/dist frontend/node_modules data
