"""What the words around a formula say of its names: symmetric, one-hot, an integer, positive, random, independent.

A statement counts unless the words deny it or leave it open ("not symmetric", "whether or not").
"""

from __future__ import annotations

import re

from glideslope.derive.meaning.context import Context

__all__ = ["UNCERTAIN", "gives", "says", "take_words"]

WORDS = (
    (re.compile(r"positive[- ]semi-?\s?definite|\bPSD\b|半正定", re.I), "semidefinite"),
    (re.compile(r"symmetric (?:and )?positive[- ]definite|positive[- ]definite|对称正定|正定", re.I), "definite"),
    (re.compile(r"\A[\s,]*(?:is|be|are|being|denotes?|denoting)\s+(?:the|an?|its|their|our|some)?\s*(?:(?!not\b|no\b|never\b)[a-z-]+\s+){0,3}?(?<!cross-)(?<!cross )(?:covariance|precision) matri|(?<!cross-)(?<!cross )(?:covariance|precision) matri(?:x|ces)\s*\Z|(?<!互)协方差矩阵\s*\Z", re.I), "covariance"),
    (re.compile(r"skew[- ]symmetric|antisymmetric|反对称", re.I), "skew"),
    (re.compile(r"(?<!skew-)(?<!anti)\bsymmetric\b|(?<!反)对称", re.I), "symmetric"),
    (re.compile(r"\borthogonal matri|\brotation matri|正交矩阵|旋转矩阵", re.I), "orthogonal"),
    (re.compile(r"one[- ]hot|独热", re.I), "one_hot"),
    (re.compile(r"\bunit (?:vector|quaternion|norm)|单位向量", re.I), "unit"),
    (re.compile(r"rows (?:that )?sum to (?:one|1)|各行之和为", re.I), "rows_sum_to"),
    (re.compile(r"\bsums? to (?:one|1)\b|probability vector|\bdistributions? (?:with|on|over)\b|probability distribution|之和(?:等于|为)\s*[1一]|概率分布|概率向量", re.I), "sums_to"),
    (re.compile(r"\bdiagonal matri|对角矩阵", re.I), "diagonal"),
)  # fmt: skip
INTEGER = re.compile(r"\bintegers?\b|整数", re.I)
POSITIVE = re.compile(r"\bpositive (?:entries|entry|number|scalar|weights?|constant|integer)|正数", re.I)

STEP = re.compile(r"(?:\bstep[- ]?sizes?|\blearning rates?|步长|学习率)(?: of)?\W*\Z", re.I)
IS_STEP = re.compile(
    r"\W*(?:is|be|denotes|being|是|为)\s+(?:the|a|an|our)?\s*(?:\w+\s+){0,2}(?:step[- ]?size|learning rate)\b", re.I
)

#: what turns a statement into its opposite, or leaves it open
NEGATION = re.compile(
    r"(?:\b(?:not|never|no longer|neither|nor|without|cannot|hardly|non)\b|n't\b|\bnon-?|不再?是?|并?非|未必|没有|无须|无需)[\s-]*(?:[A-Za-z]+\s+){0,5}(?:一定|必|再|总|需要?|要求|一个|个|为|是)*\W*\Z",
    re.I,
)
UNCERTAIN = re.compile(r"\b(?:whether|regardless)\b|无论|不论|不管|是否", re.I)


def says(pattern: re.Pattern[str], words: str) -> bool:
    """Whether the words state something, and do not deny it."""
    return any(
        not NEGATION.search(words[: match.start()]) and not UNCERTAIN.search(words[: match.start()])
        for match in pattern.finditer(words)
    )


