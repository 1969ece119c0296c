import { describe, expect, it } from 'vitest';
import { withProject } from '../../harness/project.ts';

const containers = '\\Containers\\Default Work Unit';
const main = '\\Busses\\Default Work Unit\\Main Audio Bus';

describe('create_bus and bus_tree', () => {
  it('create busses and show them as a tree, with volumes', () =>
    withProject(async ({ done }) => {
      await done('create_bus', { name: 'Music', parentPath: main, busVolumeDb: -3 });
      const aux = await done('create_bus', { name: 'Hall', parentPath: `${main}\\Music`, auxiliary: true });
      expect(aux).toMatchObject({ type: 'AuxBus', objectId: aux.id });
      expect(await done('bus_tree', {})).toMatchObject({
        total: 3,
        busses: [
          { name: 'Main Audio Bus' },
          { name: 'Music', busVolumeDb: -3, effects: 0 },
          { name: 'Hall', type: 'AuxBus' },
        ],
      });
      expect(await done('bus_tree', { root: 'Bus:Music' })).toMatchObject({
        total: 2,
        busses: [{ depth: 0 }, { depth: 1 }],
      });
    }));
});

describe('set_aux_send', () => {
  it('sends an object to an Auxiliary Bus, overriding its parent, and clears the send again', () =>
    withProject(async ({ bus, done, refused }) => {
      const hall = await done('create_bus', { name: 'Hall', parentPath: main, auxiliary: true });
      const { id } = await done('create_sound', { name: 'Boom', parentPath: containers });
      const routed = { objectId: id, busPath: 'AuxBus:Hall' };
      expect(await refused('set_output_bus', routed)).toMatchObject({
        code: 'INVALID_INPUT',
        hint: expect.stringContaining('set_aux_send'),
      });
      const input = { objectId: id, slot: 1, auxBus: 'AuxBus:Hall', volumeDb: -9 };
      expect(await done('set_aux_send', input)).toMatchObject({
        auxBus: { id: hall.id },
        volumeDb: -9,
        overridesParent: true,
        previousAuxBus: null,
      });
      expect(await bus.dispatch('set_aux_send', input)).toMatchObject({ memo: 'hit' });
      expect(await done('set_aux_send', { objectId: id, slot: 1, auxBus: null })).toMatchObject({
        auxBus: null,
        previousAuxBus: { name: 'Hall' },
      });
      expect(await refused('set_aux_send', { objectId: id, auxBus: main })).toMatchObject({
        code: 'INVALID_INPUT',
      });
      expect(await refused('set_aux_send', { objectId: containers, auxBus: null })).toMatchObject({
        code: 'UNKNOWN_PROPERTY',
      });
    }));
});

describe('effective_output', () => {
  it('names the ancestor that decides and the chain of busses', () =>
    withProject(async ({ done }) => {
      await done('create_bus', { name: 'Music', parentPath: main });
      const children = [{ type: 'Sound', name: 'Boom' }];
      const box = await done('create_object', {
        type: 'BlendContainer',
        name: 'Box',
        parentPath: containers,
        children,
      });
      await done('set_output_bus', { objectId: box.id, busPath: 'Bus:Music' });
      expect(await done('effective_output', { objectId: `${containers}\\Box\\Boom` })).toMatchObject({
        bus: { name: 'Music' },
        decidedBy: { name: 'Box' },
        isInherited: true,
        chain: [{ name: 'Music' }, { name: 'Main Audio Bus' }],
      });
      await done('set_output_bus', { objectId: `${containers}\\Box\\Boom`, busPath: main });
      expect(await done('effective_output', { objectId: `${containers}\\Box\\Boom` })).toMatchObject({
        bus: { name: 'Main Audio Bus' },
        isInherited: false,
      });
    }));
});

describe('how loud something is', () => {
  it('is the sum over objects and busses, where each counts', () =>
    withProject(async ({ done }) => {
      await done('create_bus', { name: 'Music', parentPath: main, busVolumeDb: -3 });
      await done('set_property', { objectId: main, property: 'BusVolume', value: -1 });
      const box = await done('create_object', {
        type: 'BlendContainer',
        name: 'Box',
        parentPath: containers,
        properties: { Volume: -2, OutputBusVolume: -4 },
        children: [{ type: 'Sound', name: 'Boom', properties: { Volume: -6, OutputBusVolume: -10 } }],
      });
      await done('set_output_bus', { objectId: box.id, busPath: 'Bus:Music' });
      const boom = `${containers}\\Box\\Boom`;
      // The output bus volume of Boom has no effect, for Box decides where it goes.
      expect(await done('effective_output', { objectId: boom })).toMatchObject({
        volumeDb: -16,
        volumes: [
          { object: boom, property: 'Volume', db: -6 },
          { object: box.path, property: 'Volume', db: -2 },
          { object: box.path, property: 'OutputBusVolume', db: -4 },
          { property: 'BusVolume', db: -3 },
          { object: main, property: 'BusVolume', db: -1 },
        ],
      });
      expect(await done('effective_output', { objectId: 'Bus:Music' })).toMatchObject({ volumeDb: -4 });
    }));
});

describe('what is in effect', () => {
  it('includes the sends of the ancestor that decides them, and the parent of a bus', () =>
    withProject(async ({ done, refused }) => {
      const hall = await done('create_bus', { name: 'Hall', parentPath: main, auxiliary: true });
      const box = await done('create_object', {
        type: 'BlendContainer',
        name: 'Box',
        parentPath: containers,
        children: [{ type: 'Sound', name: 'Boom' }],
      });
      await done('set_aux_send', { objectId: box.id, slot: 1, auxBus: hall.id, volumeDb: -9 });
      expect(await done('effective_output', { objectId: `${containers}\\Box\\Boom` })).toMatchObject({
        sends: [{ slot: 1, auxBus: { name: 'Hall' }, volumeDb: -9 }],
        sendsDecidedBy: { name: 'Box' },
      });
      expect(await done('effective_output', { objectId: hall.id })).toMatchObject({
        bus: { name: 'Main Audio Bus' },
        decidedBy: { name: 'Hall' },
        sends: [],
      });
      await done('create_event', { name: 'Play_Box', targetPath: box.id });
      expect(await refused('effective_output', { objectId: 'Event:Play_Box' })).toMatchObject({
        code: 'UNKNOWN_PROPERTY',
      });
      const loop = await refused('set_aux_send', { objectId: hall.id, auxBus: hall.id });
      expect(loop.error).toContain('cannot send to itself');
    }));
});
