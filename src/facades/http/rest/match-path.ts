import type { RestRoute } from './rest-route.ts';

/** A route that an address fits, and what stands in it for the parameters. */
export interface MatchedRoute {
  readonly route: RestRoute;
  readonly params: Readonly<Record<string, string>>;
}

/** Finds routes by address: those with the fewest parameters first. An id of an asset has slashes in it. */
export function pathMatcher(routes: readonly RestRoute[]): (path: string) => readonly MatchedRoute[] {
  const patterns = routes
    .map((route) => ({ route, names: namesIn(route.path), pattern: patternOf(route.path) }))
    .sort((a, b) => a.names.length - b.names.length || b.route.path.length - a.route.path.length);
  return (path) =>
    patterns.flatMap(({ route, names, pattern }) => {
      const found = pattern.exec(path);
      const values = found?.slice(1).map(decoded);
      if (values === undefined || values.includes(undefined)) return [];
      const params = Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']));
      return [{ route, params }];
    });
}

/** Undefined for what is encoded wrongly. */
export function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function namesIn(path: string): readonly string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
}

function patternOf(path: string): RegExp {
  return new RegExp(
    `^${path.replace(/\{(\w+)\}/g, (_, name) => (name === 'assetId' ? '(.+)' : '([^/]+)'))}/?$`,
  );
}
