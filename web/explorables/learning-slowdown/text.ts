// The words of this explorable.
import type { Language } from "../../kit/text.ts";

export const words = {
  en: {
    invite: "Press Play: which one learns first?",
    output: "output a", epoch: "epoch", cost: "cost C", speed: "step η ∂C/∂z at a", plane: "\"drag\" A \"and\" B",
    from: "from", quadratic: "quadratic", crossEntropy: "cross-entropy",
    rates: "Learning rates", same: (eta: string) => `both ${eta}`, fair: (eta: string) => `equal first step at A (${eta})`,
    start: (name: string) => `Start ${name}`, startValue: (w: string, b: string, a: string) => `w ${w}, b ${b}, output ${a}`, pad: "point in the plane",
    cursor: "Epoch", cursorValue: (t: number) => `epoch ${t}`,
    question: (a: string, b: string) => `Both neurons should say 0. A says ${a}, B says ${b}: more wrong. With the quadratic cost, which one learns first?`,
    answers: ["A, the better one", "B, the more wrong one", "No difference"],
    tryIt: "Press Play and see.",
    because: "The quadratic slope a^2(1 − a) peaks at a = 2/3. Beyond it, the more wrong, the slower.",
    passes: "epochs until a < 0.5",
    note: "Same rate: cross-entropy is steeper everywhere. For a fair race, give both the same first step at A.",
    fair0: "Equal first steps at A: run it and compare the two rows.",
    fairNote: "Equal first steps at A: now cross-entropy is slower from A and faster from B.",
  },
  zh: {
    invite: "按“播放”：谁先学会？",
    output: "输出 a", epoch: "轮次", cost: "代价 C", speed: "在 a 处的步长 η ∂C/∂z", plane: "拖动 A 和 B",
    from: "起点", quadratic: "二次代价", crossEntropy: "交叉熵",
    rates: "学习率", same: (eta: string) => `都是 ${eta}`, fair: (eta: string) => `在 A 处首步相等（${eta}）`,
    start: (name: string) => `起点 ${name}`, startValue: (w: string, b: string, a: string) => `w ${w}，b ${b}，输出 ${a}`, pad: "平面上的点",
    cursor: "轮次", cursorValue: (t: number) => `第 ${t} 轮`,
    question: (a: string, b: string) => `两个神经元都该输出 0。A 现在是 ${a}，B 是 ${b}，错得更多。用二次代价，谁先学会？`,
    answers: ["A，错得少的", "B，错得多的", "没有差别"],
    tryIt: "按“播放”，看看结果。",
    because: "二次代价的斜率 a^2(1 − a) 在 a = 2/3 处最大；过了这一点，错得越多，学得越慢。",
    passes: "降到 a < 0.5 所需轮数",
    note: "学习率相同时，交叉熵处处更陡。要公平，就让两者在 A 处的第一步一样长。",
    fair0: "在 A 处首步相等：跑一遍，比较上下两行。",
    fairNote: "在 A 处首步相等：从 A 出发，交叉熵更慢；从 B 出发，它更快。",
  },
} satisfies Record<Language, unknown>;
