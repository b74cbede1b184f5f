#!/bin/sh
# Makes sure there is a Chromium for the browser tests.
set -eu
found() { for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
    [ -n "$name" ] && command -v "$name" >/dev/null 2>&1 && return 0; done; return 1; }
ours() { ls "${PLAYWRIGHT_BROWSERS_PATH:-$HOME/.cache/ms-playwright}"/chromium*/*/chrome >/dev/null 2>&1; }
if found || ours; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "installing Chromium (Debian package)"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null
    found && exit 0
fi
.venv/bin/python -m playwright install chromium && exit 0
echo "The browser tests need Chromium. Install it (Debian, Ubuntu: apt-get install chromium) or set CHROMIUM=/path/to/it." >&2
exit 1
