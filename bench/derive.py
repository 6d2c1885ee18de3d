"""Measure the derivation checker: errata found, forms accepted, alarms on notes by others, mutants refused, time.

    python -m bench.derive --errata open.jsonl --corpus FOLDER [--seed NOTEBOOK] [--out bench/results]

Writes `derive.json` (figures) and `derive.md` (the table, every miss and every alarm by name).
A claim, as counted here, is any step the checker did not take for a definition, a condition, an update or an equation to be solved;
that is more than what is checkable (docs/proof.md, "What counts as a claim"): many need context. The share decided is measured by
`bench/claims.py` on 200 checkable claims of the held-out part, drawn by seed and labelled before the checker ran on the sample.
The documents of the corpus are split by the hash of their path: two thirds to tune on, one third reported apart.
"""

import argparse
import collections
import hashlib
import json
import platform
import statistics
import subprocess
import sys
import time
from pathlib import Path

from bench import claims
from glideslope.derive import check_chain, check_document
from glideslope.derive.document import Reader
from glideslope.derive.planting import Planting
from glideslope.derive.source.extract import read_source

WANTED = {"fails": "error"}


def errata(path):
    """Shares of wrong forms caught and of right forms accepted, with the misses by name."""
    count, misses, times = collections.Counter(), [], []
    for line in path.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        for form in ("wrong", "right"):
            if not case[form]:
                continue
            start = time.perf_counter()
            statuses = [v.status for v in check_chain(case[form], case["context"])]
            times.append(time.perf_counter() - start)
            alarms = {s for s in statuses if s in ("error", "ill-formed", "needs-assumption")}
            if form == "wrong":
                fair = {WANTED.get(s, s) for s in (case["expect_wrong"], *(case.get("accept") or ()))}
                good = bool(fair & alarms)
            else:
                good = "holds" in statuses and set(statuses) <= {"holds", "definition"}
                count["right alarms"] += bool(alarms)
            count[f"{form} all"] += 1
            count[f"{form} good"] += good
            if not good:
                misses.append((case["id"], form, statuses))
    return {
        "count": dict(count),
        "misses": misses,
        "seconds_median": statistics.median(times),
        "seconds_max": max(times),
    }


def held_out(path):
    """One third of the documents, by the hash of their path."""
    return int(hashlib.sha256(path.encode()).hexdigest(), 16) % 3 == 0


