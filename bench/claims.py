"""Measure the checker on hand-labelled claims in notes by others: share decided rightly, false alarms, what stays undecided.

    python -m bench.claims [--texts FOLDER] [--corpus FOLDER]

The labels are in `bench/claims/*.jsonl`; the texts are not ours to copy (see the README there). Rows with an excerpt are read from
files that the reader fetches (`--texts`), rows of the corpus from its own folder of JSON lines (`--corpus`).
A set whose texts are not given is left out.
"""

import argparse
import collections
import hashlib
import json
from pathlib import Path

from glideslope.derive import check_document

ALARMS = ("error", "ill-formed", "needs-assumption")
CHECKABLE = ("true", "wrong")
UNREAD = "no such claim read"


def digest(latex):
    """The name of a side: 12 hex digits of its hash, blind to white space."""
    return hashlib.sha256(" ".join(latex.split()).encode()).hexdigest()[:12]


def documents(rows, texts, corpus):
    """The text of each document that the rows name; none for a document that is not there."""
    found = {}
    for name in sorted({row["excerpt"] for row in rows if "excerpt" in row}) if texts else ():
        path = texts / f"{name}.md"
        if path.exists():
            found[name] = path.read_text(encoding="utf-8")
    for name in sorted({row["corpus"] for row in rows if "corpus" in row}) if corpus else ():
        for line in (corpus / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            document = json.loads(line)
            found[name, document["path"]] = document["text"]
    return found


def place(row):
    """The document of a row and the line in it."""
    if "corpus" in row:
        return (row["corpus"], row["path"]), row["line"]
    return row["excerpt"], row["excerpt_line"]


def statuses(rows, found):
    """The status of each row, None where the text gives no such claim."""
    reports = {}
    for row in rows:
        name, line = place(row)
        if name not in reports:
            reports[name] = check_document(found[name], path="notes.md").verdicts if name in found else ()
        near = [v for v in reports[name] if v.line == line]
        both = [v for v in reports[name] if digest(v.latex) == row["right"] and digest(v.previous) == row["left"]]
        right = [v for v in near if digest(v.latex) == row["right"]]
        claims = both or right or (near if len(near) == 1 or not row["right"] else [])
        here = [v for v in claims if v.line == line] or claims
        yield here[0].status if here else None


def outcome(label, status):
    """What a verdict is worth: right, accepted, alarm, undecided; or apart, for what claims nothing and raised no alarm."""
    if status in ALARMS:
        return "right" if label == "wrong" else "alarm"
    if label not in CHECKABLE:
        return "apart"
    if status == "holds":
        return "right" if label == "true" else "accepted"
    return "undecided"


def summary(name, rows, found_statuses):
    """The figures of one set as text: the share first, then every alarm and every wrong claim accepted by its name."""
    judged = [(row, status, outcome(row["label"], status)) for row, status in zip(rows, found_statuses, strict=True)]
    count = collections.Counter(what for _, _, what in judged)
    checkable = sum(row["label"] in CHECKABLE for row in rows)
    share = f"decided rightly {count['right']} ({100 * count['right'] / max(1, checkable):.1f} %)"
    rest = f"wrong ones accepted {count['accepted']}, false alarms {count['alarm']}, undecided {count['undecided']}"
    lines = [f"{name}: {len(rows)} rows, {checkable} checkable, {share}, {rest}"]
    undecided = collections.Counter(status or UNREAD for _, status, what in judged if what == "undecided")
    lines += [f"    undecided      {status:20} {n}" for status, n in undecided.most_common()]
    table = collections.Counter((row["label"], status or UNREAD) for row, status, _ in judged)
    lines += [f"    {label:14} {status:20} {n}" for (label, status), n in sorted(table.items())]
    for row, status, what in judged:
        if what in ("alarm", "accepted"):
            lines.append(f"    {what}: {row['id']} ({row['label']}), {row['path']} line {place(row)[1]}: {status}")
    return "\n".join(lines)


def main(arguments=None, labels=Path(__file__).parent / "claims"):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=Path, help="folder of fetched excerpts, EXCERPT.md")
    parser.add_argument("--corpus", type=Path, help="folder of the corpus, NAME.jsonl")
    options = parser.parse_args(arguments)
    for file in sorted(labels.glob("*.jsonl")):
        rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        found = documents(rows, options.texts, options.corpus)
        if found:
            print(summary(file.stem, rows, statuses(rows, found)))
        else:
            print(f"{file.stem}: left out, its texts are not given")


if __name__ == "__main__":
    main()
