"""The derivation checker: reads notes, finds the mathematics, checks each step numerically.

`check_document` for a file, `check_chain` for one formula in a context, `check_line` for a learner's next line.
A straight pipe: text → blocks → chains → tree → readings → values → evidence → verdict. Standard library only.

Where to look, in the order of the pipe:

* text into formulas: extract, scan, notes, cuts, words, upright, tokens, chains
* formulas into trees: parser, operators, symbols, averaged, bars, repeated, dots, slices, units, tree, names
* what the text says: context, declare, define, wording, usage, membership, passages, layers, sections, renewal, theorems, recalled, annotate
* … of arrays: structure, properties, rows, gathered, basis, partitions, blocks_ahead, parts, spectra, inverted
* … of probabilities: stated, families
* one way to understand a claim: reading, contents, letters, dimensions, sizes, sized, tall, undefined, second, unchanced
* what it is worth in one world: sample, samples, scope, evaluate, arithmetic, functions, drawn, gammas, series, calculus, blocks, numbers, values
* … where probabilities count: chance, probability; where a named law does: bylaw, lawful, densities, transforms, grids, vectors
* from both sides to a judgement: compare, evidence, verdict, opening, finding, reasons, chinese
* claims of their own kind: implied, signs, relations, proportion, unequal, exact, belonging, definite, orders, remainder, printed
* slips: mending, repair, misindexed, mutate, planting
* what people use: api, document, report, formats, command, cache, watch, exercise, renaming
"""

from glideslope.derive.api import check_chain, check_line
from glideslope.derive.document import check_document
from glideslope.derive.exercise import Derivation, LineVerdict, State, Waypoint, hint, judge_line
from glideslope.derive.report import Counterexample, Evidence, Repair, Report, Span, Verdict

__all__ = [
    "Counterexample",
    "Derivation",
    "Evidence",
    "LineVerdict",
    "Repair",
    "Report",
    "Span",
    "State",
    "Verdict",
    "Waypoint",
    "check_chain",
    "check_document",
    "check_line",
    "hint",
    "judge_line",
]
