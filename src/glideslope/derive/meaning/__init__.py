"""What the text says its letters mean: declared, defined, described in words, shown by use.

* context: all that is known at one place
* declare, define, models, shaped, called, listed, wording, usage, membership, passages, layers, renewal: how it gets known
* structure, properties, curvature, smallness, rows, gathered, basis, partitions, blocks_ahead, parts, spectra, inverted, turned: what is said of arrays
"""
