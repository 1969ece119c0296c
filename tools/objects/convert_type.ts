import { z } from 'zod';
import { answerRoom } from '../../src/core/answers/answer-room.ts';
import {
  ignoreUnreadable,
  previewsOrIgnoresUnreadable,
  unreadableOutput,
} from '../../src/core/backend/project-files.ts';
import { asString } from '../../src/core/json.ts';
import { wires } from '../../src/core/wiring.ts';
import { stillNamed } from '../../src/wwise/claims/claim.ts';
import { inclusionsOf } from '../../src/wwise/lists/bank-inclusions.ts';
import { assignmentsOf } from '../../src/wwise/lists/switch-assignments.ts';
import { orRefusal } from '../../src/wwise/objects/changes/or-refusal.ts';
import { explaining } from '../../src/wwise/objects/changes/set-objects.ts';
import { childrenOf } from '../../src/wwise/objects/finding/children-of.ts';
import { findObject } from '../../src/wwise/objects/finding/find-object.ts';
import { isGuid, objectDesignator } from '../../src/wwise/objects/finding/object-designator.ts';
import { type Referrer, referrersOf } from '../../src/wwise/objects/references/referrers.ts';
import { leanRef } from '../../src/wwise/objects/rows/lean-ref.ts';
import {
  type FoundObject,
  type ObjectRef,
  referenceIdOf,
  refOf,
} from '../../src/wwise/objects/rows/object-row.ts';
import { knownValues } from '../../src/wwise/objects/types/known-values.ts';
import { hasProperty, propertyNames } from '../../src/wwise/objects/types/property-names.ts';
import {
  describeMembers,
  type KnownType,
  knownTypes,
  typeNamed,
} from '../../src/wwise/objects/types/type-members.ts';
import { typeByLabel, unknownType } from '../../src/wwise/objects/types/unknown-type.ts';
import { exactlyOrByUndo } from '../../src/wwise/undo/revert.ts';
import { type CommandContext, defineCommand } from '../../src/wwise/wwise-command.ts';

export const convertType = defineCommand({
  name: 'convert_type',
  title: 'Convert type',
  description:
    'Replace an object by one of another type; children, common properties, notes and references to it are kept. Preview says what is lost.',
  toolset: 'objects',
  effect: 'update',
  reliesOnWholeProject: 'deletes',
  toleratesUnreadable: previewsOrIgnoresUnreadable,
  revert: { never: `The object it replaced comes back ${exactlyOrByUndo}` },
  examples: [
    {
      title: 'See what becoming a Blend Container would lose',
      input: { objectId: '\\Containers\\Default Work Unit\\Steps', type: 'BlendContainer', preview: true },
    },
  ],
  waapiCalls: ({ preview }) => (preview === true ? 23 : 55),
  input: z.strictObject({
    objectId: objectDesignator('The object to convert.'),
    type: z.string().trim().min(1).max(200).describe('E.g. SwitchContainer.'),
    preview: z.boolean().default(false).describe('Only report.'),
    ignoreUnreadable,
  }),
  output: z.object({
    object: leanRef.describe('The new object; in a preview the present one.'),
    objectId: z.string().register(wires, { kind: 'object' }),
    previousType: z.string(),
    changed: z.boolean(),
    children: z.int(),
    references: z.array(z.object({ object: leanRef, reference: z.string(), kept: z.boolean() })),
    lostProperties: z.array(z.string()).describe('Set on the object, unknown to the new type.'),
    notice: z.string().nullable(),
    ...unreadableOutput,
  }),
  async run({ objectId, type, preview }, context) {
    const old = await findObject(objectId, context, { returns: ['parent', 'notes'] });
    const target = await targetType(type, context);
    const same = { object: refOf(old.row), objectId: old.id, previousType: old.type, changed: false };
    if (target.name === old.type)
      return { ...same, children: 0, references: [], lostProperties: [], notice: null };
    const children = await childrenOf(old.id, context);
    const referrers = await referrersOf([old.id], context);
    const lostProperties = await lostBy(old, target, context);
    const facts = { previousType: old.type, children: children.length, lostProperties };
    if (preview) {
      const references = referrers.map((referrer) => ({ ...shown(referrer), kept: canPoint(referrer) }));
      return { ...same, ...listed(references), ...facts };
    }
    const aim = `convert "${old.path}" to ${target.name}`;
    const { id, references } = await explaining(
      aim,
      () =>
        context.oneStep(`Convert ${old.name} to ${target.name}`, () =>
          replace(old, target, children, referrers, context),
        ),
      'Nothing was changed: check that the parent may hold the new type, and the new type these children.',
    );
    const { row } = await findObject(id, context);
    return { object: refOf(row), objectId: refOf(row).id, changed: true, ...listed(references), ...facts };
  },
  achieved: ({ objectId, preview }, { object, objectId: id, changed }) => {
    if (preview) return [];
    const isReplaced = changed && isGuid(objectId);
    return [
      { kind: 'exists', id, type: object.type },
      ...(isReplaced ? [{ kind: 'gone' as const, id: objectId }] : stillNamed(objectId, id)),
    ];
  },
});

