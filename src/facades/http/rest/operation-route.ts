import type { AccessScope } from '../../../core/access/token.ts';
import { isVerbose, leanAnswer } from '../../../core/answers/lean-answer.ts';
import { WwiseFlowError } from '../../../core/errors.ts';
import { asJsonArray, asJsonObject, isJsonObject, type JsonObject } from '../../../core/json.ts';
import { type Result, withNotices } from '../../../core/result.ts';
import type { AnswerHead } from '../answers/http-answer.ts';
import type { Operation } from '../http-parts.ts';
import { verboseSchema } from './lean-route.ts';
import { queryValues } from './query/query-values.ts';
import type { RestCall, RestRoute } from './rest-route.ts';

/** How an operation is reached over REST. */
export interface OperationRoute {
  readonly method: RestRoute['method'];
  readonly path: string;
  /** Default: the operation's own. */
  readonly name?: string | undefined;
  readonly summary?: string | undefined;
  readonly scope: AccessScope;
  /** Arguments the address stands for; no request gives them. */
  readonly fixed?: JsonObject | undefined;
  /** Arguments that a request of this route does not take. */
  readonly without?: readonly string[] | undefined;
  /** What the body stands for, where it is not an object of arguments. */
  readonly argsOf?: ((body: unknown, call: RestCall) => JsonObject) | undefined;
  readonly statuses?: readonly number[] | undefined;
  readonly headOf?: ((result: Result, call: RestCall) => AnswerHead | Promise<AnswerHead>) | undefined;
}

/** A route that runs one operation with the arguments that path, query and body give. Its schemas are the operation's. */
export function operationRoute(operation: Operation, how: OperationRoute): RestRoute {
  const { source } = operation;
  const { method, path, scope, fixed = {}, argsOf = plainArgs, headOf = plainHead } = how;
  const hasBody = method !== 'get' && method !== 'delete';
  let fields: TakenFields | undefined;
  /** Schemas of a hundred operations take long to make, and most requests need none. */
  const taken = (): TakenFields => {
    fields ??= takenFields(operation, how);
    return fields;
  };
  return {
    method,
    path,
    name: how.name ?? source.name,
    summary: how.summary ?? source.title,
    scope,
    get query() {
      return hasBody ? {} : taken().query;
    },
    get body() {
      return hasBody ? taken().body : null;
    },
    get data() {
      return operation.dataSchema;
    },
    statuses: how.statuses ?? [200],
    async run(call) {
      const given = hasBody
        ? argsOf(call.body ?? {}, call)
        : queryValues(call.query, asJsonObject(operation.inputSchema.properties));
      const args = { ...given, ...call.params, ...fixed };
      const verbose = isVerbose(args.verbose ?? call.query.get('verbose'));
      const result = await runOperation(operation, args, call, verbose);
      const bus = await call.room.openBus();
      const output = source.toolset === 'workflow' ? undefined : source.output;
      const lean = leanAnswer(result, { verbose, output, outputOf: (type) => bus.find(type)?.output });
      return { result: lean, ...(await headOf(result, call)) };
    },
  };
}

/** What a request of the route gives, in its query or its body. */
interface TakenFields {
  readonly query: RestRoute['query'];
  readonly body: JsonObject;
}

function takenFields(
  { inputSchema }: Operation,
  { path, fixed = {}, without = [] }: OperationRoute,
): TakenFields {
  const inPath = pathParameters(path);
  const isTaken = (name: string): boolean =>
    !inPath.includes(name) && fixed[name] === undefined && !without.includes(name);
  const taken = Object.entries(asJsonObject(inputSchema.properties)).filter(([name]) => isTaken(name));
  const required = asJsonArray(inputSchema.required).filter((name) => isTaken(String(name)));
  const fields = taken.map(([name, schema]) => [
    name,
    { schema: asJsonObject(schema), required: required.includes(name) },
  ]);
  return {
    query: { ...Object.fromEntries(fields), verbose: { schema: verboseSchema } },
    body: { ...inputSchema, properties: { ...Object.fromEntries(taken), verbose: verboseSchema }, required },
  };
}

/** Runs an operation for a caller of REST. What changes something goes on when the client hangs up, as it could not know the end. */
export async function runOperation(
  operation: Operation,
  { verbose: _, ...args }: JsonObject,
  call: RestCall,
  verbose = true,
): Promise<Result> {
  const { room, log, signal } = call;
  const bus = await room.openBus();
  const isRead = operation.source.effect === 'read';
  const result = await operation.run(args, {
    bus,
    service: room.openService,
    verbose,
    signal: isRead ? signal : new AbortController().signal,
    log,
    caller: 'rest',
    progress: () => undefined,
  });
  return withNotices(result, bus.takeNotices());
}

/** The names in braces. */
export function pathParameters(path: string): readonly string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
}

/** @throws WwiseFlowError INVALID_INPUT for a body that is no object. */
export function plainArgs(body: unknown): JsonObject {
  if (isJsonObject(body)) return body;
  throw new WwiseFlowError('INVALID_INPUT', 'The body is not a JSON object.', {
    hint: 'Send the arguments as the members of one JSON object.',
  });
}

function plainHead(): AnswerHead {
  return {};
}
