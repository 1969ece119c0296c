import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freshProject } from '../../../harness/fresh-project.ts';
import { withMcp } from '../../../harness/mcp-room.ts';
import { newTempDir } from '../../../harness/temp-dir.ts';
import { writeTone } from '../../../harness/wave.ts';

let dir: string;
beforeEach(() => {
  dir = newTempDir('unreadable');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('rolling back an import while a Work Unit cannot be read', () => {
  it.each([
    ['as the load log says', []],
    ['even when the load log was cleared', ['clear_log']],
  ] as const)('leaves the Original, which the Work Unit may play, %s', async (_when, before) => {
    const projectPath = join(dir, 'Game', 'Game.wproj');
    freshProject(projectPath);
    writeFileSync(join(dir, 'Game', 'Containers', 'Theirs.wwu'), '');
    const wav = join(dir, 'step.wav');
    writeTone(wav);
    await withMcp(dir, ['--project', projectPath], async (room) => {
      const data = { filePath: wav, parentPath: '\\Containers\\Default Work Unit', name: 'Step' };
      const { executionId } = await room.done('workflow_run', {
        workflow: { nodes: [{ id: 'import', type: 'audio_import', data }] },
      });
      for (const command of before) await room.done(command, { channel: 'projectLoad' });
      const report = await room.done('workflow_rollback', { executionId: executionId ?? null });
      expect(report).toMatchObject({
        removedFiles: [],
        verified: false,
        notRolledBack: [{ node: 'Originals', why: expect.stringContaining('could not be read') }],
      });
      expect(existsSync(join(dir, 'Game', 'Originals', 'SFX', 'step.wav'))).toBe(true);
    });
  });
});
