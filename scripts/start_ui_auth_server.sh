#!/bin/sh
# Starts the server with Basic Auth on. Variables that are set already stay as they are.
set -eu

case "${1:-}" in
  -h | --help)
    cat <<EOF
Usage: ${0##*/} [--help]
Starts the server with Basic Auth on, in the foreground. Variables that are set already stay as they are; else:
  UI_BASIC_AUTH_ENABLED=true
  UI_BASIC_AUTH_USERNAME=admin
  UI_BASIC_AUTH_PASSWORD=change-me   set another one, or UI_BASIC_AUTH_PASSWORD_FILE
  PORT=8000
docs/configuration.md has all variables.
EOF
    exit 0
    ;;
esac

default_password=change-me
: "${UI_BASIC_AUTH_ENABLED:=true}"
: "${UI_BASIC_AUTH_USERNAME:=admin}"
[ -n "${UI_BASIC_AUTH_PASSWORD_FILE:-}" ] || : "${UI_BASIC_AUTH_PASSWORD:=$default_password}"
: "${PORT:=8000}"
export UI_BASIC_AUTH_ENABLED UI_BASIC_AUTH_USERNAME PORT
[ -z "${UI_BASIC_AUTH_PASSWORD:-}" ] || export UI_BASIC_AUTH_PASSWORD

if [ "${UI_BASIC_AUTH_PASSWORD:-}" = "$default_password" ]; then
  printf '%s: anybody can guess the password "%s"; set UI_BASIC_AUTH_PASSWORD\n' "${0##*/}" "$default_password" >&2
fi

exec "$(dirname "$0")/skill-runner" serve "$@"
