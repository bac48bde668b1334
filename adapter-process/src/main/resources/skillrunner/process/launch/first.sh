# The first process of a PID namespace: runs the CLI and ends with its exit code. With it the kernel ends whatever is left
# in the namespace. While it waits for the CLI, the shell reaps the orphans that become its own.
# Usage: PROGRAM [ARGUMENT...]; descriptor 4 is for what it says at the end.

# The kernel keeps signals from within away from a first process that does not handle them, and shells may handle this one.
# A trap, unlike an ignored signal, is not inherited by the CLI.
trap : INT

# What the shell itself has to say about a killed CLI does not belong into the CLI's output.
exec 3>&2 2>/dev/null

# A number that a process of the run writes down must not be that of somebody outside, who counts from below. Root only;
# elsewhere the numbers are small. Not by the shell's own read, which asks for one sign after the other: the kernel gives only the first.
most=$(command -p cat /proc/sys/kernel/pid_max) && echo "$((most / 4 * 3))" >/proc/sys/kernel/ns_last_pid

(exec "$@" 2>&3 3>&- 4>&-)
code=$?

# Whom the CLI left the kernel ends in a moment, and nobody outside can look as soon as that: how many there are, and number and
# name of the youngest. The kernel writes an end of a line in a name as two other characters. Who makes more of them than this
# can look at is not waited for.
# Whoever ends while they are looked at may have made another one since they were listed: then they are listed again.
looks=0
while :; do
  count=0
  youngest=0
  name=
  ending=
  for status in /proc/[0-9]*/status; do
    pid=${status#/proc/}
    pid=${pid%/status}
    test "$pid" = 1 && continue
    called=
    state=
    while read -r key value; do
      case $key in
        Name:) called=$value ;;
        State:) state=$value; break ;;
      esac
    done <"$status"
    case $state in
      '' | [ZX]*) ending=1; continue ;;
    esac
    count=$((count + 1))
    test "$pid" -gt "$youngest" && youngest=$pid && name=$called
    test "$count" -ge 4096 && break
  done
  looks=$((looks + 1))
  test -n "$ending" && test "$looks" -lt 3 || break
done
printf '%s %s %s\n' "$count" "$youngest" "$name" >&4
exit "$code"
