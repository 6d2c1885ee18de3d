"""The details of a reason in Chinese: what could not be read, which shapes do not meet.

The modules say a detail once, in English, where it is noticed; `detail_zh` gives the Chinese words for it.
A detail that is a name of the text stays as it is; one without words of its own gets a general sentence, never an English one.
"""

from __future__ import annotations

import re

__all__ = ["detail_zh"]

WORDS = {
    "an index on a number": "数上带有下标",
    "an index with no value": "下标没有取值",
    "an index out of range": "下标超出范围",
    "an index that is no whole number": "下标不是整数",
    "an infinite index": "下标为无穷",
    "a condition": "这里出现了条件式",
    "a condition that is no single relation": "条件不是单个关系式",
    "expected a condition": "此处应为条件式",
    "an extremum over nothing": "在空集上取最值",
    "no case applies": "没有一种情形适用",
    "no sample in any domain": "在各取值范围内都取不到样本点",
    "not a number": "结果不是有限的数",
    "a matrix where a number belongs": "应为数的地方出现了矩阵",
    "definitions nested too deeply": "定义嵌套过深",
    "nested too deeply": "嵌套过深",
    "budget": "计算量超出上限",
    "a number that is a size as well": "这个数同时也是维数",
    "an index beyond a size that is tried smaller": "维数按较小的取值试算，下标超出了范围",
    "an index beyond an array whose size is not known": "下标超出数组，而数组的大小未知",
    "a size put together from others": "维数由其他维数合成，按较小的取值无法试算",
    "the spectrum of a number": "对一个数取特征值",
    "the slope of an eigenvalue": "对特征值求导",
    "complex eigenvalues": "特征值为复数",
    "eigenvalues too close to tell apart": "特征值过于接近",
    "dots that show no pattern": "省略号看不出规律",
    "the derivative of a vector by an unnamed variable": "对未指明的变量求向量的导数",
    "a derivative by an unnamed variable": "求导的变量未指明",
    "a gradient by an unnamed variable": "求梯度的变量未指明",
    "the rate of something whose dependence the text does not give": "文中没有说明该量怎样依赖于变量",
    "a second derivative of something the text does not define": "对文中未定义的量求二阶导数",
    "a derivative of order above three": "三阶以上的导数",
    "a derivative by an expression": "对表达式求导",
    "a derivative by a constant": "对常量求导",
    "a derivative by an index": "对下标求导",
    "the derivative of an array by a matrix": "数组对矩阵求导",
    "the derivative of a matrix by a vector": "矩阵对向量求导",
    "the slope of a vector function": "向量函数的斜率",
    "the derivative of a function of several variables": "多元函数的撇号导数",
    "a row of a number": "对一个数取行",
    "a block of unknown size": "分块的大小未知",
    "blocks of different heights": "各分块的行数不同",
    "blocks of different widths": "各分块的列数不同",
    "a skew matrix needs a vector of length 3": "反对称矩阵需要三维向量",
    "diag of a number": "对一个数取对角阵",
    "a factorial of no whole number": "对非整数取阶乘",
    "softmax of a number": "对一个数取 $\\mathrm{softmax}$",
    "log-sum-exp of a number": "对一个数取对数指数和",
    "an eigenvalue of something not square": "对非方阵取特征值",
    "eigenvalues of a matrix that is not symmetric": "非对称矩阵的特征值",
    "a function of an identity of unknown size": "单位阵的大小未知",
    "the determinant of an identity of unknown size": "单位阵的大小未知",
    "ones of unknown size": "全一向量的大小未知",
    "a number + I": "数与单位阵相加",
    "division by a matrix": "除以矩阵",
    "division by zero": "除以零",
    "singular matrix": "矩阵奇异",
    "a matrix in an exponent": "指数中出现矩阵",
    "a cross product needs two vectors of length 3": "叉积需要两个三维向量",
    "the norm of something of unknown size": "范数中的量大小未知",
    "an infinite product": "无穷乘积",
    "a series that does not settle": "级数不收敛",
    "a series that grows": "级数发散",
    "an integral without finite limits": "积分限不是有限数",
    "an integral without limits": "积分没有上下限",
    "an integral without its differential": "积分缺少微分符号",
    "a size that is no number": "大小不是数",
    "a sum without an index": "求和没有下标",
    "a sum over a set": "对集合求和",
    "an operator with nothing to act on": "算子没有作用对象",
    "divergence is not checked": "不检查散度",
    "a matrix with ragged rows": "矩阵各行长度不一",
    "expected an expression, found nothing": "此处应有表达式",
    "a lonely ∂": "单独的 ∂ 不成导数",
    "empty group": "括号内为空",
    "empty superscript": "上标为空",
    "empty subscript": "下标为空",
    "± stands for two formulas": "正负号同时表示两个式子",
    "a derivative order in brackets": "括号中的求导阶数",
    "the formula ends too early": "式子没有写完",
    "a bar is never closed": "竖线没有配对",
    "a bracket is never closed": "括号没有配对",
    "the two sides speak of different quantities": "两边所含的量不同",
    "log of a non-positive number": "对非正数取对数",
    "root of a negative number": "对负数开方",
    "no formula in it": "其中没有公式",
    "a covariance of more than two variables": "协方差中多于两个变量",
    "a divergence between things that are no distributions": "散度两边不是分布",
    "a negative base under a broken exponent": "负数的分数次幂",
    "a number as a block": "把数当作分块",
    "a sum over outcomes with one limit": "对取值求和，却只写了一个上下限",
    "a sum with too many terms": "求和项数过多",
    "an expectation over nothing": "期望没有对象",
    "an expectation over too many variables": "期望涉及的变量过多",
    "an integral over an indexed variable": "积分变量带有下标",
    "an integral that does not settle": "积分不收敛",
    "argument outside (−1, 1)": "自变量不在 (−1, 1) 内",
    "expected a set after \\in": "\\in 后面应为集合",
    "expected a summation index": "此处应为求和下标",
    "exponent too large": "指数过大",
    "exponential too large": "指数函数值过大",
    "power too large": "幂过大",
    "zero to a negative power": "零的负数次幂",
    "given an event that never happens": "作为条件的事件不可能发生",
    "the binomial of something that is no number": "组合数中的量不是数",
    "the factorial of something that is no number": "阶乘中的量不是数",
    "the gamma function of something that is no number": "Γ 函数的自变量不是数",
    "the gamma function outside its domain": "超出 Γ 函数的定义域",
    "the entropy of an expression": "对表达式取熵",
    "the information between more than two variables": "互信息涉及两个以上的变量",
    "∇ with an odd order": "∇ 的次数为奇数",
}

