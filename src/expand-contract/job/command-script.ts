/** Runs a command where it is due. It is run by a shell that was lent to the image, which may hold nothing else: all that it does the shell does itself. */
export const COMMAND_SCRIPT = `#!/bin/sh
# Usage: sh command.sh MIGRATION PROGRAM [ARGUMENT]...
set -eu
name=$1
shift
if [ ! -e "$ZD_SHARED/due/$name" ]; then
  printf '{"level":"info","migration":"%s","note":"is not due"}\\n' "$name"
  exit 0
fi
exec "$@"
`;
