#!/bin/sh
# Builds the distribution, measures it, prints a table. `benchmarks/run.sh [MEASUREMENT...]`; MAVEN_ARGS is for the build.
set -eu
home=$(cd "$(dirname "$0")/.." && pwd)
cd "$home"
# The browser's driver and the reader of the API's document are needed here only, so they are not in the distribution.
./mvnw -B -q -DskipTests package dependency:build-classpath -Dmdep.outputFile=target/classpath ${MAVEN_ARGS:-} >&2
drivers=$(tr ':' '\n' <benchmarks/target/classpath | grep -E '/(com/microsoft/playwright|com/google/code/gson|org/opentest4j|org/java-websocket|api-contract/target|skill-runner-api-contract|jackson-dataformat-yaml|org/snakeyaml)/' | tr '\n' ':')
java=java
[ -z "${JAVA_HOME:-}" ] || java=$JAVA_HOME/bin/java
exec "$java" -XX:+UseSerialGC -cp "benchmarks/target/classes:${drivers}app/target/dist/lib/*" \
  skillrunner.benchmarks.Benchmarks "$home/app/target/dist" "$@"
