/**
 * What both scripts begin with, for the `sh` of any image of PostgreSQL: an address that libpq reads, and one JSON object a line.
 *
 * Nothing that libpq says of an address is passed on as it is, because it repeats what it cannot read, password and all.
 */
export const SHELL_START = `set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
child=
trap 'rm -rf "$work"' EXIT
trap 'if [ -n "$child" ]; then kill "$child" 2> /dev/null || true; fi; exit 143' TERM INT

log() { # LEVEL NOTE
  note=$(printf '%s' "$2" | tr '\\n\\t' '  ' | tr -d '\\000-\\037' | sed 's/[\\\\"]/\\\\&/g')
  printf '{"time":"%s","level":"%s","note":"%s"}\\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$1" "$note"
}

case "\${DATABASE_URL:-}" in
  postgres://* | postgresql://*) ;;
  *)
    log error 'DATABASE_URL must be a URL that begins with postgresql://; correct the key of the Secret'
    exit 42
    ;;
esac

# So that a connection whose other end has gone is found out.
case "$DATABASE_URL" in
  *\\?) url=$DATABASE_URL ;;
  *\\?*) url="$DATABASE_URL&" ;;
  *) url="$DATABASE_URL?" ;;
esac
url="\${url}keepalives_idle=30&keepalives_interval=10&keepalives_count=3"
export PGCONNECT_TIMEOUT=10

# What psql said when it had no connection; ends where no other try can have one.
unconnected() {
  said=$(cat "$work/errors")
  case "$said" in
    *'invalid URI query parameter'*)
      name=$(printf '%s' "$said" | sed -n 's/.*invalid URI query parameter: "\\([A-Za-z_]*\\)".*/\\1/p')
      log error "DATABASE_URL has the parameter $name, which libpq does not know; give the Jobs a URL without it"
      exit 42
      ;;
    *URI* | *percent-encoded* | *'connection option'*)
      log error 'DATABASE_URL is no URL that libpq reads; percent-encode what is special in its parts'
      exit 42
      ;;
  esac
  said=\${said#psql: }
  said=\${said#error: }
}
`;
