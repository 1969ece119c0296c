import { expect, it } from 'vitest';
import { silentLog } from '../../../src/core/log.ts';
import { compileWorkflow } from '../../../src/workflow/compiler/compile.ts';
import { createRunner } from '../../../src/workflow/runtime/runner.ts';
import { emptyShelf, node, shelfBus } from '../harness.ts';

const bus = shelfBus(emptyShelf());
const plan = (data: Parameters<typeof node>[2]) =>
  compileWorkflow({ workflowId: 'w', nodes: [node('ask', 'handoff', data)], edges: [] }, bus);

it('a run that is not kept says that nobody can answer', async () => {
  const runner = createRunner({ bus, log: silentLog });
  expect(await runner.run(plan({ role: 'lead', text: 'Which?' }))).toMatchObject({
    ok: false,
    code: 'INVALID_INPUT',
    error: expect.stringContaining('cannot wait'),
  });
});

it('a preview asks nobody', async () => {
  const runner = createRunner({ bus, log: silentLog, isPreview: true });
  expect(await runner.run(plan({ role: 'lead', text: 'Which?' }))).toMatchObject({
    ok: true,
    data: { results: [{ data: { answer: null } }] },
  });
});

it('a schema that is none does not compile', () => {
  expect(() => plan({ role: 'lead', text: 'Which?', schema: { type: 'nonsense' } })).toThrow(
    expect.objectContaining({ code: 'WORKFLOW_INVALID' }),
  );
});
