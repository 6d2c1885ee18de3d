"""Our checker beside the tools people use for LaTeX, on the same steps: parsed, verified, mutants accepted, seconds a step.

    python -m venv /tmp/peers && /tmp/peers/bin/pip install "math-verify[antlr4_11_0]" lark
    python -m bench.derive_peers --peers /tmp/peers/bin/python [--errata open.jsonl] [--most 200]

The steps are those we verify in our own derivations (both sides of each `=`), and the right forms of the errata; of each
step up to `--mutants` one-edit mutants are judged too, those left out that are numerically equal to the original.
Peers get the two sides alone, since they take no context; each may spend `--limit` seconds of processor time on a step.
math-verify compares with its own `verify`; the parsers' results are compared with `simplify(a - b) == 0`.
"""

import argparse
import collections
import itertools
import json
import os
import platform
import random
import re
import signal
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ABOUT = """The steps are chosen because we verify them, in the context of their text; peers get the two sides alone, as they take
no context. Mutants are those of the steps each tool verified; none of them equals its original numerically."""
PEERS = ("math-verify", "latex2sympy2_extended", "sympy antlr", "sympy lark")


class TooLong(BaseException):
    """Raised by the clock."""


def recorded(text, source, most_mutants, rng):
    """The verified steps of a text with their mutants: sides as LaTeX, our verdicts, our seconds."""
    from bench.derive import Mutating
    from glideslope.derive.source.extract import read_source

    steps = []

    class Recording(Mutating):
        def choose(self, changes):
            return rng.sample(changes, len(changes))

        def planted(self, step, slips):
            start = time.perf_counter()
            unequal = (slip for slip in slips if slip.verdict is not None)
            found = [(bare(s.changed), s.verdict.status) for s in itertools.islice(unequal, most_mutants)]
            left, right = (self.source.text[m.start : m.end] for m in (step.previous, step.member))
            shown = [{"latex": latex, "ours": status} for latex, status in found]
            steps.append({"source": source, "left": bare(left), "right": bare(right), "mutants": shown})
            self.inside += time.perf_counter() - start

    reader = Recording(read_source(text), 0.0)
    reader.report()
    return [step for step in steps if step["left"].strip()], reader.plain


def bare(latex):
    """A side without alignment, line end and trailing words, which no peer reads."""
    latex = re.sub(r"(&|\\\\)\s*(\\q?quad\s*)*\\text\{.*", "", latex, flags=re.DOTALL)
    return re.sub(r"(?<!\\)&|\\\\\s*$|[.,;]\s*$", "", latex).strip()


def gathered(options):
    """All steps, cut down to `--most` by seed, and our own median time a step."""
    rng = random.Random(options.seed)
    texts = [
        (path.name, path.read_text("utf8"))
        for path in sorted((ROOT / "tests" / "cases" / "derivations").glob("*.en.md"))
    ]
    texts += [(path.parent.name, path.read_text("utf8")) for path in sorted((ROOT / "course").rglob("lesson.en.md"))]
    if options.errata:
        cases = [json.loads(line) for line in options.errata.read_text("utf8").splitlines()]
        texts += [
            (f"errata {case['id']}", f"{case['context']}\n\n$$\n{case['right']}\n$$\n")
            for case in cases
            if case["right"]
        ]
    steps, times = [], []
    for source, text in texts:
        found, plain = recorded(text, source, options.mutants, rng)
        steps += found
        times += plain
    unique = list({(step["left"], step["right"]): step for step in steps}.values())
    return rng.sample(unique, min(options.most, len(unique))), statistics.median(times)


def judge_all(name, steps, limit):
    """One peer over all steps, in the peers' own Python."""
    parse, same = _peer(name)
    count, accepted, times = collections.Counter(), [], []

    def judged(left, right):
        """(parsed, verified) within the time."""
        parsed = False
        signal.signal(signal.SIGVTALRM, _ring)
        signal.setitimer(signal.ITIMER_VIRTUAL, limit)
        try:
            a, b = parse(left), parse(right)
            parsed = a is not None and b is not None
            return parsed, parsed and bool(same(a, b))
        except TooLong:
            count["too long"] += 1
        except Exception:
            count["raised"] += 1
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        return parsed, False

    for step in steps:
        began = time.process_time()
        parsed, verified = judged(step["left"], step["right"])
        times.append(time.process_time() - began)
        count["steps"] += 1
        count["parsed"] += parsed
        count["verified"] += verified
        if not verified:
            continue
        for mutant in step["mutants"]:
            count["mutants"] += 1
            if judged(step["left"], mutant["latex"])[1]:
                count["accepted"] += 1
                accepted.append([step["right"], mutant["latex"]])
    return {
        "count": dict(count),
        "seconds_median": statistics.median(times),
        "seconds_mean": statistics.mean(times),
        "accepted": accepted[:40],
    }


