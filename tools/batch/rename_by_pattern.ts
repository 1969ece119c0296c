import { z } from 'zod';
import { type CommandContext, defineCommand } from '../../src/bus/command.ts';
import { answerRoom } from '../../src/core/answers/answer-room.ts';
import { WwiseFlowError } from '../../src/core/errors.ts';
import { type LinearPattern, linearPattern } from '../../src/core/linear-pattern.ts';
import { unreadableOutput } from '../../src/wwise/files/project-files.ts';
import { askRows } from '../../src/wwise/objects/ask-rows.ts';
import { eachItem, nothingDone, type RefusedItem, refusedItem } from '../../src/wwise/objects/each-item.ts';
import { findObject } from '../../src/wwise/objects/find-object.ts';
import { notKept } from '../../src/wwise/objects/not-kept.ts';
import { objectName } from '../../src/wwise/objects/object-designator.ts';
import {
  type CreatedRef,
  createdRefOf,
  type ObjectRef,
  refReturns,
} from '../../src/wwise/objects/object-row.ts';
import { selectionQuery, selectObjects } from '../../src/wwise/objects/waql-selection.ts';
import { setsAgain } from '../../src/wwise/undo/revert.ts';

export const renameByPattern = defineCommand({
  name: 'rename_by_pattern',
  title: 'Rename by pattern',
  description:
    'Rename all objects a query finds, by find and replace, regular expression or template. Preview first.',
  toolset: 'batch',
  effect: 'update',
  revert: setsAgain,
  memo: { never: 'Which objects it renames depends on what the project holds at the time.' },
  reliesOnWholeProject: 'reports',
  examples: [
    {
      title: 'See new names with numbers',
      input: {
        query: '$ "\\Containers\\Default Work Unit\\Steps" select children',
        template: 'Footstep_{n:02}',
        preview: true,
      },
    },
    {
      title: 'Replace a word in names',
      input: { query: 'from type Sound where name : "Step_"', find: 'Step_', replace: 'Footstep_' },
    },
  ],
  waapiCalls: 10,
  input: z.strictObject({
    query: selectionQuery,
    find: z.string().min(1).max(500).optional().describe('Text to replace.'),
    replace: z.string().max(500).default('').describe('New text; $1: first group.'),
    regex: z.boolean().default(false).describe('Find is a regular expression.'),
    template: z
      .string()
      .min(1)
      .max(260)
      .optional()
      .describe('Instead: {name} is the old name, {n:03} a number.'),
    start: z.int().min(0).max(1_000_000).default(1).describe('The first {n}.'),
    preview: z.boolean().default(false).describe('Only show.'),
  }),
  output: z.object({
    renamed: z.array(z.object({ id: z.string(), from: z.string(), to: z.string(), path: z.string() })),
    total: z.int(),
    unchanged: z.int(),
    changed: z.boolean(),
    failed: z.array(refusedItem),
    notice: z.string().nullable(),
    ...unreadableOutput,
  }),
  async run(input, context) {
    const rename = renamer(input);
    const objects = (await selectObjects(input.query, ['parent'], context)).map(createdRefOf);
    const plans = objects.map((object, index) => ({ object, to: rename(object.name, input.start + index) }));
    const wanted = plans.filter(({ object, to }) => to !== object.name);
    const unchanged = objects.length - wanted.length;
    if (input.preview) {
      const taken = await takenNames(wanted, context);
      const failed = wanted.flatMap((plan) => refusalOf(plan, taken));
      const able = wanted.filter((plan) => refusalOf(plan, taken).length === 0);
      return {
        ...listed(
          able.map(({ object, to }) => entry(object, to)),
          failed,
          objects.length,
        ),
        unchanged,
        changed: false,
      };
    }
    if (wanted.length === 0) return { ...listed([], [], objects.length), unchanged, changed: false };
    const { done, failed } = await context.oneStep('Rename by pattern', async () => {
      const outcome = await renameAll(wanted, context);
      if (outcome.done.length === 0) throw nothingDone('Nothing was renamed', outcome.failed);
      return outcome;
    });
    return { ...listed(done, failed, objects.length), unchanged, changed: true };
  },
});

interface Plan {
  readonly object: CreatedRef;
  readonly to: string;
}

/** By parent: how many children will have each name, in lower case as Wwise compares names, were all plans carried out. */
async function takenNames(plans: readonly Plan[], context: CommandContext) {
  const parents = [...new Set(plans.map(({ object }) => object.parentId))];
  const planned = new Map(plans.map(({ object, to }) => [object.id, to]));
  const taken = new Map<string, ObjectRef[]>();
  for (let start = 0; start < parents.length; start += parentsPerQuery) {
    const list = parents.slice(start, start + parentsPerQuery).map((id) => `"${id}"`);
    const rows = await askRows(`$ ${list.join(', ')} select children`, [...refReturns, 'parent'], context);
    for (const sibling of rows.map(createdRefOf)) {
      const key = nameKey(sibling.parentId, planned.get(sibling.id) ?? sibling.name);
      const namesakes = taken.get(key);
      if (namesakes === undefined) taken.set(key, [sibling]);
      else namesakes.push(sibling);
    }
  }
  return taken;
}

