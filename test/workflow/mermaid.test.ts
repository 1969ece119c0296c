import { describe, expect, it } from 'vitest';
import { mermaidOf } from '../../src/workflow/compiler/mermaid.ts';

describe('a plan in the words of Mermaid', () => {
  const plan = {
    workflowId: 'flow',
    nodes: [
      { id: 'sound', type: 'createSound', after: [] },
      { id: 'say "it"]', type: 'say', after: ['sound'] },
      { id: 'save', type: 'projectSave', after: [], fences: ['sound'] },
    ],
  };

  it('has a line for each step, one for each wire, and dotted ones for order alone', () => {
    expect(mermaidOf(plan).mermaid).toBe(
      [
        'flowchart LR',
        'n0["sound<br/>createSound"]',
        'n1["say #34;it#34;#93;<br/>say"]',
        'n0 --> n1',
        'n2["save<br/>projectSave"]',
        'n0 -.-> n2',
        '',
      ].join('\n'),
    );
  });

  it('is coloured as a run stands', () => {
    const { mermaid } = mermaidOf(
      plan,
      new Map([
        ['sound', 'done'],
        ['save', 'failed'],
      ]),
    );
    expect(mermaid).toContain('n0["sound<br/>createSound"]:::done');
    expect(mermaid).toContain('classDef failed ');
    expect(mermaid).not.toContain('classDef skipped');
  });

  it('is cut where an answer would be too long, and says so', () => {
    const nodes = Array.from({ length: 2_000 }, (_, index) => ({
      id: `node${index}`,
      type: 'say',
      after: [],
    }));
    const answer = mermaidOf({ workflowId: 'long', nodes });
    expect(String(answer.notices)).toMatch(/^The first \d+ of 2000 nodes are drawn\.$/);
    expect(String(answer.mermaid).length).toBeLessThan(25_000);
  });
});
