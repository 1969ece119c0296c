const words: Readonly<Record<string, string>> = {
  mcp: 'an agent',
  cli: 'the command line',
  rest: 'the page or REST',
};

/** Who began a run, in words. */
export function callerWords(caller: string | null): string {
  return words[caller ?? ''] ?? caller ?? '';
}
