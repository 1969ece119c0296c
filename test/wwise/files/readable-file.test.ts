import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readableFile } from '../../../src/wwise/files/readable-file.ts';

let dir: string;
let allowed: string;
beforeEach(() => {
  dir = realpathSync(mkdtempSync(join(tmpdir(), 'wwiseflow-files-')));
  allowed = join(dir, 'audio');
  mkdirSync(join(allowed, 'sub'), { recursive: true });
  mkdirSync(join(dir, 'audio2'));
  writeFileSync(join(allowed, 'boom.wav'), 'x');
  writeFileSync(join(allowed, 'Boom_02.wav'), 'x');
  writeFileSync(join(dir, 'secret.wav'), 'x');
  writeFileSync(join(dir, 'audio2', 'near.wav'), 'x');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const rules = (...allowedDirs: readonly string[]) => ({ allowedDirs, startDir: allowed });

describe('a file to read', () => {
  it('may be given absolutely, or relative to where the program was started, whatever is allowed first', async () => {
    const real = join(allowed, 'boom.wav');
    expect(await readableFile(real, rules(allowed))).toBe(real);
    expect(await readableFile('boom.wav', rules(dir, allowed))).toBe(real);
    expect(await readableFile('sub/../boom.wav', rules(allowed))).toBe(real);
  });

  it.each([
    ['outside', () => join(dir, 'secret.wav')],
    ['above', () => '../secret.wav'],
    ['in a folder whose name begins alike', () => join(dir, 'audio2', 'near.wav')],
    ['nowhere, outside', () => join(dir, 'no', 'such.wav')],
  ])('must lie in an allowed directory: %s', async (_where, path) => {
    await expect(readableFile(path(), rules(allowed))).rejects.toMatchObject({
      code: 'PATH_NOT_ALLOWED',
      details: { allowedDirs: [allowed] },
    });
  });

  it('must not leave it through a link, to a file or to a folder', async () => {
    symlinkSync(join(dir, 'secret.wav'), join(allowed, 'link.wav'));
    symlinkSync(dir, join(allowed, 'out'));
    for (const path of ['link.wav', 'out/secret.wav', 'out/missing.wav']) {
      await expect(readableFile(path, rules(allowed))).rejects.toMatchObject({ code: 'PATH_NOT_ALLOWED' });
    }
  });

  it('may lie in an allowed directory that is itself a link', async () => {
    symlinkSync(allowed, join(dir, 'alias'));
    expect(await readableFile('boom.wav', rules(join(dir, 'alias')))).toBe(join(allowed, 'boom.wav'));
  });

  it('is nowhere when no directory is allowed', async () => {
    await expect(readableFile(join(allowed, 'boom.wav'), rules())).rejects.toMatchObject({
      code: 'PATH_NOT_ALLOWED',
    });
  });

  it('is missed with the names most like it', async () => {
    await expect(readableFile('bom.wav', rules(allowed))).rejects.toMatchObject({
      code: 'FILE_NOT_FOUND',
      details: { candidates: [join(allowed, 'boom.wav')] },
    });
    await expect(readableFile('nowhere/boom.wav', rules(allowed))).rejects.toThrow('does not exist either');
  });

  it('is not a folder', async () => {
    await expect(readableFile('sub', rules(allowed))).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });
});
