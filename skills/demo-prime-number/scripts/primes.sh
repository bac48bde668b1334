#!/bin/sh
# Lists all primes up to LIMIT, tests the numbers of FILE, writes a table to ARTIFACT and prints one JSON object.
# Usage: primes.sh LIMIT FILE ARTIFACT
set -eu
if [ $# -ne 3 ]; then
  echo "usage: primes.sh LIMIT FILE ARTIFACT" >&2
  exit 2
fi
limit=$1
file=$2
artifact=$3
case $limit in
  '' | *[!0-9]*)
    echo "primes.sh: the limit is not a whole number: $limit" >&2
    exit 2
    ;;
esac
if [ ! -r "$file" ]; then
  echo "primes.sh: the file can't be read: $file" >&2
  exit 2
fi
mkdir -p "$(dirname "$artifact")"
tr -c '0-9' '\n' <"$file" | awk -v limit="$limit" -v artifact="$artifact" '
  function prime(n,   d) {
    if (n < 2) return 0
    if (n < 4) return 1
    if (n % 2 == 0) return 0
    for (d = 3; d * d <= n; d += 2) if (n % d == 0) return 0
    return 1
  }
  BEGIN {
    print "index,prime" > artifact
    for (n = 2; n <= limit; n++) if (prime(n)) { count++; largest = n; print count "," n > artifact }
    close(artifact)
  }
  # Larger numbers could be wrong, since awk calculates with floating point.
  /^[0-9]+$/ && length($0) <= 12 && prime($0 + 0) { found = found (found == "" ? "" : ", ") ($0 + 0) }
  END {
    printf "{\"limit\": %d, \"count\": %d, \"largest\": %d, \"file_primes\": [%s], \"table\": \"%s\"}\n",
      limit, count, largest, found, artifact
  }
'
