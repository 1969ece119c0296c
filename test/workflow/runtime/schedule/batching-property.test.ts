import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import {
  asJsonArray,
  asJsonObject,
  isJsonObject,
  type Json,
  type JsonObject,
} from '../../../../src/core/json.ts';
import { silentLog } from '../../../../src/core/log.ts';
import { compileWorkflow } from '../../../../src/workflow/compiler/compile.ts';
import { createRunner } from '../../../../src/workflow/runtime/runner.ts';
import type { WaapiBackend } from '../../../../src/wwise/connection/backend.ts';
import { randomCases } from '../../../harness/amount.ts';
import { type ProjectRoom, withProject } from '../../../harness/project.ts';
import { writeTone } from '../../../harness/wave.ts';

const waves = mkdtempSync(join(tmpdir(), 'wwiseflow-waves-'));
afterAll(() => rmSync(waves, { recursive: true, force: true }));
// Two of the three have the same content.
for (const [name, frequencyHz] of [
  ['a', 100],
  ['b', 200],
  ['c', 100],
] as const)
  writeTone(join(waves, `${name}.wav`), { frequencyHz });

it('random workflows give the same project and the same rows, batched or not', async () => {
  await fc.assert(
    fc.asyncProperty(workflow(), fc.constantFrom('stop', 'continue'), async (steps, onError) => {
      const document = { workflowId: 'w', onError, ...documentOf(steps) };
      const batched = await outcomeOf(document, true);
      const alone = await outcomeOf(document, false);
      expect(batched.rows).toEqual(alone.rows);
      expect(batched.again).toEqual(alone.again);
      expect(batched.files).toEqual(alone.files);
    }),
    { ...randomCases(8, 60), endOnFailure: true },
  );
});

it('random workflows give the same project and the same rows, one node at a time or many', async () => {
  await fc.assert(
    fc.asyncProperty(
      workflow(),
      fc.constantFrom('stop', 'continue'),
      fc.infiniteStream(fc.nat({ max: 6 })),
      async (steps, onError, delays) => {
        const document = { workflowId: 'w', onError, ...documentOf(steps) };
        const single = await outcomeOf(document, false, { concurrency: 1 });
        const parallel = await outcomeOf(document, false, { concurrency: 16, delays });
        // A stop lets reads that are under way end: one node at a time has none.
        if (onError === 'continue') expect(parallel.rows).toEqual(single.rows);
        expect(parallel.again).toEqual(single.again);
        expect(parallel.files).toEqual(single.files);
      },
    ),
    { ...randomCases(4, 20), endOnFailure: true },
  );
});

/** One node; numbers choose among what is there. */
type Step =
  | {
      readonly kind: 'container' | 'sound';
      readonly under: number;
      readonly name: number;
      readonly byPath: boolean;
    }
  | { readonly kind: 'import'; readonly into: number; readonly file: number }
  | { readonly kind: 'import new'; readonly under: number; readonly file: number; readonly name: number }
  | { readonly kind: 'property'; readonly of: number; readonly property: number; readonly value: number }
  | { readonly kind: 'bus'; readonly of: number; readonly bus: number }
  | { readonly kind: 'attenuation'; readonly of: number; readonly clear: boolean }
  | { readonly kind: 'notes'; readonly of: number; readonly text: number; readonly append: boolean }
  | { readonly kind: 'event'; readonly of: number; readonly name: number }
  | { readonly kind: 'read' | 'save' };

function workflow(): fc.Arbitrary<readonly Step[]> {
  const n = fc.nat({ max: 30 });
  const name = fc.nat({ max: 14 });
  return fc.array(
    fc.oneof(
      {
        weight: 3,
        arbitrary: fc.record({
          kind: fc.constantFrom('container', 'sound'),
          under: n,
          name,
          byPath: fc.boolean(),
        }),
      },
      {
        weight: 4,
        arbitrary: fc.record({ kind: fc.constant('sound'), under: n, name, byPath: fc.boolean() }),
      },
      { weight: 3, arbitrary: fc.record({ kind: fc.constant('import'), into: n, file: fc.nat({ max: 3 }) }) },
      {
        weight: 1,
        arbitrary: fc.record({ kind: fc.constant('import new'), under: n, file: fc.nat({ max: 2 }), name }),
      },
      {
        weight: 4,
        arbitrary: fc.record({
          kind: fc.constant('property'),
          of: n,
          property: fc.nat({ max: 4 }),
          value: fc.nat({ max: 9 }),
        }),
      },
      { weight: 3, arbitrary: fc.record({ kind: fc.constant('bus'), of: n, bus: fc.nat({ max: 1 }) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('attenuation'), of: n, clear: fc.boolean() }) },
      {
        weight: 3,
        arbitrary: fc.record({
          kind: fc.constant('notes'),
          of: n,
          text: fc.nat({ max: 3 }),
          append: fc.boolean(),
        }),
      },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('event'), of: n, name }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('read', 'save') }) },
    ) as fc.Arbitrary<Step>,
    { minLength: 2, maxLength: 24 },
  );
}