PATTERNS = [(re.compile(pattern), chinese) for pattern, chinese in (
    (r"the left side is (\S+), the right side a number", r"左边是 \1，右边是一个数"),
    (r"the left side is a number, the right side (\S+)", r"左边是一个数，右边是 \1"),
    (r"the left side is (\S+), the right side (\S+)", r"左边是 \1，右边是 \2"),
    (r"I beside a (\S+) matrix", r"单位阵与 \1 矩阵相遇"),
    (r"the range of the sum over (\S+)", r"求和下标 \1 的范围不明"),
    (r"the trace of a (\S+) matrix", r"\1 矩阵没有迹"),
    (r"a (\S+) matrix has no inverse.*", r"\1 矩阵没有逆或行列式"),
    (r"1 times (\S+)", r"全一向量与 \1 相乘"),
    (r"norm of order (\S+)", r"\1 阶范数"),
    (r"unexpected (.+)", r"此处不应出现 \1"),
    (r"expected (.+), found 'the end'", r"此处应为 \1，而式子已结束"),
    (r"expected (.+), found (.+)", r"此处应为 \1，而不是 \2"),
    (r"(\S+) is not known", r"不认识 \1"),
    (r"(\S+) is outside what is checked", r"\1 不在检查范围内"),
    (r"(\S+) is never closed", r"\1 没有配对"),
    (r"(\S+) cannot be a summation index", r"\1 不能作求和下标"),
    (r"(\S+) with a subscript", r"\1 不应带下标"),
    (r"no meaning for (\S+)", r"\1 在这里没有含义"),
    (r"the argument of (\S+)", r"\1 的自变量"),
    (r"(\S+) of several arguments", r"\1 有多个自变量"),
    (r"blocks of (\S+) side by side", r"\1 的分块并排"),
    (r"I as a block of (\S+)", r"单位阵作为 \1 的分块"),
    (r"the symbol (\S+) is not part of this exercise", r"本题中没有符号 \1"),
    (r"environment (\S+) inside a formula", r"式中嵌有环境 \1"),
)]  # fmt: skip


def detail_zh(detail: str) -> str:
    """The Chinese words for a detail; names and formulas are left as they are."""
    return _words(detail.strip().rstrip("."))


def _words(detail: str) -> str:
    if detail in WORDS:
        return WORDS[detail]
    for pattern, chinese in PATTERNS:
        match = pattern.fullmatch(detail)
        if match is not None:
            return match.expand(chinese)
    if re.search(r"[A-Za-z]{2,} [A-Za-z]{2,}|[A-Za-z]Error\b", detail):
        return "这种写法目前不在可读范围内"
    return detail
