#!/usr/bin/env bash
# Measures what hostile files cost the program people run: memory and time of each, lines of 2 GB, a folder of 100,000 files.
# Needs 5 GB free for temporary files.
#
#   tests/hostile.sh [PROGRAM]     target/release/morgue unless given
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
program=$(realpath "${1:-target/release/morgue}")
[[ -x $program ]] || { echo "error: there is no program \`$program\`" >&2; echo "hint: cargo build --release" >&2; exit 2; }
MORGUE_PROGRAM=$program MORGUE_HOSTILE_MB=${MORGUE_HOSTILE_MB:-2048} MORGUE_HOSTILE_FILES=${MORGUE_HOSTILE_FILES:-100000} \
  cargo test --locked --test it -- --nocapture --test-threads=1 hostile::memory
