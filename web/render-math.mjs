// Renders formulas while the pages are built: a line {"latex", "display"} in, a line {"html"} or {"error"} out.
import katex from "katex";
import { createInterface } from "node:readline";

const options = {
  throwOnError: true,
  strict: (code) => (code === "htmlExtension" || code === "unicodeTextInMathMode" ? "ignore" : "error"),
  trust: ({ command }) => command === "\\htmlClass",
  output: "htmlAndMathml",
};

for await (const line of createInterface({ input: process.stdin })) {
  const { latex, display } = JSON.parse(line);
  let answer;
  try {
    answer = { html: katex.renderToString(latex, { ...options, displayMode: display }) };
  } catch (error) {
    answer = { error: String(error.message ?? error) };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
}
