// The words of this explorable.
import type { Language } from "../../kit/text.ts";

export const words = {
  en: {
    invite: "Drag a point into foreign ground.",
    canvas: "Points in the plane and the regions of the network",
    keys: "Arrow keys move the point, Page Up and Page Down choose another, Enter adds one, Delete removes, 1 to 3 change its class.",
    point: (k: number, n: number, c: number, x: string, y: string) => `Point ${k} of ${n}, class ${c}, at ${x}, ${y}`,
    brush: "Press empty ground to add", erase: "erase", className: (c: number) => `class ${c}`,
    hidden: "Hidden neurons", eta: "Learning rate", activation: "Activation",
    loss: "loss C, in nats", epochAt: (t: number) => `Epoch ${t}`, right: "right", guessing: (k: number) => `ln ${k}: pure guessing`,
    question: "The middle class is surrounded. How many hidden neurons does it take to close a fence around it?",
    answers: ["2", "3", "8"], tryIt: "Add neurons and let it train.",
    because: "Each neuron bends the plane along one dashed line. Two leave a side open, three make a triangle.",
    challenge: {
      island: "", spiral: "How few neurons can still follow the spiral? Take some away.",
      blobs: "These clouds overlap. What do many neurons make of the strays?", stripes: "Straight stripes: how many neurons are enough?",
    },
  },
  zh: {
    invite: "把一个点拖进别人的地盘。",
    canvas: "平面上的点和网络划分的区域",
    keys: "方向键移动选中的点，Page Up 和 Page Down 换一个点，Enter 添加，Delete 删除，数字 1 到 3 改类别。",
    point: (k: number, n: number, c: number, x: string, y: string) => `第 ${k} 个点，共 ${n} 个，类别 ${c}，位置 ${x}, ${y}`,
    brush: "点空白处添加", erase: "擦除", className: (c: number) => `类别 ${c}`,
    hidden: "隐藏神经元", eta: "学习率", activation: "激活函数",
    loss: "损失 C，单位奈特", epochAt: (t: number) => `第 ${t} 轮`, right: "正确", guessing: (k: number) => `ln ${k}：纯靠猜`,
    question: "中间那一类被包围了。要给它围上一圈完整的篱笆，隐藏层至少要几个神经元？",
    answers: ["2", "3", "8"], tryIt: "增加神经元，让它训练。",
    because: "每个神经元沿一条虚线把平面折一下。两条线总有一侧敞开，三条线才围成三角形。",
    challenge: {
      island: "", spiral: "最少几个神经元还能跟上螺旋？减几个试试。",
      blobs: "这几团点有重叠。神经元一多，会怎样对待混进来的点？", stripes: "几条直的条带：多少个神经元就够了？",
    },
  },
} satisfies Record<Language, unknown>;
