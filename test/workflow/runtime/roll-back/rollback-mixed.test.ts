import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { asJsonObject, asString, type JsonObject } from '../../../../src/core/json.ts';
import { sample } from '../../../harness/amount.ts';
import {
  copyExampleProject,
  exampleInput,
  exampleProjectIn,
  makeExampleProject,
} from '../../../harness/command-examples.ts';
import { type McpRoom, withMcp } from '../../../harness/mcp-room.ts';
import { projectFiles } from '../../../harness/project-files.ts';
import { newTempDir, tempDir } from '../../../harness/temp-dir.ts';

/** Runs whose nodes change the same things, or what is not read back, rolled back: what is called verified is as it was. */

const seed = tempDir('rollback-mixed');
beforeAll(() => makeExampleProject(seed));

const C = '\\Containers\\Default Work Unit';
const wind = `${C}\\Wind`;
const steps = `${C}\\Steps`;
const bystander = '\\Triggers\\Default Work Unit';
const note = 'Written by somebody else after the run.';
type Step = readonly [string, JsonObject];
const cases: readonly { name: string; needed?: readonly Step[]; nodes: readonly Step[]; onError?: string }[] =
  [
    {
      name: 'platform same value',
      nodes: [['set_property', { objectId: wind, property: 'Volume', value: 0, platform: 'Windows' }]],
    },
    {
      name: 'platform other value',
      nodes: [['set_property', { objectId: wind, property: 'Volume', value: -3, platform: 'Windows' }]],
    },
    {
      name: 'all then platform',
      nodes: [
        ['set_property', { objectId: wind, property: 'Volume', value: -6 }],
        ['set_property', { objectId: wind, property: 'Volume', value: -3, platform: 'Windows' }],
      ],
    },
    {
      name: 'platform then all',
      nodes: [
        ['set_property', { objectId: wind, property: 'Volume', value: -3, platform: 'Windows' }],
        ['set_property', { objectId: wind, property: 'Volume', value: -6 }],
      ],
    },
    {
      name: 'all platforms where one has its own',
      needed: [['set_property', { objectId: wind, property: 'Volume', value: -3, platform: 'Windows' }]],
      nodes: [['set_property', { objectId: wind, property: 'Volume', value: -6 }]],
    },
    {
      name: 'property then rtpc',
      nodes: [
        ['set_property', { objectId: wind, property: 'Volume', value: -6 }],
        [
          'set_rtpc',
          {
            objectId: wind,
            property: 'Volume',
            gameParameter: 'GameParameter:Speed',
            points: [
              { x: 0, y: -12 },
              { x: 50, y: 0 },
            ],
          },
        ],
      ],
    },
    {
      name: 'rtpc then property',
      nodes: [
        [
          'set_rtpc',
          {
            objectId: wind,
            property: 'Volume',
            gameParameter: 'GameParameter:Speed',
            points: [
              { x: 0, y: -12 },
              { x: 50, y: 0 },
            ],
          },
        ],
        ['set_property', { objectId: wind, property: 'Volume', value: -6 }],
      ],
    },
    {
      name: 'property with set_many',
      nodes: [
        ['set_property', { objectId: steps, property: 'Volume', value: -6 }],
        ['set_many', { query: `$ "${wind}"`, properties: { Pitch: 100 } }],
      ],
    },
    {
      name: 'reference OutputBus',
      nodes: [['set_reference', { objectId: wind, reference: 'OutputBus', targetPath: 'Bus:Sfx' }]],
    },
    { name: 'set_output_bus', nodes: [['set_output_bus', { objectId: wind, busPath: 'Bus:Sfx' }]] },
    {
      name: 'set_output_bus twice',
      nodes: [
        ['set_output_bus', { objectId: wind, busPath: 'Bus:Sfx' }],
        ['set_output_bus', { objectId: wind, busPath: '\\Busses\\Default Work Unit\\Main Audio Bus' }],
      ],
    },
    {
      name: 'output bus by reference and by command',
      nodes: [
        ['set_reference', { objectId: wind, reference: 'OutputBus', targetPath: 'Bus:Sfx' }],
        ['set_output_bus', { objectId: wind, busPath: '\\Busses\\Default Work Unit\\Main Audio Bus' }],
      ],
    },
    {
      name: 'override explicit default',
      nodes: [['set_property', { objectId: wind, property: 'OverrideOutput', value: true }]],
    },
    {
      name: 'notes twice',
      nodes: [
        ['set_notes', { objectId: wind, notes: 'a' }],
        ['set_notes', { objectId: wind, notes: 'b' }],
      ],
    },
    {
      name: 'notes same',
      needed: [['set_notes', { objectId: wind, notes: 'x' }]],
      nodes: [['set_notes', { objectId: wind, notes: 'x' }]],
    },
    {
      name: 'property from explicit default',
      needed: [
        ['set_property', { objectId: wind, property: 'Pitch', value: 100 }],
        ['set_property', { objectId: wind, property: 'Pitch', value: 0 }],
      ],
      nodes: [['set_property', { objectId: wind, property: 'Pitch', value: 5 }]],
    },
    {
      name: 'rename then create same name',
      nodes: [
        ['rename_object', { objectId: wind, name: 'Wind2' }],
        ['create_sound', { name: 'Wind', parentPath: C }],
      ],
    },
    {
      name: 'create and move into it',
      nodes: [
        ['create_object', { type: 'ActorMixer', name: 'Box', parentPath: C }],
        ['move_object', { objects: [wind], parentPath: `${C}\\Box` }],
      ],
    },
    {
      name: 'create folder and convert',
      nodes: [['convert_type', { objectId: steps, type: 'BlendContainer' }]],
    },
    {
      name: 'convert and set on new',
      nodes: [
        ['convert_type', { objectId: `${C}\\Engine`, type: 'RandomSequenceContainer' }],
        ['set_property', { objectId: wind, property: 'Volume', value: -1 }],
      ],
    },
    {
      name: 'set then delete',
      nodes: [
        ['set_property', { objectId: wind, property: 'Volume', value: -6 }],
        ['delete_object', { objectId: wind }],
      ],
    },
    {
      name: 'create then delete',
      nodes: [
        ['create_sound', { name: 'Brief', parentPath: C }],
        ['delete_object', { objectId: `${C}\\Brief` }],
      ],
    },
    {
      name: 'failure after change',
      onError: 'rollback',
      nodes: [
        ['set_property', { objectId: wind, property: 'Volume', value: -6 }],
        ['set_many', { query: `$ "${wind}"`, properties: { Pitch: 100, NoSuchThing: 1 } }],
      ],
    },
    {
      name: 'failure after set_many, rollback',
      onError: 'rollback',
      nodes: [
        ['set_many', { query: `$ "${wind}"`, properties: { Pitch: 100 } }],
        ['set_property', { objectId: wind, property: 'NoSuchThing', value: 1 }],
      ],
    },
    {
      name: 'move only, rollback',
      onError: 'rollback',
      nodes: [
        ['move_object', { objects: [wind], parentPath: `${C}\\Steps` }],
        ['set_property', { objectId: steps, property: 'NoSuchThing', value: 1 }],
      ],
    },
    {
      name: 'waapi_call',
      nodes: [['waapi_call', { uri: 'ak.wwise.core.object.setName', args: { object: wind, value: 'Wund' } }]],
    },
    {
      name: 'replace',
      nodes: [['create_object', { type: 'Sound', name: 'Wind', parentPath: C, onNameConflict: 'replace' }]],
    },
    {
      name: 'waapi_call and property',
      nodes: [
        ['waapi_call', { uri: 'ak.wwise.core.object.setName', args: { object: wind, value: 'Wund' } }],
        ['set_property', { objectId: steps, property: 'Volume', value: -6 }],
      ],
    },
    {
      name: 'two properties',
      nodes: [
        ['set_property', { objectId: wind, property: 'Volume', value: -6 }],
        ['set_property', { objectId: wind, property: 'Volume', value: -3 }],
      ],
    },
    {
      name: 'same value then other platform',
      nodes: [
        ['set_property', { objectId: wind, property: 'Volume', value: 0 }],
        ['set_property', { objectId: wind, property: 'Volume', value: -3, platform: 'Windows' }],
      ],
    },
    {
      name: 'children moved around',
      nodes: [
        ['move_object', { objects: [`${steps}\\Step_1`], parentPath: C }],
        ['move_object', { objects: [`${C}\\Step_1`], parentPath: steps }],
      ],
    },
    {
      name: 'bus volume of OverrideOutput',
      nodes: [
        ['set_output_bus', { objectId: wind, busPath: 'Bus:Sfx' }],
        ['set_property', { objectId: wind, property: 'OverrideOutput', value: false }],
      ],
    },
    {
      name: 'rename twice',
      nodes: [
        ['rename_object', { objectId: wind, name: 'W1' }],
        ['rename_object', { objectId: `${C}\\W1`, name: 'W2' }],
      ],
    },
    {
      name: 'rename by pattern of a played one',
      nodes: [
        [
          'rename_by_pattern',
          { query: `$ "${steps}" select children`, find: 'Step', replace: 'Foot', preview: false },
        ],
        ['set_property', { objectId: steps, property: 'Volume', value: -2 }],
      ],
    },
    {
      name: 'move twice',
      nodes: [
        ['move_object', { objects: [wind], parentPath: steps }],
        ['move_object', { objects: [`${steps}\\Wind`], parentPath: `${C}\\Ground` }],
      ],
    },
    {
      name: 'patterns twice',
      nodes: [
        ['rename_by_pattern', { query: `$ "${steps}" select children`, find: 'Step', replace: 'Foot' }],
        ['rename_by_pattern', { query: `$ "${steps}" select children`, find: 'Foot', replace: 'Toe' }],
      ],
    },
    {
      name: 'merge',
      nodes: [
        [
          'create_object',
          { type: 'Sound', name: 'Wind', parentPath: C, onNameConflict: 'merge', properties: { Volume: -4 } },
        ],
      ],
    },
  ];

