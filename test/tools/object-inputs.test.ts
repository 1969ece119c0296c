import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { underPresentNames } from '../../src/core/dispatch/input/former-inputs.ts';
import { commands } from '../../tools/catalog.ts';

/** Commands that name objects of the project and are about none of them alone, and what they name instead. */
const about: Readonly<Record<string, string>> = {
  diff_objects: 'two equals: source and target',
  sync_by_path: 'two trees: source and target',
  paste_properties: 'what is copied from source to targets',
  set_objects: 'each of objects, which has an objectId',
  workflow_draft: 'a form: it changes no object',
  bus_tree: 'all below a root',
  project_tree: 'all below a root',
  search: 'all below under',
  find_unused: 'all below under',
  remove_unused: 'all below under',
  voice_coverage: 'all below under',
  replace_audio_by_name: 'all below a root',
  set_many: 'what a query finds',
  import_tab_delimited: 'what a file says, from importLocation on',
  generate_soundbanks: 'all SoundBanks, or those by name',
  set_rtpc_value: 'a value of the sound engine: gameParameter',
  set_state_value: 'a value of the sound engine: stateGroup',
  set_switch_value: 'a value of the sound engine: switchGroup',
};

const fieldsOf = (input: z.ZodType): readonly string[] =>
  input instanceof z.ZodObject ? Object.keys(input.shape) : [];

/** Names under which the object a command is about must not stand. */
const otherNames = ['object', 'container', 'attenuation', 'soundbank', 'of', 'event', 'sound', 'bus'];

describe.each(commands.map((command) => [command.name, command] as const))('%s', (name, command) => {
  it('calls the object it is about objectId, or objectIds', () => {
    const fields = fieldsOf(command.input);
    const isAboutOne = fields.includes('objectId') || fields.includes('objectIds');
    // What an import adds to, and the Event it makes, are no objects that it is about.
    const suspicious = fields.filter((field) => otherNames.includes(field) && command.toolset !== 'audio');
    if (name in about) expect(isAboutOne).toBe(false);
    else if (suspicious.length > 0) expect([name, suspicious, isAboutOne]).toEqual([name, suspicious, true]);
    if (fields.includes('objectId') && fields.includes('objectIds')) throw new Error('It has both.');
  });

  it('still takes the names its inputs had', () => {
    for (const [was, is] of Object.entries(command.formerInputs ?? {})) {
      const [list, member] = was.split('[].');
      const value = 'Sound:A';
      const input = member === undefined ? { [was]: value } : { [list ?? '']: [{ [member]: value }] };
      const now = JSON.stringify(underPresentNames(command, input));
      expect(now).toContain(`"${is.replace('[]', '')}":`);
      expect(now).not.toContain(`"${member ?? was}":`);
      expect(fieldsOf(command.input)).toContain(member === undefined ? is.replace('[]', '') : list);
    }
  });
});

describe('a former name of an input', () => {
  it('means the input, one object where many are taken too, and lists as their text', () => {
    const command = { formerInputs: { objectId: 'objectIds[]' } };
    expect(underPresentNames(command, { objectId: 'a' })).toEqual({ objectIds: ['a'] });
    expect(underPresentNames(command, { objectId: '["a"]' })).toEqual({ objectIds: '["a"]' });
  });

  it('is left to be refused beside the present one', () => {
    const both = { container: 'a', objectId: 'b' };
    expect(underPresentNames({ formerInputs: { container: 'objectId' } }, both)).toEqual(both);
  });
});
