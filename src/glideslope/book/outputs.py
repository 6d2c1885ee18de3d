"""What a cell showed, as HTML: the richest form a page can show, images as files beside it."""

import base64
import hashlib
import html
import re
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Any

__all__ = ["outputs_html"]

_ANSI = re.compile(r"\x1b\[[0-9;]*m")


def outputs_html(outputs: Sequence[dict[str, Any]], alt: str, images: Path, address: str) -> str:
    """HTML of one cell's outputs; images are written to the folder `images`, which the page reaches at `address`."""
    return "".join(_output_html(output, alt, images, address) for output in outputs)


def _output_html(output: dict[str, Any], alt: str, images: Path, address: str) -> str:
    kind = output["output_type"]
    if kind == "stream":
        return f'<pre class="stream" data-name="{output["name"]}">{html.escape(_text(output["text"]))}</pre>'
    if kind == "error":
        return f'<pre class="error">{html.escape(_ANSI.sub("", chr(10).join(output["traceback"])))}</pre>'
    data = output["data"]
    if "text/html" in data:
        return f'<div class="rich">{_text(data["text/html"])}</div>'
    for mime, ending in (("image/svg+xml", "svg"), ("image/png", "png")):
        if mime in data:
            return f'<div class="rich">{_image(_text(data[mime]), ending, alt, images, address)}</div>'
    if "text/latex" in data:
        return f'<div class="rich math-raw" data-display="true">{html.escape(_text(data["text/latex"]).strip("$"))}</div>'
    return f'<pre class="plain">{html.escape(_text(data.get("text/plain", "")))}</pre>'


def _image(content: str, ending: str, alt: str, images: Path, address: str) -> str:
    payload = content.encode() if ending == "svg" else base64.b64decode(content)
    name = f"{hashlib.sha256(payload).hexdigest()[:16]}.{ending}"
    images.mkdir(parents=True, exist_ok=True)
    (images / name).write_bytes(payload)
    return f'<img src="{address}/{name}" alt="{html.escape(alt, quote=True)}"{_size(payload, ending)} loading="lazy">'


def _size(payload: bytes, ending: str) -> str:
    """Width and height in CSS pixels, so that the page keeps the place free."""
    if ending == "png":
        width, height = struct.unpack(">II", payload[16:24])
        density = 2 if b"pHYs" in payload[:200] and _dots_per_metre(payload) > 5000 else 1
        return f' width="{width // density}" height="{height // density}"'
    match = re.search(rb'<svg[^>]*?width="([\d.]+)pt"[^>]*?height="([\d.]+)pt"', payload) or re.search(
        rb'<svg[^>]*?height="([\d.]+)pt"[^>]*?width="([\d.]+)pt"', payload
    )
    if match is None:
        return ""
    first, second = (round(float(value) * 4 / 3) for value in match.groups())
    width, height = (first, second) if match[0].find(b"width") < match[0].find(b"height") else (second, first)
    return f' width="{width}" height="{height}"'


def _dots_per_metre(payload: bytes) -> int:
    return struct.unpack(">I", payload[payload.index(b"pHYs") + 4 :][:4])[0]


def _text(value: str | list[str]) -> str:
    return value if isinstance(value, str) else "".join(value)
