# Shared by start.sh and test.sh: brings what is missing, quietly where nothing is.

install_packages() {
  if ! command -v npm >/dev/null; then
    echo "npm is missing. Install Node.js 20 or newer with npm, then run this again." >&2
    exit 1
  fi
  # npm writes this file at the end of an install, so it is older than the lock file when something is missing.
  if [ ! -x node_modules/.bin/node ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
    echo "Installing packages, about half a minute the first time"
    npm ci --no-audit --no-fund --loglevel=error
    touch node_modules/.package-lock.json
  fi
}

# Installs Debian packages; answers false where that is not possible from here.
install_from_debian() {
  if ! command -v apt-get >/dev/null; then return 1; fi
  local as_root=""
  if [ "$(id -u)" != 0 ]; then
    sudo -n true 2>/dev/null || return 1
    as_root="sudo -n"
  fi
  DEBIAN_FRONTEND=noninteractive $as_root apt-get update -qq
  DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

install_chromium() {
  if [ -n "${CHROMIUM:-}" ] || command -v chromium >/dev/null || command -v google-chrome >/dev/null; then return; fi
  echo "Installing Chromium for the browser tests"
  install_from_debian chromium ||
    echo "Chromium is missing and cannot be installed from here: the browser tests will fail. Set CHROMIUM to its path."
}

# The tests of snippets talk to a real sshd, which they start themselves on a port of this machine.
install_sshd() {
  if [ -x /usr/sbin/sshd ]; then return; fi
  echo "Installing openssh-server for the tests of snippets"
  # Without its service, which nobody asked for.
  RUNLEVEL=1 install_from_debian openssh-server ||
    echo "/usr/sbin/sshd is missing and cannot be installed from here: the tests of snippets will fail."
}
