#!/bin/sh
# Install Glideslope with extras into a virtual environment: `install.sh BIN EXTRAS [editable]`.
# uv is several times faster than pip; it is told the mirrors that pip knows. Where uv cannot be had, pip does the work.
set -eu
bin=$1 extras=$2 editable=${3:+-e}

value() { "$bin/python" -m pip config get "global.$1" 2>/dev/null | tr '\n' ' ' || true; }
index=${PIP_INDEX_URL:-$(value index-url)}
extra=${PIP_EXTRA_INDEX_URL:-$(value extra-index-url)}
links=${PIP_FIND_LINKS:-$(value find-links)}
[ -n "${index# }" ] && export UV_DEFAULT_INDEX="${UV_DEFAULT_INDEX:-${index% }}"
[ -n "${extra# }" ] && export UV_INDEX="${UV_INDEX:-${extra% }}" UV_INDEX_STRATEGY=unsafe-best-match
[ -n "${links# }" ] && export UV_FIND_LINKS="${UV_FIND_LINKS:-$(echo $links | tr ' ' ',')}"
[ -n "${PIP_CERT:-}" ] && export SSL_CERT_FILE="${SSL_CERT_FILE:-$PIP_CERT}"

echo "installing Glideslope [$extras] (the first time takes a minute or two)"
if [ -x "$bin/uv" ] || "$bin/python" -m pip install -q --disable-pip-version-check uv; then
  "$bin/uv" pip install --compile-bytecode --python "$bin/python" $editable ".[$extras]" && exit 0
  echo "uv did not manage; trying pip" >&2
fi
exec "$bin/python" -m pip install --disable-pip-version-check $editable ".[$extras]"
