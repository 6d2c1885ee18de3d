// The words of this explorable.
import type { Language } from "../../kit/text.ts";

export const words = {
  en: {
    invite: "Drag the cross, raise a wind, or take the stick.",
    target: "Where to hover", targetAt: (x: string, z: string) => `${x} m across, ${z} m up`,
    stick: "Stick", stickAt: (right: string, lift: string) => `${right}° to the right, lift ${lift} N`,
    wind: "Wind", windText: (w: string) => `${w} m/s`,
    pilot: "Who flies", pilots: { pd: "PD", pid: "PD with memory", you: "you" },
    away: "distance to the cross, m", seconds: "s",
    time: (t: string) => `${t} s`, lean: (deg: number, side: number) => (side === 0 ? "level" : `leans ${deg}° ${side > 0 ? "left" : "right"}`), thrusts: (u: string) => `thrusts ${u} N`, mean: "mean squared miss", down: "On the ground. Reset lifts it up again.",
    question: "A steady wind blows from the left. Where does the PD pilot come to rest?",
    answers: ["on the cross", "right of it", "left of it"], tryIt: "Set a wind, press Play and wait.",
    because: "Right of it, downwind. PD pushes only as hard as its error asks; to lean into the wind it needs an error that stays. A memory of the error (an integral) leans without one.",
  },
  zh: {
    invite: "拖动十字，刮一阵风，或者自己握杆。",
    target: "悬停的位置", targetAt: (x: string, z: string) => `横向 ${x} m，高 ${z} m`,
    stick: "操纵杆", stickAt: (right: string, lift: string) => `向右 ${right}°，升力 ${lift} N`,
    wind: "风", windText: (w: string) => `${w} m/s`,
    pilot: "谁来飞", pilots: { pd: "PD", pid: "带记忆的 PD", you: "你" },
    away: "到十字的距离，m", seconds: "s",
    time: (t: string) => `${t} s`, lean: (deg: number, side: number) => (side === 0 ? "水平" : `${side > 0 ? "左" : "右"}倾 ${deg}°`), thrusts: (u: string) => `推力 ${u} N`, mean: "偏差平方的均值", down: "落地了。按“复位”重新起飞。",
    question: "左边吹来一股稳定的风。PD 飞手最后停在哪里？",
    answers: ["正好在十字上", "十字右边", "十字左边"], tryIt: "调出风来，按播放，等它停稳。",
    because: "停在右边，也就是下风侧。PD 用多大力，只看误差有多大；要顶着风倾斜，就得一直留着一点误差。给它加上对误差的记忆（积分），不留误差也能顶住风。",
  },
} satisfies Record<Language, unknown>;
