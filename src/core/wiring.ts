import { z } from 'zod';

/**
 * What flows along an edge when an input was left out: the compiler wires a missing required input to the nearest
 * upstream output of the same kind. An object kind may be narrowed to types of objects; an input without types takes any object.
 */
export type WireKind =
  | { readonly kind: 'object'; readonly types?: readonly string[] }
  | { readonly kind: 'file' };

/**
 * Schema fields that take part in auto-wiring. Register the field's own schema:
 * `objectId: z.string().describe('...').register(wires, { kind: 'object', types: ['Sound'] })`.
 * `.register` must come last: every other zod method makes a new schema that is not registered.
 */
export const wires = z.registry<WireKind>();

/**
 * Fields that name an object of the project, with the types of objects they take; none means any. Only for people and agents who
 * read what a command takes: what is wired goes by `wires`.
 */
export const designators = z.registry<{ readonly types: readonly string[] }>();
