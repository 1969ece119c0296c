import { z } from 'zod';
import type { Profile } from '../../src/core/access/profile.ts';
import type { AnyCommand } from '../../src/core/command.ts';
import type { Bus, MemoProbe } from '../../src/core/dispatch/bus.ts';
import { toWwiseFlowError, WwiseFlowError } from '../../src/core/errors.ts';
import { asJsonObject, type Json, type JsonObject } from '../../src/core/json.ts';
import { memoKey } from '../../src/core/memo/memo-key.ts';
import { failure, type Result, success } from '../../src/core/result.ts';
import { wires } from '../../src/core/wiring.ts';
import { compileWorkflow } from '../../src/workflow/compiler/compile.ts';
import type { Plan } from '../../src/workflow/compiler/plan.ts';
import type { PatchOperation, Problem } from '../../src/workflow/compiler/problem.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

/** A tiny project: what the commands below work on. */
export interface Shelf {
  readonly objects: Map<string, { name: string; type: string; parent: string; bus: string; file: string }>;
  saves: number;
  /** Paths of the files that can be imported. */
  readonly files: Set<string>;
  /** Every command that was really executed, in order. */
  readonly done: string[];
}

export function emptyShelf(files: readonly string[] = ['C:/temp/sound.wav']): Shelf {
  return { objects: new Map(), saves: 0, files: new Set(files), done: [] };
}

const sound = { kind: 'object', types: ['Sound'] } as const;

