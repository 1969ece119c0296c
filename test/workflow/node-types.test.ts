import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { workflowSchema } from '../../src/workflow/document/workflow-schema.ts';
import { nodeKinds } from '../../src/workflow/nodes/catalog.ts';
import { nodeTypes } from '../../src/workflow/nodes/described/node-types.ts';
import { emptyShelf, importWav, node, shelfCommands } from './harness.ts';

const commands = shelfCommands(emptyShelf());
const typeNamed = (name: string) => nodeTypes(nodeKinds(commands)).find(({ type }) => type === name);

describe('the catalogue of node types', () => {
  it('says of each command what an author needs', () => {
    expect(typeNamed('create_sound')).toEqual({
      type: 'create_sound',
      alias: 'createSound',
      title: 'Create sound',
      description: 'Creates a Sound object.',
      toolset: 'core',
      effect: 'create',
      inputs: [
        { name: 'name', type: 'string', required: true, description: 'Name of the new Sound.' },
        {
          name: 'parentPath',
          type: 'string',
          required: false,
          description: 'Where to create it.',
          default: '\\Containers',
        },
        {
          name: 'onNameConflict',
          type: 'string',
          required: false,
          enum: ['fail', 'rename', 'replace', 'merge'],
          default: 'fail',
        },
        { name: 'volumeDb', type: 'number', required: false },
      ],
      outputs: [
        { name: 'id', type: 'string' },
        {
          name: 'objectId',
          type: 'string',
          wire: { path: 'objectId', kind: { kind: 'object', types: ['Sound'] } },
        },
        { name: 'name', type: 'string' },
        { name: 'path', type: 'string' },
      ],
      ports: ['error'],
    });
  });

  it('lists the kinds that are no commands before those that are', () => {
    const types = nodeTypes(nodeKinds(commands));
    expect(types.slice(0, 2)).toMatchObject([
      { type: 'say', toolset: 'flow', effect: 'none', inputs: [{ name: 'text', required: true }] },
      { type: 'wait', oneOf: [['forMs'], ['until']], outputs: [{ name: 'until' }, { name: 'waitedMs' }] },
    ]);
    const names = nodeKinds(commands).flatMap(({ type, aliases }) => [...new Set([type, ...aliases])]);
    expect(new Set(names).size).toBe(names.length);
  });

  it('shows alternatives and what is wired', () => {
    const imported = typeNamed('audio_import');
    expect(imported?.oneOf).toEqual([['objectId'], ['parentPath']]);
    expect(imported?.outputs[0]?.wire).toEqual({
      path: 'object.id',
      kind: { kind: 'object', types: ['Sound'] },
    });
    expect(nodeTypes(nodeKinds(commands)).find(({ type }) => type === 'set_output_bus')?.inputs[0]).toEqual({
      name: 'objectId',
      type: 'string',
      required: true,
      wire: { kind: 'object', types: ['Sound'] },
    });
  });
});

describe('the JSON Schema of a workflow', () => {
  const validate = new Ajv2020({ strict: true, strictTypes: false, allowUnionTypes: true }).compile(
    workflowSchema(nodeKinds(commands)),
  );

  it.each([
    ['the example', importWav()],
    [
      'React Flow extras',
      { nodes: [{ ...node('a', 'create_sound', { name: 'A' }), position: { x: 1, y: 2 } }], viewport: {} },
    ],
    [
      'an address of the schema and a format',
      { $schema: './workflow.schema.json', formatVersion: 2, nodes: [node('s', 'say', { text: 'Hi' })] },
    ],
    ['a wait and a message', { nodes: [node('w', 'wait', { forMs: 5 }), node('s', 'say', { text: 'Hi' })] }],
    [
      'references in the place of numbers',
      { nodes: [node('a', 'createSound', { name: 'A', volumeDb: '$input:db' })] },
    ],
  ])('accepts %s', (_, document) => {
    expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
  });

  it.each([
    ['a wait that says nothing it knows', { nodes: [node('w', 'wait', { seconds: 1 })] }],
    ['an unknown type', { nodes: [node('a', 'makeSound')] }],
    ['an unknown input', { nodes: [node('a', 'createSound', { name: 'A', nam: 'B' })] }],
    ['a wrong value', { nodes: [node('a', 'createSound', { name: 'A', onNameConflict: 'maybe' })] }],
    ['an unknown key', { nodes: [node('a', 'projectSave')], links: [] }],
    ['no nodes', { nodes: [] }],
    ['a newer format', { formatVersion: 3, nodes: [node('a', 'projectSave')] }],
  ])('refuses %s', (_, document) => {
    expect(validate(document)).toBe(false);
  });
});
