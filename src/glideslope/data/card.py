"""Write a data card: what a set holds, how it was made, where it misleads, what simple methods reach on it.

The words stand in `files/<name>.toml`, in English and Chinese; the counts are taken from the arrays, so that they cannot go stale.
`Dataset.describe()` prints it.
"""

from typing import Any

from glideslope.errors import DataError

__all__ = ["card_text"]

HEADINGS = {
    "en": (
        "What",
        "How made",
        "Labels",
        "Limits",
        "Channels",
        "Facts of each group",
        "Baselines",
        "Licence",
        "rows",
        "groups",
    ),
    "zh": ("内容", "来历", "标签", "局限", "通道", "每组的已知量", "基线", "许可", "行", "组"),
}


def card_text(dataset: Any, lang: str = "en") -> str:
    """Return the card of `dataset` as plain text in English ("en") or Chinese ("zh")."""
    if lang not in HEADINGS:
        raise DataError(f'describe knows the languages "en" and "zh", not {lang!r}; choose one of the two.')
    what, how, labels, limits, channels, facts, baselines, licence, rows, groups = HEADINGS[lang]
    card = dataset.card
    parts = [f"{dataset.name}: {card['title'][lang]}", f"{len(dataset)} {rows}, {len(dataset.group_ids)} {groups}"]
    for heading, key in ((what, "what"), (how, "how"), (labels, "labels"), (limits, "limits")):
        if key in card:
            parts.append(f"\n{heading}\n{card[key][lang].strip()}")
    if dataset.channels:
        parts += [f"\n{channels}", *(_channel_line(channel, lang) for channel in dataset.channels)]
    if card.get("facts"):
        parts += [f"\n{facts}", *(f"  {name} [{unit}]" for name, unit in card["facts"].items())]
    if card.get("baselines"):
        parts += [f"\n{baselines}", *(f"  {line[lang]}: {line['value']}" for line in card["baselines"])]
    return "\n".join([*parts, f"\n{licence}\nCC0 1.0"])


def _channel_line(channel: Any, lang: str) -> str:
    return f"  {channel.name:<15} [{channel.unit}]  {getattr(channel, lang)}"
