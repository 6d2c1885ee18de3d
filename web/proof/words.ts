// What the page of the checker says, in both languages. `{name}` is filled in by the caller.

import type { Lang } from "../reader/page.ts";
import type { Status } from "./protocol.ts";

const en = {
  yourNotes: "Your notes: LaTeX, Markdown, or a notebook dropped here",
  check: "Check",
  stop: "Stop",
  open: "Open a file…",
  form: "Read as",
  formGuess: "whatever it is",
  formMd: "Markdown",
  formTex: "LaTeX",
  example: "Try an example:",
  hint: "Ctrl+Enter checks. Nothing you write leaves this page.",
  loading: "Loading the checker, up to 13 MB; this happens once.",
  working: "Checking: {n} displays so far.",
  stopped: "Stopped.",
  nothing: "Paste some notes first.",
  noMath: "There is no displayed formula in this text. Displays stand between $$ and $$, or in an environment such as align.",
  failedLoad: "The checker could not be loaded ({reason}). Reload the page; if it stays away, this server may be missing the folder runtime/, or its security policy may forbid WebAssembly.",
  failedBroke: "The checker broke down on this text ({reason}) and was started anew. Check a shorter piece.",
  refused: "This could not be read: {reason}",
  tooLong: "This text has {n} million characters; at most {most} can be checked here. `glideslope proof` on your computer takes more.",
  notebook: "The Markdown cells of {name}; code is not read.",
  coverage: "{decided} of {claims} claims decided, in {displays} displays and {seconds} s.",
  clean: "No slip found.",
  findings: "{n} to look at:",
  show: "Show",
  showAll: "every step ({n})",
  showFindings: "findings ({n})",
  showOpen: "undecided ({n})",
  results: "Verdicts",
  line: "line {n}",
  lineIn: "cell {cell}, line {n}",
  toLine: "Show line {n} in the text",
  at: "For example, at ",
  repair: "This would hold:",
  minus: "as written:",
  plus: "repaired:",
  useRepair: "Use this repair",
  evidence: "agrees at {points} points in {worlds} settings",
  stale: "The text has changed since; check again.",
};

const zh: Record<keyof typeof en, string> = {
  yourNotes: "你的笔记：LaTeX、Markdown，或把笔记本拖到这里",
  check: "检查",
  stop: "停止",
  open: "打开文件…",
  form: "格式",
  formGuess: "自动判断",
  formMd: "Markdown",
  formTex: "LaTeX",
  example: "试试例子：",
  hint: "按 Ctrl+Enter 检查。你写的内容不会离开本页。",
  loading: "正在载入检查程序，最多 13 MB，只载入一次。",
  working: "正在检查，已读 {n} 个公式。",
  stopped: "已停止。",
  nothing: "请先贴入笔记。",
  noMath: "这段文字里没有单独成行的公式。请把公式写在 $$ 与 $$ 之间，或写在 align 之类的环境里。",
  failedLoad: "检查程序没能载入（{reason}）。请刷新页面；若仍不行，可能是服务器缺少 runtime/ 目录，或安全策略禁止 WebAssembly。",
  failedBroke: "检查程序在这段文字上中断了（{reason}），已重新启动。请缩短一些再检查。",
  refused: "无法读取：{reason}",
  tooLong: "这段文字有 {n} 百万字符，这里最多能检查 {most}。更长的请在自己的电脑上用 `glideslope proof`。",
  notebook: "{name} 的 Markdown 单元格；代码不在检查之列。",
  coverage: "{displays} 个公式，{claims} 个论断中判定了 {decided} 个，用时 {seconds} 秒。",
  clean: "没有发现笔误。",
  findings: "有 {n} 处需要看一看：",
  show: "显示",
  showAll: "每一步（{n}）",
  showFindings: "发现（{n}）",
  showOpen: "未判定（{n}）",
  results: "结论",
  line: "第 {n} 行",
  lineIn: "单元格 {cell} 第 {n} 行",
  toLine: "在原文中显示第 {n} 行",
  at: "例如取 ",
  repair: "这样就成立：",
  minus: "原文：",
  plus: "改为：",
  useRepair: "采用这个改法",
  evidence: "在 {worlds} 种设定的 {points} 个点上相等",
  stale: "文字已经改动，请重新检查。",
};

export type Word = keyof typeof en;
const words: Record<Lang, Record<Word, string>> = { en, zh };

/** A word for each status, and a sign that tells them apart without colour. */
export const STATUS_WORDS: Record<Status, { sign: string; en: string; zh: string }> = {
  holds: { sign: "✓", en: "holds", zh: "成立" },
  definition: { sign: "≔", en: "definition", zh: "定义" },
  skipped: { sign: "–", en: "not a claim", zh: "非论断" },
  error: { sign: "✗", en: "error", zh: "不成立" },
  "ill-formed": { sign: "▲", en: "ill-formed", zh: "写法有误" },
  "needs-assumption": { sign: "◆", en: "needs a condition", zh: "缺少条件" },
  "not-confirmed": { sign: "○", en: "not confirmed", zh: "未能确认" },
  "not-understood": { sign: "?", en: "not understood", zh: "没看懂" },
};

/** Makes the function that says a sentence of this page. */
export function speaker(lang: Lang): (word: Word, values?: Record<string, string | number>) => string {
  return (word, values = {}) => words[lang][word].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
