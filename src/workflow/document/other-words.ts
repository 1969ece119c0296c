/** How other workflow formats and tool calls name what a document has: the key that was meant, by the key that was written. */
const meant: ReadonlyMap<string, string> = new Map([
  ...each('data', 'params', 'parameters', 'input', 'inputs', 'args', 'arguments', 'with', 'properties'),
  ...each('type', 'command', 'tool', 'action', 'op', 'uses'),
  ...each('nodes', 'steps', 'tasks', 'jobs', 'actions', 'commands'),
  ...each('edges', 'connections', 'links', 'arrows'),
  ...each('source', 'from'),
  ...each('target', 'to'),
  ...each('maxRetries', 'attempts', 'maxAttempts', 'count', 'limit', 'times'),
  ...each('initialDelayMs', 'delay', 'delayMs', 'wait', 'waitMs', 'interval'),
  ...each('codes', 'on', 'retryOn', 'errors'),
  ...each('retry', 'retryPolicy', 'retries'),
  ...each('default', 'value', 'preset'),
  ...each('vars', 'variables', 'variable', 'env', 'constants', 'user'),
  ...each('description', 'help', 'doc'),
  ...each('when', 'condition', 'if', 'runIf', 'skipUnless'),
]);

const ordering: ReadonlySet<string> = new Set([
  'dependsOn',
  'depends_on',
  'needs',
  'after',
  'next',
  'before',
]);

/** The known key that a word of another format stands for. */
export function knownWordFor(key: string, known: readonly string[]): string | undefined {
  const word = meant.get(key);
  return word !== undefined && known.includes(word) ? word : undefined;
}

/** What to do instead, where no key could say it. */
export function adviceFor(key: string, known: readonly string[]): string | undefined {
  return ordering.has(key) && known.includes('data')
    ? 'Draw an edge instead: { "source": <the earlier node>, "target": <the later one> }; a reference orders as well.'
    : undefined;
}

function each(word: string, ...others: readonly string[]): (readonly [string, string])[] {
  return others.map((other) => [other, word]);
}
