/** The RFC 6901 pointer of a place in a JSON document: `['nodes', 0, 'data']` gives `/nodes/0/data`. */
export function jsonPointer(path: readonly PropertyKey[]): string {
  return path.map((token) => `/${String(token).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The pointer of a place below another. */
export function below(pointer: string, ...path: readonly PropertyKey[]): string {
  return pointer + jsonPointer(path);
}