const unit = '\\Containers\\Default Work Unit';
const mainBus = '\\Busses\\Default Work Unit\\Main Audio Bus';

/** Something a later step can name: by reference to the node, or by path. */
interface Made {
  readonly reference: string;
  readonly path: string;
  readonly holdsSounds: boolean;
}

function documentOf(steps: readonly Step[]): { nodes: JsonObject[]; edges: JsonObject[] } {
  const made: Made[] = [
    { reference: unit, path: unit, holdsSounds: true },
    { reference: `${unit}\\Old`, path: `${unit}\\Old`, holdsSounds: false },
  ];
  const nodes: JsonObject[] = [];
  const edges: JsonObject[] = [];
  for (const [index, step] of steps.entries()) {
    const id = `n${index}`;
    const add = (type: string, data: JsonObject): void => {
      nodes.push({ id, type, data });
      // Every third step waits for the one before it, whatever it reads.
      if (index % 3 === 2) edges.push({ source: `n${index - 1}`, target: id });
    };
    const pick = (number: number, fits: (one: Made) => boolean = () => true): Made => {
      const fitting = made.filter(fits);
      return fitting[number % fitting.length] ?? { reference: unit, path: unit, holdsSounds: true };
    };
    const nameFor = (number: number): string => ['Old', 'Shot', 'Shot2', 'X'][number] ?? `N${index}`;
    if (step.kind === 'container' || step.kind === 'sound') {
      const parent = pick(step.under, ({ holdsSounds }) => holdsSounds);
      const name = nameFor(step.name);
      const parentPath = step.byPath ? parent.path : parent.reference;
      if (step.kind === 'sound') add('createSound', { name, parentPath });
      else
        add('createObject', {
          type: 'RandomSequenceContainer',
          name,
          parentPath,
          properties: { Pitch: 100 },
        });
      made.push({
        reference: `$from:${id}:$output:objectId`,
        path: `${parent.path}\\${name}`,
        holdsSounds: step.kind === 'container',
      });
    } else if (step.kind === 'import') {
      const sound = pick(step.into, ({ holdsSounds }) => !holdsSounds);
      add('audioImport', { filePath: fileNamed(step.file), objectId: sound.reference });
      made.push({ ...sound, reference: `$from:${id}:$output:objectId` });
    } else if (step.kind === 'import new') {
      const parent = pick(step.under, ({ holdsSounds }) => holdsSounds);
      const name = nameFor(step.name);
      add('audioImport', { filePath: fileNamed(step.file), parentPath: parent.reference, name });
      made.push({
        reference: `$from:${id}:$output:object.id`,
        path: `${parent.path}\\${name}`,
        holdsSounds: false,
      });
    } else if (step.kind === 'property') {
      const object = pick(step.of, ({ path }) => path !== unit);
      const property = ['Volume', 'Pitch', 'Lowpass', 'IsVoice', 'Volumen'][step.property] ?? 'Volume';
      const value = property === 'IsVoice' ? step.value % 2 === 0 : step.value / 10;
      add('setProperty', {
        objectId: step.value > 4 ? object.path : object.reference,
        property,
        value: property === 'Volume' ? value : typeof value === 'number' ? Math.round(value) : value,
      });
      made.push({ ...object, reference: `$from:${id}:$output:object.id` });
    } else if (step.kind === 'bus') {
      const object = pick(step.of, ({ path }) => path !== unit);
      add('setOutputBus', {
        objectId: object.reference,
        busPath: step.bus === 0 ? mainBus : `${mainBus}\\Music`,
      });
      made.push({ ...object, reference: `$from:${id}:$output:object.id` });
    } else if (step.kind === 'attenuation') {
      const object = pick(step.of, ({ path }) => path !== unit);
      const targetPath = step.clear ? null : '\\Attenuations\\Default Work Unit\\Near';
      add('setReference', { objectId: object.reference, reference: 'Attenuation', targetPath });
    } else if (step.kind === 'notes') {
      const object = pick(step.of, ({ path }) => path !== unit);
      const notes = ['', 'One', 'Two\nlines', 'One'][step.text] ?? '';
      add('setNotes', { objectId: object.reference, notes, append: step.append });
      made.push({ ...object, reference: `$from:${id}:$output:object.id` });
    } else if (step.kind === 'event') {
      const object = pick(step.of, ({ path }) => path !== unit);
      add('createEvent', { name: `Play_${nameFor(step.name)}`, targetPath: object.reference });
    } else if (step.kind === 'read') add('queryWaql', { query: `$ "${unit}" select descendants` });
    else add('projectSave', {});
  }
  return { nodes, edges };
}

