import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { z } from 'zod';
import { generateProject } from './embedded-generated-project.ts';

const measured = z.object({
  objects: z.number(),
  megabytes: z.number(),
  saxesMs: z.number(),
  openMs: z.number(),
  queryMs: z.number(),
  callMs: z.number(),
  openRssMb: z.number(),
});

/**
 * Opening and querying generated projects of growing size, each in a process of its own, against `saxes` tokenising the same
 * bytes in the same process.
 */
export async function benchEmbedded(print: (line: string) => void): Promise<void> {
  print('');
  print('Embedded engine, generated projects (medians)');
  for (const line of table(await measureSizes([6_000, 50_000, 200_000]))) print(`  ${line}`);
}

type Row = Readonly<Record<string, string>>;

async function measureSizes(sizes: readonly number[]): Promise<readonly Row[]> {
  const directory = mkdtempSync(join(tmpdir(), 'wwiseflow-bench-'));
  const rows: Row[] = [];
  try {
    for (const size of sizes) {
      const projectPath = generateProject(directory, size);
      const rounds = size > 100_000 ? 3 : size > 10_000 ? 5 : 15;
      const found = await measureInChild(projectPath, rounds);
      rows.push({
        objects: String(found.objects),
        MB: found.megabytes.toFixed(1),
        'saxes ms': found.saxesMs.toFixed(0),
        'open ms': found.openMs.toFixed(0),
        'open / saxes': (found.openMs / found.saxesMs).toFixed(2),
        'find all ms': found.queryMs.toFixed(1),
        'object.get all ms': found.callMs.toFixed(1),
        'RSS MB': found.openRssMb.toFixed(0),
      });
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
  return rows;
}

/**
 * Measures a project in a process of its own, whose memory is all the project's; bundled as users get the program, without the
 * loader that runs TypeScript.
 */
export async function measureInChild(projectPath: string, rounds: number): Promise<z.infer<typeof measured>> {
  // Inside node_modules, so that the bundle finds the packages it leaves out.
  const dir = mkdtempSync(fileURLToPath(new URL('../node_modules/.bench-', import.meta.url)));
  try {
    const outfile = join(dir, 'embedded-one-size.mjs');
    await build({
      entryPoints: [join(import.meta.dirname, 'embedded-one-size.ts')],
      ...{ outfile, bundle: true, format: 'esm', platform: 'node', target: 'node20', packages: 'external' },
      logLevel: 'error',
    });
    const { stdout } = await promisify(execFile)(process.execPath, [outfile, projectPath, String(rounds)]);
    return measured.parse(JSON.parse(stdout));
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function table(rows: readonly Row[]): readonly string[] {
  const columns = Object.keys(rows[0] ?? {});
  const widths = columns.map((column) =>
    Math.max(column.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (cells: readonly string[]) =>
    cells.map((cell, at) => cell.padStart(widths[at] ?? 0)).join('  ');
  return [line(columns), ...rows.map((row) => line(columns.map((column) => row[column] ?? '')))];
}
