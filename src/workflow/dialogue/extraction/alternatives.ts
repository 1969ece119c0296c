import { fold } from './words-of.ts';

/** Whether the words between two values say that the second replaces the first: "1 s, actually 2", "2 s, anzi 3". */
export function isCorrection(between: string): boolean {
  return correction.test(fold(between));
}

/** Whether the words between two values say that either will do: "-3 or -6"; with those before them: "tra -3 e -6". */
export function isAlternative(between: string, before = ''): boolean {
  if (/^[\s,]*(?:or|o|oppure|or maybe|o magari|o forse)\s*$/.test(fold(between))) return true;
  return /^\s*(?:and|e)\s*$/.test(fold(between)) && /\b(?:between|tra|fra)\s*$/.test(fold(before));
}

/** Whether the words before a value deny it: "not the SFX bus". */
export function isDeniedAfter(before: string): boolean {
  return /\b(?:not|non|instead of|rather than|invece di|al posto di)\s+(?:(?:the|on|to|in|il|lo|la|su|sul)\s+)?$/.test(
    fold(before),
  );
}

const correction =
  /\b(?:actually|rather|no|nope|wait|sorry|i mean|i meant|scratch that|make that|make it|better|go for|too \w+|anzi|aspetta|scusa|scusami|volevo dire|intendevo|meglio|facciamo|correggo|troppo)\b/;
