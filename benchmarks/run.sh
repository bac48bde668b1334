#!/bin/sh
# Builds the distribution, measures it, prints a table. `benchmarks/run.sh [MEASUREMENT...]`; MAVEN_ARGS is for the build.
set -eu
home=$(cd "$(dirname "$0")/.." && pwd)
cd "$home"
# The browser's driver is needed here only, so it is not in the distribution.
./mvnw -B -q -DskipTests package dependency:build-classpath -Dmdep.outputFile=target/classpath ${MAVEN_ARGS:-} >&2
drivers=$(tr ':' '\n' <benchmarks/target/classpath | grep -E '/(com/microsoft/playwright|com/google/code/gson|org/opentest4j|org/java-websocket)/' | tr '\n' ':')
java=java
[ -z "${JAVA_HOME:-}" ] || java=$JAVA_HOME/bin/java
exec "$java" -XX:+UseSerialGC -cp "benchmarks/target/classes:${drivers}app/target/dist/lib/*" \
  skillrunner.benchmarks.Benchmarks "$home/app/target/dist" "$@"
