import { describe, expect, it } from 'vitest';
import { withProject } from '../../harness/project.ts';

describe('set_reference', () => {
  it('points a reference at an object, and clears it', () =>
    withProject(async ({ done }) => {
      const sound = await done('create_sound', {
        name: 'Boom',
        parentPath: '\\Containers\\Default Work Unit',
      });
      const aux = await done('create_object', {
        type: 'AuxBus',
        name: 'Room',
        parentPath: '\\Busses\\Default Work Unit\\Main Audio Bus',
      });
      const input = { objectId: String(sound.id), reference: 'UserAuxSend0' };
      expect(await done('set_reference', { ...input, targetPath: 'AuxBus:Room' })).toMatchObject({
        object: { id: sound.id },
        target: { id: aux.id, name: 'Room', type: 'AuxBus' },
        previousTarget: null,
      });
      expect(await done('set_reference', { ...input, targetPath: null })).toMatchObject({
        target: null,
        previousTarget: { id: aux.id, name: 'Room' },
      });
    }));

  it('refuses unknown references, missing targets and targets of a wrong type', () =>
    withProject(async ({ done, refused }) => {
      const sound = await done('create_sound', {
        name: 'Boom',
        parentPath: '\\Containers\\Default Work Unit',
      });
      const objectId = String(sound.id);
      const targetPath = 'Bus:Main Audio Bus';
      const unknown = await refused('set_reference', { objectId, reference: 'Atenuation', targetPath });
      expect(unknown).toMatchObject({ code: 'UNKNOWN_PROPERTY', details: { candidates: ['Attenuation'] } });
      const missing = await refused('set_reference', {
        objectId,
        reference: 'Attenuation',
        targetPath: 'Attenuation:No',
      });
      expect(missing.code).toBe('OBJECT_NOT_FOUND');
      const wrong = await refused('set_reference', { objectId, reference: 'Attenuation', targetPath });
      expect(wrong).toMatchObject({
        code: 'WAAPI_ERROR',
        details: { reference: 'Attenuation', target: { type: 'Bus' } },
      });
    }));
});
