"""Measure the checker on hand-labelled claims in notes by others: share decided rightly, false alarms.

    python bench/claims.py --texts FOLDER

The labels are in `bench/claims/*.jsonl`; the texts are fetched by the reader (see the README there), for they are not ours to copy.
"""

import argparse
import collections
import hashlib
import json
from pathlib import Path

from glideslope.derive import check_document

ALARMS = ("error", "ill-formed", "needs-assumption")


def digest(latex):
    """The name of a side: 12 hex digits of its hash, blind to white space."""
    return hashlib.sha256(" ".join(latex.split()).encode()).hexdigest()[:12]


def statuses(rows, folder):
    """The status of each row, None where the text gives no such claim."""
    reports = {}
    for row in rows:
        name = row["excerpt"]
        if name not in reports:
            path = folder / f"{name}.md"
            reports[name] = (
                check_document(path.read_text(encoding="utf-8"), path=path.name).verdicts if path.exists() else ()
            )
        near = [v for v in reports[name] if v.line == row["excerpt_line"]]
        both = [v for v in reports[name] if digest(v.latex) == row["right"] and digest(v.previous) == row["left"]]
        right = [v for v in near if digest(v.latex) == row["right"]]
        found = both or right or (near if len(near) == 1 or not row["right"] else [])
        here = [v for v in found if v.line == row["excerpt_line"]] or found
        yield here[0].status if here else None


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=Path, required=True)
    options = parser.parse_args()
    for file in sorted((Path(__file__).parent / "claims").glob("*.jsonl")):
        rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        count = collections.Counter(zip((r["label"] for r in rows), statuses(rows, options.texts), strict=True))
        checkable = sum(n for (label, _), n in count.items() if label in ("true", "wrong"))
        right = count["true", "holds"] + sum(count["wrong", s] for s in ALARMS)
        false = sum(n for (label, status), n in count.items() if label != "wrong" and status in ALARMS)
        accepted = count["wrong", "holds"]
        print(f"{file.stem}: {len(rows)} rows, {checkable} checkable, decided rightly {right} ({100 * right / checkable:.0f} %), "
              f"false alarms {false}, wrong ones accepted {accepted}")  # fmt: skip
        for (label, status), n in sorted(count.items(), key=str):
            print(f"    {label:14} {status or 'no such claim read':20} {n}")


if __name__ == "__main__":
    main()
