import { z } from 'zod';
import { WwiseFlowError } from '../../src/core/errors.ts';
import { asJsonArray, asString } from '../../src/core/json.ts';
import { notKept } from '../../src/wwise/objects/changes/not-kept.ts';
import { explaining } from '../../src/wwise/objects/changes/set-objects.ts';
import { findObjects } from '../../src/wwise/objects/finding/find-object.ts';
import { objectDesignator } from '../../src/wwise/objects/finding/object-designator.ts';
import { leanRef } from '../../src/wwise/objects/rows/lean-ref.ts';
import { type FoundObject, refOf } from '../../src/wwise/objects/rows/object-row.ts';
import { hasProperty, propertyNames, unknownProperty } from '../../src/wwise/objects/types/property-names.ts';
import { exactlyOrByUndo } from '../../src/wwise/undo/revert.ts';
import { type CommandContext, defineCommand } from '../../src/wwise/wwise-command.ts';

const names = z.array(z.string().trim().min(1).max(200)).max(200).optional();

export const pasteProperties = defineCommand({
  name: 'paste_properties',
  title: 'Paste properties',
  description:
    'Copy properties, references and lists (effects, RTPCs...) onto others. For whole trees: sync_by_path.',
  toolset: 'objects',
  effect: 'update',
  revert: {
    calls: 'What was there before is set again.',
    except: `Entries of lists that it replaced come back ${exactlyOrByUndo}`,
  },
  memo: { never: 'What it copies is what the source holds at the time.' },
  examples: [
    {
      title: 'Give a Sound the settings of another',
      input: {
        source: '\\Containers\\Default Work Unit\\Steps',
        targets: ['\\Containers\\Default Work Unit\\Wind'],
        only: ['Volume'],
      },
    },
  ],
  waapiCalls: 7,
  input: z.strictObject({
    source: objectDesignator('The object to copy from.'),
    targets: z.array(objectDesignator('An object.')).min(1).max(100).describe('The objects to change.'),
    only: names.describe('Only these members.'),
    except: names.describe('All but these.'),
    listMode: z
      .enum(['replaceEntire', 'addReplace', 'addKeep'])
      .default('replaceEntire')
      .describe("Lists: replace, or add (an item in both: the source's, or kept)."),
  }),
  output: z.object({
    source: leanRef,
    targets: z.array(leanRef.extend({ changed: z.array(z.string()), stillDiffers: z.array(z.string()) })),
  }),
  async run({ source, targets, only, except, listMode }, context) {
    const [from, ...to] = await findObjects([source, ...targets], context);
    if (from === undefined) return { source: refOf({}), targets: [] };
    await refuseUnknown([...(only ?? []), ...(except ?? [])], from, context);
    const before = await differences(from, to, context);
    await explaining(`paste the properties of "${from.path}"`, () =>
      context.waapi.call('ak.wwise.core.object.pasteProperties', {
        source: from.id,
        targets: to.map(({ id }) => id),
        pasteMode: listMode,
        ...(only === undefined ? {} : { inclusion: only }),
        ...(except === undefined ? {} : { exclusion: except }),
      }),
    );
    const after = await differences(from, to, context);
    const isWanted = (name: string) =>
      (only === undefined || hasProperty(name, only)) && !hasProperty(name, except ?? []);
    const pasted = to.map(({ row }, at) => {
      const [was = [], is = []] = [before[at], after[at]];
      return {
        ...refOf(row),
        changed: was.filter((name) => !is.includes(name)),
        stillDiffers: is.filter(isWanted),
      };
    });
    if (pasted.every(({ changed, stillDiffers }) => changed.length === 0 && stillDiffers.length > 0))
      throw notKept(`nothing of "${from.path}" was pasted`, { targets: pasted });
    return { source: refOf(from.row), targets: pasted };
  },
});

async function refuseUnknown(wanted: readonly string[], from: FoundObject, context: CommandContext) {
  if (wanted.length === 0) return;
  const known = await propertyNames({ object: from.id }, context.waapi);
  const wrong = wanted.find((name) => !hasProperty(name, known));
  if (wrong !== undefined) throw unknownProperty(wrong, known, from.type);
}

async function differences(
  from: FoundObject,
  targets: readonly FoundObject[],
  context: CommandContext,
): Promise<readonly (readonly string[])[]> {
  const same = targets.find(({ id }) => id === from.id);
  if (same !== undefined) {
    throw new WwiseFlowError('INVALID_INPUT', `"${from.path}" is both the source and a target.`, {
      hint: 'Leave it out of targets.',
    });
  }
  const found: string[][] = [];
  for (const { id } of targets) {
    const args = { source: from.id, target: id };
    const { properties, lists } = await context.waapi.call('ak.wwise.core.object.diff', args);
    found.push([...asJsonArray(properties), ...asJsonArray(lists)].flatMap((name) => asString(name) ?? []));
  }
  return found;
}
