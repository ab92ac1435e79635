#!/bin/sh
# Collects what pages load beside the style sheet: fonts, htmx, and their licences.
set -eu
to=../b12tracker/static/b12
for subset in latin latin-ext greek greek-ext cyrillic cyrillic-ext devanagari; do
  cp "node_modules/@fontsource-variable/noto-sans/files/noto-sans-$subset-wght-normal.woff2" "$to/fonts/"
done
cp node_modules/htmx.org/dist/htmx.min.js "$to/htmx.min.js"
cp node_modules/htmx.org/LICENSE "$to/licences/htmx.txt"
cp node_modules/@fontsource-variable/noto-sans/LICENSE "$to/licences/noto-sans.txt"
# What no setting of nhsuk-frontend reaches still carries its blue: ours instead.
sed -i 's/#005eb8/#0d5f73/g' "$to/app.css"
