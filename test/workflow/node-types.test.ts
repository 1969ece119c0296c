import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { workflowSchema } from '../../src/workflow/document/workflow-schema.ts';
import { nodeKinds } from '../../src/workflow/nodes/catalog.ts';
import { nodeTypes } from '../../src/workflow/nodes/node-types.ts';
import { emptyShelf, importWav, node, shelfCommands } from './harness.ts';

const commands = shelfCommands(emptyShelf());

describe('the catalogue of node types', () => {
  it('tells of each command what an author needs', () => {
    expect(nodeTypes(nodeKinds(commands))[0]).toEqual({
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
    });
  });

  it('shows alternatives and what is wired', () => {
    const imported = nodeTypes(nodeKinds(commands))[1];
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
      'references in the place of numbers',
      { nodes: [node('a', 'createSound', { name: 'A', volumeDb: '$input:db' })] },
    ],
  ])('accepts %s', (_, document) => {
    expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
  });

  it.each([
    ['an unknown type', { nodes: [node('a', 'makeSound')] }],
    ['an unknown input', { nodes: [node('a', 'createSound', { name: 'A', nam: 'B' })] }],
    ['a wrong value', { nodes: [node('a', 'createSound', { name: 'A', onNameConflict: 'maybe' })] }],
    ['an unknown key', { nodes: [node('a', 'projectSave')], links: [] }],
    ['no nodes', { nodes: [] }],
  ])('refuses %s', (_, document) => {
    expect(validate(document)).toBe(false);
  });
});
