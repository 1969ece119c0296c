import { describe, expect, it } from 'vitest';
import { node, refusal } from '../harness.ts';

describe('what other formats write', () => {
  const sound = node('s', 'createSound', { name: 'S' });
  const notes = (objectId: string) => ({ nodes: [sound, node('n', 'setNotes', { objectId })] });

  it.each(['{{ s.id }}', '={{ $s.output.id }}', '{{ steps.s.outputs.id }}', '$from:s.id', '$from:s:id'])(
    'is read as the reference that was meant: %s',
    (text) => {
      const { problems } = refusal(notes(text));
      expect(problems).toMatchObject([
        { suggestion: [{ op: 'replace', path: '/nodes/1/data/objectId', value: '$from:s:$output:id' }] },
      ]);
    },
  );

  it.each([
    ['params', { nodes: [{ id: 'a', type: 'createSound', params: { name: 'A' } }] }, '/nodes/0/data'],
    ['steps', { steps: [sound] }, '/nodes'],
    ['attempts', { nodes: [{ ...sound, retry: { attempts: 3 } }] }, '/nodes/0/retry/maxRetries'],
  ])('is moved to the key that was meant: %s', (_, document, path) => {
    expect(refusal(document).problems.flatMap(({ suggestion = [] }) => suggestion)).toContainEqual(
      expect.objectContaining({ op: 'move', path }),
    );
  });

  it('about order is asked to be an edge', () => {
    const { problems } = refusal({
      nodes: [sound, { ...node('b', 'query', { type: 'Sound' }), dependsOn: ['s'] }],
    });
    expect(problems[0]?.message).toContain('Draw an edge instead');
  });

  it('as a value says what the value must be', () => {
    const { problems } = refusal({ nodes: [sound, node('n', 'setNotes', { objectId: 'x', level: 11 })] });
    expect(problems[0]?.message).toContain('cannot be 11: it must be at most 10.');
  });
});
