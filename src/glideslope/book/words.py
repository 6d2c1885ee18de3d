"""The few sentences the pages themselves say, in both languages."""

__all__ = ["DOMAINS", "HTML_LANGUAGE", "STATUS", "WORDS"]

# What a page says of its own language.
HTML_LANGUAGE = {"en": "en", "zh": "zh-Hans"}

WORDS = {
    "en": {
        "map": "Course map",
        "other": "中文",
        "skip": "To the text",
        "outline": "On this page",
        "exercise": "Exercise",
        "points": "{n} points",
        "hint": "Hint {n}",
        "previous": "Before",
        "next": "Next",
        "minutes": "{n} min",
        "exercises": "{n} exercises",
        "after": "after {titles}",
        "notebook": "Notebook",
        "licence": "Text CC BY 4.0, code BSD-3-Clause, data CC0.",
        "references": "References",
        "glossary": "Glossary",
        "notation": "Notation",
        "proof": "Check your notes",
        "symbol": "symbol",
        "meaning": "meaning",
        "shape": "shape",
        "unit": "unit",
        "first": "first in",
        "objectives": "After this lesson you can",
        "checked": "Checked by machine",
        "where": "Sizes: {sizes}. {domain} Relative difference at most {tolerance}.",
        "evidence": "Agreement at sample points is strong evidence, not a proof.",
    },
    "zh": {
        "map": "航图",
        "other": "English",
        "skip": "跳到正文",
        "outline": "本页内容",
        "exercise": "练习",
        "points": "{n} 分",
        "hint": "提示 {n}",
        "previous": "上一课",
        "next": "下一课",
        "minutes": "{n} 分钟",
        "exercises": "{n} 道练习",
        "after": "先学：{titles}",
        "notebook": "笔记本",
        "licence": "文字 CC BY 4.0，代码 BSD-3-Clause，数据 CC0。",
        "references": "参考文献",
        "glossary": "术语表",
        "notation": "符号表",
        "proof": "检查自己的笔记",
        "symbol": "符号",
        "meaning": "含义",
        "shape": "形状",
        "unit": "单位",
        "first": "首次出现",
        "objectives": "学完这一课，你能够",
        "checked": "已由程序验证",
        "where": "尺寸：{sizes}。{domain}相对误差不超过 {tolerance}。",
        "evidence": "在取样点上一致是有力的证据，但不是证明。",
    },
}

DOMAINS = {
    "mixed": {"en": "Values of either sign.", "zh": "取值有正有负。"},
    "positive": {"en": "Positive values only.", "zh": "只取正值。"},
    "unit": {"en": "Values between 0 and 1 only.", "zh": "只取 0 到 1 之间的值。"},
}

STATUS = {
    "holds": {"en": "checked", "zh": "已验证"},
    "definition": {"en": "definition", "zh": "定义"},
    "skipped": {"en": "statement", "zh": "约定"},
    "error": {"en": "does not hold", "zh": "不成立"},
    "ill-formed": {"en": "ill-formed", "zh": "写法有误"},
    "needs-assumption": {"en": "needs a condition", "zh": "缺少条件"},
    "not-confirmed": {"en": "not confirmed", "zh": "未能确认"},
    "not-understood": {"en": "not understood", "zh": "未能读懂"},
}
