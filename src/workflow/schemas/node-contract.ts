import type { JsonObject } from '../../core/json.ts';

/** A JSON Schema with those of the workflow that it refers to. */
export type SharedSchema = {
  readonly schema: JsonObject | boolean;
  readonly shared: JsonObject;
};

/** What a node asks of what flows into it, and promises of what it gives. */
export type NodeContract = {
  readonly input?: SharedSchema;
  readonly output?: SharedSchema;
  /** Values are turned into the types that the schemas name, where that loses nothing. */
  readonly coerce?: true;
};
