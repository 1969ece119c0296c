/** Long enough for every engine's code to be compiled by the JavaScript engine, in milliseconds. */
const LEAST_MS = 400;

/**
 * Microseconds per node of one engine and shape: the least and the median of at least `rounds` runs after one to warm up,
 * and of as many as fit into 400 ms.
 */
export async function measure(engine, shape, nodes, run, rounds = 9) {
  await run();
  const times = [];
  const begun = performance.now();
  while (times.length < rounds || performance.now() - begun < LEAST_MS) {
    const start = performance.now();
    const reached = await run();
    times.push(((performance.now() - start) * 1000) / nodes);
    if (reached !== nodes) throw new Error(`${engine} ran ${reached} of ${nodes} nodes`);
  }
  times.sort((a, b) => a - b);
  return { engine, shape, leastUs: times[0], medianUs: times[Math.floor(times.length / 2)] };
}
