import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openProject } from '../../../../src/embedded/project/open-project.ts';
import { rowReader } from '../../../../src/embedded/waql/return-row.ts';
import { runQuery } from '../../../../src/embedded/waql/run-query.ts';
import { copySample, samplesDir } from '../../../harness/sample-project.ts';

const fixture = join(import.meta.dirname, '../../../fixtures/waql-project/Waql.wproj');
const samples = [
  ['godot-tests-2025.1', 'GodotTests.wproj'],
  ['gyms-2022.1', 'Gyms.wproj'],
  ['pywwise-2024.1', 'PyWwise.wproj'],
] as const;

/** The objects whose path leads elsewhere when it is given back. */
async function lostObjects(projectPath: string): Promise<{ count: number; lost: string[] }> {
  const project = await openProject(projectPath);
  try {
    const { model } = project;
    const all = [...model.all()];
    const row = rowReader(model, ['path'], {}, 'refuse');
    const lost = all.flatMap((object) => {
      const path = String(row(object).path);
      const [back] = path === '' ? [] : runQuery(model, `$ "${path}"`);
      const isOwn = back === object && model.path(object) === path;
      return isOwn ? [] : [`${object.type} ${object.id} ${path} -> ${back?.id} ${model.path(object)}`];
    });
    return { count: all.length, lost };
  } finally {
    project.close();
  }
}

describe('the path of an object', () => {
  it('leads back to every object of a project, inner ones included', async () => {
    const { count, lost } = await lostObjects(fixture);
    expect(lost).toEqual([]);
    expect(count).toBeGreaterThan(50);
  });

  it.skipIf(!existsSync(samplesDir)).each(samples)('leads back to every object of %s', async (name, file) => {
    const folder = mkdtempSync(join(tmpdir(), 'paths-'));
    try {
      expect((await lostObjects(join(copySample(name, folder), file))).lost).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
