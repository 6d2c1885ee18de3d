"""What teacher and learners get: a page for each learner, a page for the class, and the grades as CSV, wide and long.

No hidden input, expected value or secret is in any of them. All text from learners is escaped; CSV cells that a
spreadsheet would run as formulas are neutralised. Pages hold both languages and need nothing from the network.
"""

import csv
import hashlib
import html
import re
import statistics
from collections import defaultdict
from pathlib import Path

from glideslope.grade.gradebook import Grade, Gradebook, Item

__all__ = ["csv_cell", "write_reports"]

LOW = 0.5
_STYLE = (
    "body{font:17px/1.6 system-ui,'Noto Sans CJK SC',sans-serif;max-width:70ch;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse}td,th{padding:.2rem .8rem;text-align:left;border-bottom:1px solid #8884}"
    "td.n{text-align:right;font-variant-numeric:tabular-nums}.ok{color:#00664d}.no{color:#a33b00}:root{color-scheme:light dark}"
    "@media(prefers-color-scheme:dark){.ok{color:#4cc9a4}.no{color:#f2915a}}"
)


def write_reports(book: Gradebook, assignment: str, folder: Path) -> Path:
    """Write all reports of an assignment and return their folder."""
    grades = book.grades(assignment)
    runs: dict[int, defaultdict[int, list[Item]]] = {run: defaultdict(list) for run in {grade.run for grade in grades}}
    for run, by_submission in runs.items():
        for submission, item in book.items(run):
            by_submission[submission].append(item)
    items = {grade.learner: runs[grade.run][grade.submission] for grade in grades}
    (folder / "learners").mkdir(parents=True, exist_ok=True)
    for grade in grades:
        path = folder / "learners" / f"{_file_name(grade.learner)}.html"
        path.write_text(_learner_page(assignment, grade, items[grade.learner]), encoding="utf-8")
    (folder / "class.html").write_text(_class_page(assignment, grades, items), encoding="utf-8")
    _write_wide(folder / "grades.csv", grades, items)
    _write_long(folder / "questions.csv", grades, items)
    return folder


def csv_cell(value: object) -> str:
    """Return a CSV cell that no spreadsheet takes for a formula.

    Example:
        >>> csv_cell("=cmd()"), csv_cell("Ada"), csv_cell(-0.5)
        ("'=cmd()", 'Ada', '-0.5')
    """
    if isinstance(value, int | float):
        return f"{value:g}"
    text = str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%") else text


def _file_name(learner: str) -> str:
    """Return a file name that is safe and different for different learners."""
    safe = re.sub(r"[^\w.-]", "_", learner).strip(".") or "learner"
    return (
        safe
        if safe == learner and len(safe) < 100
        else f"{safe[:80]}-{hashlib.sha256(learner.encode()).hexdigest()[:8]}"
    )


def _write_wide(path: Path, grades: list[Grade], items: dict[str, list[Item]]) -> None:
    exercises = sorted({item.exercise for found in items.values() for item in found})
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["learner", "earned", "points", "overridden", *map(csv_cell, exercises)])
        for grade in grades:
            earned = [sum(item.earned for item in items[grade.learner] if item.exercise == name) for name in exercises]
            row = [
                grade.learner,
                round(grade.earned, 6),
                grade.points,
                grade.overridden,
                *(round(value, 6) for value in earned),
            ]
            writer.writerow(map(csv_cell, row))


