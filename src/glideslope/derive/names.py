"""Names the field agrees on: functions, letters that index, letters that do not.

Notes rarely say that `i` is an index and `x` is not; these tables hold the habits a reader brings along.
Parser and context consult them; a declaration in the text always wins.
"""

from __future__ import annotations

__all__ = [
    "ACCENTS",
    "ALWAYS_CALLED",
    "COUNTING",
    "FUNCTIONS",
    "GREEK",
    "INDEX_LETTERS",
    "RELATIONS",
    "WORD_FUNCTIONS",
    "is_index_word",
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
                 "cal:L", "L", "J", "V", "H", "I", "D", "cal:D", "T", "\\pi", "R", "\\mu", "\\varphi", "l", "u", "v", "\\rho", "\\alpha", "b:f", "b:g", "b:h", "b:F", "S", "K", "k", "cal:J", "cal:F", "E", "\\Gamma", "M", "Z", "N", "U", "rm:Beta", "B"}  # fmt: skip

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
