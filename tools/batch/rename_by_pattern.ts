import { z } from 'zod';
import { answerRoom } from '../../src/core/answers/answer-room.ts';
import { unreadableOutput } from '../../src/core/backend/project-files.ts';
import { refuseWide } from '../../src/core/dispatch/checks/confirmation.ts';
import { WwiseFlowError } from '../../src/core/errors.ts';
import { nullGuid } from '../../src/core/null-guid.ts';
import { countedNames } from '../../src/wwise/names/name-rules.gen.ts';
import {
  eachItem,
  nothingDone,
  type RefusedItem,
  refusedItem,
} from '../../src/wwise/objects/changes/each-item.ts';
import { notKept } from '../../src/wwise/objects/changes/not-kept.ts';
import { namesFor } from '../../src/wwise/objects/creating/new-names.ts';
import { askRows } from '../../src/wwise/objects/finding/ask-rows.ts';
import { findObject } from '../../src/wwise/objects/finding/find-object.ts';
import { objectName } from '../../src/wwise/objects/finding/object-designator.ts';
import { selectByWaql, selectionQuery } from '../../src/wwise/objects/finding/waql-selection.ts';
import {
  type CreatedRef,
  createdRefOf,
  type ObjectRef,
  refReturns,
} from '../../src/wwise/objects/rows/object-row.ts';
import { setsAgain } from '../../src/wwise/undo/revert.ts';
import { type CommandContext, defineCommand } from '../../src/wwise/wwise-command.ts';

export const renameByPattern = defineCommand({
  name: 'rename_by_pattern',
  title: 'Rename by pattern',
  description:
    'Rename all objects a query finds, by find and replace, regular expression or template. Preview first.',
  toolset: 'batch',
  effect: 'update',
  asksWhenWide: true,
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
      title: 'Number the Sounds of each container after it',
      input: {
        query: '$ from type RandomSequenceContainer select children',
        template: '{parent:snake}_{n:02}',
        numberPer: 'parent',
      },
    },
    {
      title: 'Replace a word in names',
      input: { query: 'from type Sound where name : "Step_"', find: 'Step_', replace: 'Footstep_' },
    },
  ],
  waapiCalls: ({ preview }) => (preview === true ? 2 : 9),
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
      .describe('Instead: {name}, {parent}, {type}, {n:03} a number; {name:lower}, upper, title or snake.'),
    start: z.int().min(0).max(1_000_000).default(1).describe('The first {n}.'),
    numberPer: z.enum(['query', 'parent']).default('query').describe('parent: {n} begins anew in each.'),
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
    const rename = namesFor(input);
    const objects = (await selectByWaql(input.query, ['parent'], context)).map(createdRefOf);
    const plans = objects.map((object) => ({ object, to: rename(object) }));
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
    refuseWide(wanted.length, 'rename_by_pattern', context);
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

/**
 * By parent, and by list of names that are unique in the project: what will have each name, in lower case as Wwise compares
 * names, were all plans executed.
 */
async function takenNames(plans: readonly Plan[], context: CommandContext) {
  const parents = [...new Set(plans.map(({ object }) => object.parentId))];
  const planned = new Map(plans.map(({ object, to }) => [object.id, to]));
  const taken = new Map<string, ObjectRef[]>();
  for (const scope of new Set(plans.flatMap(({ object }) => scopeOf(object.type) ?? []))) {
    const types = Object.keys(countedNames).filter((type) => scopeOf(type) === scope);
    const rows = await askRows(`$ from type ${types.join(', ')}`, [...refReturns, 'parent'], context);
    for (const one of rows.map(createdRefOf)) {
      // A custom object has no parent: its name is its own affair.
      if (one.parentId === nullGuid || one.path.startsWith('\\Presets\\')) continue;
      note(nameKey(scope, planned.get(one.id) ?? one.name), one);
    }
  }
  for (let start = 0; start < parents.length; start += parentsPerQuery) {
    const list = parents.slice(start, start + parentsPerQuery).map((id) => `"${id}"`);
    const rows = await askRows(`$ ${list.join(', ')} select children`, [...refReturns, 'parent'], context);
    for (const sibling of rows.map(createdRefOf))
      note(nameKey(sibling.parentId, planned.get(sibling.id) ?? sibling.name), sibling);
  }
  return taken;

  function note(key: string, object: ObjectRef): void {
    const namesakes = taken.get(key);
    if (namesakes === undefined) taken.set(key, [object]);
    else namesakes.push(object);
  }
}

/** The list in which names of the type are unique in the whole project. */
function scopeOf(type: string): string | undefined {
  return countedNames[type]?.scope ?? undefined;
}

const parentsPerQuery = 200;

function nameKey(list: string, name: string): string {
  return `${list} ${name.toLowerCase()}`;
}

function refusalOf({ object, to }: Plan, taken: ReadonlyMap<string, readonly ObjectRef[]>): RefusedItem[] {
  const problem = nameProblem(to, object.type);
  if (problem !== null) return [{ object: object.path, error: problem, code: 'INVALID_INPUT' }];
  const scope = scopeOf(object.type);
  const rivals = [object.parentId, ...(scope === undefined ? [] : [scope])]
    .flatMap((list) => taken.get(nameKey(list, to)) ?? [])
    .filter(({ id }) => id !== object.id);
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

function nameProblem(name: string, type: string): string | null {
  if (countedNames[type]?.isIdentifier === true && !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
    return `"${name}" has other signs than letters, digits and underscores, or a digit first: no name for ${type}.`;
  const parsed = objectName('').safeParse(name);
  return parsed.success ? null : `"${name}" ${parsed.error.issues[0]?.message ?? 'is no name'}.`;
}

async function renameOne(object: ObjectRef, to: string, context: CommandContext) {
  const problem = nameProblem(to, object.type);
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