export function shelfCommands(shelf: Shelf): readonly AnyCommand[] {
  const found = (id: string) => {
    const object = shelf.objects.get(id);
    if (object !== undefined) return object;
    throw new WwiseFlowError('OBJECT_NOT_FOUND', `No object "${id}".`, { hint: 'Create it first.' });
  };
  const createSound = defineCommand({
    name: 'create_sound',
    title: 'Create sound',
    description: 'Creates a Sound object. Use create_event for an Event, e.g. to play it.',
    toolset: 'core',
    effect: 'create',
    revert: { never: 'It stands in for a command of a test.' },
    memo: { never: 'It looks at each call.' },
    input: z.strictObject({
      name: z.string().min(1).describe('Name of the new Sound.'),
      parentPath: z.string().default('\\Containers').describe('Where to create it.'),
      onNameConflict: z.enum(['fail', 'rename', 'replace', 'merge']).default('fail'),
      volumeDb: z.number().optional(),
    }),
    output: z.object({
      id: z.string(),
      objectId: z.string().register(wires, sound),
      name: z.string(),
      path: z.string(),
    }),
    async run({ name, parentPath }) {
      const id = `{${name}}`;
      shelf.objects.set(id, { name, type: 'Sound', parent: parentPath, bus: '', file: '' });
      shelf.done.push(`create ${name}`);
      return { id, objectId: id, name, path: `${parentPath}\\${name}` };
    },
  });
  const audioImport = defineCommand({
    name: 'audio_import',
    title: 'Import audio',
    description: 'Imports a WAV file.',
    toolset: 'core',
    effect: 'create',
    revert: { never: 'It stands in for a command of a test.' },
    memo: { never: 'It looks at each call.' },
    input: z.strictObject({
      filePath: z.string().describe('The WAV file.'),
      objectId: z.string().describe('Import into this Sound.').optional().register(wires, sound),
      parentPath: z.string().optional(),
    }),
    output: z.object({
      object: z.object({ id: z.string().register(wires, sound), name: z.string() }),
      files: z.array(z.object({ path: z.string() })),
    }),
    oneOf: [['objectId'], ['parentPath']],
    async run({ filePath, objectId }) {
      if (!shelf.files.has(filePath)) {
        throw new WwiseFlowError('FILE_NOT_FOUND', `No file "${filePath}".`, {
          hint: 'Give the path of a WAV file.',
        });
      }
      const object = found(objectId ?? '');
      object.file = filePath;
      shelf.done.push(`import ${object.name}`);
      return { object: { id: objectId ?? '', name: object.name }, files: [{ path: filePath }] };
    },
  });
  const setOutputBus = defineCommand({
    name: 'set_output_bus',
    title: 'Set output bus',
    description: 'Routes a Sound to a bus.',
    toolset: 'core',
    effect: 'update',
    revert: { never: 'It stands in for a command of a test.' },
    memo: { never: 'It looks at each call.' },
    input: z.strictObject({ objectId: z.string().register(wires, sound), busPath: z.string() }),
    output: z.object({
      object: z.object({ id: z.string().register(wires, sound) }),
      previousBus: z.string().nullable(),
    }),
    async run({ objectId, busPath }) {
      const object = found(objectId);
      const previousBus = object.bus;
      object.bus = busPath;
      shelf.done.push(`route ${object.name}`);
      return { object: { id: objectId }, previousBus };
    },
  });
  const setNotes = defineCommand({
    name: 'set_notes',
    title: 'Set notes',
    description: 'Writes notes.',
    toolset: 'core',
    effect: 'update',
    revert: { never: 'It stands in for a command of a test.' },
    memo: { never: 'It looks at each call.' },
    input: z.strictObject({
      objectId: z.string().register(wires, { kind: 'object' }),
      notes: z.string().default(''),
      tags: z.array(z.string()).optional(),
      level: z.number().min(0).max(10).optional(),
      extra: z.strictObject({ colour: z.string(), weight: z.number().optional() }).optional(),
    }),
    output: z.object({ notes: z.string() }),
    async run({ objectId, notes }) {
      shelf.done.push(`notes ${found(objectId).name}: ${notes}`);
      return { notes };
    },
  });
  const query = defineCommand({
    name: 'query',
    title: 'Query',
    description: 'Lists objects.',
    toolset: 'core',
    effect: 'read',
    input: z.strictObject({ type: z.string() }),
    output: z.object({
      objects: z.array(z.looseObject({ id: z.string(), name: z.string() })),
      total: z.number(),
    }),
    async run({ type }) {
      const objects = [...shelf.objects]
        .filter(([, object]) => object.type === type)
        .map(([id, { name }]) => ({ id, name }));
      shelf.done.push(`query ${type}`);
      return { objects, total: objects.length };
    },
  });
  const deleteObject = defineCommand({
    name: 'delete_object',
    title: 'Delete object',
    description: 'Deletes an object.',
    toolset: 'core',
    effect: 'destroy',
    profile: 'builder',
    revert: { never: 'It stands in for a command of a test.' },
    memo: { never: 'It looks at each call.' },
    input: z.strictObject({ objectId: z.string().register(wires, { kind: 'object' }) }),
    output: z.object({ objectId: z.string().register(wires, { kind: 'object' }) }),
    async run({ objectId }) {
      shelf.done.push(`delete ${found(objectId).name}`);
      shelf.objects.delete(objectId);
      return { objectId };
    },
  });
  const projectSave = defineCommand({
    name: 'project_save',
    title: 'Save project',
    description: 'Saves the project.',
    toolset: 'core',
    effect: 'barrier',
    input: z.strictObject({}),
    output: z.object({ savedFiles: z.array(z.string()) }),
    async run() {
      shelf.saves += 1;
      shelf.done.push('save');
      return { savedFiles: ['Default.wwu'] };
    },
  });
  return [createSound, audioImport, setOutputBus, setNotes, query, deleteObject, projectSave];
}

export interface ShelfBus extends Bus {
  readonly prefetched: MemoProbe[];
}

/** A bus over the shelf: parses, remembers by key, runs. */
export function shelfBus(shelf: Shelf): ShelfBus {
  const commands = shelfCommands(shelf);
  const byName = new Map(
    commands.flatMap((command) =>
      [command.name, command.name.replace(/_(.)/g, (_, c: string) => c.toUpperCase())].map((name) => [
        name,
        command,
      ]),
    ),
  );
  const memo = new Map<string, JsonObject>();
  const prefetched: MemoProbe[] = [];
  let calls = 0;
  return {
    commands,
    find: (name) => byName.get(name),
    async dispatch(name, raw, options = {}): Promise<Result> {
      try {
        const command = byName.get(name);
        const parsed = command?.input.safeParse(raw);
        if (command === undefined || parsed?.success !== true) {
          throw new WwiseFlowError('INVALID_INPUT', parsed?.error?.message ?? name, {
            hint: 'Repair the input.',
          });
        }
        const isMemoised = command.effect !== 'read' && command.effect !== 'barrier';
        const input = asJsonObject(parsed.data);
        const key = isMemoised
          ? memoKey({ command, input, fileHashes: [], projectId: '{P}', scope: options.scope })
          : null;
        const known = key === null || options.forceRerun === true ? undefined : memo.get(key);
        if (known !== undefined) return success(known, 'hit', key);
        calls += 1;
        const data = asJsonObject(await command.run(input as never, {} as never));
        if (key !== null) memo.set(key, data);
        return success(data, key === null ? 'off' : 'miss', key);
      } catch (thrown) {
        return failure(toWwiseFlowError(thrown));
      }
    },
    async prefetch(probes) {
      prefetched.push(...probes);
    },
    get callCount() {
      return calls;
    },
    takeNotices: () => [],
    unreadableFiles: async () => [],
    prefetched,
  };
}

