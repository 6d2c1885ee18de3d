// Where a learner stands on the course: a lesson is done when each exercise is passed (or, without exercises, when it was
// visited); the next one is the first not done whose prerequisites are.

export interface Waypoint {
  lesson: string;
  prerequisites: string[];
  exercises: number;
}

export interface LessonProgress {
  visited: boolean;
  exercises: Record<string, { passed: boolean; attempts: number }>;
}

export interface Standing {
  lesson: string;
  state: "done" | "begun" | "open" | "ahead";
  passed: number;
  exercises: number;
  /** 0 to 100; a lesson without exercises has 0 or 100. */
  percent: number;
  next: boolean;
}

/** The standing of each waypoint, in the order given. */
export function standings(waypoints: Waypoint[], progress: Record<string, LessonProgress>): Standing[] {
  const known = new Set(waypoints.map((waypoint) => waypoint.lesson));
  const done = new Set(waypoints.filter((waypoint) => isDone(waypoint, progress)).map((waypoint) => waypoint.lesson));
  const ready = (waypoint: Waypoint): boolean => waypoint.prerequisites.every((p) => done.has(p) || !known.has(p));
  const next = waypoints.find((waypoint) => !done.has(waypoint.lesson) && ready(waypoint));
  return waypoints.map((waypoint) => {
    const passed = passedCount(waypoint, progress);
    const begun = progress[waypoint.lesson]?.visited === true || passed > 0;
    const finished = done.has(waypoint.lesson);
    return {
      lesson: waypoint.lesson,
      state: finished ? "done" : begun ? "begun" : ready(waypoint) ? "open" : "ahead",
      passed,
      exercises: waypoint.exercises,
      percent: finished ? 100 : waypoint.exercises === 0 ? 0 : Math.round((100 * passed) / waypoint.exercises),
      next: waypoint === next,
    };
  });
}

function passedCount(waypoint: Waypoint, progress: Record<string, LessonProgress>): number {
  const passed = Object.values(progress[waypoint.lesson]?.exercises ?? {}).filter((exercise) => exercise.passed).length;
  return Math.min(passed, waypoint.exercises);
}

function isDone(waypoint: Waypoint, progress: Record<string, LessonProgress>): boolean {
  if (waypoint.exercises === 0) return progress[waypoint.lesson]?.visited === true;
  return passedCount(waypoint, progress) >= waypoint.exercises;
}
