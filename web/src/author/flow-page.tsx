import { type Connection, type Edge, type EdgeChange, ReactFlowProvider, useReactFlow } from '@xyflow/react';
import { type DragEvent, useCallback, useEffect, useState } from 'react';
import type { WholePreview } from '../api/wire.ts';
import { notify } from '../app/notices.tsx';
import { goTo } from '../app/route.ts';
import { Canvas } from '../graph/canvas.tsx';
import { loadNodeTypes, useNodeTypes } from '../graph/node-types.ts';
import { whyNot } from '../graph/ports.ts';
import { PreviewDialog } from '../run/preview-dialog.tsx';
import { useRun } from '../run/run-store.ts';
import { checkSoon } from './check-flow.ts';
import { ConnectDialog } from './dialogs/connect-dialog.tsx';
import { type Given, RunDialog } from './dialogs/run-dialog.tsx';
import { SaveDialog } from './dialogs/save-dialog.tsx';
import { VersionsDialog } from './dialogs/versions-dialog.tsx';
import { addStep, connectEnds } from './edit.ts';
import { openFlow, previewFlow, runFlow, saveFlow } from './flow-actions.ts';
import { FlowPanel } from './flow-panel.tsx';
import { isDirty, useFlow } from './flow-store.ts';
import { draggedType, Palette } from './palette.tsx';
import { Toolbar } from './toolbar.tsx';
import { useFlowKeys } from './use-flow-keys.ts';

/** One workflow: to draw, to check, to run. Without an id, what was drawn last. */
export function FlowPage({ id }: { readonly id: string }) {
  return (
    <ReactFlowProvider>
      <FlowEditor id={id} />
    </ReactFlowProvider>
  );
}

type Opened = 'run' | 'preview' | 'save' | 'versions' | 'connect' | null;

function FlowEditor({ id }: { readonly id: string }) {
  const document = useFlow((state) => state.document);
  const [opened, setOpened] = useState<Opened>(null);
  const [preview, setPreview] = useState<WholePreview | null>(null);
  const [tab, setTab] = useState('step');

  useEffect(() => {
    const { document: current } = useFlow.getState();
    // After the first save the address names what is drawn already.
    if (id === '') void loadNodeTypes();
    else if (id === 'new' || current.workflowId !== id) void openFlow(id);
    useRun.getState().show(null);
  }, [id]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change of the document is checked
  useEffect(checkSoon, [document]);
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent): void => {
      if (isDirty(useFlow.getState())) event.preventDefault();
    };
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, []);

  const hasInputs = Object.keys(document.inputs ?? {}).length > 0;
  const run = useCallback((input: Given) => {
    setOpened(null);
    setTab('run');
    void runFlow(input);
  }, []);
  const tryOut = useCallback(async (input: Given) => {
    setOpened(null);
    setPreview(await previewFlow(input));
  }, []);
  const save = useCallback(() => {
    const { workflowId } = useFlow.getState().document;
    if (workflowId === undefined) setOpened('save');
    else void saveFlow(workflowId);
  }, []);
  const begin = useCallback(() => (hasInputs ? setOpened('run') : run({})), [hasInputs, run]);
  useFlowKeys({ onSave: save, onRun: begin, onConnect: () => setOpened('connect') });
  const [single] = useFlow((state) => state.selected);

  return (
    <main className="flow-page">
      <Toolbar
        onRun={begin}
        onPreview={() => (hasInputs ? setOpened('preview') : void tryOut({}))}
        onSave={save}
        onVersions={() => setOpened('versions')}
      />
      <Palette />
      <FlowCanvas />
      <FlowPanel tab={tab} onTab={setTab} />
      {opened === 'run' && (
        <RunDialog document={document} purpose="run" onGo={run} onClose={() => setOpened(null)} />
      )}
      {opened === 'preview' && (
        <RunDialog
          document={document}
          purpose="preview"
          onGo={(given) => void tryOut(given)}
          onClose={() => setOpened(null)}
        />
      )}
      {opened === 'save' && (
        <SaveDialog
          onClose={() => setOpened(null)}
          onSave={(workflowId) =>
            void saveFlow(workflowId).then((isSaved) => {
              if (!isSaved) return;
              setOpened(null);
              goTo('flow', workflowId);
            })
          }
        />
      )}
      {opened === 'versions' && <VersionsDialog onClose={() => setOpened(null)} />}
      {opened === 'connect' && single !== undefined && (
        <ConnectDialog source={single} onClose={() => setOpened(null)} />
      )}
      {preview !== null && (
        <PreviewDialog
          preview={preview}
          onClose={() => {
            setPreview(null);
            if (useRun.getState().executionId !== null) setTab('run');
          }}
        />
      )}
    </main>
  );
}

function FlowCanvas() {
  const { nodes, edges, opened, moveNodes, selectEdges } = useFlow();
  const { screenToFlowPosition } = useReactFlow();
  const wantedOf = ({ source, target, sourceHandle, targetHandle }: Connection | Edge) => ({
    ...{ source, target },
    ...{ sourceHandle: sourceHandle ?? null, targetHandle: targetHandle ?? null },
  });
  const drop = (event: DragEvent): void => {
    const type = event.dataTransfer.getData(draggedType);
    if (type === '') return;
    event.preventDefault();
    const { x, y } = screenToFlowPosition({ x: event.clientX, y: event.clientY });
    addStep(type, { x: Math.round((x - 110) / 8) * 8, y: Math.round((y - 20) / 8) * 8 });
  };
  const changeEdges = (changes: EdgeChange[]): void => {
    const chosen = new Set(useFlow.getState().selectedEdges);
    for (const change of changes) {
      if (change.type !== 'select') continue;
      if (change.selected) chosen.add(change.id);
      else chosen.delete(change.id);
    }
    selectEdges([...chosen]);
  };
  const shown = useFlow((state) => state.selectedEdges);
  return (
    <section
      className="canvas"
      aria-label="Drawing"
      onDragOver={(event) => {
        if (event.dataTransfer.types.includes(draggedType)) event.preventDefault();
      }}
      onDrop={drop}
    >
      <Canvas
        nodes={nodes}
        edges={
          shown.size === 0
            ? edges
            : edges.map((edge) => (shown.has(edge.id) ? { ...edge, selected: true } : edge))
        }
        fitKey={opened}
        isEditable
        onNodesChange={moveNodes}
        onEdgesChange={changeEdges}
        isValidConnection={(wanted) =>
          whyNot(useFlow.getState().document, useNodeTypes.getState().byName, wantedOf(wanted)) === undefined
        }
        onConnect={(wanted) => connectEnds(wantedOf(wanted))}
        onConnectEnd={(_, { fromHandle, toHandle, isValid }) => {
          // What was let go on a port that does not fit is said.
          if (isValid !== false || fromHandle === null || toHandle === null) return;
          const [source, target] =
            fromHandle.type === 'source' ? [fromHandle, toHandle] : [toHandle, fromHandle];
          if (source.type === target.type)
            return notify({
              kind: 'bad',
              text: 'These two do not fit.',
              hint: 'A wire leads from the right of a step to the left of another.',
            });
          connectEnds({
            ...{ source: source.nodeId, target: target.nodeId },
            ...{ sourceHandle: source.id ?? null, targetHandle: target.id ?? null },
          });
        }}
      />
      {nodes.length === 0 && (
        <div className="canvas-hint">
          <p>
            Drag a step in from the left, or press <kbd>/</kbd> and search.
          </p>
        </div>
      )}
    </section>
  );
}
