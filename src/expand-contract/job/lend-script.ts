/**
 * Lends the shell of this image to containers of other images, through a folder that they share.
 *
 * No container can be left out of a pod, and an image of somebody else's may hold no shell that could ask whether its command is due. So it gets
 * one: the program, its libraries, and the loader that finds them wherever they are.
 */
export const LEND_SCRIPT = `#!/bin/sh
# Usage: sh lend.sh
set -eu
rm -rf "$ZD_SHARED/due" "$ZD_SHARED/halted"
mkdir -p "$ZD_SHARED/due" "$ZD_SHARED/lib"
shell=$(readlink -f "$(command -v sh)")
cp "$shell" "$ZD_SHARED/sh"
for file in $(ldd "$shell" | sed -n 's/.*=> \\(\\/[^ ]*\\) .*/\\1/p; s/^[[:space:]]*\\(\\/[^ ]*\\) (.*/\\1/p'); do
  case "$file" in
    */ld-musl-*.so.* | */ld-linux*.so.* | */ld64.so.* | */ld.so.*) cp -L "$file" "$ZD_SHARED/loader" ;;
    *) cp -L "$file" "$ZD_SHARED/lib/" ;;
  esac
done
# The other container may have another user.
chmod -R a+rx "$ZD_SHARED"
if ! "$ZD_SHARED/loader" --library-path "$ZD_SHARED/lib" "$ZD_SHARED/sh" -c 'exit 0'; then
  printf '{"level":"error","note":"the shell of this image cannot be lent; give migrationImage postgres of Debian or Alpine"}\\n'
  exit 42
fi
`;
