import { Annotation, END, Send, START, StateGraph } from '@langchain/langgraph';
import { measure } from './measure.mjs';

const name = 'LangGraph 1.0.7';

function chain(length) {
  const State = Annotation.Root({ v: Annotation({ reducer: (_old, next) => next, default: () => 0 }) });
  const graph = new StateGraph(State);
  for (let i = 0; i < length; i++) graph.addNode(`n${i}`, async ({ v }) => ({ v: v + 1 }));
  graph.addEdge(START, 'n0');
  for (let i = 1; i < length; i++) graph.addEdge(`n${i - 1}`, `n${i}`);
  return graph.addEdge(`n${length - 1}`, END).compile();
}

function fan() {
  const State = Annotation.Root({
    items: Annotation({ reducer: (_old, next) => next, default: () => [] }),
    done: Annotation({ reducer: (all, more) => all.concat(more), default: () => [] }),
  });
  return new StateGraph(State)
    .addNode('work', async ({ x }) => ({ done: [x + 1] }))
    .addConditionalEdges(START, ({ items }) => items.map((x) => new Send('work', { x })))
    .addEdge('work', END)
    .compile();
}

export default async function bench() {
  const chained = chain(100);
  const fanned = fan();
  const items = Array.from({ length: 1000 }, (_, i) => i);
  return [
    await measure(
      name,
      'chain',
      100,
      async () => (await chained.invoke({ v: 0 }, { recursionLimit: 1000 })).v,
      5,
    ),
    await measure(name, 'fan-out', 1000, async () => (await fanned.invoke({ items })).done.length, 5),
  ];
}
