import { z } from 'zod';
import { page, pageFrom, pageInput, pageOutput, pageStart } from '../../src/core/answers/page.ts';
import { WwiseFlowError } from '../../src/core/errors.ts';
import { didYouMean, nearest } from '../../src/core/text/nearest.ts';
import { findObject } from '../../src/wwise/objects/finding/find-object.ts';
import { isGuid, isPath, objectDesignator } from '../../src/wwise/objects/finding/object-designator.ts';
import { propertyNames } from '../../src/wwise/objects/types/property-names.ts';
import {
  describeMembers,
  type KnownType,
  knownTypes,
  type TypeKey,
  type TypeMember,
  typeNamed,
  unlistedPlugins,
} from '../../src/wwise/objects/types/type-members.ts';
import { typeByLabel, unknownType } from '../../src/wwise/objects/types/unknown-type.ts';
import { type CommandContext, defineCommand } from '../../src/wwise/wwise-command.ts';

export const describeType = defineCommand({
  name: 'describe_type',
  title: 'Describe type',
  description:
    'List properties, references and lists of a type, when a name or range is not known: find "Output Bus". Meanings: wwiseflow://wwise-primer.',
  toolset: 'objects',
  effect: 'read',
  readsOnly: 'a type',
  examples: [
    { title: 'Find the canonical name of a label', input: { objectId: 'Sound', find: 'Output Bus' } },
  ],
  formerInputs: { of: 'objectId', type: 'objectId' },
  waapiCalls: 104,
  input: z.strictObject({
    objectId: objectDesignator('Type such as Sound, or object.'),
    find: z.string().trim().min(1).max(200).optional().describe('Part of a name or label.'),
    response_format: z
      .enum(['concise', 'detailed'])
      .default('concise')
      .describe('detailed: also defaults, choices, targets.'),
    limit: pageInput.limit.default(40),
    cursor: pageInput.cursor,
  }),
  output: z.object({
    type: z.string(),
    members: z.array(z.looseObject({ name: z.string(), kind: z.string() })),
    ...pageOutput,
  }),
  async run(input, context) {
    const { objectId: of, find, response_format } = input;
    const { key, type } = await resolve(of, context);
    const names = [...(await propertyNames(key, context.waapi))].sort((a, b) => (a < b ? -1 : 1));
    const show = response_format === 'detailed' ? detailed : concise;
    if (find === undefined) {
      const start = pageStart('describe_type', input);
      const wanted = names.slice(start, start + input.limit);
      const members = (await describeMembers(key, wanted, context.waapi)).map(show);
      const { items, ...rest } = pageFrom('describe_type', input, members, names.length);
      return { type, members: items, ...rest };
    }
    // Labels are known only from each member's own description.
    const matches = matching(find, await describeMembers(key, names, context.waapi));
    if (matches.length === 0) throw notFound(find, type, names);
    const { items, ...rest } = page('describe_type', input, matches.map(show));
    return { type, members: items, ...rest };
  },
});

async function resolve(of: string, context: CommandContext): Promise<{ key: TypeKey; type: string }> {
  if (isGuid(of) || isPath(of) || of.includes(':')) {
    const { id, type } = await findObject(of, context);
    return { key: { object: id }, type };
  }
  const plain = (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  const isCalledSo = ({ name }: KnownType) => plain(name) === plain(of);
  const listed = await knownTypes(context.waapi);
  const types = listed.some(isCalledSo) ? listed : [...listed, ...(await unlistedPlugins(context.waapi))];
  const exact = types.filter(isCalledSo);
  const label = typeByLabel(of);
  const renamed = typeNamed(label, types);
  const named = exact.length === 0 && renamed !== undefined ? [renamed] : exact;
  // A plug-in may be called like a type: the type is what is meant.
  const known = named.find(({ kind }) => kind === 'WObject') ?? named[0];
  if (known !== undefined) return { key: { classId: known.classId }, type: known.name };
  throw unknownType(of, [...new Set(types.map(({ name }) => name))]);
}

/** Exact matches of name or label first, then those that hold the words, best first. */
function matching(find: string, members: readonly TypeMember[]): TypeMember[] {
  const plain = (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  const wanted = plain(find);
  const words = find.toLowerCase().split(/\s+/);
  const exact = members.filter(({ name, label }) => plain(name) === wanted || plain(label) === wanted);
  const partial = members.filter(
    (member) =>
      !exact.includes(member) &&
      words.every((word) => `${member.name} ${member.label}`.toLowerCase().includes(word)),
  );
  if (exact.length + partial.length > 0) return [...exact, ...partial];
  const near = new Set(
    nearest(
      find,
      members.flatMap(({ name, label }) => [name, label]).filter((text) => text !== ''),
      5,
    ),
  );
  return members.filter(({ name, label }) => near.has(name) || near.has(label));
}

function concise({ name, label, kind, valueType, min, max, choices }: TypeMember) {
  return {
    name,
    kind,
    ...(label === '' ? {} : { label }),
    ...(kind === 'property' ? { valueType } : {}),
    ...(min === undefined || max === undefined ? {} : { range: [min, max] }),
    ...(choices === undefined
      ? {}
      : { choices: choices.slice(0, 8).map((choice) => `${choice.value} ${choice.label}`) }),
  };
}

function detailed({ choices, label, ...member }: TypeMember) {
  return {
    ...member,
    ...(label === '' ? {} : { label }),
    ...(choices === undefined ? {} : { choices: choices.map((choice) => `${choice.value} ${choice.label}`) }),
  };
}

function notFound(find: string, type: string, names: readonly string[]): WwiseFlowError {
  return new WwiseFlowError(
    'UNKNOWN_PROPERTY',
    `${type} has nothing called "${find}".${didYouMean(find, names)}`,
    {
      hint: 'Leave find out to see all names.',
      details: { type, find, candidates: nearest(find, names, 5) },
    },
  );
}
