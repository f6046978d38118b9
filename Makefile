# Jieli. `make run` builds and starts it with the Hunan demo; `make test` installs what the tests need and runs all of them.

SHELL       := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

DATA     ?= var
DATABASE ?= sqlite:$(DATA)/jieli.db
LISTEN   ?= 127.0.0.1:8080
VERSION  ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
GO_FILES := $(shell find cmd internal -name '*.go' -o -name '*.sql' -o -name '*.yaml' | grep -v _test.go)
WEB_FILES := $(shell find web -type f -not -path '*/node_modules/*' -not -path '*/e2e/*' 2>/dev/null) api/openapi.yaml
# Where goroutines meet: what these packages share is watched by the race detector. The others' tests run without it, since
# it makes SQLite, which is compiled from C to Go, many times slower.
CONCURRENT := ./internal/app ./internal/dispatch/... ./internal/jobs/... ./internal/ledger ./internal/seal ./internal/sheet/desk ./internal/webui

.PHONY: help run build web test test-deps test-go test-web test-e2e bench-solver lint clean

help: ## list the targets
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: build ## build Jieli, make the Hunan demo on the first run, and serve it on 127.0.0.1:8080
	@mkdir -p $(DATA)
	@bin/jieli demo --keep --database $(DATABASE) --examples examples/hunan
	@exec bin/jieli serve --database $(DATABASE) --listen $(LISTEN)

build: bin/jieli ## build the web apps and the one binary bin/jieli

bin/jieli: $(GO_FILES) go.mod go.sum internal/webui/dist/index.html
	@echo "» compiling Jieli (the first time takes a minute or two)"
	@CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X main.version=$(VERSION)" -o $@ ./cmd/jieli

web: internal/webui/dist/index.html ## build the web apps into internal/webui/dist

internal/webui/dist/index.html: web/node_modules/.installed $(WEB_FILES)
	@echo "» building the web apps"
	@cd web && npm run --silent build

web/node_modules/.installed: web/package.json web/package-lock.json $(wildcard web/packages/*/package.json web/apps/*/package.json web/e2e/package.json)
	@echo "» installing front-end packages"
	@cd web && npm ci --no-audit --no-fund --loglevel=error && touch node_modules/.installed

test-deps: ## install Chromium, Chinese fonts and PostgreSQL binaries (Debian packages) for the tests
	@scripts/test-deps.sh

test: test-deps test-go test-web test-e2e ## install what the tests need and run all of them

# The solver's mathematics takes minutes under the race detector: there it runs short.
test-go: ## unit, property, conformance, route and import-graph tests; those of concurrent packages with the race detector too
	go test -timeout 20m ./...
	go test -race -short -timeout 20m $(CONCURRENT) ./internal/solver

test-web: web/node_modules/.installed ## types, unit tests and drift of the generated client
	cd web && npm run --silent generate:check && npm run --silent typecheck && npm run --silent test

test-e2e: build ## browser tests in Chromium against the built binary
	cd web && npm run --silent e2e

# The solver's binary needs no front end, so that none is built for it. BENCH_PROBLEMS=dir1,dir2 measures these problem
# folders instead of drawn ones; BENCH_FLAGS=--large adds twenty provinces.
bench-solver: ## measure the solver: plans of drawn problems of several sizes, with their proofs, time and memory
	@CGO_ENABLED=0 go build -trimpath -o bin/bench/ ./cmd/jieli ./cmd/bench-solver
	@bin/bench/bench-solver --jieli bin/bench/jieli --problems "$(BENCH_PROBLEMS)" $(BENCH_FLAGS)

lint: bin/tools/golangci-lint web/node_modules/.installed ## lint Go and TypeScript
	bin/tools/golangci-lint run ./...
	cd web && npm run --silent lint

GOLANGCI := v2.15.0
bin/tools/golangci-lint:
	@echo "» compiling golangci-lint $(GOLANGCI)"
	@mkdir -p bin/tools && GOBIN=$(CURDIR)/bin/tools go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI)

clean: ## remove what was built; the data in var/ stays
	rm -rf bin internal/webui/dist/[!.]* web/node_modules
