"""Names the field agrees on: functions, letters that index, letters that do not.

Notes rarely say that `i` is an index and `x` is not; these tables hold the habits a reader brings along.
Parser and context consult them; a declaration in the text always wins.
"""

from __future__ import annotations

import re

__all__ = [
    "ACCENTS",
    "ALWAYS_CALLED",
    "COUNTING",
    "DENSITIES",
    "DIVERGENCES",
    "FUNCTIONS",
    "GREEK",
    "IDENTITIES",
    "INDEX_LETTERS",
    "LETTER",
    "LOSS_LETTERS",
    "ONES",
    "OPERATION_SIGNS",
    "RELATIONS",
    "WORD_FUNCTIONS",
    "ZEROS",
    "is_index_word",
    "is_sized",
]

#: LaTeX command or word -> the function evaluated
FUNCTIONS = {
    "exp": "exp", "log": "log", "ln": "log", "lg": "log10", "sin": "sin", "cos": "cos", "tan": "tan", "cot": "cot", "sec": "sec",
    "csc": "csc", "sinh": "sinh", "cosh": "cosh", "tanh": "tanh", "coth": "coth", "arcsin": "arcsin", "arccos": "arccos",
    "arctan": "arctan", "asin": "arcsin", "acos": "arccos", "atan": "arctan", "atan2": "atan2", "arctanh": "arctanh", "softmax": "softmax", "sigmoid": "sigmoid",
    "logistic": "sigmoid", "relu": "relu", "ReLU": "relu", "softplus": "softplus", "tr": "tr", "Tr": "tr", "trace": "tr",
    "det": "det", "diag": "diag", "Diag": "diag", "sgn": "sign", "sign": "sign", "vec": "vec", "logsumexp": "logsumexp",
    "LSE": "logsumexp", "max": "max", "min": "min", "rank": "rank", "erf": "erf", "logit": "logit", "Gamma": "gamma", "skew": "skew",
}  # fmt: skip

#: plain runs of letters taken for a function when the author forgot the backslash
WORD_FUNCTIONS = {
    "ln",
    "log",
    "exp",
    "sin",
    "cos",
    "tan",
    "tanh",
    "softmax",
    "sigmoid",
    "diag",
    "relu",
    "ReLU",
    "max",
    "min",
    "det",
    "trace",
    "tr",
}

#: single letters that are read as a function when a bracket with plain arguments follows
ALWAYS_CALLED = {"f", "g", "h", "F", "G", "p", "P", "q", "Q", "\\phi", "\\psi", "\\sigma", "\\ell", "\\zeta", "\\Phi", "\\kappa", "cal:N",
                 "cal:L", "L", "J", "V", "H", "I", "D", "cal:D", "T", "\\pi", "R", "\\mu", "\\varphi", "l", "u", "v", "\\rho", "\\alpha", "b:f", "b:g", "b:h", "b:F", "S", "K", "k", "cal:J", "cal:F", "E", "\\Gamma", "M", "Z", "N", "U", "rm:Beta", "rm:B", "B"}  # fmt: skip

#: losses, which letters alone in brackets after an index make functions
LOSS_LETTERS = {"\\ell", "l", "L", "J", "cal:L", "cal:J"}
OPERATION_SIGNS = {"+", "-", "/", "\\cdot", "\\times", "\\frac", "\\sum", "\\odot"}

#: index letters that count layers or time: what comes later may depend on what comes before
COUNTING = {"l", "L", "\\ell", "t", "T"}

#: letters that index when they stand below a symbol
INDEX_LETTERS = set("abcdefghijklmnopqrst") | {"\\alpha", "\\beta", "\\mu", "\\nu", "\\ell"}

GREEK = {
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi", "pi",
    "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega", "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma",
    "Upsilon", "Phi", "Psi", "Omega", "ell", "hbar", "varpi", "varrho", "varsigma",
}  # fmt: skip

ACCENTS = {
    "\\hat": "hat", "\\widehat": "hat", "\\tilde": "tilde", "\\widetilde": "tilde", "\\bar": "bar", "\\overline": "bar",
    "\\dot": "dot", "\\ddot": "ddot", "\\check": "check", "\\breve": "breve", "\\underline": "under", "\\overrightarrow": "arrow",
    "\\acute": "acute", "\\mathring": "ring",
}  # fmt: skip

RELATIONS = {
    "=": "=", ":=": ":=", "=:": "=:", "\\equiv": "=", "<": "<", ">": ">", "\\leq": "<=", "\\geq": ">=", "\\ne": "!=", "\\approx": "~",
    "\\simeq": "~", "\\sim": "dist", "\\propto": "prop", "\\in": "in", "\\to": "to", "\\mapsto": "to", "\\leftarrow": "assign",
    "\\Rightarrow": "implies", "\\Leftrightarrow": "implies", "\\notin": "notin", "\\subset": "subset", "\\subseteq": "subset",
    "\\ll": "<<", "\\gg": ">>", "\\cong": "~", "\\stackrel": "=", "\\overset": "=", "\\lesssim": "~", "\\gtrsim": "~", "\\succ": "succ",
    "\\succeq": "succeq", "\\prec": "prec", "\\preceq": "preceq", "\\doteq": ":=", "\\perp": "perp", "\\Leftarrow": "implies", "\\must": "must",
}  # fmt: skip


def is_index_word(word: str) -> bool:
    """Tell whether the letters `word` below a symbol are several indices (ij, ab) rather than a label (new, max)."""
    if len(word) <= 2:
        return word not in {
            "in",
            "to",
            "CE",
            "NL",
            "LR",
            "MN",
            "ML",
            "CV",
            "BN",
            "WB",
            "AB",
            "KL",
            "SE",
            "sp",
            "ps",
            "th",
            "wp",
            "xx",
            "xy",
            "yy",
        } and (word.islower() or len(word) == 1)
    return len(word) <= 4 and all(letter in "ijklmnpqr" for letter in word)


#: a letter that may stand for a variable or an event
LETTER = re.compile(r"\A(?:b:)?(?:[A-Za-z]|\\[a-zA-Z]+)'?\Z")

#: names of a probability or density: the measure they speak of
DENSITIES = {
    "p": "p",
    "P": "p",
    "\\Pr": "p",
    "rm:Pr": "p",
    "rm:P": "p",
    "bb:P": "p",
    "rm:p": "p",
    "q": "q",
    "Q": "q",
    "rm:q": "q",
    "\\pi": "π",
    "f": "p",
}

#: names of the Kullback-Leibler divergence
DIVERGENCES = {"rm:KL", "KL", "D_KL", "D_\\mathrm{KL}", "rm:D_KL", "cal:D_KL", "bb:D_KL", "bb:KL"}

#: arrays whose subscript is their size
IDENTITIES = frozenset(("I", "b:I", "bb:I", "rm:I"))
ONES = frozenset(("b:1", "bb:1"))
ZEROS = frozenset(("b:0",))


def is_sized(name: str) -> bool:
    """Whether a subscript on this name, as a size, gives an array."""
    return name in IDENTITIES or name in ONES or name in ZEROS
