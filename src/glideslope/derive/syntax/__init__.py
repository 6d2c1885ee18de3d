"""From formulas to trees: LaTeX as a tree of operations, with no knowledge of what the text says.

* tokens, braces, habits, units, cuts, words, upright: the pieces of a formula, and where it is cut
* tree, names: what a tree is; what the field agrees to call things
* parser, operators, environments, applied, symbols, scripts: precedence, big operators, rows and columns, symbols with their marks
* bars, sets, dots, slices, averaged: absolute values and conditions, events, patterns of dots, rows and ranges, what stands below an E
"""
