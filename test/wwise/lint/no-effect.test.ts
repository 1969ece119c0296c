import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asJsonArray } from '../../../src/core/json.ts';
import { withProject } from '../../harness/project.ts';
import { copySample, samplesDir } from '../../harness/sample-project.ts';
import { newTempDir } from '../../harness/temp-dir.ts';

const top = '\\Containers\\Default Work Unit';
const main = '\\Busses\\Default Work Unit\\Main Audio Bus';
const only = { rules: ['noEffect'] };

describe('the lint rule for values without effect', () => {
  it('finds what was set below an object while its override is off, and nothing else', () =>
    withProject(async ({ done }) => {
      await done('create_object', { type: 'Bus', name: 'Sfx', parentPath: main });
      await done('create_object', { type: 'PropertyContainer', name: 'All', parentPath: top });
      await done('create_object', { type: 'Folder', name: 'Some', parentPath: `${top}\\All` });
      const inside = `${top}\\All\\Some`;
      for (const name of ['Lost', 'Fine', 'Plain'])
        await done('create_object', { type: 'Sound', name, parentPath: inside });
      await done('create_object', {
        type: 'Sound',
        name: 'Top',
        parentPath: top,
        properties: { Priority: 80 },
      });
      const routed = { reference: 'OutputBus', targetPath: 'Bus:Sfx' };
      await done('set_reference', { objectId: `${inside}\\Lost`, ...routed });
      await done('set_property', { objectId: `${inside}\\Lost`, property: 'Priority', value: 80 });
      await done('add_effect', { objectId: `${inside}\\Lost`, plugin: 'Wwise RoomVerb' });
      await done('set_property', { objectId: `${inside}\\Lost`, property: 'OverrideEffect', value: false });
      await done('set_output_bus', { objectId: `${inside}\\Fine`, busPath: 'Bus:Sfx' });
      // What is in effect anyway, and what every new object stores, was chosen by nobody.
      await done('set_property', { objectId: `${inside}\\Plain`, property: 'Volume', value: -3 });
      const { findings } = await done('project_lint', only);
      const lost = (members: string, override: string) => ({
        rule: 'noEffect',
        severity: 'info',
        object: expect.objectContaining({ path: `${inside}\\Lost` }),
        message: `${members} has no effect: "${top}\\All" decides while ${override} is off.`,
      });
      expect(findings).toEqual([
        lost('OutputBus', 'OverrideOutput'),
        lost('Effects', 'OverrideEffect'),
        lost('Priority', 'OverridePriority'),
      ]);
      await done('set_output_bus', { objectId: `${top}\\All`, busPath: 'Bus:Sfx' });
      const again = await done('project_lint', only);
      expect(JSON.stringify(again.findings)).not.toContain('OutputBus');
    }));

  it('finds RTPCs and what States make of values that something above decides about', () =>
    withProject(async ({ done }) => {
      await done('create_object', { type: 'PropertyContainer', name: 'All', parentPath: top });
      const within = `${top}\\All`;
      for (const name of ['Lost', 'Fine']) await done('create_sound', { name, parentPath: within });
      await done('create_game_parameter', { name: 'Wet', min: 0, max: 100 });
      await done('create_state_group', { name: 'Mode', members: ['Calm'] });
      const points = [
        { x: 0, y: -10 },
        { x: 100, y: 0 },
      ];
      for (const name of ['Lost', 'Fine']) {
        const objectId = `${within}\\${name}`;
        const rtpc = { objectId, gameParameter: 'GameParameter:Wet', points };
        for (const property of ['GameAuxSendVolume', 'Volume']) await done('set_rtpc', { ...rtpc, property });
        const calm = { state: 'State:Calm', values: { OutputBusVolume: -3, Volume: -6 } };
        await done('set_states', { objectId, stateGroups: ['StateGroup:Mode'], values: [calm] });
      }
      for (const property of ['OverrideGameAuxSends', 'OverrideOutput'])
        await done('set_property', { objectId: `${within}\\Fine`, property, value: true });
      const { findings } = await done('project_lint', only);
      const lost = (what: string, override: string) =>
        expect.objectContaining({
          object: expect.objectContaining({ path: `${within}\\Lost` }),
          message: `${what} has no effect: "${within}" decides while ${override} is off.`,
        });
      expect(findings).toEqual([
        lost('RTPC on GameAuxSendVolume', 'OverrideGameAuxSends'),
        lost('What States make of OutputBusVolume', 'OverrideOutput'),
      ]);
    }));

  const samples = existsSync(samplesDir)
    ? readdirSync(samplesDir, { withFileTypes: true }).flatMap((one) => (one.isDirectory() ? one.name : []))
    : [];
  it.each(samples)('finds little in a project saved by Wwise: %s', (name) => {
    const dir = newTempDir('lint');
    const copy = copySample(name, dir);
    const file =
      readdirSync(copy, { recursive: true })
        .map(String)
        .find((one) => one.endsWith('.wproj')) ?? '';
    return withProject(
      async ({ done }) => {
        const { findings } = await done('project_lint', only);
        // One Sound that was moved below a container keeps its own Conversion and sends, to no effect.
        expect(asJsonArray(findings).length).toBeLessThanOrEqual(2);
      },
      { projectPath: join(copy, file) },
    ).finally(() => rmSync(dir, { recursive: true, force: true }));
  });
});
