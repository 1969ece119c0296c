import { measureInChild } from '../embedded.ts';
import { generateProject } from '../embedded-generated-project.ts';
import { askAll, questions } from '../whole-project.ts';
import { limitRow, ratioRow, type SpeedRow } from './row.ts';

/** Opening projects of growing size beside saxes on the same bytes, and what looks at every object of the largest. */
export async function measureWholeProjects(
  dir: string,
  sizes: readonly number[] = [6_000, 50_000, 200_000],
): Promise<SpeedRow[]> {
  const rows: SpeedRow[] = [];
  const perObjectMs: number[][] = [];
  let openMs = 0;
  for (const size of sizes) {
    const project = generateProject(dir, size);
    const found = await measureInChild(project, size >= 100_000 ? 5 : 9);
    openMs = found.openMs;
    rows.push(
      ratioRow(
        `open at ${size} objects, beside saxes`,
        found.openMs / found.saxesMs,
        2,
        `${found.openMs.toFixed(0)} and ${found.saxesMs.toFixed(0)} ms`,
      ),
      limitRow(`memory of the process with ${size} objects open`, found.openRssMb, 700, 'MB'),
    );
    const times = await askAll(project, dir);
    perObjectMs.push(times.map((ms) => ms / size));
  }
  const [before = [], last = []] = perObjectMs.slice(-2);
  const largest = sizes.at(-1) ?? 0;
  for (const [index, command] of Object.keys(questions).entries()) {
    if (command === 'project_tree') continue;
    const [ms, growth] = [(last[index] ?? 0) * largest, (last[index] ?? 0) / (before[index] ?? 1)];
    rows.push({
      what: `${command} at ${largest} objects`,
      goal: '<= the time of open, linear',
      measured: `${ms.toFixed(0)} ms, open ${openMs.toFixed(0)} ms; an object takes ${growth.toFixed(2)} times what it takes at a quarter of the size`,
      isMet: ms <= openMs && growth <= mostGrowth,
    });
  }
  return rows;
}

/** Larger heaps are collected more slowly. */
const mostGrowth = 1.3;
