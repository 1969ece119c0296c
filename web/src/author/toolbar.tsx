import {
  Download,
  FileUp,
  History,
  PanelLeftOpen,
  Play,
  Redo2,
  Save,
  ScanEye,
  Square,
  Undo2,
  WandSparkles,
} from 'lucide-react';
import { useRef } from 'react';
import { cancelRun } from '../run/run-actions.ts';
import { isOpen, useRun } from '../run/run-store.ts';
import { RunBadge } from '../run/step-look.tsx';
import { tidy } from './edit.ts';
import { downloadFlow, importFlow } from './flow-actions.ts';
import { isDirty, useFlow } from './flow-store.ts';
import { usePaletteOpen } from './palette-open.ts';

/** What can be done with the whole workflow. */
export function Toolbar({
  onRun,
  onPreview,
  onSave,
  onVersions,
}: {
  onRun(): void;
  onPreview(): void;
  onSave(): void;
  onVersions(): void;
}) {
  const document = useFlow((state) => state.root);
  const past = useFlow((state) => state.past.length);
  const future = useFlow((state) => state.future.length);
  const version = useFlow((state) => state.savedVersion);
  const problemCount = useFlow((state) => state.problems.length);
  const dirty = useFlow(isDirty);
  const status = useRun((state) => state.status);
  const isPaletteOpen = usePaletteOpen((state) => state.isOpen);
  const file = useRef<HTMLInputElement>(null);
  const { undo, redo, select } = useFlow.getState();
  const isRunning = status !== null && isOpen(status);
  return (
    <div className="toolbar" role="toolbar" aria-label="Workflow">
      {!isPaletteOpen && (
        <button type="button" className="add-step" onClick={() => usePaletteOpen.getState().setOpen(true)}>
          <PanelLeftOpen aria-hidden size={16} /> Add steps
        </button>
      )}
      <div className="flow-title">
        <h1>
          {document.name === undefined || document.name === ''
            ? (document.workflowId ?? 'New workflow')
            : document.name}
        </h1>
        <small>
          {document.workflowId ?? 'not saved'}
          {version !== null && ` · version ${version}`}
          {dirty && <span className="dirty"> · edited</span>}
        </small>
      </div>
      <div className="tools">
        <button type="button" className="icon" aria-label="Undo" disabled={past === 0} onClick={undo}>
          <Undo2 aria-hidden size={17} />
        </button>
        <button type="button" className="icon" aria-label="Redo" disabled={future === 0} onClick={redo}>
          <Redo2 aria-hidden size={17} />
        </button>
        <button
          type="button"
          className="icon"
          aria-label="Tidy the layout"
          title="Tidy the layout (T)"
          onClick={() => void tidy()}
        >
          <WandSparkles aria-hidden size={17} />
        </button>
        <span className="rule" />
        <button
          type="button"
          className="icon"
          aria-label="Import a workflow"
          onClick={() => file.current?.click()}
        >
          <FileUp aria-hidden size={17} />
        </button>
        <input
          ref={file}
          hidden
          type="file"
          accept=".json,application/json"
          aria-label="File of a workflow"
          onChange={({ target }) => {
            const [chosen] = target.files ?? [];
            if (chosen !== undefined) void chosen.text().then(importFlow);
            target.value = '';
          }}
        />
        <button type="button" className="icon" aria-label="Export as JSON" onClick={downloadFlow}>
          <Download aria-hidden size={17} />
        </button>
        <button type="button" className="icon" aria-label="Versions" onClick={onVersions}>
          <History aria-hidden size={17} />
        </button>
        <span className="rule" />
        {problemCount > 0 && (
          <button type="button" className="problem-count" onClick={() => select([])}>
            {problemCount} to mend
          </button>
        )}
        {status !== null && <RunBadge state={status.state} />}
        <button type="button" onClick={onSave}>
          <Save aria-hidden size={16} /> Save
        </button>
        <button type="button" onClick={onPreview} disabled={problemCount > 0 || document.nodes.length === 0}>
          <ScanEye aria-hidden size={16} /> Preview
        </button>
        {isRunning ? (
          <button type="button" className="danger" onClick={() => void cancelRun(status.executionId)}>
            <Square aria-hidden size={15} /> Stop
          </button>
        ) : (
          <button
            type="button"
            className="primary"
            onClick={onRun}
            disabled={problemCount > 0 || document.nodes.length === 0}
          >
            <Play aria-hidden size={16} /> Run
          </button>
        )}
      </div>
    </div>
  );
}
