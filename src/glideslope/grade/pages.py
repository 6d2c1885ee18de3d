"""The pages of a report as HTML: one for a learner, one for the class.

Both languages are in every page; a switch of two radio buttons shows one of them, without a script. All text from learners is
escaped, nothing is loaded from anywhere, and what is shown of a hidden question is a sentence from a fixed list.
"""

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby

from glideslope.exercise import Text
from glideslope.grade.gradebook import Grade, Item
from glideslope.grade.histogram import histogram

__all__ = ["Asked", "ClassFacts", "class_page", "learner_page"]

_STYLE = """
:root{color-scheme:light dark;--paper:#fff;--ink:#1b1f24;--soft:#5b6470;--line:#d9dde2;--good:#00664d;--bad:#a33b00;--wash:#f4f6f8}
@media(prefers-color-scheme:dark){:root{--paper:#14171a;--ink:#e6e8ea;--soft:#9aa4af;--line:#343a41;--good:#4cc9a4;--bad:#f2915a;--wash:#1c2024}}
*{box-sizing:border-box}
body{font:17px/1.6 system-ui,"Noto Sans CJK SC","Noto Sans SC",sans-serif;background:var(--paper);color:var(--ink);max-width:46rem;margin:1.5rem auto 4rem;padding:0 1rem}
h1{font-size:1.6rem;line-height:1.25;margin:.2rem 0;overflow-wrap:anywhere}h2{font-size:1.15rem;margin:2.2rem 0 .4rem}
.of,.small{color:var(--soft);margin:0;font-size:.95rem;overflow-wrap:anywhere}.sum{font-size:1.25rem;margin:.6rem 0 0;font-variant-numeric:tabular-nums}
input[name=lang]{position:absolute;opacity:0}label{float:right;padding:0 .5rem;margin-left:.25rem;color:var(--soft);cursor:pointer;border-bottom:2px solid transparent}
#en:checked~[for=en],#zh:checked~[for=zh]{color:var(--ink);border-color:currentColor}
#en:focus-visible~[for=en],#zh:focus-visible~[for=zh]{outline:2px solid;outline-offset:2px}
#en:checked~main [lang|=zh],#zh:checked~main [lang=en]{display:none}main{clear:both}
ul{list-style:none;margin:0;padding:0}li{display:grid;grid-template-columns:1.4rem 1fr auto;gap:0 .6rem;padding:.45rem 0;border-bottom:1px solid var(--line)}
li p{grid-column:2/-1;margin:.1rem 0 .2rem;color:var(--soft);overflow-wrap:anywhere}
.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}.ok{color:var(--good)}.no{color:var(--bad)}
table{border-collapse:collapse;width:100%}td,th{padding:.4rem .8rem .4rem 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--line);overflow-wrap:break-word}
th{font-weight:600;color:var(--soft);font-size:.9rem}td:last-child,th:last-child{padding-right:0}
a{color:inherit;text-underline-offset:.2em}svg{display:block;width:100%;height:auto;margin:.4rem 0}
.people{columns:2;column-gap:2.5rem}.people li{grid-template-columns:minmax(0,1fr) auto;break-inside:avoid;overflow-wrap:anywhere}code{font-size:.92em}
td:nth-child(2),th:nth-child(2){white-space:nowrap}
@media(max-width:36rem){.people{columns:1}body{font-size:16px}.wide thead{display:none}.wide tr{display:grid;grid-template-columns:1fr auto;border-bottom:1px solid var(--line);padding:.5rem 0}
.wide td{border:0;padding:0}.wide td:nth-child(n+3){grid-column:1/-1;color:var(--soft)}}
@media print{label{display:none}body{margin:0;max-width:none}}
"""


@dataclass
class Asked:
    """What became of one question in a class."""

    exercise: str
    question: int
    title: Text
    count: int = 0
    right: int = 0
    faults: dict[Text, int] = field(default_factory=dict)


@dataclass
class ClassFacts:
    """What the class page tells."""

    shares: list[float] = field(default_factory=list)
    asked: dict[tuple[str, int], Asked] = field(default_factory=dict)
    low: list[tuple[str, str, float]] = field(default_factory=list)  # who, link, share
    absent: list[str] = field(default_factory=list)
    strangers: list[tuple[str, str]] = field(default_factory=list)  # who, link
    late: list[tuple[str, str, int]] = field(default_factory=list)  # who, link, days


def learner_page(
    assignment: str, who: str, grade: Grade, items: Sequence[Item], titles: Mapping[str, Text], language: str
) -> str:
    """Return the page of one learner."""
    parts = [f'<p class="sum">{grade.earned:.4g} / {grade.points:.4g}{_points(grade.points)}</p>']
    if grade.late_days:
        parts.append(_paragraph(_late(grade)))
    if grade.overridden:
        parts.append(f'<p class="small">{_both("Changed by hand: ", "人工修改：")}{html.escape(grade.overridden)}</p>')
    for exercise, found in groupby(items, key=lambda item: item.exercise):
        title = titles.get(exercise, Text(exercise, exercise))
        parts.append(f"<h2>{_both(title.en, title.zh)}</h2><ul>{''.join(map(_question, found))}</ul>")
    return _page(assignment, who, "".join(parts), language)


def _points(points: float) -> str:
    return _both(" points" if points != 1 else " point", " 分")


def _late(grade: Grade) -> tuple[str, str]:
    days, before = grade.late_days, f"{grade.judged:.4g}"
    return (
        f"Handed in late: {days} day{'s' * (days != 1)} begun after the deadline. Before the deduction: {before}.",
        f"迟交：已超过截止时间，按 {days} 天计。扣分前为 {before} 分。",
    )


