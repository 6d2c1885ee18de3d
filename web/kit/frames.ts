// A frame loop that can be stopped, that leaves no callback behind, and that stands still for those who ask for stillness.

export interface Frames {
  start(): void;
  stop(): void;
  readonly running: boolean;
}

export interface FramesOptions {
  /** Ends the loop for good. */
  signal: AbortSignal;
  /** One frame; `elapsed_s` since the last (at most 0.1 s). Return false to stop. */
  frame(elapsed_s: number): boolean;
  /** True when the reader asked for reduced motion. */
  still(): boolean;
  /** What to do instead of moving when motion is reduced: go to the end at once. */
  jump(): void;
  /** Called after each change between running and standing. */
  maybeOnChange?: (running: boolean) => void;
}

const LONGEST_S = 0.1; // a tab that slept must not leap

/** Makes a loop over `requestAnimationFrame`, standing at first. */
export function frames(options: FramesOptions): Frames {
  let request = 0;
  let last_ms = 0;
  const tick = (now_ms: number): void => {
    const elapsed_s = Math.min(LONGEST_S, (now_ms - last_ms) / 1000);
    last_ms = now_ms;
    request = 0;
    if (options.frame(elapsed_s) && !options.signal.aborted) request = requestAnimationFrame(tick);
    else options.maybeOnChange?.(false);
  };
  const start = (): void => {
    if (request !== 0 || options.signal.aborted) return;
    if (options.still()) {
      options.jump();
      options.maybeOnChange?.(false);
      return;
    }
    last_ms = performance.now();
    request = requestAnimationFrame(tick);
    options.maybeOnChange?.(true);
  };
  const stop = (): void => {
    if (request === 0) return;
    cancelAnimationFrame(request);
    request = 0;
    options.maybeOnChange?.(false);
  };
  options.signal.addEventListener("abort", () => cancelAnimationFrame(request), { once: true });
  return { start, stop, get running() { return request !== 0; } };
}
