"""Claims that are more than two equal sides.

* bylaw: by a law that the text names
* relations, signs, unequal, proportion, belonging, definite, exact: $\\le$, $\\ne$, $\\propto$, $\\in$, $\\succeq$, whole numbers
* implied, projected: an equation from other equations
* orders, remainder, small, printed: approximations of a stated order; digits as they were printed
"""
