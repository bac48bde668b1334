# The first process of a PID namespace: runs the CLI and ends with its exit code. With it the kernel ends whatever is left
# in the namespace. While it waits for the CLI, the shell reaps the orphans that become its own.
# Usage: PROGRAM [ARGUMENT...]

# The kernel keeps signals from within away from a first process that does not handle them, and shells may handle this one.
# A trap, unlike an ignored signal, is not inherited by the CLI.
trap : INT

# What the shell itself has to say about a killed CLI does not belong into the CLI's output.
exec 3>&2 2>/dev/null

# A number that a process of the run writes down must not be that of somebody outside, who counts from below. Root only;
# elsewhere the numbers are small.
most=$(command -p cat /proc/sys/kernel/pid_max) && echo "$((most / 4 * 3))" >/proc/sys/kernel/ns_last_pid

(exec "$@" 2>&3 3>&-)
exit $?
