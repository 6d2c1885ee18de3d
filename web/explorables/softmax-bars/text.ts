// The words of this explorable.
import type { Language } from "../../kit/text.ts";

export const words = {
  en: {
    invite: "Drag the middle bar above the first.", inviteAny: "Drag a bar and watch all the others.",
    logits: "logits z", probabilities: "probabilities a, target y", jacobian: "∂a_j/∂z_i",
    all: "all", allSpoken: "All logits together, their mean", bar: (i: number) => `Logit ${i}`,
    barValue: (z: string, a: string, c: string) => `${z}, probability ${a}, loss ${c} nats`,
    temperature: "Temperature", truth: "True class", rows: "row j, column i", nats: "nats",
    question: (a: string) => `You lift bar 2 and leave bar 1 alone. What does a_1 do, now ${a}?`,
    answers: ["It rises", "It stays", "It falls"],
    tryIt: "Now drag bar 2 and see.",
    because: "Bar 1 never moved, and a_1 fell: all classes share one sum. The table holds each such effect.",
  },
  zh: {
    invite: "把中间那根柱拖到第一根之上。", inviteAny: "拖动一根柱，看看其他柱怎么变。",
    logits: "\"logits\" z", probabilities: "概率 a 与目标 y", jacobian: "∂a_j/∂z_i",
    all: "全部", allSpoken: "所有 logit 一起移动，取平均值", bar: (i: number) => `第 ${i} 个 logit`,
    barValue: (z: string, a: string, c: string) => `${z}，概率 ${a}，损失 ${c} 奈特`,
    temperature: "温度", truth: "真实类别", rows: "第 j 行，第 i 列", nats: "奈特",
    question: (a: string) => `只抬高第 2 根柱，第 1 根不动。现在 a_1 = ${a}，它会怎样？`,
    answers: ["变大", "不变", "变小"],
    tryIt: "拖动第 2 根柱，看看结果。",
    because: "第 1 根柱没有动，a_1 却变小了：所有类别共用一个分母。右边的表列出了每一对这样的影响。",
  },
} satisfies Record<Language, unknown>;
