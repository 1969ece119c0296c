import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** React Flow alone, as its own examples have it: default nodes, nothing of ours. `draw(nodes, edges)` shows them. */
const contents = `
  import '@xyflow/react/dist/style.css';
  import { ReactFlow } from '@xyflow/react';
  import { createElement, useState } from 'react';
  import { createRoot } from 'react-dom/client';
  function Bare() {
    const [graph, setGraph] = useState({ nodes: [], edges: [] });
    window.draw = setGraph;
    return graph.nodes.length === 0 ? null : createElement(ReactFlow, {
      defaultNodes: graph.nodes, defaultEdges: graph.edges, fitView: true, minZoom: 0.08,
    });
  }
  createRoot(document.getElementById('root')).render(createElement(Bare));`;

/** The page with the bare nodes, as one HTML document. */
export async function barePage(): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: fileURLToPath(new URL('../..', import.meta.url)) },
    ...{ bundle: true, minify: true, write: false, outdir: 'bare', format: 'iife', logLevel: 'error' },
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const text = (end: string): string => outputFiles.find(({ path }) => path.endsWith(end))?.text ?? '';
  const script = text('.js').replaceAll('</script', '<\\/script');
  const style = `html, body, #root { height: 100%; margin: 0 } ${text('.css')}`;
  return `<!doctype html><style>${style}</style><div id="root"></div><script>${script}</script>`;
}
