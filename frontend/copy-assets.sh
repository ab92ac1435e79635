#!/bin/sh
# Collects what pages load beside the style sheet: fonts, one icon, htmx, and their licences.
set -eu
to=../b12tracker/static/b12
mkdir -p "$to/fonts" "$to/images" "$to/licences"
for subset in latin latin-ext greek greek-ext cyrillic cyrillic-ext devanagari; do
  cp "node_modules/@fontsource-variable/noto-sans/files/noto-sans-$subset-wght-normal.woff2" "$to/fonts/"
done
cp node_modules/nhsuk-frontend/dist/nhsuk/assets/images/nhsuk-icon-cross.svg "$to/images/"
cp node_modules/htmx.org/dist/htmx.min.js "$to/htmx.min.js"
cp node_modules/htmx.org/LICENSE "$to/licences/htmx.txt"
cp node_modules/@fontsource-variable/noto-sans/LICENSE "$to/licences/noto-sans.txt"
