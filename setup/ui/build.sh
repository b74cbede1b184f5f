#!/bin/sh
# Compiles the stylesheet and its right-to-left mirror, and copies the fonts. The output is committed:
# whoever only runs Entraide needs no Node.
set -eu
cd "$(dirname "$0")"
out=../../entraide/ui/static/ui
[ -d node_modules ] || npm ci

npx sass --style=compressed --no-source-map --no-error-css --load-path=node_modules/govuk-frontend/dist entraide.scss "$out/entraide.css"
npx rtlcss "$out/entraide.css" "$out/entraide.rtl.css"

mkdir -p "$out/fonts"
for weight in 400 700; do
    for script in latin latin-ext cyrillic vietnamese; do
        cp "node_modules/@fontsource/noto-sans/files/noto-sans-$script-$weight-normal.woff2" "$out/fonts/"
    done
    cp "node_modules/@fontsource/noto-sans-arabic/files/noto-sans-arabic-arabic-$weight-normal.woff2" "$out/fonts/"
done
