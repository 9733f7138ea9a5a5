# shellcheck shell=bash disable=SC2034 # used by those who source it
# What the scripts of this folder share. Sourced, never run.

umask 022
PATH=$PATH:/usr/sbin:/sbin # where Debian has mariadbd; a plain user's PATH lacks them

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say() { echo "bin/${0##*/}: $*"; }
die() {
  say "$@" >&2
  exit 1
}
has() { command -v "$1" >/dev/null; }

# PACKAGE...: installs them where that is possible, by root on Debian and Ubuntu; elsewhere says what is missing, and $hint.
install_packages() {
  (($#)) || return 0
  if ((UID != 0)) || ! has apt-get; then die "missing here: $* (Debian and Ubuntu: apt-get install $*${hint:+; $hint})"; fi
  say "installing $*" >&2
  local install=(env DEBIAN_FRONTEND=noninteractive apt-get -qq --yes --no-install-recommends -o DPkg::Lock::Timeout=120 install "$@")
  "${install[@]}" >/dev/null 2>&1 || { apt-get -qq update && "${install[@]}"; } >/dev/null 2>&1 || die "apt-get could not install $*"
}

# Where downloads stay between runs. Not in root's home: a server that root starts runs as nobody, who cannot look in.
cache=${EXPENSEIQ_CACHE:-${XDG_CACHE_HOME:+$XDG_CACHE_HOME/expenseiq}}
if [[ -z $cache ]]; then
  if ((UID == 0)); then cache=/var/cache/expenseiq; else cache=~/.cache/expenseiq; fi
fi
cache=$(realpath -m "$cache")
mysql_home=$cache/mysql

# What checks and measures: not there after a build, which fetches the packages of the front end alone, and not all there
# where an older lock file's packages are.
install_node_packages() {
  (cd "$root" && { npm ls >/dev/null 2>&1 || npm ci --no-audit --no-fund --loglevel=error; })
}
