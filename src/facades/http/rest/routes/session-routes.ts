import { WwiseFlowError } from '../../../../core/errors.ts';
import type { RestRoute } from '../rest-route.ts';

const header = 'x-session-id';
const cookie = 'wwiseflow_session';

/** What says to a client which session its run is: by both it comes back to it, after a restart of either side too. */
export function sessionHeaders(executionId: string): Readonly<Record<string, string>> {
  return {
    [header]: executionId,
    'set-cookie': `${cookie}=${encodeURIComponent(executionId)}; Path=/; HttpOnly; SameSite=Strict`,
  };
}

/** The same done with the run that the request names by header, or by the cookie that its run was begun with. */
export function ofSession(route: RestRoute): RestRoute {
  return {
    method: route.method,
    path: route.path.replace('/executions/{executionId}', '/session'),
    name: route.name.replace('Execution', 'Session').replace('execution', 'session'),
    summary: `${route.summary}, of the session`,
    scope: route.scope,
    get query() {
      return route.query;
    },
    get body() {
      return route.body;
    },
    get data() {
      return route.data;
    },
    statuses: route.statuses,
    run: async (call) =>
      route.run({ ...call, params: { ...call.params, executionId: sessionIn(call.headers) } }),
  };
}

function sessionIn(headers: Headers): string {
  const inCookie = new RegExp(`(?:^|;\\s*)${cookie}=([^;\\s]{1,300})`).exec(headers.get('cookie') ?? '')?.[1];
  const id = headers.get(header) ?? (inCookie === undefined ? '' : decodedOr(inCookie));
  if (id !== '') return id;
  throw new WwiseFlowError('INVALID_INPUT', 'The request names no session.', {
    hint: `Send ${header} with the executionId of a run, or the cookie ${cookie} that the run was begun with.`,
  });
}

function decodedOr(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
