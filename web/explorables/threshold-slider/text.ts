// The words of this explorable.
import type { Language } from "../../kit/text.ts";

export const words = {
  en: {
    invite: "Drag the threshold to the left until 9 of the 10 strikes ring the alarm.",
    quiet: (n: number) => `${n} quiet windows`, strikes: (n: number) => `${n} strikes`, score: "score of a window",
    silence: "silence", alarm: "alarm", threshold: "Threshold",
    thresholdValue: (t: string, tp: number, fp: number) => `${t}: ${tp} strikes caught, ${fp} false alarms`,
    rocHandle: "Point on the ROC curve",
    rocValue: (t: string, r: string, f: string) => `recall ${r}, false-alarm rate ${f}, at threshold ${t}`,
    cost: "cost C, in false alarms", least: "least", truthStrike: "strike", truthQuiet: "quiet", roc: "ROC", pr: "precision–recall",
    recall: "recall", falseAlarms: "false-alarm rate", precision: "precision", accuracy: "accuracy", matrix: "1000 windows",
    rate: "Strikes in 1000", miss: "A miss costs", missUnit: (n: string) => `${n} false alarms`, distance: "Distance of the hills",
    question: "One window in 100 holds a strike. You catch 9 strikes in 10. Of the alarms that ring, how many are true?",
    answers: ["About 9 in 10", "About half", "About 1 in 7"],
    tryIt: "Now drag the threshold and count.",
    because: "About 9 true alarms among 66: one quiet window in 17 rings too, and quiet windows are 99 times as many.",
  },
  zh: {
    invite: "把阈值往左拖，直到 10 次鸟击中有 9 次拉响警报。",
    quiet: (n: number) => `${n} 个平静窗口`, strikes: (n: number) => `${n} 次鸟击`, score: "窗口的分数",
    silence: "不响", alarm: "警报", threshold: "阈值",
    thresholdValue: (t: string, tp: number, fp: number) => `${t}：抓到 ${tp} 次鸟击，假警报 ${fp} 次`,
    rocHandle: "ROC 曲线上的点",
    rocValue: (t: string, r: string, f: string) => `阈值 ${t}，召回率 ${r}，误报率 ${f}`,
    cost: "代价 C，以假警报计", least: "最低", truthStrike: "鸟击", truthQuiet: "平静", roc: "\"ROC\"", pr: "精确率—召回率",
    recall: "召回率", falseAlarms: "误报率", precision: "精确率", accuracy: "准确率", matrix: "1000 个窗口",
    rate: "每 1000 个里的鸟击", miss: "漏报一次抵", missUnit: (n: string) => `${n} 次假警报`, distance: "两座山的距离",
    question: "每 100 个窗口里有一次鸟击。10 次鸟击你抓到 9 次。响起的警报里，真的占多少？",
    answers: ["大约十分之九", "大约一半", "大约七分之一"],
    tryIt: "拖动阈值，数一数。",
    because: "66 次警报里大约 9 次是真的：平静窗口每 17 个也会响一个，而平静窗口的数目是鸟击的 99 倍。",
  },
} satisfies Record<Language, unknown>;
