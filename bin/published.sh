# shellcheck shell=bash
# The program as it is published, serving in Production on an SQLite database of its own until the script ends. Sourced
# in place of lib.sh, never run. All that it makes is in $work, which goes with the script, whatever happens.
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

export DOTNET_CLI_UI_LANGUAGE=en DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
unset DATABASE_URL CLEARDB_DATABASE_URL JAWSDB_URL MYSQL_HOST HOST SECRET_KEY CACHE_MB
export ASPNETCORE_ENVIRONMENT=Production COOKIE_SECURE=false BCRYPT_COST=10

work=$(mktemp -d)
export DATA_DIR=$work/data TMPDIR=$work # browsers leave their profiles in TMPDIR
site=''                                 # the process that serves

end_site() {
  trap '' INT TERM HUP
  trap - EXIT
  if [[ $site ]]; then
    kill "$site" 2>/dev/null || true
    wait "$site" || true
  fi
  rm -rf "$work"
}
trap end_site EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP

# With the same options as bench/ExpenseIQ.Bench, so that what one compiled the other need not.
publish() {
  say "publishing" >&2
  dotnet publish "$root/src/ExpenseIQ" -c Release --use-current-runtime --no-self-contained -p:PublishReadyToRun=true \
    -o "$work/app" -v quiet --nologo >"$work/log" 2>&1 || {
    cat "$work/log" >&2
    die "publishing failed"
  }
}

# VERB OPTION...: a verb of the program that ends. It runs in $work: in the clone there may be a .env.
expenseiq() {
  (cd "$work" && app/ExpenseIQ "$@") >"$work/log" 2>&1 || {
    cat "$work/log" >&2
    die "expenseiq $1 failed"
  }
}

serve() { # OPTION...; sets $address
  : >"$work/site.log" # it is looked into before the program is there
  (cd "$work" && PORT=0 exec app/ExpenseIQ "$@") >"$work/site.log" 2>&1 &
  site=$!
  for _ in {1..300}; do
    address=$(sed -n 's/.*Now listening on: \([^" ]*\).*/\1/p' "$work/site.log")
    [[ ! $address ]] || return 0
    kill -0 "$site" 2>/dev/null || break
    sleep 0.1
  done
  cat "$work/site.log" >&2
  die "the program did not start"
}

install_chromium() {
  [[ ! ${CHROMIUM:-} ]] || return 0
  has chromium || hint="elsewhere name one in CHROMIUM" install_packages chromium
  CHROMIUM=$(command -v chromium)
  export CHROMIUM
}
