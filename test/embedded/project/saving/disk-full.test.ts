import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { platform, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkProject } from '../../../../src/embedded/project/compare/check.ts';
import { writeEraProject } from '../../../harness/era-project.ts';
import { program } from '../../../harness/program.ts';

const dir = realpathSync(mkdtempSync(join(tmpdir(), 'wwiseflow-full-')));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const outcomes = z.array(z.object({ call: z.string(), problem: z.string().nullable(), paths: z.number() }));

function bytesBelow(root: string): ReadonlyMap<string, string> {
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).sort();
  return new Map(
    names
      .filter((name) => statSync(join(root, name)).isFile())
      .map((name) => [name, readFileSync(join(root, name)).toString('latin1')]),
  );
}

/** The kernel refuses to let a process of this shell write more than that into one file, as it does when the disk is full. */
const limitKiB = 24;

describe.skipIf(platform() === 'win32')('a disk that takes no more', () => {
  it('refuses each call that writes, says why, and leaves project and memory as they were', async () => {
    const era = writeEraProject(dir, 133);
    const root = dirname(era.projectPath);
    const before = bytesBelow(root);
    const { stdout } = await promisify(execFile)('bash', [
      '-c',
      `trap '' XFSZ; ulimit -f ${limitKiB}; exec "$0" "$@"`,
      process.execPath,
      program('write-until-full'),
      era.projectPath,
    ]);
    const reported = outcomes.parse(JSON.parse(stdout));
    expect(
      reported.map(({ call, problem }) => [call, problem?.replace(/.*(EFBIG).*/, '$1') ?? null]),
    ).toEqual([
      ['object.setNotes', null],
      ['project.save', 'EFBIG'],
      ['object.copy', 'EFBIG'],
      ['object.delete', 'EFBIG'],
      ['object.create', 'EFBIG'],
      ['undo.undo', null],
      ['project.save', null],
    ]);
    expect(new Set(reported.map(({ paths }) => paths)).size).toBe(1);
    expect([...bytesBelow(root).keys()]).toEqual([...before.keys()]);
    expect(bytesBelow(root)).toEqual(before);
    expect(checkProject(era.projectPath)).toMatchObject({ differences: [], brokenFiles: [], strayFiles: [] });
  });
});
