// The words of this explorable.
import type { Language } from "../../kit/text.ts";

export const words = {
  en: {
    invite: "Drag the diamond A into the upper left corner.",
    speed: "airspeed, kt", load: "load factor, g", ahead: "stall ahead", flying: "no stall ahead",
    name: ["Reading A, stall ahead", "Reading B, no stall ahead"], kind: "reading that can be moved",
    place: (V: string, n: string, a: string) => `${V} kt, ${n} g, answer ${a}`,
    answer: (who: string, a: string, error: string) => `${who}: answer ${a}, error ${error}, `, nats: (C: string) => ` = ${C} nats`,
    border: "border at 1 g", lines: "least squares", knots: (V: string) => `${V} kt`, none: "none",
    tau: "Weight freedom, τ", bands: ["0.1", "0.5", "0.9"],
    question: "A stands well on its own side. You drag it away from the solid border, as far as it goes. What will that border do?",
    answers: ["Swing after it", "Stay where it is", "Back away from it"],
    tryIt: "Now drag it.",
    because: "A is right already: its error is almost nothing, and so is its pull. Least squares blames it for being more than right, and swings. Now carry A across.",
  },
  zh: {
    invite: "把菱形 A 拖到左上角去。",
    speed: "表速，kt", load: "过载，g", ahead: "即将失速", flying: "不会失速",
    name: ["读数 A，即将失速", "读数 B，不会失速"], kind: "可以移动的读数",
    place: (V: string, n: string, a: string) => `${V} kt，${n} g，回答 ${a}`,
    answer: (who: string, a: string, error: string) => `${who}：回答 ${a}，误差 ${error}，`, nats: (C: string) => ` = ${C} 奈特`,
    border: "1 g 处的边界", lines: "最小二乘", knots: (V: string) => `${V} kt`, none: "没有",
    tau: "权重的自由度 τ", bands: ["0.1", "0.5", "0.9"],
    question: "A 稳稳地站在自己这一边。把它往远离实线边界的方向拖，拖到头。这条边界会怎样？",
    answers: ["跟着它转过去", "几乎不动", "往后退，离它更远"],
    tryIt: "拖拖看。",
    because: "A 本来就对：误差几乎为零，拉力也几乎为零。最小二乘怪它对得过了头，就转了过去。再把 A 拖过边界试试。",
  },
} satisfies Record<Language, unknown>;
