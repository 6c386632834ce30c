#!/usr/bin/env bash
# Builds the commit that is checked out twice, in two directories one after the other, and compares every jar and the bill of
# materials byte for byte.
set -euo pipefail
here=$(cd -- "$(dirname -- "$0")/../.." && pwd -P)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for build in first second/elsewhere; do
  git clone --quiet "$here" "$work/$build"
  (cd "$work/$build" && ./mote build)
  # The archive of classes is made by each machine for itself, and is in no image.
  (cd "$work/$build/pool/target/quick" && find app bom.json -type f ! -name "*.jsa" -print0 | sort -z | xargs -0 sha256sum) \
    >"$work/$(basename "$build").sums"
done
diff "$work/first.sums" "$work/elsewhere.sums"
echo "$(wc -l <"$work/first.sums") files are the same in both builds; the pool's jar is $(grep -o '^.* app/pool-' "$work/first.sums" | cut -c 1-64)"
