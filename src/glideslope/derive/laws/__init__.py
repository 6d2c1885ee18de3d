"""Probability: variables, their laws, what a measure of them is worth.

* stated, families, unnamed: `$X \\sim \\mathcal{N}(\\mu, \\sigma^2)$` and the families of the field
* chance, probability, tables: which formulas speak of chance; finite worlds in which each has a value
* lawful, densities, transforms, regions, standing, grids, vectors, drawn, gammas: values where a named law does
"""
