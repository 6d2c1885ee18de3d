"""The sentences of a verdict, in English and Chinese.

Short, in the second language as a native would say it; a reason names what was seen, never what the author thought.
"""

from __future__ import annotations

import re

from glideslope.derive.judging.chinese import detail_zh

__all__ = ["REPAIRS", "Reason", "say", "without_place"]

Reason = dict[str, str]

SENTENCES: dict[str, tuple[str, str]] = {
    "definition": ("Defines {name}.", "定义 {name}。"),
    "relation": ("States a relation for quantities not defined before.", "给出尚未定义的量之间的关系。"),
    "again": ("Gives {name} a new meaning in this section.", "在本节中重新定义 {name}。"),
    "shown": (
        "What is stated here agrees with what line {line} derives.",
        "这里陈述的结论与第 {line} 行的推导一致。",
    ),
    "holds": (
        "Both sides agree at {points} points in {worlds} random settings.",
        "在 {worlds} 组随机取值、共 {points} 个点上，两边相等。",
    ),
    "holds-domain": (
        "Both sides agree at {points} points, for {domain} values.",
        "取{domain_zh}时，两边在 {points} 个点上相等。",
    ),
    "holds-order": (
        "The inequality is true at {points} points in {worlds} random settings.",
        "在 {worlds} 组随机取值、共 {points} 个点上，不等式成立。",
    ),
    "wide": (
        "Holds only if a sum or a function reaches over all that follows; brackets would say so.",
        "只有当求和号（或函数）作用于后面全部内容时才成立；请加括号说明。",
    ),
    "case": (
        "The sides differ here, but agree in the case an earlier sentence speaks of.",
        "两边在此不相等，但在前面一句所说的情形下相等。",
    ),
    "vacuous": (
        "Both sides are 0 at every sample only because the text does not say how one quantity depends on the other.",
        "两边处处为 0，只是因为文中没有说明一个量怎样依赖另一个量。",
    ),
    "commuting": (
        "Holds for numbers, but not if {name} are matrices, and the text does not say which they are.",
        "若 {name} 是数则成立，若是矩阵则不成立，而文中没有说明。",
    ),
    "holds-over": ("Agrees with the line before the slip.", "与出错之前的那一行相等。"),
    "sandwich": (
        "This line equals neither its predecessor nor its successor, which equal each other: the slip is here.",
        "前一行与后一行相等，唯独这一行与两者都不相等：错误就在这里。",
    ),
    "repaired": (
        "The sides differ; with one small change they agree: {repair}.",
        "两边不相等；改动一处即可相等：{repair_zh}。",
    ),
    "differs": ("The sides differ, and every symbol in them is defined.", "两边不相等，而其中每个符号都有定义。"),
    "stray": ("The index {letter} is free on one side only.", "下标 {letter} 只在一边是自由的。"),
    "stray-repair": (
        "The index {letter} is free on one side only; with one small change the sides agree: {repair}.",
        "下标 {letter} 只在一边是自由的；改动一处即可相等：{repair_zh}。",
    ),
    "clash": ("The shapes cannot meet: {detail}.", "形状对不上：{detail_zh}。"),
    "clash-repair": (
        "The shapes cannot meet: {detail}; this would fit: {repair}.",
        "形状对不上：{detail_zh}；这样改就合适：{repair_zh}。",
    ),
    "assumption": (
        "Holds only if {assumption}, which the text does not say before this line.",
        "只有当 {assumption} 时才成立，而前文没有说明这一点。",
    ),
    "assumption-known": ("Holds under {assumption}.", "在 {assumption} 的条件下成立。"),
    "not-confirmed": (
        "The sides differ here, but the text may leave something unsaid ({why}).",
        "两边在此不相等，但文中可能有未说明之处（{why_zh}）。",
    ),
    "not-understood": ("Not read: {detail}.", "未能读懂：{detail_zh}。"),
    "skip-update": ("An update rule, not a claim.", "这是更新规则，不是等式断言。"),
    "skip-constraint": ("A condition the text states.", "这是文中给出的条件。"),
    "skip-named": (
        "A model or a hypothesis with a name: stated, not claimed.",
        "带名称的模型或假设：只是陈述，没有断言。",
    ),
    "skip-equation": ("An equation to be solved, not an identity.", "这是待解的方程，不是恒等式。"),
    "skip-numbers": ("Values put in.", "代入数值。"),
    "rounded": ("Agrees to the digits printed.", "在所写的位数内相等。"),
    "skip-approximation": ("An approximation: how close is not checked.", "这是近似式：不检查近似程度。"),
    "order": (
        "The difference shrinks like the power {order} of the small quantity, or faster.",
        "小量趋于零时，两边之差至少按其 {order} 次幂减小。",
    ),
    "order-missed": (
        "The difference shrinks like the power {power} of the small quantity only, not {order}.",
        "小量趋于零时，两边之差只按其 {power} 次幂减小，达不到 {order} 次。",
    ),
    "skip-signs": ("Two values at once, by the signs.", "正负号同时给出两个值。"),
    "follows": ("Follows from the equation before it.", "可由前面的等式推出。"),
    "same": ("Both sides are the same wherever they were tried.", "在所有取值点上两边都相等。"),
    "unequal": ("The two values differ.", "两个值不相等。"),
    "shape": ("Has this shape for {worlds} choices of the sizes.", "取 {worlds} 组不同的尺寸，形状都相符。"),
    "member": ("In the set at {points} points.", "在 {points} 个取值点上都属于该集合。"),
    "holds-ratio": (
        "The quotient of the sides stays the same as {name} changes, at {points} points in {worlds} random settings.",
        "在 {worlds} 组随机取值、共 {points} 个点上，两边之比不随 {name} 变化。",
    ),
    "ratio": ("The quotient of the sides changes with {name}.", "两边之比随 {name} 变化。"),
    "form": ("Says what {name} is, up to a factor.", "给出 {name}，只差一个常数因子。"),
    "skip-relation": ("The relation {relation} is not checked.", "不检查关系 {relation}。"),
    "skip-alone": ("An expression alone: nothing is claimed.", "单独的表达式：没有断言。"),
    "skip-note": ("Skipped on request: {detail}.", "按注释跳过：{detail}。"),
    "expected": ("Fails, as announced: {detail}.", "如注释所说，不成立：{detail}。"),
    "expected-not": ("Announced to fail, but it holds.", "注释说它不成立，但它成立。"),
    "inequality": ("The inequality is violated at a sample.", "在一个取值点上，不等式不成立。"),
}

