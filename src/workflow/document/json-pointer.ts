/** The RFC 6901 pointer of a position below another: `below('/nodes', 0, 'data')` gives `/nodes/0/data`. */
export function below(pointer: string, ...path: readonly PropertyKey[]): string {
  let text = pointer;
  for (const token of path) text += `/${escaped(String(token))}`;
  return text;
}

function escaped(token: string): string {
  return /[~/]/.test(token) ? token.replaceAll('~', '~0').replaceAll('/', '~1') : token;
}
