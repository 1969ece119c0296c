import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/core/json.ts';
import { freshProject } from '../../../harness/fresh-project.ts';
import { type McpRoom, withMcp } from '../../../harness/mcp-room.ts';
import { newTempDir } from '../../../harness/temp-dir.ts';
import { toneBytes, writeTone } from '../../../harness/wave.ts';

const parentPath = '\\Containers\\Default Work Unit';
let dir: string;
let original: string;

beforeEach(() => {
  dir = newTempDir('overwritten');
  freshProject(join(dir, 'Game', 'Game.wproj'));
  original = join(dir, 'Game', 'Originals', 'SFX', 'step.wav');
  writeTone(join(dir, 'first', 'step.wav'), { frequencyHz: 300 });
  writeTone(join(dir, 'second', 'step.wav'), { frequencyHz: 900 });
  writeFileSync(
    join(dir, 'rows.txt'),
    `Audio File\tObject Path\n${join(dir, 'second', 'step.wav')}\t<Sound SFX>Other\n`,
  );
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const second = () => join(dir, 'second', 'step.wav');

/** A project in which one Sound plays step.wav. */
const inGame = (work: (room: McpRoom) => Promise<void>) =>
  withMcp(dir, ['--project', join(dir, 'Game', 'Game.wproj')], async (room) => {
    await room.done('audio_import', {
      filePath: join(dir, 'first', 'step.wav'),
      parentPath,
      name: 'Played',
    });
    await work(room);
  });

const overwrote = (): unknown => [
  expect.stringMatching(/step\.wav" was overwritten with other audio, and others play it too: .*\\Played\\/),
];

const ways: readonly (readonly [string, () => JsonObject])[] = [
  ['audio_import', () => ({ filePath: second(), parentPath, name: 'Other' })],
  ['import_files', () => ({ parentPath, files: [{ filePath: second(), name: 'Other' }] })],
  ['import_folder', () => ({ parentPath, folderPath: join(dir, 'second') })],
  ['import_tab_delimited', () => ({ filePath: join(dir, 'rows.txt'), importLocation: parentPath })],
  [
    'waapi_call',
    () => ({
      uri: 'ak.wwise.core.audio.import',
      args: {
        imports: [
          {
            audioFileBase64: `step.wav|${toneBytes({ frequencyHz: 900 }).toString('base64')}`,
            objectPath: `${parentPath}\\<Sound SFX>Other`,
          },
        ],
      },
    }),
  ],
  [
    'waapi_call',
    () => ({
      uri: 'ak.wwise.core.object.set',
      args: {
        objects: [
          {
            object: parentPath,
            children: [{ type: 'Sound', name: 'Other', import: { files: [{ audioFile: second() }] } }],
          },
        ],
      },
    }),
  ],
];

describe('an import over an Original that other Sounds play', () => {
  it.each(ways)('is said in notices, with who plays it, by %s', (tool, args) =>
    inGame(async (room) => {
      const answer = await room.call(tool, args());
      expect(answer).toMatchObject({ ok: true, notices: overwrote() });
      expect(String(answer.notices)).toContain(original);
      expect((await room.call('project_info', {})).notices).toBeUndefined();
    }),
  );

  it('is said when it is redelivered by name for one of two Sounds', () =>
    inGame(async (room) => {
      await room.done('audio_import', { filePath: join(dir, 'first', 'step.wav'), parentPath, name: 'step' });
      const again = { folderPath: join(dir, 'second'), root: parentPath };
      expect(await room.call('replace_audio_by_name', again)).toMatchObject({ notices: overwrote() });
    }));

  it('is said by the answer of a run, and by its preview before', () =>
    inGame(async (room) => {
      const workflow = {
        nodes: [
          { id: 'a', type: 'importFiles', data: { parentPath, files: [{ filePath: second(), name: 'X' }] } },
        ],
        edges: [],
      };
      expect(await room.done('workflow_run', { mode: 'preview', workflow })).toMatchObject({
        originals: [
          { replaces: true, playedBy: [expect.stringContaining('\\Played\\')], filePath: original },
        ],
      });
      expect(await room.call('workflow_run', { workflow })).toMatchObject({ ok: true, notices: overwrote() });
    }));

  it('is not said when the audio is the same, when nobody else plays it, or when it goes to another folder', () =>
    inGame(async (room) => {
      const files = [{ filePath: join(dir, 'first', 'step.wav'), name: 'Same' }];
      expect((await room.call('import_files', { parentPath, files })).notices).toBeUndefined();
      await room.done('delete_object', { objectId: `${parentPath}\\Same` });
      const elsewhere = { filePath: second(), parentPath, name: 'Apart', originalsSubFolder: 'Apart' };
      expect((await room.call('audio_import', elsewhere)).notices).toBeUndefined();
      const newer = { filePath: second(), objectId: `${parentPath}\\Played` };
      expect((await room.call('audio_import', newer)).notices).toBeUndefined();
    }));
});