const parentsPerQuery = 200;

function nameKey(parentId: string, name: string): string {
  return `${parentId} ${name.toLowerCase()}`;
}

function refusalOf({ object, to }: Plan, taken: ReadonlyMap<string, readonly ObjectRef[]>): RefusedItem[] {
  const problem = nameProblem(to);
  if (problem !== null) return [{ object: object.path, error: problem, code: 'INVALID_INPUT' }];
  const rivals = (taken.get(nameKey(object.parentId, to)) ?? []).filter(({ id }) => id !== object.id);
  const [rival] = rivals;
  if (rival === undefined) return [];
  const error = `"${to}" would be the name of "${rival.path}" too.`;
  return [{ object: object.path, error, code: 'NAME_CONFLICT' }];
}

/** A name that another object of the plan still has may be free once that one is renamed: such objects get another turn. */
async function renameAll(plans: readonly Plan[], context: CommandContext) {
  const outcome = await eachItem(
    plans,
    ({ object }) => object.id,
    ({ object, to }) => renameOne(object, to, context),
  );
  for (let freed = outcome.done.length; freed > 0; ) {
    const conflicts = new Set(
      outcome.failed.filter(({ code }) => code === 'NAME_CONFLICT').map(({ object }) => object),
    );
    const again = await eachItem(
      plans.filter(({ object }) => conflicts.has(object.id)),
      ({ object }) => object.id,
      ({ object, to }) => renameOne(object, to, context),
    );
    freed = again.done.length;
    outcome.done.push(...again.done);
    const settled = new Set(again.done.map(({ id }) => id));
    outcome.failed.splice(0, Infinity, ...outcome.failed.filter(({ object }) => !settled.has(object)));
  }
  const pathOf = new Map(plans.map(({ object }) => [object.id, object.path]));
  const failed = outcome.failed.map((item) => ({ ...item, object: pathOf.get(item.object) ?? item.object }));
  return { done: outcome.done, failed };
}

type Input = Readonly<{
  find?: string | undefined;
  replace: string;
  regex: boolean;
  template?: string | undefined;
}>;

function renamer({ find, replace, regex, template }: Input): (name: string, n: number) => string {
  if ((find === undefined) === (template === undefined)) {
    throw new WwiseFlowError('INVALID_INPUT', 'Give either find (with replace) or template.', {
      hint: 'Give find "_old" and replace "_new", or template "{name}_{n:02}".',
    });
  }
  if (template !== undefined) {
    const unknown = template
      .match(/\{[^}]*\}/g)
      ?.find((part) => !/^\{(?:name|n(?::0*\d{1,3})?)\}$/.test(part));
    if (unknown !== undefined) throw unknownPlaceholder(unknown);
    return (name, n) =>
      template
        .replaceAll('{name}', () => name)
        .replaceAll(/\{n(?::(0*)(\d+))?\}/g, (_, zeros = '', width = '0') =>
          String(n).padStart(Number(width), zeros === '' ? ' ' : '0'),
        );
  }
  if (!regex) return (name) => name.split(find ?? '').join(replace);
  const pattern = compiled(find ?? '');
  return (name) => pattern.replaceAll(name, replace);
}

function unknownPlaceholder(found: string): WwiseFlowError {
  return new WwiseFlowError('INVALID_INPUT', `template has no placeholder "${found}".`, {
    hint: 'Use {name} for the old name, {n} for a number and {n:03} for one with leading zeros.',
    details: { found, placeholders: ['{name}', '{n}', '{n:03}'] },
  });
}

function compiled(source: string): LinearPattern {
  try {
    return linearPattern(source);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new WwiseFlowError('INVALID_INPUT', `"${source}" is not a regular expression: ${reason}.`, {
      hint: 'Correct it, or leave regex out to look for the text as it is.',
      details: { find: source },
      cause,
    });
  }
}

function nameProblem(name: string): string | null {
  const parsed = objectName('').safeParse(name);
  return parsed.success ? null : `"${name}" ${parsed.error.issues[0]?.message ?? 'is no name'}.`;
}

async function renameOne(object: ObjectRef, to: string, context: CommandContext) {
  const problem = nameProblem(to);
  if (problem !== null) {
    throw new WwiseFlowError('INVALID_INPUT', problem, { hint: 'Choose another pattern.' });
  }
  await context.waapi.call('ak.wwise.core.object.setName', { object: object.id, value: to });
  const after = await findObject(object.id, context);
  if (after.name !== to) throw notKept(`"${after.path}" is called "${after.name}", not "${to}"`);
  return { ...entry(object, after.name), path: after.path };
}

function entry(object: ObjectRef, to: string) {
  const folder = object.path.slice(0, object.path.lastIndexOf('\\'));
  return { id: object.id, from: object.name, to, path: `${folder}\\${to}` };
}

function listed<T>(renamed: readonly T[], failed: readonly RefusedItem[], found: number) {
  const room = answerRoom();
  return {
    failed: room.take('failed', failed, 0.5),
    renamed: room.take('renamed', renamed),
    total: renamed.length,
    notice: found === 0 ? 'The query finds no object.' : room.notice('Narrow the query to see the others.'),
  };
}
