/**
 * An example of a plug-in: `wwiseflow --plugin ./examples/plugin-loudness`. It brings a kind of node and a command, made of what it is
 * handed, so that it needs no package of its own.
 */
export default ({ z, defineCommand, WwiseFlowError }) => ({
  name: 'loudness',
  description: 'Which sounds are quiet or loud, and marking them.',

  nodeKinds: [
    {
      type: 'rank_by_loudness',
      title: 'Rank by loudness',
      description: 'Put the rows that flow in into classes by a loudness in LUFS: quiet, medium, loud.',
      input: z.strictObject({
        items: z.array(z.looseObject({})).describe('The rows.'),
        field: z.string().default('lufs').describe('The field with the loudness, in LUFS.'),
        quietBelow: z.number().default(-24).describe('What is quiet, in LUFS.'),
        loudFrom: z.number().default(-16).describe('What is loud, in LUFS.'),
      }),
      output: z.object({
        items: z.array(z.looseObject({ class: z.enum(['quiet', 'medium', 'loud']) })),
        loudest: z.number().nullable(),
      }),
      examples: [
        {
          title: 'Which footsteps are too quiet',
          workflow: {
            nodes: [
              {
                id: 'ranked',
                type: 'rank_by_loudness',
                data: {
                  items: [
                    { name: 'Grass', lufs: -30 },
                    { name: 'Metal', lufs: -12 },
                  ],
                },
              },
              { id: 'end', type: 'say', data: { text: '{{ nodes.ranked.items[0].class }}' } },
            ],
          },
        },
      ],
      run: async ({ items, field, quietBelow, loudFrom }) => {
        const values = items.map((item, index) => {
          const value = item[field];
          if (typeof value === 'number') return value;
          throw new WwiseFlowError('INVALID_INPUT', `Row ${index} has no number in "${field}".`, {
            hint: 'Name the field with the loudness in "field", or filter out rows without one.',
            details: { index, field },
          });
        });
        const classOf = (value) => (value < quietBelow ? 'quiet' : value >= loudFrom ? 'loud' : 'medium');
        return {
          items: items.map((item, index) => ({ ...item, class: classOf(values[index]) })),
          loudest: values.length === 0 ? null : Math.max(...values),
        };
      },
    },
  ],

  commands: [
    defineCommand({
      name: 'mark_loudness',
      title: 'Mark loudness',
      description:
        'Write into the notes of an object how loud it is, to find it later. For other notes use set_notes.',
      toolset: 'loudness',
      effect: 'update',
      input: z.strictObject({
        object: z.string().min(1).describe('GUID or path of the object.'),
        lufs: z.number().min(-100).max(10).describe('Integrated loudness, in LUFS.'),
      }),
      output: z.object({ notes: z.string() }),
      memo: { never: 'Somebody may have edited the notes since, and they are quickly written again.' },
      waapiCalls: 2,
      revert: { calls: 'Sets the notes as they were before.' },
      run: async ({ object, lufs }, { waapi }) => {
        const notes = `Loudness ${lufs} LUFS`;
        await waapi.call('ak.wwise.core.object.setNotes', { object, value: notes });
        // What is answered was read back.
        const read = await waapi.call(
          'ak.wwise.core.object.get',
          { waql: `$ "${object}"` },
          { return: ['notes'] },
        );
        return { notes: read.return?.[0]?.notes ?? '' };
      },
    }),
  ],
});
