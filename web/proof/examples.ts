// Texts to begin with: one that holds, one with a slip in each of three lines, one in LaTeX's own dress.

import type { Bilingual } from "../reader/page.ts";

export interface Example {
  name: Bilingual;
  text: Bilingual;
}

const SOFTMAX = String.raw`$$
\begin{aligned}
\frac{\partial C}{\partial z_i} &= \sum_j \frac{\partial C}{\partial a_j} \frac{\partial a_j}{\partial z_i} \\
&= a_i \sum_j y_j - y_i \\
&= a_i - y_i
\end{aligned}
$$
`;

export const EXAMPLES: Example[] = [
  {
    name: { en: "a slip in a sum", zh: "求和里的笔误" },
    text: {
      en: String.raw`Let $x, y \in \mathbb{R}^n$ and let $\bar{x} = \frac{1}{n} \sum_i x_i$.

$$
\sum_i (x_i - \bar{x})^2 = \sum_i x_i^2 - 2 \bar{x} \sum_i x_i + n \bar{x}^2 = \sum_i x_i^2 - n \bar{x}
$$
`,
      zh: String.raw`设 $x, y \in \mathbb{R}^n$，并记 $\bar{x} = \frac{1}{n} \sum_i x_i$。

$$
\sum_i (x_i - \bar{x})^2 = \sum_i x_i^2 - 2 \bar{x} \sum_i x_i + n \bar{x}^2 = \sum_i x_i^2 - n \bar{x}
$$
`,
    },
  },
  {
    name: { en: "softmax and cross-entropy, correct", zh: "softmax 与交叉熵（正确）" },
    text: {
      en: String.raw`Let $z, y \in \mathbb{R}^K$ with $\sum_j y_j = 1$, and

$$
a_i = \frac{e^{z_i}}{\sum_k e^{z_k}}
$$

$$
C = -\sum_j y_j \ln a_j
$$

Then

${SOFTMAX}`,
      zh: String.raw`设 $z, y \in \mathbb{R}^K$，且 $\sum_j y_j = 1$，

$$
a_i = \frac{e^{z_i}}{\sum_k e^{z_k}}
$$

$$
C = -\sum_j y_j \ln a_j
$$

于是

${SOFTMAX}`,
    },
  },
  {
    name: { en: "matrices in LaTeX", zh: "LaTeX 里的矩阵" },
    text: {
      en: String.raw`\begin{document}
Let $A \in \mathbb{R}^{n \times m}$, $B \in \mathbb{R}^{m \times n}$ and $x \in \mathbb{R}^n$.
\begin{align}
(A B)^\top &= A^\top B^\top \\
x^\top A B x &= \sum_{i} \sum_{j} \sum_{k} x_i A_{ij} B_{jk} x_k
\end{align}
\end{document}
`,
      zh: String.raw`\begin{document}
设 $A \in \mathbb{R}^{n \times m}$，$B \in \mathbb{R}^{m \times n}$，$x \in \mathbb{R}^n$。
\begin{align}
(A B)^\top &= A^\top B^\top \\
x^\top A B x &= \sum_{i} \sum_{j} \sum_{k} x_i A_{ij} B_{jk} x_k
\end{align}
\end{document}
`,
    },
  },
];
