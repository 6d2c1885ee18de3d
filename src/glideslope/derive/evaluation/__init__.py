"""What a tree is worth in one sampled world.

* sample, samples, scope: the world, how it is drawn, what is bound in it
* evaluate, arithmetic, functions, patterns, members, inverse, roots, series, limits, calculus, blocks: the value of a node
* numbers, values: scalars, arrays and their budget
"""
