import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject } from '../../../src/core/json.ts';
import { withProject } from '../../harness/project.ts';

const containers = '\\Containers\\Default Work Unit';

describe('points of a curve that are given back as they are', () => {
  it('leave the curve of an RTPC as it is on disk, also where they are more than set_rtpc would take', () =>
    withProject(async ({ done, refused, projectPath }) => {
      await done('create_game_parameter', { name: 'Speed' });
      const { id } = await done('create_sound', { name: 'Wind', parentPath: containers });
      const wanted = { objectId: id, gameParameter: 'GameParameter:Speed' };
      const points = [
        { x: 0, y: -600.3, shape: 'Exp1' },
        { x: 100, y: 1200 },
      ];
      await done('set_rtpc', { ...wanted, property: 'Pitch', points });
      const listed = asJsonObject(asJsonArray((await done('list_rtpcs', { objectId: id })).rtpcs)[0]);
      const tooMuch = [
        { x: 0, y: 0, shape: 'Linear' },
        { x: 100, y: 2500, shape: 'Linear' },
      ];
      await done('project_save', {});
      const unit = join(dirname(projectPath), 'Containers', 'Default Work Unit.wwu');
      const saved = readFileSync(unit, 'utf8');
      const again = { ...wanted, property: 'Pitch', points: listed.points ?? [] };
      expect(await done('set_rtpc', again, { forceRerun: true })).toMatchObject({
        replaced: false,
        rtpc: { id: listed.id },
      });
      const direct = { object: String(listed.id), '@Curve': { type: 'Curve', points: listed.points ?? [] } };
      await done('waapi_call', { uri: 'ak.wwise.core.object.set', args: { objects: [direct] } });
      expect((await done('project_info', {})).isDirty).toBe(false);
      await done('project_save', {});
      expect(readFileSync(unit, 'utf8')).toBe(saved);

      expect((await refused('set_rtpc', { ...wanted, property: 'Pitch', points: tooMuch })).error).toContain(
        '2400',
      );
      const beyond = { object: String(listed.id), '@Curve': { type: 'Curve', points: tooMuch } };
      await done('waapi_call', { uri: 'ak.wwise.core.object.set', args: { objects: [beyond] } });
      expect(await done('set_rtpc', { ...wanted, property: 'Pitch', points: tooMuch })).toMatchObject({
        replaced: false,
        rtpc: { points: [{ y: 0 }, { y: 2500 }] },
      });
    }));

  it('leave the curve of an Attenuation as it is on disk', () =>
    withProject(async ({ done, projectPath }) => {
      const { id } = await done('create_attenuation', { name: 'Far' });
      const points = [
        { x: 0, y: 0, shape: 'Linear' },
        { x: 40, y: -20, shape: 'Linear' },
      ];
      const wanted = { objectId: id, curve: 'VolumeDry', use: 'Custom', points };
      await done('set_attenuation_curve', wanted);
      await done('project_save', {});
      const unit = join(dirname(projectPath), 'Attenuations', 'Default Work Unit.wwu');
      const saved = readFileSync(unit, 'utf8');
      await done('set_attenuation_curve', wanted, { forceRerun: true });
      await done('project_save', {});
      expect(readFileSync(unit, 'utf8')).toBe(saved);
    }));
});
