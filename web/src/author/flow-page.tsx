import { ReactFlowProvider } from '@xyflow/react';
import { useCallback, useEffect, useState } from 'react';
import type { WholePreview } from '../api/wire.ts';
import { goTo } from '../app/route.ts';
import { loadNodeTypes } from '../graph/node-types.ts';
import { PreviewDialog } from '../run/preview-dialog.tsx';
import { useRun } from '../run/run-store.ts';
import { checkSoon } from './check-flow.ts';
import { ConnectDialog } from './dialogs/connect-dialog.tsx';
import { type Given, RunDialog } from './dialogs/run-dialog.tsx';
import { SaveDialog } from './dialogs/save-dialog.tsx';
import { VersionsDialog } from './dialogs/versions-dialog.tsx';
import { openFlow, previewFlow, runFlow, saveFlow } from './flow-actions.ts';
import { FlowCanvas } from './flow-canvas.tsx';
import { FlowPanel } from './flow-panel.tsx';
import { isDirty, useFlow } from './flow-store.ts';
import { Palette } from './palette.tsx';
import { usePaletteOpen } from './palette-open.ts';
import { Toolbar } from './toolbar.tsx';
import { useDrawnPart } from './use-drawn-part.ts';
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
  const document = useFlow((state) => state.root);
  const [opened, setOpened] = useState<Opened>(null);
  const isPaletteOpen = usePaletteOpen((state) => state.isOpen);
  const [preview, setPreview] = useState<WholePreview | null>(null);
  const [tab, setTab] = useState('step');

  useEffect(() => {
    const { root: current } = useFlow.getState();
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
    const { workflowId } = useFlow.getState().root;
    if (workflowId === undefined) setOpened('save');
    else void saveFlow(workflowId);
  }, []);
  const begin = useCallback(() => (hasInputs ? setOpened('run') : run({})), [hasInputs, run]);
  useDrawnPart();
  useFlowKeys({ onSave: save, onRun: begin, onConnect: () => setOpened('connect') });
  const [single] = useFlow((state) => state.selected);

  return (
    <main className={isPaletteOpen ? 'flow-page' : 'flow-page without-palette'}>
      <Toolbar
        onRun={begin}
        onPreview={() => (hasInputs ? setOpened('preview') : void tryOut({}))}
        onSave={save}
        onVersions={() => setOpened('versions')}
      />
      {isPaletteOpen && <Palette />}
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
