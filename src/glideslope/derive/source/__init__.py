"""From text to formulas: blocks of a file, displays and inline mathematics, chains of steps.

* extract: displays and sentences of Markdown, LaTeX, notebooks
* scan: inline mathematics and its words
* chains: a display as steps, each with what stands before it
* places: what the place of a formula in its display says
* continued: a display that begins with a relation goes on from the one before
* repeated: `1 + 2 + \\dots` and other repetitions made plain
"""
