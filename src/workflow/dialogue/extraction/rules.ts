import { isJsonObject, type Json } from '../../../core/json.ts';
import { linearPattern } from '../../../core/text/linear-pattern.ts';
import type { FieldFinding } from '../finding.ts';
import type { DialogueField } from '../template.ts';

/** The first rule of a field that an answer matches. */
export function ruleFinding(text: string, { rules = [] }: DialogueField): FieldFinding | undefined {
  for (const { pattern, value } of rules) {
    // Written out around it, so that replacing all of the answer leaves what the groups matched.
    const whole = linearPattern(`^.*?(?:${pattern}).*$`, 'is');
    if (whole.test(text))
      return {
        is: 'value',
        value: filled(value, (part) => whole.replaceAll(text, part)),
        words: text,
        layer: 'rule',
      };
  }
  return undefined;
}

/** The value with `$1` and the like replaced in its texts. */
function filled(value: Json, replace: (text: string) => string): Json {
  if (typeof value === 'string') return value.includes('$') ? replace(value) : value;
  if (Array.isArray(value)) return value.map((item) => filled(item, replace));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]) =>
      member === undefined ? [] : [[key, filled(member, replace)]],
    ),
  );
}