/** The commands that documents are compiled against. */
export const commands = shelfCommands(emptyShelf());
export const names = new Map(
  commands.flatMap((command) =>
    [command.name, command.name.replace(/_(.)/g, (_, c: string) => c.toUpperCase())].map((name) => [
      name,
      command,
    ]),
  ),
);

/** Compiles against the shelf's commands. */
export function compile(document: unknown, profile: Profile = 'admin'): Plan {
  return compileWorkflow(document, { commands, find: (name) => names.get(name), profile });
}

/** What is wrong with a document: the error and its problems. */
export function refusal(
  document: unknown,
  profile: Profile = 'admin',
): {
  error: WwiseFlowError;
  problems: readonly Problem[];
  codes: string[];
  pointers: string[];
} {
  try {
    compile(document, profile);
  } catch (thrown) {
    if (!(thrown instanceof WwiseFlowError)) throw thrown;
    const problems = JSON.parse(JSON.stringify(thrown.details?.problems)) as Problem[];
    return {
      error: thrown,
      problems,
      codes: problems.map(({ code }) => code),
      pointers: problems.map(({ pointer }) => pointer),
    };
  }
  throw new Error('The document compiled.');
}

/** Whether a document does not compile. */
export function isRefused(document: unknown): boolean {
  try {
    compile(document);
    return false;
  } catch {
    return true;
  }
}

/** A document after a JSON Patch. Removals from lists go last, so that the other pointers stay true. */
export function applied(document: unknown, patch: readonly PatchOperation[]): unknown {
  const copy: unknown = structuredClone(document);
  const placeOf = (pointer: string) => {
    const keys = pointer.slice(1).split('/');
    const parent = keys.slice(0, -1).reduce<unknown>((value, key) => Reflect.get(Object(value), key), copy);
    return { parent: Object(parent) as object, key: keys.at(-1) ?? '' };
  };
  const remove = (pointer: string) => {
    const { parent, key } = placeOf(pointer);
    if (Array.isArray(parent)) parent.splice(Number(key), 1);
    else Reflect.deleteProperty(parent, key);
  };
  for (const step of patch) {
    if (step.op === 'remove') continue;
    const { parent, key } = placeOf(step.path);
    const from = step.op === 'move' ? placeOf(step.from) : undefined;
    Reflect.set(
      parent,
      key,
      step.op === 'move' ? Reflect.get(from?.parent ?? {}, from?.key ?? '') : step.value,
    );
    if (step.op === 'move') remove(step.from);
  }
  for (const step of patch) if (step.op === 'remove') remove(step.path);
  return copy;
}

/** A node in short. */
export function node(id: string, type: string, data: Record<string, Json> = {}): JsonObject {
  return { id, type, data };
}

/** Edges in short: `n1 n2`. */
export function edges(...pairs: readonly string[]): JsonObject[] {
  return pairs.map((pair) => {
    const [source = '', target = ''] = pair.split(' ');
    return { id: `${source}-${target}`, source, target };
  });
}

/** The use case of "import a WAV into a new Sound". */
export function importWav(filePath = 'C:/temp/sound.wav'): JsonObject {
  return {
    nodes: [
      node('n1', 'createSound', { name: 'Sound1', parentPath: '\\Containers\\Default Work Unit' }),
      node('n2', 'audioImport', { filePath }),
      node('n3', 'setOutputBus', { busPath: '\\Busses\\Default Work Unit\\Master' }),
      node('n4', 'projectSave'),
    ],
    edges: edges('n1 n2', 'n1 n3', 'n3 n4'),
  };
}
