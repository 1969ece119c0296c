import { chmodSync, cpSync, existsSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/core/json.ts';
import { silentLog } from '../../../src/core/log.ts';
import { atOnce } from '../../../src/core/turns/turns.ts';
import { createEngine } from '../../../src/embedded/create-engine.ts';
import type { EngineSession } from '../../../src/embedded/engine.ts';
import { embeddedFunctions } from '../../../src/embedded/functions/catalog.ts';
import { nameProblem } from '../../../src/embedded/model/naming/name-rules.ts';
import { openProject } from '../../../src/embedded/project/open-project.ts';
import type { OpenedProject } from '../../../src/embedded/project/opened-project.ts';
import { WaapiError } from '../../../src/wwise/connection/backend.ts';
import { amount } from '../../harness/amount.ts';
import { eras, writeEraProject } from '../../harness/era-project.ts';
import { breachesOf } from '../../harness/file-laws.ts';
import { freshProject } from '../../harness/fresh-project.ts';
import { addFolders } from '../../harness/more-folders.ts';
import { differingFiles, savedFiles, undoAll } from '../../harness/project-files.ts';
import { callOf, randomCalls } from '../../harness/random-calls.ts';
import { sharedDir } from '../../harness/shared.ts';

const dir = realpathSync(mkdtempSync(join(tmpdir(), 'wwiseflow-calls-')));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/**
 * PROPERTY_RUNS sets the number of runs, PROPERTY_SEED picks others. A run makes 6.5 calls on average: in full they
 * are 20,000 over the eight eras.
 */
const numRuns = amount(4, 400, 'PROPERTY_RUNS');
const seed = Number(process.env.PROPERTY_SEED ?? 1);

const sampleProjects = [
  'pywwise-2024.1/PyWwise.wproj',
  'godot-tests-2025.1/GodotTests.wproj',
  'gyms-2022.1/Gyms.wproj',
]
  .map((path) => join(sharedDir, 'wwise-projects', path))
  .filter((path) => existsSync(path));

/** What a client sees of every object: the same before saving and after reading the files again. */
function seen({ model }: OpenedProject): readonly string[] {
  return [...model.all()]
    .map((object) => {
      const facts = model.facts(object);
      const values = (facts?.properties() ?? []).map(({ name }) => String(model.property(object, name)));
      const targets = (facts?.references() ?? []).map(({ name }) => model.reference(object, name)?.id ?? '');
      const lists = (facts?.lists() ?? []).map(({ name }) =>
        (model.list(object, name) ?? []).map(({ id }) => id).join(','),
      );
      const where = `${model.path(object)} ${object.id} ${object.type} ${object.notes}`;
      return [where, ...values, ...targets, ...lists].join('|');
    })
    .sort();
}

/** What Wwise would not keep: health findings, and names that are none for their type. */
function offences(project: OpenedProject): readonly string[] {
  const names = [...project.model.all()]
    .filter(
      ({ name, type, owner, parent }) =>
        owner === null && parent !== null && nameProblem(name, type) !== undefined,
    )
    .map(({ name, type }) => `${type} "${name}"`);
  const found = atOnce(project.health(false))
    // What a plug-in keeps in its own data stays there when the object goes: the data is the plug-in's.
    .filter(({ message }) => !message.startsWith('Its plug-in data '))
    .map(({ kind, object, message }) => `${kind} ${object.path} ${message}`);
  return [...names, ...found];
}

/** What new projects lack: something of every kind, so that the calls find something to work on. */
const furniture: readonly (readonly [folder: string, type: string, name: string, more?: JsonObject])[] = [
  ['States', 'StateGroup', 'Mood', { children: [{ type: 'State', name: 'Calm' }] }],
  ['States', 'StateGroup', 'Health', { children: [{ type: 'State', name: 'Low' }] }],
  ['Switches', 'SwitchGroup', 'Ground', { children: [{ type: 'Switch', name: 'Grass' }] }],
  ['Attenuations', 'Attenuation', 'Far'],
  ['Game Parameters', 'GameParameter', 'Speed'],
  ['SoundBanks', 'SoundBank', 'Main'],
  ['Events', 'Event', 'Play', { children: [{ type: 'Action', name: '', '@ActionType': 1 }] }],
  ['Dynamic Dialogue', 'DialogueEvent', 'Talk'],
  ['Modulators', 'ModulatorLfo', 'Wobble'],
  ['Triggers', 'Trigger', 'Hit'],
  ['Busses', 'AuxBus', 'Room'],
  ...['Containers', 'Actor-Mixer Hierarchy'].flatMap((folder) => [
    [folder, 'SwitchContainer', 'Steps', { children: [{ type: 'Sound', name: 'A' }] }] as const,
    [folder, 'BlendContainer', 'Blend', { children: [{ type: 'Sound', name: 'A' }] }] as const,
  ]),
  ...['Containers', 'Interactive Music Hierarchy'].flatMap((folder) => [
    [
      folder,
      'MusicSwitchContainer',
      'Music',
      { children: [{ type: 'MusicPlaylistContainer', name: 'List' }] },
    ] as const,
    [folder, 'MusicSegment', 'Segment', { children: [{ type: 'MusicTrack', name: 'Track' }] }] as const,
  ]),
];

async function furnish(session: EngineSession): Promise<void> {
  for (const [folder, type, name, more = {}] of furniture) {
    const parent = `\\${folder}\\Default Work Unit`;
    const args = { parent, type, name, onNameConflict: 'rename', ...more };
    await session.call('ak.wwise.core.object.create', args, {}).catch(() => undefined);
  }
}

/** Draws calls against one project until all runs are done; every run ends where it began, byte for byte. */
async function hold(projectPath: string, runs: number): Promise<void> {
  const project = await openProject(projectPath);
  const functions = embeddedFunctions({ productVersion: '0.0.0', installDir: dir, userDir: dir });
  const engine = createEngine({ openProject: project, functions, log: silentLog });
  const session = engine.openSession();
  await furnish(session);
  project.save();
  project.undo.clear();
  const before = savedFiles(projectPath);
  const former = new Set([...breachesOf(before), ...offences(project)]);
  let run = 0;
  const property = fc.asyncProperty(randomCalls, async (draws) => {
    const made: string[] = [];
    for (const draw of draws) {
      const call = callOf(project.model, draw);
      if (call === undefined) continue;
      const [uri, args] = call;
      try {
        await session.call(`ak.wwise.core.${uri}`, args, {});
        made.push(`${uri} ${JSON.stringify(args)}`);
      } catch (refusal) {
        if (!(refusal instanceof WaapiError)) throw refusal;
        // What is refused is refused for a reason that a client can read.
        expect(refusal.uri, `${uri} ${JSON.stringify(args)}: ${refusal.message}`).not.toBe(
          'ak.wwise.unexpected_error',
        );
      }
    }
    const reported = made.join('\n');
    project.save();
    const after = savedFiles(projectPath);
    const wrong = offences(project).filter((offence) => !former.has(offence));
    run += 1;
    if (run % 5 === 0) {
      const again = await openProject(projectPath, { lock: false });
      const [now, then] = [seen(again), seen(project)];
      again.close();
      expect(
        now.filter((line) => !then.includes(line)),
        reported,
      ).toEqual(then.filter((line) => !now.includes(line)));
    }
    undoAll(project);
    project.save();
    const undone = differingFiles(savedFiles(projectPath), before);
    expect(undone, reported).toEqual([]);
    expect(wrong, reported).toEqual([]);
    const breaches = breachesOf(after).filter((breach) => !former.has(breach));
    expect(breaches, reported).toEqual([]);
  });
  try {
    await fc.assert(property, { seed, numRuns: runs });
  } finally {
    await engine.close();
  }
}

describe.each(eras)('any calls on a project of schema %i', (schema) => {
  it('leave files that keep every law and read back the same, and undo brings back every byte', async () => {
    const { projectPath } = writeEraProject(mkdtempSync(join(dir, 'p-')), schema);
    addFolders(projectPath, schema);
    await hold(projectPath, numRuns);
  });
});

describe('any calls on a new project', () => {
  it('leave files that keep every law and read back the same, and undo brings back every byte', async () => {
    const projectPath = join(mkdtempSync(join(dir, 'p-')), 'New', 'New.wproj');
    freshProject(projectPath);
    await hold(projectPath, Math.ceil(numRuns / 4));
  });
});

describe.skipIf(sampleProjects.length === 0)(
  'any calls on a sample project (needs the shared samples)',
  () => {
    it.each(sampleProjects)('%s', async (source) => {
      const folder = mkdtempSync(join(dir, 'p-'));
      cpSync(dirname(source), folder, {
        recursive: true,
        filter: (path) => !/Originals|\.cache/.test(path),
      });
      // They may be read-only, as version control keeps them.
      for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
        chmodSync(join(folder, name), 0o755);
      await hold(join(folder, basename(source)), Math.ceil(numRuns / 4));
    });
  },
);
