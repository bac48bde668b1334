#!/bin/sh
# Stands in for codex. What it does is ordered by a line `@bench ORDER` in the prompt:
#   answer             answers at once
#   hold FILE          answers once the file exists, or its folder is gone
#   cat FILE TIMES     copies the file to stdout and notes the time before and after, in nanoseconds
#   tick COUNT         writes so many lines, about every 20 ms, each with the time it was written
# Called as `codex cat FILE TIMES` it does the same without a prompt and writes nothing but the file.
timed_cat() {
  before=$(date +%s%N)
  cat "$1"
  printf '%s %s\n' "$before" "$(date +%s%N)" >"$2"
}

case ${1-} in
  --version) echo 'codex-cli 0.169.0' && exit 0 ;;
  cat) timed_cat "$2" "$3" && exit 0 ;;
esac

set -- $(sed -n 's/^@bench //p')
printf '{"type":"thread.started","thread_id":"benchmark-%s"}\n{"type":"turn.started"}\n' "$$"
case $1 in
  answer) ;;
  hold) while [ -d "${2%/*}" ] && [ ! -e "$2" ]; do sleep 0.1; done ;;
  cat) timed_cat "$2" "$3" ;;
  tick)
    left=$2
    while [ "$left" -gt 0 ]; do
      printf '{"type":"item.completed","item":{"id":"i","type":"reasoning","text":"at=%s"}}\n' "$(date +%s%N)"
      left=$((left - 1))
      sleep 0.02
    done
    ;;
esac
printf '{"type":"item.completed","item":{"id":"a","type":"agent_message","text":"{\\"status\\":\\"ok\\"}"}}\n'
printf '{"type":"turn.completed","usage":{"input_tokens":1,"cached_input_tokens":0,"output_tokens":1}}\n'
