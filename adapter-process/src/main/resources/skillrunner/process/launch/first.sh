# The first process of a PID namespace: runs the CLI and ends with its exit code. With it the kernel ends whatever is left
# in the namespace. While it waits for the CLI, the shell reaps the orphans that become its own.
# Usage: PROGRAM [ARGUMENT...]

# The kernel keeps signals from within away from a first process that does not handle them, and shells may handle this one.
# A trap, unlike an ignored signal, is not inherited by the CLI.
trap : INT

# What the shell itself has to say about a killed CLI does not belong into the CLI's output.
exec 3>&2 2>/dev/null
(exec "$@" 2>&3 3>&-)
exit $?
