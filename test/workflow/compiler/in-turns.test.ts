import { describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject } from '../../../src/core/json.ts';
import { inTurns, nextTurn } from '../../../src/core/turns/turns.ts';
import { compileWorkflowSteps } from '../../../src/workflow/compiler/compile.ts';
import { lengthenTurns } from '../../harness/long-turns.ts';
import { compile, emptyShelf, node, refusal, shelfBus } from '../harness.ts';

const inARow = (count: number) => ({
  nodes: Array.from({ length: count }, (_, at) =>
    node(`n${at}`, 'say', { text: at === 0 ? 'x' : `{{ nodes.n${at - 1}.text }}` }),
  ),
});

describe('a workflow of thousands of nodes', () => {
  it('gives the thread away while it is compiled, the more often the longer it is', async () => {
    const bus = shelfBus(emptyShelf());
    const pausesOf = async (count: number): Promise<number> => {
      let pauses = 0;
      const restore = lengthenTurns();
      try {
        const plan = await inTurns(compileWorkflowSteps(inARow(count), bus), () => {
          pauses += 1;
          return nextTurn();
        });
        expect(plan.order).toEqual(compile(inARow(count)).order);
      } finally {
        restore();
      }
      return pauses;
    };
    expect(await pausesOf(2_000)).toBeGreaterThan(2 * (await pausesOf(500)));
  });

  it('that reads thousands of nodes which are missing compares only the first of them with all', () => {
    const missing = (count: number) =>
      asJsonArray(
        refusal({
          nodes: Array.from({ length: count }, (_, at) =>
            node(`node${at}`, 'say', { text: `{{ nodes.nodes${at}.text }}` }),
          ),
        }).problems,
      ).map((problem) => asJsonObject(problem).didYouMean !== undefined);
    expect(new Set(missing(90))).toEqual(new Set([true]));
    const ofMany = missing(5_000);
    expect(ofMany.slice(0, 5)).toEqual([true, true, true, true, true]);
    expect(ofMany.slice(20)).not.toContain(true);
  });
});
