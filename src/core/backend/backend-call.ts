import type { JsonObject } from '../json.ts';

/** One call of a back-end, by the name it has there. */
export interface BackendCall {
  readonly uri: string;
  readonly args: JsonObject;
}
