"""From two sides to a judgement.

* compare, evidence, assumptions: both sides in many worlds, what that shows, and what would make them meet
* opening, likelihoods, verdict, ordered: whether a display defines or claims, where a chain gives a density its formula; the verdict on a step
* capitals, averages, examples, designed, undefined, unchanced, downstream: readings with matrices for capitals, with means nobody wrote, a formula for each example, rows of the data, without definitions, without chance, with a meaning for what is only differentiated
* slopes: letters that stand for any place
* finding, reasons, chinese: how a judgement is put, in two languages
"""
