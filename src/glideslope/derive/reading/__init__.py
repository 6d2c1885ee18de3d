"""One way to understand a claim: which letters index, which are arrays, how large.

* reading, contents, letters: a reading and what it takes from the claim
* dimensions, sizes, sized, normalised, tall: shapes by declaration, by use, by subscript, beyond the usual size
* second: the same claim read as a second letter of the text suggests
"""
