"""Draw claims by seed from the held-out documents of the corpus, to be labelled by hand before the checker runs on them.

    python -m bench.claims_sample --corpus FOLDER [--seed 1] [--private FILE]

Prints one row for each step that extraction finds, in an order fixed by the seed: where it stands and the hashes of its sides.
Only the layer that cuts a text into displays and chains is asked. Nothing is judged here, so that labels can be set blind.
A display from which no step is read gives one row without sides. `--private` writes the text of the sides, for the person who labels.
"""

import argparse
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from bench.claims import digest
from bench.derive import held_out
from glideslope.derive.source.chains import chains_of
from glideslope.derive.source.extract import read_source, segments
from glideslope.derive.syntax.tokens import find_macros


@dataclass(frozen=True)
class Step:
    """Two sides of a relation in a document; both are empty for a display that gave none."""

    corpus: str
    path: str
    line: int
    relation: str = ""
    left: str = ""
    right: str = ""

    def place(self, seed):
        """Where it comes in the order of a seed."""
        sides = (digest(self.left), digest(self.right))
        return hashlib.sha256(json.dumps([seed, self.path, self.line, *sides]).encode()).hexdigest()

    def row(self, number):
        """What is kept of it: no text, for the licences are its authors'."""
        sides = {"left": digest(self.left), "right": digest(self.right)} if self.right else {"left": "", "right": ""}
        place = {"corpus": self.corpus, "path": self.path, "line": self.line}
        return {"id": f"heldout-{number:03}", **place, "relation": self.relation, **sides}


def sampled(folder, seed):
    """All steps of the held-out documents, in the order of the seed."""
    found = set()
    for file in sorted(folder.glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            document = json.loads(line)
            if held_out(document["path"]):
                found.update(steps(file.stem, document["path"], document["text"]))
    return sorted(found, key=lambda step: step.place(seed))


def steps(corpus, path, text):
    """The steps of one document, as the checker cuts them."""
    source = read_source(text, path="notes.md")
    macros = find_macros(source.text)
    for piece in segments(source):
        if piece.kind != "display":
            continue
        chains = chains_of(piece.text, macros, piece.start)
        if not any(chain.relations for chain in chains):
            blank = len(piece.text) - len(piece.text.lstrip())
            yield Step(corpus, path, source.place(piece.start + blank)[0])
        for chain in chains:
            for left, right, relation in zip(chain.members, chain.members[1:], chain.relations, strict=False):
                sides = (source.text[side.start : side.end] for side in (left, right))
                yield Step(corpus, path, source.place(right.start)[0], relation, *sides)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--private", type=Path)
    options = parser.parse_args()
    found = sampled(options.corpus, options.seed)
    rows = [step.row(number) for number, step in enumerate(found)]
    if options.private:
        texts = [{**row, "left": step.left, "right": step.right} for row, step in zip(rows, found, strict=True)]
        options.private.write_text("".join(json.dumps(t, ensure_ascii=False) + "\n" for t in texts), encoding="utf-8")
    print("\n".join(json.dumps(row, ensure_ascii=False) for row in rows))


if __name__ == "__main__":
    main()
