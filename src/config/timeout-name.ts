/** True for what a time limit may be given for: the URI of a WAAPI function, or `default` for all others. */
export function isTimeoutName(name: string): boolean {
  return name === 'default' || /^ak(\.\w+)+$/.test(name);
}
