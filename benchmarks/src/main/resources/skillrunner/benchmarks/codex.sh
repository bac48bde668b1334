#!/bin/sh
# Stands in for codex. What it does is ordered by a line `@bench ORDER` in the prompt:
#   answer             answers at once
#   hold FILE          answers once the file exists, or its folder is gone
#   cat FILE TIMES     copies the file to stdout and notes the time before and after, in nanoseconds
#   flood FILE SOURCE  waits for the file, then copies the source to stdout
#   fork               leaves two children that nobody waits for, that can't be asked to end, one of which keeps stdout open
#   keep FILE          copies the file to stdout and keeps it as artifacts/large
#   tick COUNT PAUSE FILE   writes so many lines, about every 20 ms or after so many seconds, each with the time it was written;
#                           if a file is named, not before it is there
# The same order gives the same output, but for the times of `tick`.
# With `--sandbox` it is an interface in a terminal: it leaves a child that can't be asked to end, says that it is ready and floods the screen
# when `flood` is typed, until it is interrupted.
# Called as `codex cat FILE TIMES` it does the same without a prompt and writes nothing but the file.
timed_cat() {
  before=$(date +%s%N)
  cat "$1"
  printf '%s %s\n' "$before" "$(date +%s%N)" >"$2"
}

stubborn() {
  exec setsid sh -c 'trap "" TERM HUP INT; while :; do sleep 7919.4711; done' </dev/null
}

case ${1-} in
  --version) echo 'codex-cli 0.169.0' && exit 0 ;;
  --help) echo '  --no-daemon' && exit 0 ;;
  --sandbox)
    (exec setsid sh -c 'trap "" TERM HUP INT; while :; do sleep 7919.4712; done' </dev/null >/dev/null 2>&1 &)
    trap : INT
    floods=0
    echo ready
    while read -r word; do
      [ "$word" = flood ] || continue
      floods=$((floods + 1))
      yes
      echo "ended $floods"
    done
    exit 0
    ;;
  cat) timed_cat "$2" "$3" && exit 0 ;;
esac

set -- $(sed -n 's/^@bench //p')
printf '{"type":"thread.started","thread_id":"benchmark"}\n{"type":"turn.started"}\n'
case $1 in
  answer) ;;
  hold) while [ -d "${2%/*}" ] && [ ! -e "$2" ]; do sleep 0.1; done ;;
  cat) timed_cat "$2" "$3" ;;
  flood)
    while [ ! -e "$2" ]; do sleep 0.1; done
    cat "$3"
    ;;
  fork)
    (stubborn >/dev/null 2>&1 &)
    (stubborn &)
    ;;
  keep) cat "$2" && mkdir -p artifacts && cp "$2" artifacts/large ;;
  tick)
    left=$2
    pause=${3-0.02}
    until [ -z "${4-}" ] || [ -e "$4" ]; do sleep 0.05; done
    while [ "$left" -gt 0 ]; do
      printf '{"type":"item.completed","item":{"id":"i","type":"reasoning","text":"at=%s"}}\n' "$(date +%s%N)"
      left=$((left - 1))
      sleep "$pause"
    done
    ;;
esac
printf '{"type":"item.completed","item":{"id":"a","type":"agent_message","text":"{\\"status\\":\\"ok\\"}"}}\n'
printf '{"type":"turn.completed","usage":{"input_tokens":1,"cached_input_tokens":0,"output_tokens":1}}\n'
