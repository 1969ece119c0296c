import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type JsonObject } from '../../../../src/core/json.ts';
import { freshProject } from '../../../harness/fresh-project.ts';
import { type McpRoom, withMcp } from '../../../harness/mcp-room.ts';
import { newTempDir } from '../../../harness/temp-dir.ts';
import { writeTone } from '../../../harness/wave.ts';

const parentPath = '\\Containers\\Default Work Unit';
let dir: string;
let projectPath: string;
let original: string;
let source: string;

beforeEach(() => {
  dir = newTempDir('preview-originals');
  projectPath = join(dir, 'Game', 'Game.wproj');
  original = join(dir, 'Game', 'Originals', 'SFX', 'step.wav');
  source = join(dir, 'in', 'step.wav');
  freshProject(projectPath);
  writeTone(source, { frequencyHz: 500 });
  mkdirSync(join(dir, 'Game', 'Originals', 'SFX'), { recursive: true });
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const inGame = (work: (room: McpRoom) => Promise<void>) => withMcp(dir, ['--project', projectPath], work);

const importing = (): JsonObject => ({
  type: 'audioImport',
  data: { filePath: source, parentPath, name: 'Step' },
});

const previewOf = (room: McpRoom, ...nodes: JsonObject[]): Promise<JsonObject> =>
  room.done('workflow_run', {
    mode: 'preview',
    workflow: {
      nodes: nodes.map((node, index) => ({ id: `n${index}`, ...node })),
      edges: nodes.slice(1).map((_, index) => ({ source: `n${index}`, target: `n${index + 1}` })),
    },
  });

const apply = (room: McpRoom, { previewId }: JsonObject): Promise<JsonObject> =>
  room.call('workflow_apply', { previewId: String(previewId) });

const refusedFor = (path: string): JsonObject => ({
  ok: false,
  code: 'PROJECT_CHANGED',
  error: expect.stringContaining('Files in the Originals have changed'),
  details: { changed: [path] },
});

describe('applying a preview when the Originals are no longer what they were', () => {
  it.each([
    ['audioImport', importing],
    ['importFiles', () => ({ type: 'importFiles', data: { parentPath, files: [{ filePath: source }] } })],
    ['importFolder', () => ({ type: 'importFolder', data: { parentPath, folderPath: join(dir, 'in') } })],
  ])('refuses to write over a file that came since, by %s', (_, node) =>
    inGame(async (room) => {
      const preview = await previewOf(room, node());
      expect(preview).toMatchObject({ wouldSucceed: true, originals: [{ replaces: false }] });
      writeTone(original, { frequencyHz: 900 });
      const theirs = readFileSync(original);
      expect(await apply(room, preview)).toMatchObject(refusedFor(original));
      expect(readFileSync(original)).toEqual(theirs);
      expect(asJsonObject(await previewOf(room, node())).originals).toMatchObject([{ replaces: true }]);
    }),
  );

  it('refuses when the file that came is the same in other letters', () =>
    inGame(async (room) => {
      const preview = await previewOf(room, importing());
      const other = join(dir, 'Game', 'Originals', 'SFX', 'STEP.wav');
      writeTone(other, { frequencyHz: 900 });
      const theirs = readFileSync(other);
      expect(await apply(room, preview)).toMatchObject(refusedFor(original));
      expect(readFileSync(other)).toEqual(theirs);
    }));

  it('refuses to write over another version than the one that the preview would replace', () =>
    inGame(async (room) => {
      writeTone(original, { frequencyHz: 700 });
      const preview = await previewOf(room, importing());
      expect(preview.originals).toMatchObject([{ replaces: true }]);
      writeTone(original, { frequencyHz: 900, seconds: 0.3 });
      expect(await apply(room, preview)).toMatchObject(refusedFor(original));
    }));

  it('refuses when a file that would be used as it is, or was remembered, is another one now', () =>
    inGame(async (room) => {
      writeTone(original, { frequencyHz: 500 });
      const reused = await previewOf(room, importing());
      expect(reused.originals).toEqual([]);
      writeTone(original, { frequencyHz: 900, seconds: 0.3 });
      expect(await apply(room, reused)).toMatchObject(refusedFor(original));

      rmSync(original);
      await room.done('workflow_run', { workflow: { nodes: [{ id: 'n0', ...importing() }], edges: [] } });
      const remembered = await previewOf(room, importing());
      expect(asJsonArray(remembered.results)).toMatchObject([{ memo: 'hit' }]);
      writeTone(original, { frequencyHz: 900, seconds: 0.3 });
      expect(await apply(room, remembered)).toMatchObject(refusedFor(original));
    }));

  it('goes on when only files that it does not look for came or went', () =>
    inGame(async (room) => {
      const preview = await previewOf(room, importing());
      writeTone(join(dir, 'Game', 'Originals', 'SFX', 'other.wav'));
      expect(await apply(room, preview)).toMatchObject({ ok: true });
      expect(readFileSync(original)).toEqual(readFileSync(source));
    }));

  it('goes on when the run reads what it imported itself', () =>
    inGame(async (room) => {
      const preview = await previewOf(room, importing(), {
        type: 'audioFacts',
        data: { objectId: `${parentPath}\\Step` },
      });
      expect(preview.wouldSucceed).toBe(true);
      expect(await apply(room, preview)).toMatchObject({ ok: true });
    }));
});
