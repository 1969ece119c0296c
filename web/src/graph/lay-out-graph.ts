import type { LayoutTask, Positions } from './layout.ts';

/** Above so many nodes the page would stand still meanwhile. */
const mostHere = 200;

/** Positions for every node; in a worker where there are many. The library is loaded when first used. */
export async function layOutGraph(task: LayoutTask): Promise<Positions> {
  if (task.nodes.length <= mostHere) {
    const { layOut } = await import('./layout.ts');
    return layOut(task);
  }
  const worker = new Worker(new URL('./layout-worker.ts', import.meta.url), { type: 'module' });
  try {
    return await new Promise<Positions>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<Positions>) => resolve(data);
      worker.onerror = () => reject(new Error('The layout did not end.'));
      worker.postMessage(task);
    });
  } finally {
    worker.terminate();
  }
}
