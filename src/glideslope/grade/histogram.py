"""The distribution of a class as a small picture: ten bars, a tenth of the points each, readable as text too."""

from collections.abc import Sequence

__all__ = ["histogram"]

_WIDTH, _HEIGHT, _STEP = 400, 110, 40


def histogram(shares: Sequence[float]) -> str:
    """Return an SVG of the shares (0 to 1) in tenths; the last bar holds full points too."""
    counts = [0] * 10
    for share in shares:
        counts[min(int(share * 10), 9)] += 1
    most = max(counts) or 1
    bars = "".join(_bar(place, count, _HEIGHT * count / most) for place, count in enumerate(counts))
    ticks = "".join(_text(place * _STEP, _HEIGHT + 14, f"{place * 10}") for place in range(11))
    told = "; ".join(f"{place * 10}–{place * 10 + 10} %: {count}" for place, count in enumerate(counts) if count)
    line = f'<path d="M0 {_HEIGHT}H{_WIDTH}" stroke="currentColor" opacity=".5"/>'
    unit = _text(_WIDTH / 2, _HEIGHT + 28, "%")
    return (
        f'<svg viewBox="-12 -14 {_WIDTH + 24} {_HEIGHT + 46}" role="img" aria-label="{told}" font-size="10" fill="currentColor">'
        f"{bars}{line}{ticks}{unit}</svg>"
    )


def _bar(place: int, count: int, height: float) -> str:
    if not count:
        return ""
    left = place * _STEP + 3
    rect = (
        f'<rect x="{left}" y="{_HEIGHT - height:.1f}" width="{_STEP - 6}" height="{height:.1f}" rx="2" opacity=".55"/>'
    )
    return rect + _text(place * _STEP + _STEP / 2, _HEIGHT - height - 4, str(count))


def _text(x: float, y: float, text: str) -> str:
    return f'<text x="{x:g}" y="{y:.1f}" text-anchor="middle">{text}</text>'
