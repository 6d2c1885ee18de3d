"""The measurement on labelled claims: what is drawn, what is kept of it, and how verdicts are counted against labels."""

import itertools
import json

import pytest
from bench import claims, claims_sample
from bench.derive import held_out

TEXT = r"""
Let $a, b \in \mathbb{R}$.

$$
\begin{aligned}
(a + b)^2 &= a^2 + 2ab + b^2 \\
&= a^2 + b (2a + b)
\end{aligned}
$$

$$(a - b)^2 = a^2 - b^2$$

$$c = a + b$$

$$\frac{a}{b}$$
"""


def _path(held):
    return next(name for k in itertools.count() if held_out(name := f"notes-{k}.md") is held)


@pytest.fixture
def corpus(tmp_path):
    documents = [{"path": _path(held), "text": TEXT if held else TEXT.replace("a", "u")} for held in (True, False)]
    (tmp_path / "ours.jsonl").write_text("".join(json.dumps(d) + "\n" for d in documents), "utf8")
    return tmp_path


def _rows(corpus, labels):
    """The rows of the sample with a label for each line of the text."""
    rows = [step.row(k) for k, step in enumerate(claims_sample.sampled(corpus, seed=1))]
    return [{**row, "label": labels[row["line"]]} for row in rows]


def test_the_sample_is_every_step_of_the_held_out_documents_and_a_row_for_a_display_without_one(corpus):
    found = claims_sample.sampled(corpus, seed=1)
    sides = {(step.line, step.relation, step.left, step.right) for step in found}
    assert sides == {
        (6, "=", "(a + b)^2", "a^2 + 2ab + b^2"),
        (7, "=", "a^2 + 2ab + b^2", "a^2 + b (2a + b)"),
        (11, "=", "(a - b)^2", "a^2 - b^2"),
        (13, "=", "c", "a + b"),
        (15, "", "", ""),
    }
    assert {step.path for step in found} == {_path(True)}


def test_the_order_is_the_seeds_own_and_the_rows_hold_no_text(corpus):
    first, again, other = (claims_sample.sampled(corpus, seed) for seed in (1, 1, 2))
    assert first == again
    assert first != other
    assert set(first) == set(other)
    for row, step in zip((s.row(k) for k, s in enumerate(first)), first, strict=True):
        assert row["right"] == (claims.digest(step.right) if step.right else "")
        assert not any(side and side in str(row.values()) for side in (step.left, step.right) if len(side) > 1)


def test_a_claim_of_the_corpus_is_found_by_its_hashes_and_judged(corpus):
    rows = _rows(corpus, {6: "true", 7: "true", 11: "wrong", 13: "not a claim", 15: "not a claim"})
    found = claims.documents(rows, None, corpus)
    by_line = dict(zip((row["line"] for row in rows), claims.statuses(rows, found), strict=True))
    assert by_line == {6: "holds", 7: "holds", 11: "error", 13: "definition", 15: "skipped"}


def test_wrong_ones_accepted_and_false_alarms_are_named_and_no_credit_is_given_for_them(corpus, tmp_path, capsys):
    labels = tmp_path / "labels"
    labels.mkdir()
    rows = _rows(corpus, {6: "true", 7: "wrong", 11: "not a claim", 13: "true", 15: "needs context"})
    (labels / "set.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf8")
    claims.main(["--corpus", str(corpus)], labels)
    printed = capsys.readouterr().out
    assert printed.startswith(
        "set: 5 rows, 3 checkable, decided rightly 1 (33.3 %), wrong ones accepted 1, false alarms 1, undecided 1\n"
    )
    assert [line.split() for line in printed.splitlines() if line.startswith("    undecided")] == [
        ["undecided", "definition", "1"]
    ]
    accepted, alarm = (
        [line for line in printed.splitlines() if f" {what}: " in line] for what in ("accepted", "alarm")
    )
    assert len(accepted) == len(alarm) == 1
    assert accepted[0].endswith(f"(wrong), {_path(True)} line 7: holds")
    assert alarm[0].endswith(f"(not a claim), {_path(True)} line 11: error")


def test_a_fetched_excerpt_is_found_though_its_lines_moved_and_a_set_without_texts_is_left_out(tmp_path, capsys):
    sides = {"left": claims.digest("(a - b)^2"), "right": claims.digest("a^2 - b^2")}
    row = {
        "id": "x-0",
        "path": "n.md",
        "excerpt": "cut",
        "excerpt_line": 12,
        "relation": "=",
        **sides,
        "label": "wrong",
    }
    labels = tmp_path / "labels"
    labels.mkdir()
    (labels / "old.jsonl").write_text(json.dumps(row) + "\n", "utf8")
    claims.main([], labels)
    assert capsys.readouterr().out == "old: left out, its texts are not given\n"
    (tmp_path / "cut.md").write_text(TEXT, "utf8")
    claims.main(["--texts", str(tmp_path)], labels)
    assert "1 checkable, decided rightly 1 (100.0 %)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("label", "status", "worth"),
    [
        ("true", "holds", "right"), ("true", "error", "alarm"), ("true", "needs-assumption", "alarm"), ("true", None, "undecided"),
        ("true", "skipped", "undecided"), ("true", "not-confirmed", "undecided"), ("wrong", "ill-formed", "right"),
        ("wrong", "holds", "accepted"), ("wrong", "definition", "undecided"), ("not a claim", "holds", "apart"),
        ("needs context", "error", "alarm"), ("needs context", None, "apart"),
    ],
)  # fmt: skip
def test_the_worth_of_a_verdict(label, status, worth):
    assert claims.outcome(label, status) == worth
