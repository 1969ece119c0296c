import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createFileLook } from '../../../src/core/files/files-in-folders.ts';
import { newTempDir } from '../../harness/temp-dir.ts';

describe('the look for very many files', () => {
  it('finds what is there, also by a link, and nothing else', () => {
    const dir = newTempDir('file-look');
    mkdirSync(join(dir, 'a', 'b'), { recursive: true });
    try {
      writeFileSync(join(dir, 'a', 'Wind.wav'), '');
      writeFileSync(join(dir, 'a', 'b', 'grün.wav'), '');
      symlinkSync(join(dir, 'a', 'Wind.wav'), join(dir, 'a', 'linked.wav'));
      symlinkSync(join(dir, 'a', 'none.wav'), join(dir, 'a', 'leads nowhere.wav'));
      const isThere = createFileLook();
      const found = ['a/Wind.wav', 'a/linked.wav', 'a/b/grün.wav', 'a/b'].filter((path) =>
        isThere(join(dir, path)),
      );
      expect(found).toEqual(['a/Wind.wav', 'a/linked.wav', 'a/b/grün.wav', 'a/b']);
      const absent = [
        'a/leads nowhere.wav',
        'a/Rain.wav',
        'a/Wind.wav/x.wav',
        'none/x.wav',
        'none/deep/x.wav',
      ];
      expect(absent.filter((path) => isThere(join(dir, path)))).toEqual([]);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });
});
