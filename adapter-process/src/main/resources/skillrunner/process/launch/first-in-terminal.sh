# The first process of a terminal's PID namespace: runs the program and ends with its exit code. With it the kernel ends whatever is
# left in the namespace. It stays in the session that has the terminal.
# Usage: PROGRAM [ARGUMENT...]

# As first.sh says: a first process that does not handle a signal gets none from within, and numbers must not be those of somebody
# outside.
trap : INT
most=$(command -p cat /proc/sys/kernel/pid_max) && (echo "$((most / 4 * 3))" >/proc/sys/kernel/ns_last_pid) 2>/dev/null

(exec "$@")
exit $?
