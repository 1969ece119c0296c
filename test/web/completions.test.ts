import { describe, expect, it } from 'vitest';
import { completionsAt, type Names } from '../../web/src/author/forms/completions.ts';

const names: Names = {
  references: [
    { text: '$input:folder', expression: 'workflow.input.folder', label: 'input › folder', fits: true },
    {
      text: '$from:sound:$output:objectId',
      expression: 'nodes.sound.objectId',
      label: 'sound › objectId',
      fits: true,
    },
    { text: '$from:sound:$output:name', expression: 'nodes.sound.name', label: 'sound › name', fits: false },
    { text: '{{ item }}', expression: 'item', label: 'item (the item)', fits: true },
  ],
  functions: [{ name: 'upper', signature: 'upper(text)', gives: 'The text in capitals.' }],
  members: { 'workflow.input': ['folder'], vars: ['surface'], globals: [] },
  isInLoop: true,
};

const labels = (before: string) => completionsAt(before, names)?.options.map(({ label }) => label);
const inserts = (before: string) => completionsAt(before, names)?.options.map(({ insert }) => insert);

describe('what could be written next in an expression', () => {
  it('is every reference where nothing is written, and those that begin so behind a dollar sign', () => {
    expect(inserts('')).toContain('{{ item }}');
    expect(inserts('Play_$in')).toEqual([
      '$input:folder',
      '$from:sound:$output:objectId',
      '$from:sound:$output:name',
    ]);
    expect(completionsAt('Play_$in', names)?.from).toBe(5);
  });

  it('is the names there are and the functions inside of braces', () => {
    expect(labels('{{ ')).toEqual(expect.arrayContaining(['item', 'nodes', 'vars', 'upper(text)']));
    expect(inserts('{{ up')).toContain('upper(');
    expect(completionsAt('{{ up', names)?.from).toBe(3);
  });

  it('is the steps behind nodes, and what one gave behind its name', () => {
    expect(labels('{{ nodes.')).toEqual(['sound']);
    expect(labels('{{ upper(nodes.sound.na')).toEqual(['objectId', 'name']);
    expect(labels('{{ vars.')).toEqual(['surface']);
    expect(labels('{{ workflow.')).toEqual(['input']);
    expect(labels('{{ workflow.input.')).toEqual(['folder']);
  });

  it('is nothing in plain text, in a text of an expression, and behind its end', () => {
    expect(completionsAt('Play_', names)).toBeUndefined();
    expect(completionsAt('{{ "no', names)).toBeUndefined();
    expect(completionsAt('{{ item }} no', names)).toBeUndefined();
  });
});
