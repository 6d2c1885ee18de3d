// The course map as a route chart: the list stays a list; waypoints get a mark, the next one a word, and lines are drawn
// beside them for prerequisites that are not the waypoint right before.

import { h, svg } from "../dom.ts";
import type { Reader } from "../reader.ts";
import { standings, type LessonProgress, type Standing, type Waypoint } from "./route-model.ts";

/** Draws the route and, on a live course, where the learner stands on it. */
export async function startRoute(list: HTMLElement, reader: Reader): Promise<void> {
  const elements = [...list.querySelectorAll<HTMLElement>(".waypoint[data-lesson]")];
  const waypoints = elements.map(readWaypoint);
  const chart = svg("svg", { class: "route-lines", "aria-hidden": "true" });
  list.prepend(chart);
  list.dataset["alive"] = "yes";
  const redraw = (): void => drawLines(chart, list, elements, waypoints);
  new ResizeObserver(redraw).observe(list);
  if (!reader.page.live) return;
  const total = h("div", { class: "route-total" });
  list.before(total);
  try {
    const { lessons } = await reader.api.get<{ lessons: Record<string, LessonProgress> }>("progress");
    const all = standings(waypoints, lessons);
    all.forEach((standing, index) => showStanding(elements[index], standing, reader));
    showTotal(total, all, reader);
  } catch (error) {
    reader.notices.failure(error);
  }
  redraw();
}

function readWaypoint(element: HTMLElement): Waypoint {
  return {
    lesson: element.dataset["lesson"] ?? "",
    prerequisites: (element.dataset["prerequisites"] ?? "").split(/\s+/).filter((slug) => slug !== ""),
    exercises: Number(element.dataset["exercises"] ?? 0),
  };
}

function showStanding(element: HTMLElement | undefined, standing: Standing, { t }: Reader): void {
  if (element === undefined) return;
  element.dataset["state"] = standing.state;
  element.style.setProperty("--done", `${standing.percent}%`);
  if (standing.next) {
    element.dataset["next"] = "yes";
    element.querySelector("a")?.setAttribute("aria-current", "step");
  }
  const word = standing.state === "done" ? "done" : standing.next ? (standing.state === "begun" ? "continueHere" : "begin") : null;
  const counted = standing.passed > 0 ? t("progress", { n: standing.passed, of: standing.exercises }) : "";
  const parts = [word === null ? "" : t(word), counted].filter((part) => part !== "");
  const place = element.querySelector(".standing") ?? element.appendChild(h("p", { class: "standing" }));
  place.textContent = parts.join(" · ");
}

function showTotal(total: HTMLElement, all: Standing[], { t }: Reader): void {
  const exercises = all.reduce((sum, standing) => sum + standing.exercises, 0);
  const passed = all.reduce((sum, standing) => sum + standing.passed, 0);
  if (passed === 0) return;
  const percent = Math.round((100 * passed) / exercises);
  const filled = h("div");
  filled.style.width = `${percent}%`;
  total.replaceChildren(h("p", {}, t("courseProgress", { percent })), h("div", { class: "route-meter" }, filled));
}

const MARK_X = 20;
const LANE_PX = 7;

function drawLines(chart: SVGSVGElement, list: HTMLElement, elements: HTMLElement[], waypoints: Waypoint[]): void {
  const box = list.getBoundingClientRect();
  const y = elements.map((element) => (element.querySelector("a") ?? element).getBoundingClientRect().top - box.top + 14);
  const place = new Map(waypoints.map((waypoint, index) => [waypoint.lesson, index]));
  const lines: SVGElement[] = [];
  waypoints.forEach((waypoint, to) => {
    for (const slug of waypoint.prerequisites) {
      const from = place.get(slug);
      if (from === undefined || from >= to) continue;
      const [y0, y1] = [y[from] ?? 0, y[to] ?? 0];
      const bow = Math.min(MARK_X - 4, (to - from - 1) * LANE_PX);
      const d = bow === 0 ? `M${MARK_X} ${y0} V${y1}` : `M${MARK_X} ${y0} C${MARK_X - bow * 1.33} ${y0 + 20} ${MARK_X - bow * 1.33} ${y1 - 20} ${MARK_X} ${y1}`;
      lines.push(svg("path", { d, class: elements[from]?.dataset["state"] === "done" ? "flown" : "planned" }));
    }
  });
  chart.setAttribute("width", "40");
  chart.setAttribute("height", String(Math.ceil(box.height)));
  chart.replaceChildren(...lines);
}
