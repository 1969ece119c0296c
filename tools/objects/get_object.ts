import { z } from 'zod';
import { page, pageInput } from '../../src/core/answers/page.ts';
import { toWwiseFlowError } from '../../src/core/errors.ts';
import { asString } from '../../src/core/json.ts';
import { jsonRecord } from '../../src/core/json-record.ts';
import { findObject } from '../../src/wwise/objects/finding/find-object.ts';
import {
  type FoundWithRelatives,
  findWithRelatives,
} from '../../src/wwise/objects/finding/find-with-relatives.ts';
import { objectDesignator } from '../../src/wwise/objects/finding/object-designator.ts';
import { type FoundObject, objectRef, refOf } from '../../src/wwise/objects/rows/object-row.ts';
import { checkPlatform } from '../../src/wwise/objects/types/platform-name.ts';
import { hasProperty, propertyNames, unknownProperty } from '../../src/wwise/objects/types/property-names.ts';
import { type CommandContext, defineCommand } from '../../src/wwise/wwise-command.ts';

export const getObject = defineCommand({
  name: 'get_object',
  title: 'Get object',
  description:
    'Read one known object: type, path, notes, parent, children and the properties asked for. To find objects, or read many, use find_things.',
  toolset: 'objects',
  effect: 'read',
  readsOnly: 'one object',
  examples: [
    {
      title: 'Read the volume and routing of a container',
      input: { objectId: '\\Containers\\Default Work Unit\\Steps', return: ['@Volume', 'OutputBus'] },
    },
  ],
  input: z.strictObject({
    objectId: objectDesignator('The object to read.'),
    return: z
      .array(z.string().trim().min(1).max(500))
      .max(50)
      .optional()
      .describe('@Volume (own value), Volume (in effect), filePath, OutputBus.path...'),
    platform: z.string().trim().min(1).optional().describe('Default: the current one.'),
    listProperties: z.boolean().default(false).describe('Also all property names.'),
    maxChildren: z.int().min(0).max(1_000).default(50).describe('Children at most.'),
    cursor: pageInput.cursor.describe('Next children.'),
  }),
  output: objectRef.extend({
    objectId: z.string().describe('The same as id.'),
    notes: z.string().describe('Notes.'),
    parent: z.object(objectRef.shape).nullable().describe('The parent, null for the project.'),
    childrenCount: z.int().describe('How many children it has.'),
    children: z.array(objectRef).describe('The first children.'),
    cursor: z.string().nullable().describe('Leads to the next children.'),
    values: z
      .record(z.string(), z.json())
      .describe('What `return` asked for, by the expression asked; absent when it does not apply.'),
    propertyNames: z
      .array(z.string())
      .optional()
      .describe('All property and reference names, when asked for.'),
  }),
  async run(input, context) {
    const { objectId, return: wanted = [], platform, listProperties, maxChildren } = input;
    await checkPlatform(platform, context);
    const { found, parent, children: below } = await readObject(objectId, wanted, platform, context);
    const children = below.map(refOf);
    const asked = { objectId, limit: maxChildren, cursor: input.cursor };
    const { items, cursor } = page('get_object', asked, children);
    const values = wanted.flatMap((expression) => {
      const value = found.row[expression];
      return value === undefined ? [] : [[expression, value] as const];
    });
    const absent = wanted.filter((expression) => found.row[expression] === undefined);
    await checkProperties(found, absent, context);
    return {
      ...refOf(found.row),
      objectId: found.id,
      notes: asString(found.row.notes) ?? '',
      parent: parent === null ? null : refOf(parent),
      childrenCount: children.length,
      children: items,
      cursor,
      values: jsonRecord.parse(Object.fromEntries(values)),
      ...(listProperties
        ? { propertyNames: [...(await propertyNames({ object: found.id }, context.waapi))] }
        : {}),
    };
  },
});

async function readObject(
  objectId: string,
  wanted: readonly string[],
  platform: string | undefined,
  context: CommandContext,
): Promise<FoundWithRelatives> {
  try {
    return await findWithRelatives(objectId, context, { returns: ['notes', ...wanted], platform });
  } catch (thrown) {
    const error = toWwiseFlowError(thrown);
    // Some versions refuse a query that asks for a property no type has: then it is found out which one.
    if (error.code === 'INVALID_QUERY')
      await checkProperties(await findObject(objectId, context), wanted, context);
    throw error;
  }
}

/** Throws UNKNOWN_PROPERTY for the first plain `@Property` that the object's type does not have. */
async function checkProperties(
  found: FoundObject,
  expressions: readonly string[],
  context: CommandContext,
): Promise<void> {
  const asked = expressions
    .filter((expression) => /^@\w+$/.test(expression))
    .map((expression) => expression.slice(1));
  if (asked.length === 0) return;
  const names = await propertyNames({ object: found.id }, context.waapi);
  const wrong = asked.find((name) => !hasProperty(name, names));
  if (wrong !== undefined && names.length > 0) throw unknownProperty(wrong, names, found.type);
}