/** References that are lost come first. */
function listed<T extends { readonly kept: boolean }>(references: readonly T[]) {
  const room = answerRoom();
  return {
    references: room.take(
      'references',
      references.toSorted((a, b) => Number(a.kept) - Number(b.kept)),
    ),
    notice: room.notice('references_to lists all.'),
  };
}

async function replace(
  old: FoundObject,
  target: KnownType,
  children: readonly ObjectRef[],
  referrers: readonly Referrer[],
  context: CommandContext,
) {
  const { waapi } = context;
  const created = await waapi.call('ak.wwise.core.object.create', {
    parent: referenceIdOf(old.row.parent) ?? '',
    type: target.name,
    name: old.name,
    onNameConflict: 'rename',
    notes: asString(old.row.notes) ?? '',
  });
  const id = asString(created.id) ?? '';
  for (const child of children)
    await waapi.call('ak.wwise.core.object.move', { object: child.id, parent: id });
  await waapi.call('ak.wwise.core.object.pasteProperties', { source: old.id, targets: [id] });
  const references = [];
  for (const referrer of referrers) {
    const kept = canPoint(referrer) && (await pointAt(referrer, old.id, id, context));
    references.push({ ...shown(referrer), kept });
  }
  await waapi.call('ak.wwise.core.object.delete', { object: old.id });
  await waapi.call('ak.wwise.core.object.setName', { object: id, value: old.name });
  return { id, references };
}

async function pointAt(
  { holder, reference }: Referrer,
  oldId: string,
  id: string,
  context: CommandContext,
): Promise<boolean> {
  const { waapi } = context;
  const outcome = await orRefusal(async () => {
    if (reference === 'Inclusions') await includeToo(holder.id, oldId, id, context);
    else if (reference === 'Assignments') await assignToo(holder.id, oldId, id, context);
    else await waapi.call('ak.wwise.core.object.setReference', { object: holder.id, reference, value: id });
  });
  return 'done' in outcome;
}

/** With the filter of the old one, whose inclusion goes with it. */
async function includeToo(soundbank: string, oldId: string, id: string, context: CommandContext) {
  const old = (await inclusionsOf(soundbank, context)).filter(({ object }) => object.id === oldId);
  await context.waapi.call('ak.wwise.core.soundbank.setInclusions', {
    soundbank,
    operation: 'add',
    inclusions: old.map(({ filter }) => ({ object: id, filter })),
  });
}

async function assignToo(container: string, oldId: string, id: string, context: CommandContext) {
  const old = (await assignmentsOf(container, context)).filter(({ child }) => child.id === oldId);
  for (const { switch: stateOrSwitch } of old)
    await context.waapi.call('ak.wwise.core.switchContainer.addAssignment', {
      child: id,
      stateOrSwitch: stateOrSwitch.id,
    });
}

/** A list that holds the object is no reference that could be set. */
function canPoint({ reference }: Referrer): boolean {
  return reference !== '';
}

function shown({ home, reference }: Referrer) {
  return { object: home, reference };
}

/** Properties the new type does not have, and whose value on the object is not the default. */
async function lostBy(old: FoundObject, target: KnownType, context: CommandContext): Promise<string[]> {
  const has = await propertyNames({ object: old.id }, context.waapi);
  const gets = await propertyNames({ classId: target.classId }, context.waapi);
  const missing = has.filter((name) => !hasProperty(name, gets));
  const members = await describeMembers({ object: old.id }, missing, context.waapi);
  const values = await knownValues(
    `$ "${old.id}"`,
    missing.map((name) => `@${name}`),
    context,
  );
  const row = values.get(old.id) ?? {};
  return members.flatMap(({ name, kind, default: standard }) => {
    const value = row[`@${name}`];
    if (kind === 'property') return value === undefined || value === standard ? [] : [name];
    if (kind === 'reference') return referenceIdOf(value) === null ? [] : [name];
    return Array.isArray(value) && value.length > 0 ? [name] : [];
  });
}

async function targetType(words: string, { waapi }: CommandContext): Promise<KnownType> {
  const types = (await knownTypes(waapi)).filter(({ kind }) => kind === 'WObject');
  const name = typeByLabel(words);
  const known = typeNamed(name, types);
  if (known !== undefined) return known;
  throw unknownType(
    words,
    types.map((type) => type.name),
  );
}
