import type { AccessScope } from '../../../core/access/token.ts';
import type { AnyResult } from '../../../core/answers/lean-answer.ts';
import type { JsonObject } from '../../../core/json.ts';
import type { Log } from '../../../core/log.ts';
import type { Caller } from '../access/caller.ts';
import type { AnswerHead } from '../answers/http-answer.ts';
import type { Room } from '../http-parts.ts';

/** A request as a route has it: everything that it names is text or JSON. */
export interface RestCall {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  /** Undefined where none was sent. */
  readonly body: unknown;
  /** Reads a body that the route takes as it is. */
  read(): Promise<Buffer>;
  readonly room: Room;
  readonly caller: Caller;
  /** Aborted when the client hangs up, or the server ends. */
  readonly signal: AbortSignal;
  readonly log: Log;
}

export interface RestAnswer extends AnswerHead {
  readonly result: AnyResult;
}

/** What a parameter or a member of a body looks like, as a JSON Schema. */
export interface RouteField {
  readonly schema: JsonObject;
  readonly description?: string | undefined;
  readonly required?: boolean | undefined;
}

/** One row of the table of routes: how it is reached, what it takes, what it does. */
export interface RestRoute {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** As OpenAPI writes it: `/executions/{executionId}`. */
  readonly path: string;
  /** Unique; the name of its operation in OpenAPI. */
  readonly name: string;
  readonly summary: string;
  readonly scope: AccessScope;
  readonly query: Readonly<Record<string, RouteField>>;
  readonly body: JsonObject | null;
  /** The body is a form with files, and comes as FormData. */
  readonly isForm?: true | undefined;
  /** The body comes as it is, when the route reads it. */
  readonly isRaw?: true | undefined;
  /** No bearer token is asked for: what lets somebody in stands in the address. */
  readonly isOpen?: true | undefined;
  /** What `data` of a success is. */
  readonly data: JsonObject;
  /** Of successes. */
  readonly statuses: readonly number[];
  /** May throw WwiseFlowError. An answer that is no result, as a stream of events, is a Response. */
  run(call: RestCall): Promise<RestAnswer | Response>;
}