/** The last one does not exist. */
function fileNamed(number: number): string {
  return join(waves, `${['a', 'b', 'c', 'missing'][number] ?? 'a'}.wav`);
}

interface How {
  readonly concurrency?: number;
  /** Turns of the event loop that the answers of the project take. */
  readonly delays?: Iterator<number>;
}

async function outcomeOf(document: JsonObject, isBatched: boolean, { concurrency, delays }: How = {}) {
  return withProject(
    async (room) => {
      await room.done('create_sound', { name: 'Old', parentPath: unit });
      await room.done('create_object', { type: 'Bus', name: 'Music', parentPath: mainBus });
      await room.done('create_object', {
        type: 'Attenuation',
        name: 'Near',
        parentPath: '\\Attenuations\\Default Work Unit',
      });
      const first = await run(room, document, isBatched, concurrency);
      const second = await run(room, document, isBatched, concurrency);
      await room.done('project_save', {});
      const tidy = await normaliser(room);
      return { rows: tidy(first), again: tidy(second), files: filesOf(room, tidy) };
    },
    { bus: { files: { allowedDirs: [waves], startDir: waves } }, wire: (backend) => slowed(backend, delays) },
  );
}

/** Answers come late, and not always as late. */
function slowed(backend: WaapiBackend, delays: Iterator<number> | undefined): WaapiBackend {
  if (delays === undefined) return backend;
  const call: WaapiBackend['call'] = async (...request) => {
    for (let turns = Number(delays.next().value); turns > 0; turns -= 1) await turn();
    return backend.call(...request);
  };
  return Object.assign(Object.create(backend), { call });
}

async function run(
  { bus, dir }: ProjectRoom,
  document: JsonObject,
  isBatched: boolean,
  concurrency: number | undefined,
): Promise<Json> {
  const { units, calls: _calls, ...plan } = compileWorkflow(document, bus);
  const usable = isBatched && units !== undefined ? { ...plan, units } : plan;
  const stateDir = join(dir, 'state');
  const result = await createRunner({ bus, log: silentLog, stateDir }).run(usable, { concurrency });
  const { results, stopAt, skipped, failed } = asJsonObject(result.data ?? result.details);
  return {
    ok: result.ok,
    code: result.code,
    stopAt: stopAt ?? null,
    skipped: skipped ?? null,
    failed: failed ?? null,
    results: asJsonArray(results)
      .filter(isJsonObject)
      .map(({ durationMs: _, idemKey: __, peakMemoryBytes: ___, ...row }) => row),
  };
}

/** Puts names in the place of what is different in every project: GUIDs, numbers made of them, directories. */
async function normaliser({ waapi, dir }: ProjectRoom): Promise<(value: Json) => Json> {
  const answer = await waapi.call(
    'ak.wwise.core.object.get',
    { waql: '$ "\\Containers", "\\Busses", "\\Events", "\\Attenuations" select this, descendants' },
    { return: ['id', 'type', 'path', 'parent'] },
  );
  const seen = new Map<string, number>();
  const nameOf = new Map<string, string>();
  for (const row of asJsonArray(answer.return).filter(isJsonObject)) {
    const name = `${String(row.type)} ${String(row.path)}`;
    const count = seen.get(name) ?? 0;
    seen.set(name, count + 1);
    nameOf.set(String(row.id), `<${name} ${count}>`);
  }
  return (value) => {
    const text = JSON.stringify(value)
      .replaceAll(JSON.stringify(dir).slice(1, -1), '<dir>')
      .replace(/\{[0-9A-Fa-f]{8}-[0-9A-Fa-f-]{27}\}/g, (guid) =>
        JSON.stringify(nameOf.get(guid.toUpperCase()) ?? '<gone>').slice(1, -1),
      )
      .replace(/ShortID=\\"\d+\\"/g, 'ShortID')
      .replace(/MediaID ID=\\"\d+\\"/g, 'MediaID');
    const tidy: Json = JSON.parse(text);
    return tidy;
  };
}

function filesOf({ dir }: ProjectRoom, tidy: (value: Json) => Json): Record<string, Json> {
  const root = join(dir, 'project');
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.endsWith('.lock'))
    .sort();
  return Object.fromEntries(
    files.map((path) => {
      const isText = /\.(wwu|wproj)$/.test(path);
      return [relative(root, path), isText ? tidy(readFileSync(path, 'utf8')) : readFileSync(path, 'base64')];
    }),
  );
}
