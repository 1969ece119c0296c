/** Microseconds per node of one engine and shape: the least and the median of `rounds` runs after one to warm up. */
export async function measure(engine, shape, nodes, run, rounds = 9) {
  await run();
  const times = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    const reached = await run();
    times.push(((performance.now() - start) * 1000) / nodes);
    if (reached !== nodes) throw new Error(`${engine} ran ${reached} of ${nodes} nodes`);
  }
  times.sort((a, b) => a - b);
  return { engine, shape, leastUs: times[0], medianUs: times[Math.floor(times.length / 2)] };
}
