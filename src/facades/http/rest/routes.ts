import type { DeliverHook } from '../hooks/deliver-hook.ts';
import type { HttpParts, Operation } from '../http-parts.ts';
import { type MatchedRoute, pathMatcher } from './match-path.ts';
import { operationsOf } from './operations.ts';
import type { RestRoute } from './rest-route.ts';
import type { AssetLinks } from './routes/asset-links.ts';
import { assetRoutes } from './routes/asset-routes.ts';
import { callbackRoutes } from './routes/callback-routes.ts';
import { catalogRoutes, commandRoutes, findCommand } from './routes/command-routes.ts';
import { deadLetterRoutes } from './routes/dead-letter-routes.ts';
import { executionRoutes } from './routes/execution-routes.ts';
import { hookRoutes } from './routes/hook-routes.ts';
import { jobRoutes } from './routes/job-routes.ts';
import { originalRoute } from './routes/original-route.ts';
import { recordRoutes } from './routes/record-routes.ts';
import { scheduleRoutes } from './routes/schedule-routes.ts';
import { uploadRoute } from './routes/upload-route.ts';
import { wholeRoutes } from './routes/whole-routes.ts';
import { workflowRoutes } from './routes/workflow-routes.ts';
import type { RunFeeds } from './run-feeds.ts';

/** Every route of REST, and the operations behind them. */
export interface RouteTable {
  readonly routes: readonly RestRoute[];
  /** The route of a command by its name; throws UNKNOWN_COMMAND with the nearest names. */
  command(asked: string): RestRoute;
  /** The routes an address fits, the plainest first, whatever their methods. Commands are not among them. */
  matches(path: string): readonly MatchedRoute[];
}

export function routeTable(
  list: readonly Operation[],
  parts: Pick<
    HttpParts,
    | 'describeProject'
    | 'keepUpload'
    | 'openHooks'
    | 'openSchedules'
    | 'openCallbacks'
    | 'findOriginal'
    | 'opened'
  >,
  {
    feeds,
    links,
    deliver,
  }: { readonly feeds: RunFeeds; readonly links: AssetLinks; readonly deliver: DeliverHook },
): RouteTable {
  const operations = operationsOf(list);
  const commands = new Map(commandRoutes(operations).map((route) => [route.name, route]));
  const routes = [
    ...executionRoutes(operations, feeds),
    ...workflowRoutes(operations),
    ...wholeRoutes(parts),
    originalRoute(parts),
    ...jobRoutes(),
    ...deadLetterRoutes(),
    ...hookRoutes(parts, deliver),
    ...scheduleRoutes(parts),
    ...callbackRoutes(parts),
    ...assetRoutes(links),
    uploadRoute(parts),
    ...catalogRoutes(operations),
    ...recordRoutes(operations, parts),
    ...commands.values(),
  ];
  return {
    routes,
    command: (asked) => findCommand(asked, commands),
    matches: pathMatcher(routes.filter(({ path }) => !path.startsWith('/wwise/'))),
  };
}
