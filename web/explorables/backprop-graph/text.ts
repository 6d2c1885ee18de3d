// The words of this explorable.
import type { Language } from "../../kit/text.ts";

export const words = {
  en: {
    invite: "Step forward to the cost, then back. Drag any of the four round inputs.",
    question: "Two arrows leave s: one goes to p, one to m. When the slopes come back, which number arrives at s?",
    answers: ["2", "3", "5", "6"], tryIt: "Now press Step until the slopes have come back to s.",
    because: "3 comes straight from p, and 2 by way of m. Both ways count, so they are added: 5.",
    value: "value", slope: "slope of C",
    input: (name: string) => `Input ${name}`, state: (value: string, slope: string) => (slope === "" ? value : `${value}, slope of the cost ${slope}`),
    names: { s: "speed", m: "friction torque", p: "lost power", C: "cost" } as Record<string, string>,
    ready: "Forwards: each Step computes one node from its inputs.",
    forward: (name: string, rule: string) => `Forwards: ${name} = ${rule}`,
    backward: (name: string, own: string, shares: string) => `Backwards: ${name} knows its slope, ${own}, and hands back ${shares}.`,
    share: (name: string, amount: string) => `${amount} to ${name}`, comma: ", ", space: " ",
    named: (name: string, meaning: string) => `${name} (${meaning})`,
    added: (one: string, other: string, sum: string) => `s is used twice: ${one} + ${other} = ${sum}.`,
    done: "All slopes are known.",
  },
  zh: {
    invite: "先向前，再往回。四个圆形输入可以拖动。",
    question: "从 s 出发有两支箭头，一支到 p，一支到 m。斜率传回来时，到达 s 的是哪个数？",
    answers: ["2", "3", "5", "6"], tryIt: "现在按“单步”，直到斜率传回 s。",
    because: "3 直接来自 p，2 绕道 m 而来。两条路都算数，所以相加：5。",
    value: "值", slope: "C 的斜率",
    input: (name: string) => `输入 ${name}`, state: (value: string, slope: string) => (slope === "" ? value : `${value}，代价的斜率 ${slope}`),
    names: { s: "转速", m: "摩擦力矩", p: "损失的功率", C: "代价" } as Record<string, string>,
    ready: "向前：每按一次“单步”，由输入算出一个节点。",
    forward: (name: string, rule: string) => `向前：${name} = ${rule}`,
    backward: (name: string, own: string, shares: string) => `往回：${name} 已知自己的斜率 ${own}，传回 ${shares}。`,
    share: (name: string, amount: string) => `${amount} 给 ${name}`, comma: "，", space: "",
    named: (name: string, meaning: string) => `${name}（${meaning}）`,
    added: (one: string, other: string, sum: string) => `s 用了两次：${one} + ${other} = ${sum}。`,
    done: "所有斜率都知道了。",
  },
} satisfies Record<Language, unknown>;
