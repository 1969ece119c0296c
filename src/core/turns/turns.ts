/**
 * One thread does all the work here. What takes long gives the thread away between its steps, so that others are answered and
 * a signal or the end of the input is seen. Ask `isTurnLong()` every few dozen steps, and when it is, `await nextTurn()`.
 */
export function isTurnLong(): boolean {
  if (begunAtMs === null) {
    begunAtMs = performance.now();
    // The loop gets there when whatever runs now has given the thread away, here or anywhere else.
    setImmediate(() => {
      begunAtMs = null;
    });
    return false;
  }
  return performance.now() - begunAtMs > longestTurnMs;
}

/**
 * Resolves when everything that waited for the thread has had it once: each who waits gets a turn of his own, and between two
 * of them the system is heard.
 */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    if (waiting.push(resolve) === 1) setImmediate(giveTurn);
  });
}

function giveTurn(): void {
  begunAtMs = null;
  const [next] = waiting;
  next?.();
  // What follows from that runs before the next immediate.
  setImmediate(() => {
    waiting.shift();
    if (waiting.length > 0) giveTurn();
  });
}

/** Those who gave the thread away, the one whose turn it is first. */
const waiting: (() => void)[] = [];

/** How work gives the thread away; what it rejects with ends the work. */
export type Pause = () => Promise<void>;

/** Walks work that is written as a generator, with pauses where it yields; gives what it returns. */
export async function inTurns<T>(work: Generator<unknown, T>, pause: Pause = nextTurn): Promise<T> {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    if (isTurnLong()) await giveWay(work, pause);
  }
}

/** A pause that rejects ends the generator, so that it puts in order what it has to. */
async function giveWay<T>(work: Generator<unknown, T>, pause: Pause): Promise<void> {
  try {
    await pause();
  } catch (reason) {
    work.throw(reason);
    throw reason;
  }
}

/** The same work without pauses: for processes that do nothing else. */
export function atOnce<T>(work: Generator<unknown, T>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

/** `items.flatMap(convert)` with pauses, for lists as long as a project is large. `stepsPerLook` 1 for steps that take long. */
export async function flatMapInTurns<T, R>(
  items: Iterable<T>,
  convert: (item: T) => readonly R[],
  stepsPerLook = stepsBetweenLooks,
): Promise<R[]> {
  const converted: R[] = [];
  let steps = 0;
  for (const item of items) {
    for (const result of convert(item)) converted.push(result);
    if (++steps % stepsPerLook === 0 && isTurnLong()) await nextTurn();
  }
  return converted;
}

/** `for (const item of items) visit(item)` with pauses. */
export async function visitInTurns<T>(items: Iterable<T>, visit: (item: T) => void): Promise<void> {
  let steps = 0;
  for (const item of items) {
    visit(item);
    if (++steps % stepsBetweenLooks === 0 && isTurnLong()) await nextTurn();
  }
}

/** A look at the clock costs as much as a small step. */
export const stepsBetweenLooks = 64;

/** Long enough that pauses cost nothing to speak of, short enough that nobody notices them. */
const longestTurnMs = 15;

/** When the present turn was first asked about; null when it has not been. */
let begunAtMs: number | null = null;
