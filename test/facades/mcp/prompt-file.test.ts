import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { fillPrompt, parsePromptFile, readPromptFiles } from '../../../src/facades/mcp/prompt-file.ts';
import { allTools } from '../../../src/facades/mcp/tools/tools.ts';
import { commands } from '../../../tools/catalog.ts';

const text = `---
title: Tidy up
description: Puts things in order.
argument.place: required; Where.
argument.how: optional; In which way.
---

Tidy {{place}}: {{how}}.
`;

describe('a prompt file', () => {
  it('gives title, description, arguments and body', () => {
    expect(parsePromptFile('tidy-up', text)).toEqual({
      name: 'tidy-up',
      title: 'Tidy up',
      description: 'Puts things in order.',
      arguments: [
        { name: 'place', required: true, description: 'Where.' },
        { name: 'how', required: false, description: 'In which way.' },
      ],
      body: 'Tidy {{place}}: {{how}}.',
    });
  });

  it('is filled with its arguments; what was left out says so', () => {
    expect(fillPrompt(parsePromptFile('tidy-up', text), { place: '$& {{how}}' })).toBe(
      'Tidy $& {{how}}: (not given).',
    );
  });

  it.each([
    ['no front matter', 'Just text.', 'has no front matter'],
    ['a line that is no field', text.replace('title: Tidy up', 'Tidy up'), 'is not "key: value"'],
    ['a missing title', text.replace('title: Tidy up\n', ''), 'has no title'],
    [
      'an argument that is neither required nor optional',
      text.replace('required; Where', 'Where'),
      'argument.place',
    ],
    [
      'a placeholder nobody declared',
      text.replace('{{how}}', '{{who}}'),
      'uses {{who}} without declaring it',
    ],
    ['an argument nobody uses', text.replace(': {{how}}', ''), 'declares the argument how but never uses it'],
  ])('with %s is refused by name', (_, broken, message) => {
    expect(() => parsePromptFile('tidy-up', broken)).toThrow(message);
  });
});

describe('the prompts that come with WwiseFlow', () => {
  const prompts = readPromptFiles(fileURLToPath(new URL('../../../prompts', import.meta.url)));
  const tools = new Set(allTools(commands).map((tool) => tool.source.name));

  it('are three, each with an argument', () => {
    expect(prompts.map((prompt) => prompt.name)).toEqual([
      'author-workflow',
      'fix-failed-run',
      'import-audio',
    ]);
    expect(prompts.every((prompt) => prompt.arguments.length > 0)).toBe(true);
  });

  it.each(prompts)('$name names only tools that exist', ({ body }) => {
    const named = [...body.matchAll(/`([a-z]+(?:_[a-z]+)+)`/g)].map((match) => match[1] ?? '');
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((name) => !tools.has(name))).toEqual([]);
  });
});
