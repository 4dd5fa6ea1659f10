# The usual commands. `just` lists them.

_default:
    @just --list --unsorted

# Build everything and serve http://localhost:5150, on SQLite
run:
    cargo loco start --all

# Fill an empty database with two stringers and two years of work
demo:
    cargo loco task demo

# All tests on SQLite; on PostgreSQL with RBO_TEST_POSTGRES_URL
test:
    cargo test

# The tests whose path contains NAME, as `just one requests::orders`
one NAME:
    cargo test --test mod -- {{ NAME }}

# The tests that need a browser, PostgreSQL or poolers
equipped NAME='':
    cargo test --test equipped -- {{ NAME }}

# Formatting, lints, licences and advisories
lint:
    cargo fmt --all --check
    cargo clippy --workspace --all-targets -- -D warnings
    cargo deny check

# A picture of every page, in both languages and themes, at three sizes
screens FOLDER='/tmp/screens':
    RBO_TEST_SCREENS={{ FOLDER }} cargo test --test equipped -- browser::pages

# What the chokepoint and a keystroke cost
bench:
    cargo bench

# Start again with an empty database
fresh:
    rm -f rbo_development.sqlite* rbo_development_queue.sqlite*

# All that must be true of a change
ci:
    .ci/run