def corpus(folder):
    """Counts, alarms and time on notes by others, for the tuning and the held-out part."""
    parts = {
        name: {"counts": collections.Counter(), "alarms": [], "displays": 0, "seconds": 0.0, "documents": 0}
        for name in ("tune", "held-out")
    }
    for file in sorted(folder.glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            document = json.loads(line)
            part = parts["held-out" if held_out(document["path"]) else "tune"]
            start = time.perf_counter()
            report = check_document(document["text"], path="notes.md", seconds=0.1)
            part["seconds"] += time.perf_counter() - start
            part["counts"].update(report.counts)
            part["displays"] += report.displays
            part["documents"] += 1
            for v in report.findings:
                part["alarms"].append(
                    [
                        file.stem,
                        document["path"],
                        v.line,
                        v.status,
                        " ".join(v.previous.split())[:160],
                        " ".join(v.latex.split())[:160],
                        v.reason["en"],
                    ]
                )
    return parts


class Mutating(Planting):
    """Counts what becomes of the mutants of every verified step, and how long it takes."""

    def __init__(self, source, seconds):
        super().__init__(source, seconds=seconds)
        self.count, self.accepted, self.failing = collections.Counter(), [], []

    def planted(self, step, slips):
        for slip in slips:
            if slip.verdict is None:
                self.count["equivalent"] += 1
                continue
            self.failing.append(slip.seconds)
            self.count["all"] += 1
            self.count[slip.verdict.status] += 1
            plain = _bare(slip.right)
            self.count["original repaired"] += any(_bare(r.after) == plain for r in slip.verdict.repairs)
            if slip.verdict.status == "holds":
                self.accepted.append([slip.right, slip.changed])


class Timed(Reader):
    """Takes the time of each chain, a step."""

    def __init__(self, source, seconds):
        super().__init__(source, seconds=seconds)
        self.times = []

    def chain(self, chain):
        start = time.perf_counter()
        found = super().chain(chain)
        self.times.append((time.perf_counter() - start) / max(1, len(found)))
        return found


def step_times(paths, seconds, passes=5):
    """Seconds a step of each chain of our own derivations: each document is read as often as `passes`, the median of each chain counts."""
    found = []
    for path in paths:
        source = read_source(path.read_text(encoding="utf-8"))
        readers = [Timed(source, seconds) for _ in range(passes)]
        for reader in readers:
            reader.report()
        found.extend(statistics.median(times) for times in zip(*(r.times for r in readers), strict=True))
    return found


def _bare(latex):
    return (
        latex.replace(" ", "")
        .replace("{", "")
        .replace("}", "")
        .replace("\\left", "")
        .replace("\\right", "")
        .replace("\\top", "T")
    )


def planted(paths, seconds):
    """Mutants of every verified step of our own derivations."""
    count, accepted, failing = collections.Counter(), [], []
    for path in paths:
        reader = Mutating(read_source(path.read_text(encoding="utf-8")), seconds)
        reader.report()
        count.update(reader.count)
        accepted.extend(reader.accepted)
        failing.extend(reader.failing)
    return {
        "count": dict(count),
        "accepted": accepted,
        "seconds_step_median": statistics.median(step_times(paths, seconds)),
        "seconds_failing_median": statistics.median(failing),
    }


def labelled(corpus_folder):
    """What became of the 200 checkable claims of the held-out part: right, accepted, alarm, undecided."""
    lines = (Path(claims.__file__).parent / "claims" / "heldout.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    found = claims.statuses(rows, claims.documents(rows, None, corpus_folder))
    count = collections.Counter(claims.outcome(row["label"], status) for row, status in zip(rows, found, strict=True))
    return {"checkable": sum(row["label"] in claims.CHECKABLE for row in rows), **count}


def whole_command(notebook):
    """Seconds that `glideslope proof NOTEBOOK` takes in all, start-up included and nothing kept from before: the least of five."""
    line = [sys.executable, "-m", "glideslope.cli", "proof", "--no-cache", str(notebook)]
    times = []
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        times.append(time.perf_counter() - start)
    return min(times)


def table(result):
    """The figures as Markdown."""
    e, m = result["errata"], result["mutants"]
    rows = ["# Derivation checker: measured", "", f"Machine: {result['machine']}; the load of other work was {result['load']:.1f}.", "",
            "| measure | value |", "|---|---|",
            f"| errata: wrong forms caught with the verdict named | {e['count']['wrong good']} of {e['count']['wrong all']} |",
            f"| errata: right forms and true chains accepted | {e['count']['right good']} of {e['count']['right all']} |",
            f"| errata: false alarms on right forms | {e['count'].get('right alarms', 0)} |",
            f"| errata: seconds a case, median and largest | {e['seconds_median']:.3f}, {e['seconds_max']:.2f} |"]  # fmt: skip
    for name, part in result["corpus"].items():
        c = part["counts"]
        claims = sum(
            c[s] for s in ("holds", "error", "ill-formed", "needs-assumption", "not-confirmed", "not-understood")
        )
        rows.append(
            f"| corpus, {name}: documents, displays, claims | {part['documents']}, {part['displays']}, {claims} |"
        )
        rows.append(
            f"| corpus, {name}: holds, not confirmed, not understood | {c['holds']}, {c['not-confirmed']}, {c['not-understood']} |"
        )
        rows.append(
            f"| corpus, {name}: error, ill-formed, needs-assumption | {c['error']}, {c['ill-formed']}, {c['needs-assumption']} |"
        )
        rows.append(f"| corpus, {name}: ms a display | {1000 * part['seconds'] / max(1, part['displays']):.0f} |")
    c = result["claims"]
    rows.append(f"| labelled claims of the held-out part: decided rightly | {c['right']} of {c['checkable']} |")
    rows.append(f"| … wrong ones accepted, false alarms | {c.get('accepted', 0)}, {c.get('alarm', 0)} |")
    total = m["count"]["all"]
    caught = sum(m["count"].get(s, 0) for s in ("error", "ill-formed", "needs-assumption", "not-confirmed"))
    tier = sum(m["count"].get(s, 0) for s in ("error", "ill-formed"))
    rows += [f"| mutants of our own verified steps (equivalents removed) | {total} |",
             f"| … caught | {100 * caught / total:.1f} % |", f"| … in the tiers error and ill-formed | {100 * tier / total:.1f} % |",
             f"| … accepted | {m['count'].get('holds', 0)} |",
             f"| … excused by an assumption | {100 * m['count'].get('needs-assumption', 0) / total:.1f} % |",
             f"| … the original among the first three repairs | {100 * m['count']['original repaired'] / total:.0f} % |",
             f"| ms a verified step, median (each chain read five times) | {1000 * m['seconds_step_median']:.1f} |", f"| ms a failing step, median | {1000 * m['seconds_failing_median']:.0f} |",
             *([f"| `glideslope proof` on the seed notebook, seconds in all | {result['seed_s']:.2f} |"] if result["seed_s"] else []),
             "", "## Errata missed", ""]  # fmt: skip
    rows += [f"* `{name}` ({form}): {', '.join(statuses)}" for name, form, statuses in e["misses"]]
    rows += ["", "## Every alarm on the corpus", ""]
    for name, part in result["corpus"].items():
        rows += [
            f"* {name}: {a[0]} {a[1]} line {a[2]}, {a[3]}: `{a[4]}` against `{a[5]}`. {a[6]}" for a in part["alarms"]
        ]
    return "\n".join(rows) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errata", type=Path, required=True)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--seed", type=Path, help="a notebook, to time the whole command on")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results")
    parser.add_argument("--seconds", type=float, default=0.2)
    options = parser.parse_args()
    cases = sorted((Path(__file__).parents[1] / "tests" / "cases" / "derivations").glob("*.en.md"))
    import os

    result = {"machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}", "load": os.getloadavg()[0],
              "errata": errata(options.errata), "corpus": corpus(options.corpus), "claims": labelled(options.corpus), "mutants": planted(cases, options.seconds),
              "seed_s": whole_command(options.seed) if options.seed else None}  # fmt: skip
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "derive.json").write_text(json.dumps(result, ensure_ascii=False, indent=1), encoding="utf-8")
    (options.out / "derive.md").write_text(table(result), encoding="utf-8")
    print(table(result))


if __name__ == "__main__":
    main()