REPAIRS: dict[str, tuple[str, str]] = {
    "sum-scope": ("the sum reaches over the last factor too", "求和号应延伸到后面的因子"),
    "sum-missing": ("a sum is missing", "缺少求和号"),
    "sum-extra": ("a sum too many", "多了一个求和号"),
    "power": ("a power is in the wrong place", "乘方的位置不对"),
    "sign": ("a sign", "符号错误"),
    "index": ("an index", "下标错误"),
    "transpose": ("a transpose", "转置错误"),
    "order": ("the order of two factors", "两个因子的次序"),
    "factor": ("a factor", "多了或错了一个因子"),
    "factor-missing": ("a factor is missing", "缺少一个因子"),
    "symbol": ("a symbol", "符号写错"),
    "number": ("a number", "数字错误"),
    "bound": ("the limit of a sum", "求和的上下限"),
    "function": ("a function", "函数写错"),
    "root": ("a root", "根号错误"),
}

DOMAIN_ZH = {"positive": "正数", "unit": "(0, 1) 内的数", "mixed": "任意数"}
DOMAIN_EN = {"positive": "positive", "unit": "(0, 1)", "mixed": "mixed-sign"}


PLACE = re.compile(r" at offset \d+\Z")


def say(key: str, **values: object) -> Reason:
    """The sentence in both languages."""
    english, chinese = SENTENCES[key]
    if "domain" in values:
        values["domain_zh"] = DOMAIN_ZH.get(str(values["domain"]), "")
        values["domain"] = DOMAIN_EN.get(str(values["domain"]), "")
    if "repair" in values:
        kind = str(values["repair"])
        values["repair"], values["repair_zh"] = REPAIRS.get(kind, (kind, kind))
    if "detail" in values:
        values["detail"] = without_place(str(values["detail"]))
    for word in ("detail", "why"):
        values.setdefault(f"{word}_zh", detail_zh(str(values[word])) if word in values else "")
    return {"en": english.format(**values), "zh": chinese.format(**values)}


def without_place(detail: str) -> str:
    """A detail without its offset, which counts in the whole text: a reader has the line."""
    return PLACE.sub("", detail)
