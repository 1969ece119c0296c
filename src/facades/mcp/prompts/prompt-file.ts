import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

export interface PromptArgument {
  readonly name: string;
  readonly required: boolean;
  readonly description: string;
  /** Where values for it come from, as `completions/sources.ts` names it. */
  readonly complete?: string;
}

/** One Markdown file under prompts/: the file name is the prompt's name. */
export interface PromptFile {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly arguments: readonly PromptArgument[];
  /** Markdown with `{{argument}}` where an argument goes. */
  readonly body: string;
}

/** Every prompt of a directory, sorted by name. Throws an Error naming the file whose front matter is wrong. */
export function readPromptFiles(directory: string): PromptFile[] {
  return readdirSync(directory)
    .filter((file) => file.endsWith('.md'))
    .sort()
    .map((file) => parsePromptFile(basename(file, '.md'), readFileSync(join(directory, file), 'utf8')));
}

/**
 * Reads a prompt: front matter of `key: value` lines between two `---`, then the body. Keys are `title`, `description`,
 * `argument.NAME`, whose value starts with `required;` or `optional;`, and `complete.NAME`, where values for that argument
 * come from. Every `{{NAME}}` must be declared and used.
 */
export function parsePromptFile(name: string, text: string): PromptFile {
  const match = /^---\r?\n(.*?)\r?\n---\r?\n(.*)$/s.exec(text);
  if (match === null) throw new Error(`prompts/${name}.md has no front matter between two --- lines.`);
  const [, front = '', body = ''] = match;
  const fields = new Map<string, string>();
  for (const line of front.split(/\r?\n/)) {
    const field = /^([\w.-]+): (.+)$/.exec(line);
    if (field === null)
      throw new Error(`prompts/${name}.md: the front matter line "${line}" is not "key: value".`);
    fields.set(field[1] ?? '', field[2] ?? '');
  }
  const prompt: PromptFile = {
    name,
    title: need(fields, name, 'title'),
    description: need(fields, name, 'description'),
    arguments: [...fields].flatMap(([key, value]) => readArgument(name, key, value, fields)),
    body: body.trim(),
  };
  checkPlaceholders(prompt);
  return prompt;
}

/** The prompt's text with its arguments filled in; an optional argument left out reads `(not given)`. */
export function fillPrompt(prompt: PromptFile, given: Readonly<Record<string, string | undefined>>): string {
  return prompt.body.replaceAll(placeholder, (_, name: string) => given[name]?.trim() || '(not given)');
}

const placeholder = /\{\{([\w-]+)\}\}/g;

function need(fields: ReadonlyMap<string, string>, name: string, key: string): string {
  const value = fields.get(key);
  if (value === undefined) throw new Error(`prompts/${name}.md: the front matter has no ${key}.`);
  return value;
}

function readArgument(
  prompt: string,
  key: string,
  value: string,
  fields: ReadonlyMap<string, string>,
): PromptArgument[] {
  if (key === 'title' || key === 'description') return [];
  const completed = /^complete\.(.+)$/.exec(key)?.[1];
  if (completed !== undefined && fields.has(`argument.${completed}`)) return [];
  const argument = /^argument\.([\w-]+)$/.exec(key);
  const described = /^(required|optional); (.+)$/.exec(value);
  if (argument === null || described === null) {
    throw new Error(
      `prompts/${prompt}.md: "${key}: ${value}" is not "argument.NAME: required|optional; description".`,
    );
  }
  const name = argument[1] ?? '';
  const complete = fields.get(`complete.${name}`);
  return [
    {
      ...{ name, required: described[1] === 'required', description: described[2] ?? '' },
      ...(complete === undefined ? {} : { complete }),
    },
  ];
}

function checkPlaceholders(prompt: PromptFile): void {
  const used = new Set([...prompt.body.matchAll(placeholder)].map((match) => match[1]));
  const declared = new Set(prompt.arguments.map((argument) => argument.name));
  for (const name of used) {
    if (!declared.has(name ?? ''))
      throw new Error(`prompts/${prompt.name}.md uses {{${name}}} without declaring it.`);
  }
  for (const name of declared) {
    if (!used.has(name))
      throw new Error(`prompts/${prompt.name}.md declares the argument ${name} but never uses it.`);
  }
}
