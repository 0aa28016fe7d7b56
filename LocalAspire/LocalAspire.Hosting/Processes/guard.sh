# Runs one program for the AppHost and never outlives it.
# Usage: guard.sh "<stop signals>" <seconds for each> <program> [arguments…]
# Standard input is a lifeline: when it ends, because the AppHost closed it or died in whatever way, the program is
# asked to stop with each signal in turn, then killed together with everything in its process group.

signals=$1 patience=$2
shift 2
trap : HUP INT TERM # Ctrl+C reaches this shell too; the AppHost decides what stops, and when.
set -m              # The program gets a process group of its own, out of the terminal's reach.
exec 3<&0 4>&2
exec 2>/dev/null    # The shell's own remarks about its jobs are nobody's concern.

"$@" 3<&- 2>&4 4>&- </dev/null &
program=$!
exec 4>&-
echo "pid $program"

(
  while read -r _; do :; done <&3
  for signal in $signals; do
    kill -s "$signal" "$program"
    for ((tenths = patience * 10; tenths > 0; tenths--)); do
      kill -0 "$program" || exit
      sleep 0.1
    done
  done
  kill -s KILL -- "-$program"
) >/dev/null &
watcher=$!

# A trapped signal interrupts wait, so ask again while the program lives.
while wait "$program"; code=$?; kill -0 "$program"; do :; done
kill -s KILL -- "-$program"
kill -s KILL -- "-$watcher"
exit "$code"
