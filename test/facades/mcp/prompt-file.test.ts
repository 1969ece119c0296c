import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { completionSources } from '../../../src/facades/mcp/completions/sources.ts';
import {
  fillPrompt,
  parsePromptFile,
  readPromptFiles,
} from '../../../src/facades/mcp/prompts/prompt-file.ts';
import { allTools } from '../../../src/facades/mcp/tools/tools.ts';
import { createProjectReader } from '../../../src/workspace/reading/project-reader.ts';
import { commands } from '../../../tools/catalog.ts';
import { mergedTools } from '../../../tools/merged/catalog.ts';

const text = `---
title: Tidy up
description: Puts things in order.
argument.place: required; Where.
argument.how: optional; In which way.
---

Tidy {{place}}: {{how}}.
`;

/** What looks at a project and changes nothing. */
const readingOnly = ['audit-project', 'explain-workflow', 'review-change'];

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
  const tools = new Set(allTools(commands, mergedTools).map((tool) => tool.source.name));

  it('are these, each with an argument', () => {
    expect(prompts.map((prompt) => prompt.name)).toEqual([
      'audit-project',
      'author-workflow',
      'explain-workflow',
      'fix-failed-run',
      'footsteps',
      'import-audio',
      'import-folder',
      'prepare-delivery',
      'review-change',
      'rtpcs',
      'soundbank',
      'tidy-project',
      'voice-pipeline',
    ]);
    expect(prompts.every((prompt) => prompt.arguments.length > 0)).toBe(true);
  });

  it.each(prompts.filter(({ name }) => !['fix-failed-run', 'import-audio', ...readingOnly].includes(name)))(
    '$name leads from looking over a draft, its preview and a yes to a change that is verified',
    ({ body }) => {
      const places = ['look', 'draft', 'compile', 'preview', 'agree', 'apply', 'verify'].map((step) =>
        body.search(new RegExp(`\\*\\*${step}\\b`, 'i')),
      );
      expect(places).not.toContain(-1);
      expect([...places].sort((a, b) => a - b)).toEqual(places);
    },
  );

  it.each(prompts.filter(({ name }) => readingOnly.includes(name)))(
    '$name looks and verifies, and names no tool that changes the project but the roll back a person asks for',
    ({ body }) => {
      expect(body).toMatch(/\*\*Look\.\*\*[\s\S]*\*\*Verify\.\*\*/);
      const changing = new Set(
        allTools(commands, mergedTools).flatMap(({ source }) =>
          source.effect === 'read' ? [] : [source.name],
        ),
      );
      const named = toolsIn(body).filter((tool) => changing.has(tool));
      expect(named.filter((tool) => !['workflow_run', 'workflow_rollback'].includes(tool))).toEqual([]);
    },
  );

  it('have values to choose from wherever something is named that is there already', () => {
    const { from, sources } = completions();
    expect(from.length).toBeGreaterThan(15);
    expect(from.filter((source) => !sources.includes(source.replace('list of ', '')))).toEqual([]);
  });

  function completions() {
    const nobody = async (): Promise<never> => {
      throw new Error('Nothing is asked here.');
    };
    const project = createProjectReader(nobody, { allowedDirs: [], startDir: '/' });
    const sources = Object.keys(completionSources({ openService: nobody, project }));
    const from = prompts.flatMap((prompt) => prompt.arguments.flatMap(({ complete }) => complete ?? []));
    return { from, sources };
  }

  it.each(prompts)('$name names only kinds of nodes that exist', ({ body }) => {
    const camel = (name: string) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
    const kinds = new Set(commands.map(({ name }) => camel(name)));
    const named = [...body.matchAll(/`([a-z]+[A-Z]\w*)`/g)].map((match) => match[1] ?? '');
    expect(
      named.filter((name) => /^(set|create|move|rename|remove|import|audio)/.test(name) && !kinds.has(name)),
    ).toEqual([]);
  });

  it.each(prompts)('$name names only tools that exist', ({ body }) => {
    const named = toolsIn(body);
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((name) => !tools.has(name))).toEqual([]);
  });
});

function toolsIn(body: string): readonly string[] {
  return [...body.matchAll(/`([a-z]+(?:_[a-z]+)+)`/g)].map((match) => match[1] ?? '');
}
