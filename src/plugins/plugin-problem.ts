import { z } from 'zod';
import type { PluginDefinition } from './plugin.ts';

const snakeCase = z.string().regex(/^[a-z][a-z0-9_]{1,63}$/, 'must be snake_case');
const text = z.string().min(1);
const aSchema = z.custom((value) => value instanceof z.ZodType, 'must be a schema of the z it is handed');
const aFunction = z.custom((value) => typeof value === 'function', 'must be a function');

const definition = z.looseObject({
  name: z.string().regex(/^[a-z][a-z0-9-]{1,63}$/, 'must be lower-case letters, digits and hyphens'),
  description: text,
  commands: z
    .array(
      z.looseObject({
        name: snakeCase,
        title: text,
        description: text,
        version: z.int().min(1),
        effect: z.enum(['read', 'create', 'update', 'destroy', 'barrier']),
        ...{ input: aSchema, output: aSchema, run: aFunction },
      }),
    )
    .optional(),
  nodeKinds: z
    .array(
      z.strictObject({
        type: snakeCase,
        title: text,
        description: text,
        effect: z.enum(['none', 'read']).optional(),
        examples: z.array(z.object({ title: text, workflow: z.looseObject({}) })).optional(),
        ...{ input: aSchema, output: aSchema, run: aFunction },
      }),
    )
    .optional(),
});

/**
 * What is wrong with what a plug-in brings, as a clause; undefined for nothing. `taken`: names of commands and kinds, `toolsets`: names
 * of toolsets that are there already.
 */
export function pluginProblem(
  plugin: PluginDefinition,
  taken: ReadonlySet<string>,
  toolsets: ReadonlySet<string>,
): string | undefined {
  const parsed = definition.safeParse(plugin);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return `/${issue?.path.join('/') ?? ''} ${issue?.message ?? ''}`;
  }
  const { name, commands = [], nodeKinds = [] } = parsed.data;
  if (commands.length + nodeKinds.length === 0) return 'it has neither commands nor nodeKinds';
  if (toolsets.has(name) || reservedToolsets.has(name)) return `"${name}" is the name of a toolset already`;
  const names = [...commands.map((command) => command.name), ...nodeKinds.map(({ type }) => type)];
  const other = names.find((one, index) => taken.has(one) || names.indexOf(one) !== index);
  if (other !== undefined) return `the name "${other}" is taken`;
  const unsaid = (plugin.commands ?? []).find(
    ({ effect, revert }) => !['read', 'barrier'].includes(effect) && revert === undefined,
  );
  return unsaid === undefined
    ? undefined
    : `the command ${unsaid.name} does not say how it is rolled back (revert)`;
}

/** What is no toolset of commands. */
const reservedToolsets: ReadonlySet<string> = new Set(['workflow', 'flow', 'all', 'default']);
