#!/bin/sh
# Builds the distribution, measures it, prints a table. `benchmarks/run.sh [MEASUREMENT...]`; MAVEN_ARGS is for the build.
set -eu
home=$(cd "$(dirname "$0")/.." && pwd)
cd "$home"
./mvnw -B -q -DskipTests package ${MAVEN_ARGS:-} >&2
java=java
[ -z "${JAVA_HOME:-}" ] || java=$JAVA_HOME/bin/java
exec "$java" -XX:+UseSerialGC -cp "benchmarks/target/classes:app/target/dist/lib/*" \
  skillrunner.benchmarks.Benchmarks "$home/app/target/dist" "$@"
