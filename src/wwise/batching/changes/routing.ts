/** Members that decide what an object and everything below it plays through. */
export function isRouting(member: string): boolean {
  return ['outputbus', 'overrideoutput'].includes(member.toLowerCase());
}

/**
 * What a routing change holds and avoids: below an object that is routed in the same calls, the bus in effect before could
 * not be known any more.
 */
export function routing(path: string) {
  const above: string[] = [];
  for (let end = path.lastIndexOf('\\'); end > 0; end = path.lastIndexOf('\\', end - 1)) {
    above.push(routeKey(path.slice(0, end)));
  }
  return { holds: [[routeKey(path), 'routed']] as const, avoids: above };
}

function routeKey(path: string): string {
  return `route:${path.toLowerCase()}`;
}