RANDOM = re.compile(r"random (?:variables?|vectors?|quantit(?:y|ies))|随机变量|随机向量", re.I)
#: what a variable has, before the formula for it
OF_LAW = re.compile(
    r"\b(?:means?|values?|expectations?|averages?|(?:co)?variances?|deviations?|parameters?|rates?|moments?|densit(?:y|ies)|functions?|probabilit(?:y|ies)|support)"
    r"(?:\]\([^)\s]*\))?[\s,:]*\Z|(?:均值|期望|方差|标准差|参数|密度)[为是\s]*\Z",
    re.I,
)
ALIKE = re.compile(r"(?:independent(?:ly)? and identically|i\.?i\.?d\b|独立同分布)", re.I)
APART = re.compile(
    r"(?<!not )(?<!linearly )(?<!conditionally )\bindependen(?:t|tly|ce)\b(?! of\b| variables? of)(?! given)|(?<!不)(?<!条件)独立",
    re.I,
)


def _chance(names: list[str], context: Context, before: str, after: str) -> None:
    """Random variables, and which of them are independent or distributed alike."""
    own = "" if OF_LAW.search(before[-80:]) else before  # "a random variable with mean $\\mu$": not μ varies
    words = (re.split(r"[.;。；]", own)[-1][-80:], re.split(r"[.;。；]", after)[0][:60])
    if any(not words[0][match.end() :].strip(" \n*_") for match in RANDOM.finditer(words[0])) or says(RANDOM, words[1]):
        context.random.update(names)  # "random variables and $a$" says nothing of a
    keys = {n.lower() if len(n.split(":")[-1]) == 1 else n for n in names}
    if any(says(ALIKE, w) for w in words):
        context.identical |= keys
        context.independent |= keys
    elif any(says(APART, w) for w in words) and "given" not in words[1]:
        context.independent |= keys


def take_words(names: list[str], context: Context, before: str, after: str) -> None:
    """What the words before and after a formula say of the names in it."""
    _chance(names, context, before, after)
    clause = re.split(r"[.;。；]|\band the\b", after)[0][:90]
    lead = re.split(r"[.;。；,，]", before)[-1][-48:]
    if UNCERTAIN.search(lead):
        return
    for pattern, said in WORDS:
        kind = said
        if says(pattern, clause) or says(pattern, lead):
            if kind == "covariance":
                if len(names) != 1 or not context.fact(names[0]).shapes:
                    continue  # σ² V is one, and σ is none; of what has no size, it says none
                kind = "definite"
            for name in names:
                rank = context.rank(name)
                if kind in (
                    "definite",
                    "semidefinite",
                    "skew",
                    "symmetric",
                    "orthogonal",
                    "rows_sum_to",
                    "diagonal",
                ) and rank not in (
                    2,
                    None,
                ):
                    continue
                if kind in ("one_hot", "unit", "sums_to") and rank == 0:
                    continue
                context.fact(name).structure[kind] = 1.0
                if kind == "diagonal" and rank is None:
                    context.fact(name).rank = 2
            break
    if INTEGER.search(clause) or INTEGER.search(lead):
        for name in names:
            context.integers.add(name)
            context.fact(name).integer = True
    if POSITIVE.search(lead) or STEP.search(lead) or IS_STEP.match(clause):
        for name in names:
            fact = context.fact(name)
            fact.low = 0.0 if fact.low is None else fact.low


#: words that say: what follows is a definition
GIVING = re.compile(
    r"\b(?:let|set|put|define[sd]?|defining|denot(?:e|es|ed|ing)|choose|write|call(?:ed)?|introduc(?:e|es|ing)|suppose|assume|consider|instead|replace[sd]?|"
    r"(?:has|have|takes?|of|in) the (?:form|shape)|given by|definition|formaliz\w+)\b|[令设记]|定义|记作|考虑|形式为|取为|改用",
    re.I,
)
BACK = re.compile(
    r"\b(?:hence|thus|therefore|so|gives?|yields?|obtain|get|follows?|implies|means that|because|recall)\b|因此|所以|于是|从而|得到|可得|回忆",
    re.I,
)


def gives(words: str) -> bool:
    """Whether the sentence before a display says that it defines, and not that it follows."""
    sentence = re.split(r"[.!?](?:\s|\Z)|[。！？]|\n[ \t]*\n", words.rstrip())[-1]
    return bool(GIVING.search(sentence)) and not BACK.search(sentence)
