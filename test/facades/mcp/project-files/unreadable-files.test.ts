import { cpSync, existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AnyCommand } from '../../../../src/core/command.ts';
import { asJsonArray, asJsonObject, type JsonObject } from '../../../../src/core/json.ts';
import { commands } from '../../../../tools/catalog.ts';
import { sample } from '../../../harness/amount.ts';
import {
  copyExampleProject,
  exampleInput,
  exampleProjectIn,
  makeExampleProject,
} from '../../../harness/command-examples.ts';
import { type McpRoom, withMcp } from '../../../harness/mcp-room.ts';
import { newTempDir, tempDir } from '../../../harness/temp-dir.ts';
import { soundWorkUnit, unreadableWays } from '../../../harness/unreadable-ways.ts';

const seed = tempDir('unreadable-seed');
beforeAll(() => makeExampleProject(seed));

let dir: string;
beforeEach(() => {
  dir = newTempDir('unreadable');
  copyExampleProject(seed, dir);
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const relying = commands.filter(({ reliesOnWholeProject }) => reliesOnWholeProject !== undefined);
const reports = relying.filter(({ reliesOnWholeProject }) => reliesOnWholeProject === 'reports');
const deleting = relying.filter(({ reliesOnWholeProject }) => reliesOnWholeProject === 'deletes');
const inProcess = ({ checkedOn }: AnyCommand) => checkedOn === undefined;

const folder = () => join(dir, 'Game');
const theirs = () => join(folder(), 'Containers', 'Theirs.wwu');
const events = () => join(folder(), 'Events', 'Default Work Unit.wwu');
const sound = '\\Containers\\Default Work Unit\\Steps';

const inProject = <T>(work: (room: McpRoom) => Promise<T>): Promise<T> =>
  withMcp(dir, ['--project', exampleProjectIn(dir)], work);

/** The input of a command's first example, after what must be there for it. */
async function exampleOf({ examples = [] }: AnyCommand, room: McpRoom): Promise<JsonObject> {
  const [example] = examples;
  const earlier: JsonObject[] = [];
  for (const [command, given] of example?.before ?? [])
    earlier.push(await room.done(command, exampleInput(given, dir, earlier)));
  return exampleInput(example?.input ?? {}, dir, earlier);
}

/** For `convert_type`, whose example is a preview; and for what asks for a confirmation. */
const inEarnest = (input: JsonObject): JsonObject => {
  const { preview: _, ...rest } = input;
  return rest;
};

/** Of the other ways, one report and one deletion stand for all. */
const inDepth = new Set(sample(Object.keys(unreadableWays), 3));

describe.each(Object.entries(unreadableWays))('a Work Unit with %s', (way, { bytes, says }) => {
  const isInDepth = inDepth.has(way);
  const those = <T>(all: readonly T[]): readonly T[] => (isInDepth ? all : all.slice(0, 1));
  const who = isInDepth ? 'by every report, refuses every deletion' : 'by a report, refuses a deletion';
  const named = () => ({ total: 1, files: [{ filePath: theirs(), problem: expect.stringMatching(says) }] });

  beforeEach(() => writeFileSync(theirs(), bytes(soundWorkUnit)));

  it(`is named with the reason ${who}, and is left as it is`, () =>
    inProject(async (room) => {
      expect((await room.done('project_info', {})).unreadable).toEqual(named());
      for (const command of those(reports.filter((one) => inProcess(one) && one.effect === 'read'))) {
        const { unreadable } = await room.done(command.name, await exampleOf(command, room));
        expect({ command: command.name, unreadable }).toEqual({ command: command.name, unreadable: named() });
      }
      for (const command of those(deleting)) {
        const input = inEarnest(await exampleOf(command, room));
        const refusal = await room.call(command.name, input);
        expect({ command: command.name, ...refusal }).toMatchObject({
          command: command.name,
          code: 'PROJECT_UNREADABLE_FILES',
          error: expect.stringMatching(says),
          hint: expect.stringContaining('ignoreUnreadable: true'),
          details: { total: 1, unreadable: named().files },
        });
      }
      const missing = await room.call('get_object', { objectId: '\\Containers\\Theirs\\Wind' });
      expect(missing).toMatchObject({
        code: 'OBJECT_NOT_FOUND',
        error: expect.stringContaining(theirs()),
        hint: expect.not.stringContaining('create the missing object first'),
        details: { unreadable: named().files },
      });
      expect((await room.call('create_work_unit', { parentPath: '\\Containers', name: 'Theirs' })).ok).toBe(
        false,
      );
      await room.done('set_property', { objectId: sound, property: 'Volume', value: -3 });
      await room.done('project_save', {});
      expect(readFileSync(theirs())).toEqual(Buffer.from(bytes(soundWorkUnit)));
    }));
});

describe.each(
  reports.filter((one) => inProcess(one) && one.effect !== 'read').map((one) => [one.name, one] as const),
)('%s', (name, command) => {
  it('names what it did not see when it changes something', async () => {
    writeFileSync(theirs(), '');
    await inProject(async (room) => {
      const { unreadable } = await room.done(name, await exampleOf(command, room));
      expect(unreadable).toMatchObject({ total: 1, files: [{ filePath: theirs() }] });
    });
  });
});

describe.each(sample(deleting, 3).map((one) => [one.name, one] as const))('%s', (name, command) => {
  beforeEach(() => writeFileSync(theirs(), ''));

  it('is done all the same with ignoreUnreadable, and names what it did not see', () =>
    inProject(async (room) => {
      const input = { ...inEarnest(await exampleOf(command, room)), ignoreUnreadable: true };
      expect((await room.done(name, input)).unreadable).toMatchObject({ total: 1 });
    }));

  it('is refused as a step of a workflow too, in the plan, the preview and the run', () =>
    inProject(async (room) => {
      const data = inEarnest(await exampleOf(command, room));
      const workflow = (more: JsonObject) => ({
        nodes: [{ id: 'del', type: name, data: { ...data, ...more } }],
      });
      const plan = await room.done('workflow_compile', { workflow: workflow({}) });
      expect(plan.warnings).toEqual([
        expect.stringMatching(/Node "del".*refused \(PROJECT_UNREADABLE_FILES\).*it is empty/),
      ]);
      const preview = await room.done('workflow_run', { workflow: workflow({}), mode: 'preview' });
      expect(preview).toMatchObject({ wouldSucceed: false });
      expect(JSON.stringify(preview)).toContain('PROJECT_UNREADABLE_FILES');
      expect(JSON.stringify(await room.call('workflow_run', { workflow: workflow({}) }))).toContain(
        'PROJECT_UNREADABLE_FILES',
      );
      const all = workflow({ ignoreUnreadable: true });
      expect((await room.done('workflow_compile', { workflow: all })).warnings).toEqual([]);
      const tried = await room.done('workflow_run', { workflow: all, mode: 'preview' });
      expect(tried).toMatchObject({ wouldSucceed: true });
    }));
});

/** What deletes what lies at a name, with what is asked for there instead. */
const replacing: Readonly<Record<string, (dir: string) => readonly [command: string, input: JsonObject]>> = {
  create_sound: () => [
    'create_sound',
    { name: 'Steps', parentPath: '\\Containers\\Default Work Unit', onNameConflict: 'replace' },
  ],
  copy_object: () => [
    'copy_object',
    {
      objectId: '\\Containers\\Default Work Unit\\Wind',
      parentPath: sound,
      name: 'Step_1',
      onNameConflict: 'replace',
    },
  ],
  audio_import: (at) => [
    'audio_import',
    {
      filePath: join(at, 'audio', 'Step_2.wav'),
      parentPath: sound,
      name: 'Step_1',
      importOperation: 'replaceExisting',
    },
  ],
  'WAAPI that deletes': () => ['waapi_call', { uri: 'ak.wwise.core.object.delete', args: { object: sound } }],
  'WAAPI that replaces deep inside': () => [
    'waapi_call',
    {
      uri: 'ak.wwise.core.object.set',
      args: {
        objects: [
          {
            object: sound,
            onNameConflict: 'replace',
            children: [{ type: 'Sound', name: 'Step_1' }],
          },
        ],
      },
    },
  ],
};

describe.each(Object.entries(replacing))('%s', (_what, callIn) => {
  it('is refused while others that cannot be read may refer to what would be gone', async () => {
    const before = readFileSync(join(folder(), 'Containers', 'Default Work Unit.wwu'));
    const sane = readFileSync(events());
    writeFileSync(events(), '');
    const [command, input] = callIn(dir);
    await inProject(async (room) => {
      const refusal = await room.call(command, input);
      expect(refusal).toMatchObject({
        code: 'PROJECT_UNREADABLE_FILES',
        hint: expect.stringContaining('ignoreUnreadable: true'),
        details: { unreadable: [{ filePath: events() }] },
      });
      const workflow = { nodes: [{ id: 'one', type: command, data: input }] };
      expect((await room.done('workflow_compile', { workflow })).warnings).toEqual([
        expect.stringMatching(/Node "one".*PROJECT_UNREADABLE_FILES/),
      ]);
      expect(JSON.stringify(await room.call('workflow_run', { workflow }))).toContain(
        'PROJECT_UNREADABLE_FILES',
      );
      await room.done('project_save', {});
      expect(readFileSync(join(folder(), 'Containers', 'Default Work Unit.wwu'))).toEqual(before);
      writeFileSync(events(), sane);
      await room.done(command, input);
    });
  });
});

describe('Events that cannot be read', () => {
  it('leave nothing to delete: what they play is not known to be unused', async () => {
    const before = readFileSync(join(folder(), 'Containers', 'Default Work Unit.wwu'));
    writeFileSync(events(), '');
    await inProject(async (room) => {
      expect(await room.done('find_unused', {})).toMatchObject({
        unreadable: { files: [{ filePath: events() }] },
      });
      expect((await room.call('remove_unused', { confirm: true })).code).toBe('PROJECT_UNREADABLE_FILES');
      expect((await room.call('delete_object', { objectId: sound })).code).toBe('PROJECT_UNREADABLE_FILES');
      await room.done('project_save', {});
    });
    expect(readFileSync(join(folder(), 'Containers', 'Default Work Unit.wwu'))).toEqual(before);
  });

  it('may hold an Event by name, but nothing that a path of another folder names', async () => {
    writeFileSync(events(), '');
    await inProject(async (room) => {
      const event = await room.call('get_object', { objectId: 'Event:Play_Steps' });
      expect(event).toMatchObject({
        code: 'OBJECT_NOT_FOUND',
        details: { unreadable: [{ filePath: events() }] },
      });
      const elsewhere = await room.call('get_object', { objectId: '\\Containers\\Default Work Unit\\Gone' });
      expect(elsewhere.code).toBe('OBJECT_NOT_FOUND');
      expect(elsewhere.details).not.toHaveProperty('unreadable');
    });
  });
});

describe('a file that changes under a running server', () => {
  it('enters the list when it can no longer be read, and leaves it when it can again', async () => {
    const sane = readFileSync(events());
    await inProject(async (room) => {
      expect(await room.done('find_unused', {})).not.toHaveProperty('unreadable');
      writeFileSync(events(), sane.subarray(0, sane.length >> 1));
      expect((await room.call('delete_object', { objectId: sound, confirm: true })).code).toBe(
        'PROJECT_UNREADABLE_FILES',
      );
      expect(await room.done('find_unused', {})).toMatchObject({ unreadable: { total: 1 } });
      expect(await room.done('project_info', {})).toMatchObject({
        unreadable: { files: [{ filePath: events(), problem: expect.stringContaining('cut off') }] },
      });
      writeFileSync(events(), sane);
      expect(await room.done('project_info', {})).not.toHaveProperty('unreadable');
      expect(await room.done('references_to', { objectId: sound })).toMatchObject({ total: 1 });
      await room.done('delete_object', { objectId: sound, confirm: true });
    });
  });

  it('is named while it is the .wproj, with the project as it was before', async () => {
    const sane = readFileSync(exampleProjectIn(dir));
    await inProject(async (room) => {
      await room.done('project_info', {});
      writeFileSync(exampleProjectIn(dir), '');
      expect(await room.done('project_info', {})).toMatchObject({
        unreadable: {
          files: [{ filePath: exampleProjectIn(dir), problem: expect.stringContaining('empty') }],
        },
      });
      expect((await room.call('delete_object', { objectId: sound, confirm: true })).code).toBe(
        'PROJECT_UNREADABLE_FILES',
      );
      writeFileSync(exampleProjectIn(dir), sane);
      expect(await room.done('project_info', {})).not.toHaveProperty('unreadable');
    });
  });

  it.each(Object.entries(unreadableWays).filter(([way]) => !/hierarchy|project|CRLF|data|newer/.test(way)))(
    'refuses the whole project when the .wproj begins as one with %s',
    async (_way, { bytes, says }) => {
      const wproj = readFileSync(exampleProjectIn(dir), 'utf8');
      const marked = wproj.replace('\t\t<Project ', '\t\t<WorkUnit ');
      const broken = Buffer.from(bytes(marked)).toString('latin1').replace('\t\t<WorkUnit ', '\t\t<Project ');
      writeFileSync(exampleProjectIn(dir), Buffer.from(broken, 'latin1'));
      await inProject(async (room) => {
        const answer = await room.call('project_info', {});
        expect(answer.code).toBe('FILE_UNREADABLE');
        if (!/line 4|0xE4|byte 90/.test(says.source)) expect(answer.error).toMatch(says);
      });
      expect(existsSync(exampleProjectIn(dir))).toBe(true);
    },
  );
});

describe('a Work Unit that is not there', () => {
  it.each([
    ['as a link that leads nowhere', () => symlinkSync('/nowhere/Theirs.wwu', theirs()), /is not there/],
    [
      'although the file of its parent names it',
      () => {
        const path = join(folder(), 'Containers', 'Default Work Unit.wwu');
        const placeholder =
          '<WorkUnit Name="Theirs" ID="{7E1B0001-1111-4222-8333-444455556666}" PersistMode="Reference"/>';
        writeFileSync(
          path,
          readFileSync(path, 'utf8').replace('<ChildrenList>', `<ChildrenList>\n\t\t\t\t${placeholder}`),
        );
      },
      /names it as a nested Work Unit/,
    ],
  ] as const)('is named %s', async (_how, lose, says) => {
    lose();
    await inProject(async (room) => {
      const unreadable = { total: 1, files: [{ filePath: theirs(), problem: expect.stringMatching(says) }] };
      expect((await room.done('find_unused', {})).unreadable).toEqual(unreadable);
      expect((await room.call('delete_object', { objectId: sound })).code).toBe('PROJECT_UNREADABLE_FILES');
    });
  });

  it('is named while it is unloaded', () =>
    inProject(async (room) => {
      const workUnit = '\\Events\\Default Work Unit';
      await room.done('waapi_call', { uri: 'ak.wwise.core.workUnit.unload', args: { object: workUnit } });
      expect((await room.done('find_unused', {})).unreadable).toMatchObject({
        files: [{ filePath: events(), problem: expect.stringContaining('unloaded') }],
      });
      await room.done('waapi_call', { uri: 'ak.wwise.core.workUnit.load', args: { object: workUnit } });
      expect(await room.done('find_unused', {})).not.toHaveProperty('unreadable');
    }));
});

describe('objects with the GUID of another', () => {
  it('are found by the lint, a copied Work Unit as one', async () => {
    cpSync(join(folder(), 'Containers', 'Default Work Unit.wwu'), join(folder(), 'Containers', 'Copy.wwu'));
    await inProject(async (room) => {
      const lint = await room.done('project_lint', { rules: ['duplicateIds'] });
      expect(asJsonObject(lint.counts).duplicateIds).toBe(1);
      expect(asJsonArray(lint.findings)).toMatchObject([
        {
          severity: 'error',
          object: { type: 'WorkUnit', path: '\\Containers\\Default Work Unit' },
          message: expect.stringMatching(
            /The WorkUnit "Default Work Unit" in .*Copy\.wwu has its GUID too, as \d+ below/,
          ),
        },
      ]);
    });
  });

  it('are found in two Work Units, and nothing is where there are none', async () => {
    await inProject(async (room) => {
      expect(await room.done('project_lint', { rules: ['duplicateIds'] })).toMatchObject({ total: 0 });
      const text = readFileSync(join(folder(), 'Containers', 'Default Work Unit.wwu'), 'utf8');
      const id = /<Sound Name="Wind" ID="(\{[^}]+\})"/.exec(text)?.[1] ?? '';
      const twin = `<ChildrenList>\n\t\t\t\t<Sound Name="Twin" ID="${id}"/>\n\t\t\t</ChildrenList>`;
      writeFileSync(
        theirs(),
        soundWorkUnit.replace(
          'PersistMode="Standalone"/>',
          `PersistMode="Standalone">\n\t\t\t${twin}\n\t\t</WorkUnit>`,
        ),
      );
      const lint = await room.done('project_lint', { rules: ['duplicateIds'] });
      expect(lint.findings).toMatchObject([
        {
          object: { name: 'Wind' },
          message: expect.stringMatching(/The Sound "Twin" in .*Theirs\.wwu has its GUID too/),
        },
      ]);
    });
  });
});

describe('a Git LFS pointer in the place of audio', () => {
  const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a21\nsize 12345\n';

  it('is counted and named by the report and the lint, and no voice', () =>
    inProject(async (room) => {
      const { files } = await room.done('audio_files_report', { show: 'used' });
      const { file } = asJsonObject(asJsonArray(files)[0]);
      writeFileSync(join(folder(), 'Originals', String(file)), pointer);
      expect(await room.done('audio_files_report', { show: 'pointers' })).toMatchObject({
        counts: { pointers: 1 },
        files: [{ file }],
      });
      const lint = await room.done('project_lint', { rules: ['missingAudio'] });
      expect(JSON.stringify(lint.findings)).toContain('Git LFS pointer');
    }));

  it('is refused by name when it is to be imported', async () => {
    writeFileSync(join(dir, 'audio', 'Step_1.wav'), pointer);
    await inProject(async (room) => {
      const input = {
        filePath: '/audio/Step_1.wav',
        parentPath: '\\Containers\\Default Work Unit',
        name: 'New',
      };
      const answer = await room.call('audio_import', exampleInput(input, dir, []));
      expect(answer).toMatchObject({
        code: 'FILE_UNREADABLE',
        error: expect.stringContaining('a Git LFS pointer'),
      });
    });
  });
});
