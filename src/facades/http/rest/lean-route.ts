import { PROGRAM_LIST_BYTES } from '../../../core/answers/budget.ts';
import { isVerbose, leanAnswer } from '../../../core/answers/lean-answer.ts';
import type { JsonObject } from '../../../core/json.ts';
import type { RestRoute } from './rest-route.ts';

/** Every route that answers with bookkeeping takes it. */
export const verboseSchema: JsonObject = { type: 'boolean', description: 'Answer the bookkeeping too.' };

/** The same route, answering what serves the keeping of records only where a request asks for it: `?verbose=true`. */
export function leanRoute(route: RestRoute): RestRoute {
  return {
    ...route,
    query: { ...route.query, verbose: { schema: verboseSchema } },
    async run(call) {
      const query = new URLSearchParams(call.query);
      query.delete('verbose');
      const answer = await route.run({ ...call, query });
      if (answer instanceof Response) return answer;
      const bus = await call.room.openBus();
      const outputOf = (type: string) => bus.find(type)?.output;
      const verbose = isVerbose(call.query.get('verbose'));
      return {
        ...answer,
        result: leanAnswer(answer.result, { verbose, outputOf, mostBytes: PROGRAM_LIST_BYTES }),
      };
    },
  };
}
