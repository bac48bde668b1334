#!/bin/sh
# Looks after the agent CLIs: installs, upgrades and checks them, imports credentials. `agent_manager.sh --help` lists the
# options. npm's stdout goes to stdout; npm's stderr and all notes go to stderr.
exec "$(dirname "$0")/skill-runner" agent-manager "$@"
