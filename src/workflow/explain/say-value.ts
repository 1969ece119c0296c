import { isJsonObject, type Json } from '../../core/json.ts';

/** A value of a node as one would say it: references in words, texts in quotes, long ones cut. */
export function sayValue(value: Json): string {
  if (typeof value === 'string') return sayText(value);
  if (Array.isArray(value)) return sayList(value);
  if (isJsonObject(value)) return sayObject(value);
  return String(value);
}

function sayText(text: string): string {
  const whole = new RegExp(`^(?:${reading.source})$`).exec(text);
  if (whole !== null) return sayReading(whole);
  return JSON.stringify(cut(text.replace(reading, (...found) => `<${sayReading(found.map(asGroup))}>`)));
}

/** A reference to a node, to an input, or an expression, within a text. Of a member of a node the brackets are part of it. */
const reading =
  /\$from:([\w-]+):\$output(?::([\w-]+(?:\.[\w-]+|\[\d+\])*))?|\$input:([\w-]+)|\{\{([^{}]*)\}\}/g;

function sayReading([, node, member, input, expression = '']: readonly (string | undefined)[]): string {
  if (node !== undefined) return sayOutput(node, member);
  return input !== undefined ? `the input ${input}` : sayExpression(expression.trim());
}

function asGroup(found: unknown): string | undefined {
  return typeof found === 'string' ? found : undefined;
}

function sayOutput(node: string, member: string | undefined): string {
  return member === undefined ? `what ${node} gave` : `${member} of ${node}`;
}

function sayExpression(expression: string): string {
  if (expression === 'item') return 'the item';
  if (expression === 'index') return 'the number of the item';
  const input = /^workflow\.input\.(\w+)$/.exec(expression);
  if (input !== null) return `the input ${input[1]}`;
  const output = /^nodes(?:\.([\w-]+)|\["([^"]+)"\])(?:\.([\w.[\]]+))?$/.exec(expression);
  if (output !== null) return sayOutput(output[1] ?? output[2] ?? '', output[3]);
  const member = /^(item|input)\.([\w.]+)$/.exec(expression);
  if (member !== null) return `${member[2]} of ${member[1] === 'item' ? 'the item' : 'what flows in'}`;
  return `the value of ${cut(expression)}`;
}

function sayList(values: readonly Json[]): string {
  if (values.length === 0) return 'none';
  const said = values.slice(0, shownItems).map(sayValue).join(', ');
  const more = values.length - shownItems;
  return `[${said}${more > 0 ? `, and ${more} more` : ''}]`;
}

function sayObject(value: Readonly<Record<string, Json | undefined>>): string {
  // A field of a question is known to people by its label.
  if (typeof value.label === 'string')
    return `"${cut(value.label)}"${value.type === undefined ? '' : ` (${value.type})`}`;
  const members = Object.entries(value).filter(([, one]) => one !== undefined);
  const said = members.slice(0, shownItems).map(([name, one]) => `${name}: ${sayValue(one ?? null)}`);
  const more = members.length - shownItems;
  return `{${said.join(', ')}${more > 0 ? `, and ${more} more` : ''}}`;
}

function cut(text: string): string {
  const characters = [...text];
  return characters.length > shownCharacters ? `${characters.slice(0, shownCharacters).join('')}…` : text;
}

const shownItems = 6;
const shownCharacters = 160;
