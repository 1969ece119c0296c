import jsonata from 'jsonata';
import { z } from 'zod';

/** A JSONata expression. What does not parse is an issue that says where. Parsing takes time by the length of the text alone. */
export const jsonataText = z
  .string()
  .min(1)
  .max(10_000)
  .superRefine((text, context) => {
    try {
      jsonata(text);
    } catch (thrown) {
      context.addIssue({ code: 'custom', message: `must be JSONata; ${faultOf(thrown)}` });
    }
  });

function faultOf(thrown: unknown): string {
  const { message, position } = Object(thrown);
  if (thrown instanceof RangeError) return 'it is nested too deeply';
  return `${typeof position === 'number' ? `at character ${position}: ` : ''}${String(message)}`;
}