def _write_long(path: Path, grades: list[Grade], items: dict[str, list[Item]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["learner", "exercise", "question", "title", "earned", "points", "status", "message"])
        for grade in grades:
            for item in items[grade.learner]:
                row = [
                    grade.learner,
                    item.exercise,
                    item.question + 1,
                    item.title_en,
                    round(item.earned, 6),
                    round(item.points, 6),
                    item.status,
                    item.message_en,
                ]
                writer.writerow(map(csv_cell, row))


def _learner_page(assignment: str, grade: Grade, items: list[Item]) -> str:
    rows = "".join(
        f'<tr><td class="{"ok" if item.earned else "no"}">{"✓" if item.earned else "✗"}</td>'
        f"<td>{_both(item.title_en, item.title_zh)}</td><td>{'' if item.earned else _both(item.message_en, item.message_zh)}</td>"
        f'<td class="n">{item.earned:.3g} / {item.points:.3g}</td></tr>'
        for item in items
    )
    changed = (
        f"<p>{_both('Changed by hand: ', '人工修改：')}{html.escape(grade.overridden)}</p>" if grade.overridden else ""
    )
    body = f'<p class="n">{grade.earned:.3g} / {grade.points:.3g}</p>{changed}<table>{rows}</table>'
    return _page(f"{assignment} · {grade.learner}", body)


def _class_page(assignment: str, grades: list[Grade], items: dict[str, list[Item]]) -> str:
    if not grades:
        return _page(assignment, f"<p>{_both('Nothing is graded yet.', '还没有成绩。')}</p>")
    shares = [grade.earned / grade.points if grade.points else 0.0 for grade in grades]
    middle, count = statistics.median(shares), len(grades)
    help_needed = [grade.learner for grade, share in zip(grades, shares, strict=True) if share < LOW]
    body = (
        f"<p>{_both(f'{count} learners, median {middle:.0%}.', f'{count} 人，中位数 {middle:.0%}。')}</p>"
        f"<h2>{_both('Distribution', '成绩分布')}</h2>{_histogram(shares)}"
        f"<h2>{_both('Hardest questions', '最难的问题')}</h2>{_hardest(items)}"
        f"<h2>{_both('Below half of the points', '得分不到一半')}</h2>"
        f"<p>{', '.join(map(html.escape, help_needed)) or _both('Nobody.', '没有。')}</p>"
    )
    return _page(assignment, body)


def _histogram(shares: list[float]) -> str:
    counts = [0] * 10
    for share in shares:
        counts[min(int(share * 10), 9)] += 1
    bars = "".join(
        f'<rect x="{place * 40 + 4}" y="{120 - 110 * count / max(counts):.1f}" width="32" height="{110 * count / max(counts):.1f}" fill="currentColor" opacity=".6"/>'
        f'<text x="{place * 40 + 20}" y="134" font-size="11" text-anchor="middle" fill="currentColor">{place * 10}–{place * 10 + 10} %</text>'
        f'<text x="{place * 40 + 20}" y="{116 - 110 * count / max(counts):.1f}" font-size="11" text-anchor="middle" fill="currentColor">{count or ""}</text>'
        for place, count in enumerate(counts)
    )
    told = "; ".join(f"{place * 10}–{place * 10 + 10} %: {count}" for place, count in enumerate(counts) if count)
    return f'<svg viewBox="0 -10 400 150" role="img" aria-label="{told}" style="max-width:100%">{bars}</svg>'


def _hardest(items: dict[str, list[Item]]) -> str:
    asked: dict[tuple[str, int], list[Item]] = defaultdict(list)
    for found in items.values():
        for item in found:
            asked[item.exercise, item.question].append(item)
    share = {key: sum(item.earned > 0 for item in found) / len(found) for key, found in asked.items()}
    rows = "".join(
        f"<tr><td>{html.escape(asked[key][0].exercise)}</td><td>{_both(asked[key][0].title_en, asked[key][0].title_zh)}</td>"
        f'<td class="n">{share[key]:.0%}</td><td>{_common(asked[key])}</td></tr>'
        for key in sorted(share, key=lambda key: (share[key], key))[:10]
    )
    heads = "".join(
        f"<th>{_both(*pair)}</th>"
        for pair in (
            ("Exercise", "题目"),
            ("Question", "问题"),
            ("Right", "答对"),
            ("Most common fault", "最常见的错误"),
        )
    )
    return f"<table><tr>{heads}</tr>{rows}</table>"


def _common(found: list[Item]) -> str:
    faults = [(item.message_en, item.message_zh) for item in found if not item.earned]
    return _both(*max(sorted(set(faults)), key=faults.count)) if faults else ""


def _both(en: str, zh: str) -> str:
    return f'<span lang="en">{html.escape(en)}</span> <span lang="zh-Hans">{html.escape(zh)}</span>'


def _page(title: str, body: str) -> str:
    escaped = html.escape(title)
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}"><title>{escaped}</title><style>{_STYLE}</style>'
        f"<h1>{escaped}</h1>{body}</html>\n"
    )
