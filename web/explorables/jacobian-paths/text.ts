// The words of this explorable.
import type { Language } from "../../kit/text.ts";

export const words = {
  en: {
    invite: '"Press a" z "and follow its paths to" C.',
    z: (i: number) => `Logit z ${i}`, zValue: (z: string, d: string) => `${z}, slope of the cost ${d}`,
    y: (j: number) => `Label y ${j}`, yValue: (y: string, sum: string) => `${y}, labels sum to ${sum}`,
    logits: "logits", probabilities: "softmax", labels: "labels", cost: "cost",
    rows: "Derivation, one line at a time",
    question: "Raise y_2, so that the labels sum to more than one. Is ∂C/∂z_i still a_i − y_i?",
    answers: ["Yes", "No"], tryIt: "Drag y_2 up and compare the last two lines.",
    because: "In between stands a_i Σ_j y_j − y_i. Only labels that sum to one turn it into a_i − y_i.",
    sumOne: "Σ_j y_j = 1, so this is a_i − y_i", sumOther: (sum: string, wrong: string) => `Σ_j y_j = ${sum}: a_i − y_i would say ${wrong}`,
  },
  zh: {
    invite: "按住一个 z，沿着它的路径走到 C。",
    z: (i: number) => `logit z ${i}`, zValue: (z: string, d: string) => `${z}，代价对它的斜率 ${d}`,
    y: (j: number) => `标签 y ${j}`, yValue: (y: string, sum: string) => `${y}，标签之和 ${sum}`,
    logits: "logits", probabilities: "softmax", labels: "标签", cost: "代价",
    rows: "推导，一次看一行",
    question: "把 y_2 拉高，让标签之和超过 1。∂C/∂z_i 还等于 a_i − y_i 吗？",
    answers: ["等于", "不等于"], tryIt: "向上拖动 y_2，比较最后两行。",
    because: "推导中得到的是 a_i Σ_j y_j − y_i；只有标签之和为 1 时，它才是 a_i − y_i。",
    sumOne: "Σ_j y_j = 1，于是就是 a_i − y_i", sumOther: (sum: string, wrong: string) => `Σ_j y_j = ${sum}：按 a_i − y_i 会得到 ${wrong}`,
  },
} satisfies Record<Language, unknown>;
