"""The page where anyone checks their own notes: its words, in each language, and the place the checker comes alive in.

The checker itself is `web/proof`; it runs in the reader's browser and sends nothing anywhere.
"""

__all__ = ["proof_page"]


def proof_page(language: str) -> str:
    """MyST source of the page."""
    return PAGES[language].replace("BENCH", BENCH.format(**NO_SCRIPT[language]))


NO_SCRIPT = {
    "en": {"needs": "This page needs JavaScript: the checker runs in your browser.", "name": "Check your notes"},
    "zh": {"needs": "本页需要 JavaScript：检查程序在你的浏览器里运行。", "name": "检查自己的笔记"},
}

BENCH = """```{{raw}} html
<link rel="stylesheet" href="../assets/proof.css">
<div class="proof-bench" data-proof role="region" aria-label="{name}" data-pagefind-ignore><noscript><p>{needs}</p></noscript></div>
```"""

PAGES = {
    "en": r"""# Check your own notes

Is there a wrong sign in your lecture notes?
Paste LaTeX or Markdown, or drop a notebook.
The checker reads every displayed formula, puts numbers into both sides of each step, and tells you which line it cannot follow.

BENCH

## Where your text goes

Nowhere.
The checker is a Python program that runs inside this page; it is loaded once, 13 MB at most, when you ask for the first verdict.
After that you can pull the network plug and go on.

## What the verdicts mean

holds
: Both sides agree at random points of several sizes. That is strong evidence and no proof.

error
: The sides differ, and there is evidence that it is a slip: the lines around it agree with each other, or one small change mends it, or every symbol was declared.

ill-formed
: An index is free on one side only, or two shapes cannot meet.

needs a condition
: The step holds once something is said that the text leaves out, such as $\sum_j y_j = 1$.

not confirmed
: The sides differ, but the text does not say enough to call it a slip. Declare the symbols and check again.

not understood
: The checker could not read this step.

definition, not a claim
: Nothing to check: a name is given, a value is put in, an update is described.

## How to get better verdicts

Say what the letters are, as you would to a student: *Let $x \in \mathbb{R}^n$ and let $W \in \mathbb{R}^{m \times n}$.*
Write the conditions next to the step: *If $i \ne j$, then …*
A step that nobody can understand from the text alone is *not confirmed*, not wrong.

The checker does not look at limits, orders of growth, optimality or distributions, and a wrong definition makes everything consistent with it hold.
""",
    "zh": r"""# 检查自己的笔记

讲义里会不会有一个写反了的符号？
把 LaTeX 或 Markdown 贴进来，或者拖入一个笔记本。
检查程序会读出每一个单独成行的公式，给每一步的两边代入数值，告诉你哪一行它推不出来。

BENCH

## 你的文字去了哪里

哪里也没去。
检查程序是一段 Python，就在这个页面里运行；第一次检查时才载入，最多 13 MB，只载入一次。
之后断开网络，照样可以用。

## 各种结论的意思

成立
: 在几种尺寸、许多随机点上，两边都相等。这是有力的证据，但不是证明。

不成立
: 两边不等，而且有证据表明是笔误：前后两行彼此相符，或者改一处就成立，或者所有符号都交代过。

写法有误
: 某个下标只在一边自由出现，或者两个形状对不上。

缺少条件
: 补上原文没说的条件才成立，例如 $\sum_j y_j = 1$。

未能确认
: 两边不等，但原文交代得不够，不能断定是笔误。把符号的含义写清楚，再检查一次。

没看懂
: 这一步没能读懂。

定义、非论断
: 没有可检查的内容：给符号起名、代入数值，或者描述一次更新。

## 怎样得到更好的结论

像给学生讲课那样，先说清每个字母是什么：*设 $x \in \mathbb{R}^n$，$W \in \mathbb{R}^{m \times n}$。*
条件写在那一步旁边：*当 $i \ne j$ 时……*
只凭原文谁也看不懂的一步，结论是“未能确认”，不是“不成立”。

极限、增长阶、最优性和分布不在检查之列；定义写错了，与它一致的推导都会成立。
""",
}