def _ring(*_):
    raise TooLong


def _peer(name):
    import sympy

    def equal(a, b):
        return a == b or sympy.simplify(a - b) == 0

    if name == "math-verify":
        import math_verify

        def read(latex):
            # A text it cannot read comes back as a string; that is no parse.
            found = math_verify.parse(f"${latex}$", parsing_timeout=None)
            return found if any(not isinstance(piece, str) for piece in found) else None

        return read, (lambda a, b: math_verify.verify(a, b, timeout_seconds=None))
    if name == "latex2sympy2_extended":
        from latex2sympy2_extended import latex2sympy

        return latex2sympy, equal
    from sympy.parsing.latex import parse_latex

    backend = name.split()[1]

    def parse(latex):
        found = parse_latex(latex, backend=backend)
        return found if isinstance(found, sympy.Basic | sympy.MatrixBase) else None

    return parse, equal


def child(limit):
    """Answer for one peer: steps on standard input, figures on standard output."""
    asked = json.load(sys.stdin)
    # Parsers talk; what they say is not the answer.
    answer, sys.stdout = sys.stdout, sys.stderr
    from importlib.metadata import version

    found = judge_all(asked["peer"], asked["steps"], limit)
    package = {"sympy antlr": "sympy", "sympy lark": "sympy"}.get(asked["peer"], asked["peer"])
    json.dump({**found, "version": version(package)}, answer)


def ours(steps, seconds):
    """Our own figures on the same steps; all of them were verified, that is how they were chosen."""
    statuses = collections.Counter(mutant["ours"] for step in steps for mutant in step["mutants"])
    accepted = [
        [step["right"], mutant["latex"]] for step in steps for mutant in step["mutants"] if mutant["ours"] == "holds"
    ]
    count = {
        "steps": len(steps),
        "parsed": len(steps),
        "verified": len(steps),
        "mutants": sum(statuses.values()),
        "accepted": len(accepted),
    }
    return {"count": count, "seconds_median": seconds, "statuses": dict(statuses), "accepted": accepted}


def table(result):
    """The figures as Markdown."""
    rows = [
        "# Our checker beside its peers, on the same steps",
        "",
        f"{result['machine']}; the load of other work was {result['load']:.1f}. {ABOUT}",
        "",
        "| tool | parsed | verified | mutants accepted | seconds a step, median |",
        "|---|---|---|---|---|",
    ]
    for name, found in result["tools"].items():
        count = collections.Counter(found["count"])
        share = f" ({100 * count['accepted'] / count['mutants']:.1f} %)" if count["mutants"] else ""
        rows.append(
            f"| {name} {found.get('version', '')} | {count['parsed']} of {count['steps']} | {count['verified']} | "
            f"{count['accepted']} of {count['mutants']}{share} | {found['seconds_median']:.4f} |"
        )
    rows += ["", "## Mutants accepted, up to ten a tool", ""]
    for name, found in result["tools"].items():
        rows += [
            f"* {name}: `{' '.join(new.split())}` for `{' '.join(old.split())}`" for old, new in found["accepted"][:10]
        ]
    return "\n".join(rows) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", help="the Python that has the peers")
    parser.add_argument("--errata", type=Path)
    parser.add_argument("--most", type=int, default=200, help="steps")
    parser.add_argument("--mutants", type=int, default=4, help="mutants a step")
    parser.add_argument("--limit", type=float, default=5.0, help="seconds of processor time a peer may spend on a step")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        child(options.limit)
        return
    if not options.peers:
        print(
            "derive_peers needs a Python with the peers: --peers; the head of bench/derive_peers.py says how to make one"
        )
        return
    steps, seconds = gathered(options)
    tools = {"glideslope proof": ours(steps, seconds)}
    for peer in PEERS:
        command = [options.peers, __file__, "--child", "--limit", str(options.limit)]
        done = subprocess.run(
            command,
            input=json.dumps({"peer": peer, "steps": steps}),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            check=True,
        )
        tools[peer] = json.loads(done.stdout)
        print(peer, tools[peer]["count"], flush=True)
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    result = {
        "machine": machine,
        "load": os.getloadavg()[0],
        "options": {"most": options.most, "mutants": options.mutants, "limit": options.limit},
        "tools": tools,
    }
    (options.out / "derive_peers.json").write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", "utf8")
    (options.out / "derive_peers.md").write_text(table(result), "utf8")
    print(table(result))


if __name__ == "__main__":
    main()
