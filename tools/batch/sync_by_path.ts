import { z } from 'zod';
import { answerRoom } from '../../src/core/answers/answer-room.ts';
import { unreadableOutput } from '../../src/core/backend/project-files.ts';
import { refuseWide } from '../../src/core/dispatch/checks/confirmation.ts';
import { WwiseFlowError } from '../../src/core/errors.ts';
import { asJsonArray, asString } from '../../src/core/json.ts';
import { eachItem, nothingDone, refusedItem } from '../../src/wwise/objects/changes/each-item.ts';
import { askRows } from '../../src/wwise/objects/finding/ask-rows.ts';
import { findObjects } from '../../src/wwise/objects/finding/find-object.ts';
import { objectDesignator } from '../../src/wwise/objects/finding/object-designator.ts';
import { mostSelected } from '../../src/wwise/objects/finding/waql-selection.ts';
import {
  type FoundObject,
  type ObjectRef,
  refOf,
  refReturns,
} from '../../src/wwise/objects/rows/object-row.ts';
import { exactlyOrByUndo } from '../../src/wwise/undo/revert.ts';
import { type CommandContext, defineCommand } from '../../src/wwise/wwise-command.ts';

export const syncByPath = defineCommand({
  name: 'sync_by_path',
  title: 'Sync by path',
  description:
    'Make one tree like another: objects of the same relative path and type get the values, references and lists of the source. What stands on one side only is listed. Preview first.',
  toolset: 'batch',
  effect: 'update',
  asksWhenWide: true,
  revert: {
    calls: 'What was there before is set again.',
    except: `Entries of lists that it replaced come back ${exactlyOrByUndo}`,
  },
  memo: { never: 'What it copies is what the source holds at the time.' },
  reliesOnWholeProject: 'reports',
  examples: [
    {
      title: 'Make one container like another',
      before: [
        [
          'copy_object',
          {
            objectId: '\\Containers\\Default Work Unit\\Intro',
            parentPath: '\\Containers\\Default Work Unit',
            name: 'Outro',
          },
        ],
        [
          'set_property',
          { objectId: '\\Containers\\Default Work Unit\\Intro\\One', property: 'Volume', value: -3 },
        ],
      ],
      input: {
        source: '\\Containers\\Default Work Unit\\Intro',
        target: '\\Containers\\Default Work Unit\\Outro',
      },
    },
  ],
  waapiCalls: 12,
  input: z.strictObject({
    source: objectDesignator('The tree to copy from.'),
    target: objectDesignator('The tree to change.'),
    only: z.array(z.string().trim().min(1).max(200)).max(200).optional().describe('Only these members.'),
    preview: z.boolean().default(false).describe('Only show.'),
  }),
  output: z.object({
    synced: z.array(z.object({ path: z.string(), members: z.array(z.string()) })),
    total: z.int(),
    same: z.int(),
    changed: z.boolean(),
    onlyInSource: z.array(z.string()),
    onlyInTarget: z.array(z.string()),
    otherType: z.array(z.string()),
    failed: z.array(refusedItem),
    notice: z.string().nullable(),
    ...unreadableOutput,
  }),
  async run({ source, target, only, preview }, context) {
    const [from, to] = await findObjects([source, target], context);
    if (from === undefined || to === undefined || from.id === to.id) throw sameTree(source);
    const [ours, theirs] = [await treeOf(from, context), await treeOf(to, context)];
    const pairs: Pair[] = [];
    for (const [path, one] of ours) {
      const other = theirs.get(path);
      if (other?.type === one.type)
        pairs.push({ from: one, to: other, members: await differing(one, other, only, context) });
    }
    const different = pairs.filter(({ members }) => members.length > 0);
    if (!preview) refuseWide(different.length, 'sync_by_path', context);
    const paste = (pair: Pair) => pasteOnto(pair, context);
    const path = (pair: Pair) => pair.to.path;
    const outcome =
      preview || different.length === 0
        ? { done: different, failed: [] }
        : await context.oneStep(`Sync ${to.name} with ${from.name}`, async () => {
            const pasted = await eachItem(different, path, paste);
            if (pasted.done.length === 0) throw nothingDone('Nothing was synced', pasted.failed);
            return pasted;
          });
    const lists = {
      onlyInSource: [...ours].filter(([at]) => !theirs.has(at)).map(([, object]) => object.path),
      onlyInTarget: [...theirs].filter(([at]) => !ours.has(at)).map(([, object]) => object.path),
      otherType: [...theirs]
        .filter(([at, { type }]) => ours.has(at) && ours.get(at)?.type !== type)
        .map(([, object]) => object.path),
    };
    const room = answerRoom();
    return {
      failed: room.take('failed', outcome.failed, 0.4),
      synced: room.take(
        'synced',
        outcome.done.map(({ to: object, members }) => ({ path: object.path, members })),
        0.6,
      ),
      total: outcome.done.length,
      same: pairs.length - different.length,
      changed: !preview && outcome.done.length > 0,
      otherType: room.take('otherType', lists.otherType, 0.3),
      onlyInSource: room.take('onlyInSource', lists.onlyInSource, 0.3),
      onlyInTarget: room.take('onlyInTarget', lists.onlyInTarget),
      notice: room.notice('Sync smaller trees to see all.'),
    };
  },
});

interface Pair {
  readonly from: ObjectRef;
  readonly to: ObjectRef;
  readonly members: string[];
}

/** Objects by their path below the root, in lower case as Wwise compares names; the root itself under the empty path. */
async function treeOf(root: FoundObject, context: CommandContext): Promise<ReadonlyMap<string, ObjectRef>> {
  const rows = await askRows(`$ "${root.id}" select descendants`, refReturns, context);
  if (rows.length >= mostSelected) {
    throw new WwiseFlowError(
      'INVALID_INPUT',
      `"${root.path}" holds ${rows.length} objects; ${mostSelected} is the most.`,
      {
        hint: 'Sync smaller trees one after the other.',
        details: { object: refOf(root.row), found: rows.length },
      },
    );
  }
  const objects = [root.row, ...rows].map(refOf).filter(({ path }) => path !== '');
  return new Map(objects.map((object) => [object.path.slice(root.path.length).toLowerCase(), object]));
}

async function differing(
  from: ObjectRef,
  to: ObjectRef,
  only: readonly string[] | undefined,
  context: CommandContext,
): Promise<string[]> {
  const { properties, lists } = await context.waapi.call('ak.wwise.core.object.diff', {
    source: from.id,
    target: to.id,
  });
  const names = [...asJsonArray(properties), ...asJsonArray(lists)].flatMap((name) => asString(name) ?? []);
  const wanted = only?.map((name) => name.replace(/^@/, '').toLowerCase());
  return names.filter((name) => wanted === undefined || wanted.includes(name.toLowerCase()));
}

async function pasteOnto({ from, to, members }: Pair, context: CommandContext): Promise<Pair> {
  await context.waapi.call('ak.wwise.core.object.pasteProperties', {
    source: from.id,
    targets: [to.id],
    inclusion: members,
  });
  const left = await differing(from, to, members, context);
  if (left.length === members.length) {
    throw new WwiseFlowError('WAAPI_ERROR', `Wwise accepted the call, but ${left.join(', ')} still differ.`, {
      hint: 'Look at both objects with diff_objects.',
    });
  }
  return { from, to, members: members.filter((name) => !left.includes(name)) };
}

function sameTree(source: string): WwiseFlowError {
  return new WwiseFlowError('INVALID_INPUT', `"${source}" is both the source and the target.`, {
    hint: 'Give two different objects.',
  });
}
