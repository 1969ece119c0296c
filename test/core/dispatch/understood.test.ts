import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseInput } from '../../../src/core/dispatch/input/parse-input.ts';
import { asJsonObject, type Json, type JsonObject } from '../../../src/core/json.ts';
import { workflowTools } from '../../../src/facades/mcp/workflow-tools.ts';
import { commands } from '../../../tools/catalog.ts';

const tools = [...commands, ...workflowTools.map(({ source }) => source)];
const examples = tools.flatMap((tool) =>
  (tool.examples ?? []).map(({ title, input }) => [`${tool.name}: ${title}`, tool, input] as const),
);

/** The value as a client sends it that can send texts only. */
function asText(value: Json | undefined): Json {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}

/** Members that take anything, or a text as well as a number, keep a text: only the project says what is meant. */
function takesText(tool: { readonly input: z.ZodType }, name: string, text: Json): boolean {
  const member = tool.input instanceof z.ZodObject ? tool.input.shape[name] : undefined;
  return member === undefined || z.safeParse(member, text).success;
}

function optionalsOf(tool: { readonly input: z.ZodType }, input: JsonObject): string[] {
  const shape = tool.input instanceof z.ZodObject ? tool.input.shape : {};
  return Object.entries(shape).flatMap(([name, member]) =>
    input[name] === undefined && member._zod.optin !== undefined ? [name] : [],
  );
}

describe('an input of a client that sends texts only', () => {
  it.each(examples)('is understood: %s', (_, tool, input) => {
    const meant = parseInput(tool, input);
    const texts = Object.entries(input).map(([name, value]) => {
      const text = asText(value);
      return [name, text !== value && takesText(tool, name, text) ? value : text];
    });
    expect(parseInput(tool, Object.fromEntries(texts))).toEqual(meant);
  });

  it.each(examples)('may say null or nothing for what it leaves out: %s', (_, tool, input) => {
    const meant = parseInput(tool, input);
    for (const empty of [null, '']) {
      const left = optionalsOf(tool, input).map((name) => [name, empty]);
      const parsed = parseInput(tool, { ...input, ...Object.fromEntries(left) });
      // Where nothing is a value of its own (a name that is given up, a note that is emptied) it is kept.
      const kept = Object.entries(parsed).filter(
        ([name, value]) => !(value === empty && meant[name] === undefined),
      );
      expect(asJsonObject(Object.fromEntries(kept))).toEqual(meant);
    }
  });

  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
    'learns that "%s" is not known, as any other name',
    (name) => {
      const tool = { name: 'count', input: z.strictObject({ count: z.int() }) };
      const given: unknown = JSON.parse(`{"count": "1", "${name}": {"a": 1}}`);
      expect(() => parseInput(tool, given)).toThrow(`/${name} is not a known input`);
    },
  );

  it.each([
    ['deeper', `${'['.repeat(50_000)}${']'.repeat(50_000)}`],
    ['with more in it', `[${'{},'.repeat(200_000)}{}]`],
  ])('is not asked to send JSON in a text that is %s than a message may be', (_, text) => {
    const tool = { name: 'count', input: z.strictObject({ list: z.array(z.array(z.int())) }) };
    expect(() => parseInput(tool, { list: text })).toThrow('/list must be an array');
  });

  it('keeps what cannot be understood, for the refusal to name it', () => {
    const tool = {
      name: 'count',
      input: z.strictObject({ count: z.int().max(5), on: z.boolean().optional() }),
    };
    expect(parseInput(tool, { count: '2', on: 'true' })).toEqual({ count: 2, on: true });
    expect(() => parseInput(tool, { count: 'two' })).toThrow(/count must be a.*number.*"two"/);
    expect(() => parseInput(tool, { count: '7' })).toThrow(/count must be/);
  });

  it('may hold lists and objects as JSON at any depth, and one text for a list of one', () => {
    const pair = z.strictObject({ child: z.string(), at: z.array(z.number()).optional() });
    const tool = {
      name: 'pairs',
      input: z.strictObject({ pairs: z.array(pair), names: z.array(z.string()) }),
    };
    expect(parseInput(tool, { pairs: '[{"child":"A","at":"[1,\\"2\\"]"}]', names: 'B' })).toEqual({
      pairs: [{ child: 'A', at: [1, 2] }],
      names: ['B'],
    });
  });
});
