import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';
import { measure } from './measure.mjs';

const name = 'Mastra 0.24.9';
const Value = z.object({ v: z.number() });

function chain(length) {
  let workflow = createWorkflow({ id: 'chain', inputSchema: Value, outputSchema: Value });
  for (let i = 0; i < length; i++) {
    const execute = async ({ inputData }) => ({ v: inputData.v + 1 });
    workflow = workflow.then(createStep({ id: `n${i}`, inputSchema: Value, outputSchema: Value, execute }));
  }
  return workflow.commit();
}

function fan() {
  const execute = async ({ inputData }) => inputData + 1;
  const step = createStep({ id: 'work', inputSchema: z.number(), outputSchema: z.number(), execute });
  const numbers = z.array(z.number());
  return createWorkflow({ id: 'fan', inputSchema: numbers, outputSchema: numbers })
    .foreach(step, { concurrency: 8 })
    .commit();
}

async function start(workflow, inputData) {
  const run = await workflow.createRunAsync();
  return (await run.start({ inputData })).result;
}

export default async function bench() {
  const chained = chain(100);
  const fanned = fan();
  const items = Array.from({ length: 1000 }, (_, i) => i);
  return [
    await measure(name, 'chain', 100, async () => (await start(chained, { v: 0 })).v),
    await measure(name, 'fan-out', 1000, async () => (await start(fanned, items)).length),
  ];
}
