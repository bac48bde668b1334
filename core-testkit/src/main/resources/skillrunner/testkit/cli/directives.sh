
# What all scripted CLIs have in common; the part above knows the output format.

# Puts $1, which holds no control characters, into $escaped as the inside of a JSON string.
escape() {
  escaped=
  rest=$1
  while :; do
    case $rest in
      *[\\\"]*) ;;
      *) break ;;
    esac
    plain=${rest%%[\\\"]*}
    rest=${rest#"$plain"}
    tail=${rest#?}
    escaped=$escaped$plain\\${rest%"$tail"}
    rest=$tail
  done
  escaped=$escaped$rest
}

# Writes $1 numbered lines of $2 bytes each, their ends included.
lines() {
  awk -v count="$1" -v bytes="$2" -v head="$line_head" -v tail="$line_tail" 'BEGIN {
    pad = "x"
    while (length(pad) < bytes) pad = pad pad
    for (i = 1; i <= count; i++) {
      room = bytes - 1 - length(head) - length(tail) - length(i) - 1
      print head i " " (room > 0 ? substr(pad, 1, room) : "") tail
    }
  }'
}

artifact() {
  name=${1%% *}
  file=artifacts/$name
  mkdir -p "${file%/*}"
  printf '%s' "${1#"$name "}" >"$file"
}

# Starts a process that outlives everything, in a session of its own; NAME.pid in the working directory tells its id.
spawn() {
  setsid sh -c 'echo $$ >"$1.pid.tmp"; mv "$1.pid.tmp" "$1.pid"; exec sleep 1000' scripted-cli "$1" \
    </dev/null >/dev/null 2>&1 &
  until [ -e "$1.pid" ]; do sleep 0.02; done
}

pause() {
  fraction=00$(($1 % 1000))
  sleep "$(($1 / 1000)).${fraction#"${fraction%???}"}"
}

follow() {
  argument=${1#* }
  case $1 in
    'say '* | 'answer '*) said=1 && say "$argument" ;;
    'artifact '*) artifact "$argument" ;;
    'sh '*) session=$session sh -c "$argument" </dev/null >&2 || true ;;
    'lines '*) lines ${argument} ;;
    'raw '*) printf '%s\n' "$argument" ;;
    'stderr '*) printf '%s\n' "$argument" >&2 ;;
    'wait '*) until [ -e "$argument" ]; do sleep 0.02; done ;;
    'pause '*) pause "$argument" ;;
    'spawn '*) spawn "$argument" ;;
    silent) ;;
    ignore-signals) trap '' HUP INT TERM ;;
    garbage) printf '\000\377\376 {"type":\n{"unfinished": [\n\033[31mred\033[0m\n' ;;
    close) closed=1 && closing ;;
    no-closing) closed=1 ;;
    'fail '*) fail "$argument" && exit 1 ;;
    'exit '*) exit "$argument" ;;
    hang) exec sleep 100000 ;;
    *) printf 'scripted CLI: unknown directive: %s\n' "$1" >&2 && exit 64 ;;
  esac
}

session=
prompt=
while [ $# -gt 0 ]; do
  case $1 in
    --version) printf '%s\n' "$version" && exit 0 ;;
    --full-auto) printf "error: unexpected argument '--full-auto' found\n" >&2 && exit 2 ;;
    --session=*) session=${1#*=} ;;
    --resume | --session) session=${2-} ;;
    ????????-????-????-????-????????????) session=$1 ;;
  esac
  prompt=$1
  shift
done
if [ -z "$session" ]; then
  read -r session 2>/dev/null </proc/sys/kernel/random/uuid || session=00000000-0000-4000-8000-$(printf '%012d' $$)
  session=${prefix-}$session
fi

said=0
closed=0
directives=$(
  {
    printf '%s\n' "$prompt"
    cat
  } | LC_ALL=C sed -n 's/^.*@cli //p'
)
case $directives in
  silent*) exec >/dev/null ;;
esac
opening
while IFS= read -r directive; do
  if [ -n "$directive" ]; then
    follow "$directive"
  fi
done <<END
$directives
END
[ $said = 1 ] || say '{"status":"ok"}'
[ $closed = 1 ] || closing
