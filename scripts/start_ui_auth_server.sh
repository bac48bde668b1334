#!/bin/sh
# Starts the server with Basic Auth on. Variables that are set already stay as they are.
set -eu

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