@lru_cache(maxsize=1000)
def _question(item: Item) -> str:
    """A question with what is said about it; a class makes the same few mistakes."""
    right = item.earned > 0
    mark = ("ok", "✓", "right", "正确") if right else ("no", "✗", "not right", "不正确")
    said = "" if right else f"<p>{_both(item.message_en, item.message_zh)}</p>"
    return (
        f'<li><span class="{mark[0]}" role="img" aria-label="{mark[2]} · {mark[3]}">{mark[1]}</span>'
        f'<span>{_both(item.title_en, item.title_zh)}</span><span class="n">{item.earned:.3g} / {item.points:.3g}</span>{said}</li>'
    )


def class_page(assignment: str, facts: ClassFacts, titles: Mapping[str, Text], language: str) -> str:
    """Return the page of the class."""
    if not facts.shares:
        return _page(assignment, "", _paragraph(("Nothing is graded yet.", "还没有成绩。")), language)
    shares = sorted(facts.shares)
    count, middle = len(shares), (shares[(len(shares) - 1) // 2] + shares[len(shares) // 2]) / 2
    learners = "1 learner" if count == 1 else f"{count} learners"
    body = (
        f'<p class="sum">{_both(f"{learners}, median {middle:.0%}", f"{count} 人，中位数 {middle:.0%}")}</p>'
        f"<h2>{_both('Distribution', '成绩分布')}</h2>{histogram(shares)}"
        f"<h2>{_both('Hardest questions', '最难的问题')}</h2>{_hardest(facts, titles)}"
        f"<h2>{_both('Below half of the points', '得分不到一半')}</h2>"
        f"{_people([(who, link, f'{share:.0%}') for who, link, share in sorted(facts.low, key=lambda row: row[2])])}"
    )
    if facts.late:
        days = [(who, link, _both(f"{n} d", f"{n} 天")) for who, link, n in facts.late]
        body += f"<h2>{_both('Late, with a deduction', '迟交并已扣分')}</h2>{_people(days)}"
    if facts.absent:
        body += f"<h2>{_both('On the roster, nothing judged', '名单上有，但没有成绩')}</h2>{_people([(who, '', '') for who in facts.absent])}"
    if facts.strangers:
        body += f"<h2>{_both('Handed in, but not on the roster', '交了作业，但不在名单上')}</h2>{_people([(*row, '') for row in facts.strangers])}"
    return _page(assignment, "", body, language)


def _people(rows: Sequence[tuple[str, str, str]]) -> str:
    """A list of names; the third entry is markup of ours."""
    if not rows:
        return _paragraph(("Nobody.", "没有。"))
    entries = "".join(
        f'<li><span>{_link(who, link)}</span><span class="n">{value}</span></li>' for who, link, value in rows
    )
    return f'<ul class="people">{entries}</ul>'


def _link(who: str, link: str) -> str:
    return f'<a href="{html.escape(link)}">{html.escape(who)}</a>' if link else html.escape(who)


def _hardest(facts: ClassFacts, titles: Mapping[str, Text]) -> str:
    asked = sorted(facts.asked.values(), key=lambda one: (one.right / one.count, one.exercise, one.question))
    rows = "".join(
        f'<tr><td>{_both(one.title.en, one.title.zh)}</td><td class="n">{one.right / one.count:.0%}</td>'
        f"<td>{_exercise(titles, one.exercise)}</td><td>{_common(one)}</td></tr>"
        for one in asked[:10]
    )
    pairs = (("Question", "问题"), ("Right", "答对"), ("Exercise", "题目"), ("Most common fault", "最常见的错误"))
    heads = "".join(f"<th>{_both(*pair)}</th>" for pair in pairs)
    return f'<table class="wide"><thead><tr>{heads}</tr></thead>{rows}</table>'


def _exercise(titles: Mapping[str, Text], name: str) -> str:
    title = titles.get(name, Text(name, name))
    return _both(title.en, title.zh)


def _common(one: Asked) -> str:
    if not one.faults:
        return ""
    told, count = max(one.faults.items(), key=lambda pair: (pair[1], pair[0].en))
    return _both(f"{told.en} ({count}×)", f"{told.zh}（{count} 次）")


def _paragraph(pair: tuple[str, str]) -> str:
    return f'<p class="small">{_both(*pair)}</p>'


@lru_cache(maxsize=1000)
def _both(en: str, zh: str) -> str:
    """Both languages; titles and sentences are the same few for the whole class."""
    return f'<span lang="en">{_inline(en)}</span><span lang="zh-Hans">{_inline(zh)}</span>'


def _inline(text: str) -> str:
    """Escape, then set `code`."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text))


def _page(assignment: str, who: str, body: str, language: str) -> str:
    title = html.escape(f"{who} · {assignment}" if who else assignment)
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    switch = "".join(
        f'<input type="radio" name="lang" id="{code}"{" checked" if code == language else ""}>' for code in ("en", "zh")
    )
    return (
        f'<!doctype html><html lang="{"zh-Hans" if language == "zh" else "en"}"><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="generator" content="glideslope">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}"><title>{title}</title><style>{_STYLE}</style>'
        f'{switch}<label for="zh" lang="zh-Hans">中文</label><label for="en" lang="en">English</label><main>'
        f'<p class="of">{html.escape(assignment)}</p><h1>{html.escape(who) if who else _both("The class", "全班")}</h1>{body}</main></html>\n'
    )