describe.each([
  ['directly', false],
  ['after somebody else changed another object', true],
] as const)('a run rolled back %s', (_when, isBesideOthers) => {
  it.each(sample(cases, 6))('is as it was or is named: $name', async (one) => {
    const dir = newTempDir('rollback-mixed');
    try {
      copyExampleProject(seed, dir);
      await withMcp(dir, ['--project', exampleProjectIn(dir)], (mcp) => check(one, mcp, dir, isBesideOthers));
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });
});

async function check(
  { needed = [], nodes, onError }: (typeof cases)[number],
  mcp: McpRoom,
  dir: string,
  isBesideOthers: boolean,
) {
  const earlier: JsonObject[] = [];
  for (const [command, given] of needed) await mcp.done(command, given);
  await mcp.done('project_save', {});
  const before = projectFiles(join(dir, 'Game'));
  const run = await mcp.call('workflow_run', {
    workflow: {
      onError: onError ?? 'continue',
      nodes: nodes.map(([type, data], at) => ({
        id: `n${at}`,
        type,
        data: exampleInput(data, dir, earlier),
      })),
      edges: nodes.slice(1).map((_, at) => ({ source: `n${at}`, target: `n${at + 1}` })),
    },
  });
  const ran = asJsonObject(run.ok === true ? run.data : run.details);
  const { executionId } = ran;
  let answer: JsonObject = ran;
  if (onError === undefined && asString(executionId) !== undefined) {
    if (isBesideOthers) await mcp.done('set_notes', { objectId: bystander, notes: note });
    answer = await mcp.call('workflow_rollback', { executionId: executionId ?? null });
    if (isBesideOthers) await mcp.done('set_notes', { objectId: bystander, notes: '' });
  }
  const report = asJsonObject(
    answer.ok === true ? answer.data : answer.ok === false ? answer.details : answer,
  );
  const rollback = asJsonObject(report.rollback ?? report);
  await mcp.done('project_save', {});
  const after = projectFiles(join(dir, 'Game'));
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const differs = names.filter((file) => before[file] !== after[file]);
  expect(rollback.verified, JSON.stringify(answer)).toBeTypeOf('boolean');
  // What one undo rolled back is not to be changed once more, node by node; waapi_call is never part of that step.
  const isUndone = rollback.how === 'undo' && nodes.every(([command]) => command !== 'waapi_call');
  if (rollback.verified === true || isUndone) expect(differs, JSON.stringify(answer)).toEqual([]);
}
