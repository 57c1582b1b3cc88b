#!/usr/bin/env bash
# Installs what the end-to-end tests need beyond Python: Prometheus, Alertmanager and Chromium of
# Debian or Ubuntu (as root), and a Slack that others wrote (npm, into node_modules beside its
# lock). Does nothing where all of it is here. Without it those tests are skipped.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../standins/emulate"

# A program, and the package that brings it.
wanted="prometheus:prometheus prometheus-alertmanager:prometheus-alertmanager chromium:chromium"
emoji=/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf

packages=()
for pair in $wanted; do
  command -v "${pair%%:*}" >/dev/null || packages+=("${pair##*:}")
done
[ -e "$emoji" ] || packages+=(fonts-noto-color-emoji)
command -v npm >/dev/null || packages+=(npm)

# Services that come with a package are not started: the tests start their own. Where a policy
# already says so, as in most images, it stays.
policy=/usr/sbin/policy-rc.d
install_packages() {
  apt-get -qq update &&
    apt-get -qq -o Dpkg::Use-Pty=0 install -y --no-install-recommends "${packages[@]}"
}
if [ "${#packages[@]}" -gt 0 ]; then
  if ! command -v apt-get >/dev/null || [ "$(id -u)" -ne 0 ]; then
    echo "Missing: ${packages[*]}. On Debian or Ubuntu: sudo tests/e2e/install.sh" >&2
    exit 1
  fi
  export DEBIAN_FRONTEND=noninteractive
  if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod +x "$policy"
    trap 'rm -f "$policy"' EXIT
  fi
  install_packages || install_packages
fi

# npm writes this file when it has installed all; it is older than a lock that has changed.
install_modules() {
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
}
if [ ! node_modules/.package-lock.json -nt package-lock.json ]; then
  install_modules || install_modules
  touch node_modules/.package-lock.json
  # Run as root for somebody else's checkout, it leaves nothing there that they could not remove.
  [ "$(id -u)" -ne 0 ] || chown -R --reference=package.json node_modules
fi
