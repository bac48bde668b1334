# Stands between the server and an agent CLI, in a session of its own, and needs neither of them to live: it says who it
# is, runs the CLI, and says how that ended.
# Usage: ISOLATION PROCESS_RECORD EXIT_RECORD LARGEST_FILE LINES PROGRAM [ARGUMENT...]; LARGEST_FILE counts blocks of 512 bytes.
# LINES is a folder with what a CLI is told that keeps running, or - for one that is told its prompt and nothing more.
# What is said first is for the server, which reads it from this process's command line.
isolation=$1
shift
process_record=$1
exit_record=$2
largest_file=$3
lines=$4
shift 4

# Signals are for the CLI. A trap, unlike an ignored signal, is not inherited by it.
trap : INT TERM HUP

# What the shell itself has to say about a killed CLI does not belong into the CLI's output.
exec 3>&2 2>/dev/null

# Of two starts of one attempt only the first goes on. In a subshell, since the failure of a special built-in such as ":"
# would end this shell.
set -C
(: >"$process_record.claim") || {
  test -e "$process_record.claim" && exit 0
  exit 125
}
set +C

start=
start_ticks() {
  shift 19
  start=$1
}
if read -r stat 2>/dev/null <"/proc/$$/stat"; then
  # The name of the program stands in parentheses and may hold anything.
  start_ticks ${stat##*) }
  read -r boot </proc/sys/kernel/random/boot_id
  start=$boot:$start
else
  start=$(command -p ps -o lstart= -p $$)
fi

# The room for the exit record is taken now, so that it can be written even if the disk is full by then.
printf '%-63s\n' '{}' >"$exit_record.tmp" || exit 125

# Hands over one line after the other, each once, as long as anybody may say more. What is put into the folder lies there whole,
# and whoever puts it there rings the bell; this end of it is held open as well, so that it never says that nobody is left. Starts
# no process, which would be one of the attempt's.
hand_over() {
  number=1
  while :; do
    if test -e "$lines/$number"; then
      IFS= read -r text <"$lines/$number"
      printf '%s\n' "$text"
      number=$((number + 1))
    elif test -e "$lines/end"; then
      return
    else
      read -r rung <&5 || return
    fi
  done
}

# Reads what is handed over, if anything is. Nobody has to find the pipe once both ends are open.
listen() {
  test "$lines" = - && return
  exec <"$lines/stdin"
  command -p rm -f "$lines/stdin"
}

# Before the process record, so that whoever says something finds the bell.
if test "$lines" != -; then
  command -p mkfifo "$lines/bell" "$lines/stdin" || exit 125
fi
printf '{"pid":%s,"start":"%s"}\n' "$$" "$start" >"$process_record.tmp" || exit 125
command -p mv "$process_record.tmp" "$process_record" || exit 125

if test "$lines" != -; then
  hand_over >"$lines/stdin" 3>&- 5<>"$lines/bell" &
  handing_over=$!
fi

# Not for the shim itself, which has to write its last record whatever the CLI has written. A user's own limit may be lower.
# The first process of a namespace says by descriptor 4 whom the CLI left; without a namespace nobody would take it away from
# the CLI.
if test "$isolation" = pid_namespace; then
  left=/dev/null
  set -C
  (: >"$exit_record.left") && left=$exit_record.left
  set +C
  (listen; ulimit -f "$largest_file"; exec "$@" 2>&3 3>&- 4>"$left")
else
  (listen; ulimit -f "$largest_file"; exec "$@" 2>&3 3>&-)
fi
code=$?
if test "$lines" != -; then
  kill -s KILL "$handing_over"
  wait "$handing_over"
fi

# Whoever ends the attempt sees one more process of it in what follows. What is ignored is ignored by that as well.
trap '' INT TERM HUP
printf '{"exit_code":%s}' "$code" 1<>"$exit_record.tmp"
# Into a folder that somebody put there it would be moved.
test "$lines" = - || command -p rm -f "$lines/bell" "$lines/stdin"
test -d "$exit_record" && command -p rm -rf "$exit_record"
command -p mv "$exit_record.tmp" "$exit_record"
