/** A type with its article: `a Sound`, `an AuxBus`. */
export function aOrAn(type: string): string {
  return `${/^[AEIOU]/.test(type) ? 'an' : 'a'} ${type}`;
}
