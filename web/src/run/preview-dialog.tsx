import { CircleCheck, CircleX, FileDiff, FolderTree, Play } from 'lucide-react';
import { useState } from 'react';
import type { WholePreview } from '../api/wire.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { inBytes, lastPart } from '../ui/words.ts';
import { DiffView } from './diff-view.tsx';
import { ObjectChanges } from './object-changes.tsx';
import { applyPreview } from './run-actions.ts';

/** What a run would do: objects as a tree, files as a diff; then it can be done. */
export function PreviewDialog({ preview, onClose }: { readonly preview: WholePreview; onClose(): void }) {
  const [tab, setTab] = useState('objects');
  const [isBusy, setBusy] = useState(false);
  const { counts, wouldSucceed, warnings, objects, files, originals, diff = [], results = [] } = preview;
  const failed = results.find(({ ok }) => !ok);
  const apply = async (): Promise<void> => {
    setBusy(true);
    if (await applyPreview(preview.previewId)) onClose();
    else setBusy(false);
  };
  return (
    <Dialog
      title="What would change"
      wide
      onClose={onClose}
      footer={
        <>
          <span className="about">Nothing has been changed yet.</span>
          <button type="button" onClick={onClose}>
            Close
          </button>
          <button
            type="button"
            className="primary"
            disabled={!wouldSucceed || isBusy}
            onClick={() => void apply()}
          >
            <Play aria-hidden size={16} /> Apply
          </button>
        </>
      }
    >
      <div className={wouldSucceed ? 'verdict good' : 'verdict bad'}>
        {wouldSucceed ? <CircleCheck aria-hidden size={18} /> : <CircleX aria-hidden size={18} />}
        <div>
          <strong>{wouldSucceed ? 'The run would succeed.' : 'The run would fail.'}</strong>
          <p>
            {(['created', 'changed', 'moved', 'deleted'] as const)
              .filter((name) => (counts[name] ?? 0) > 0)
              .map((name) => `${counts[name]} ${name}`)
              .join(', ') || 'No object changes'}
            {files.length > 0 && `; ${files.length} Work Unit files`}
            {originals.length > 0 &&
              `; ${originals.length} Originals (${inBytes(counts.originalBytes ?? 0)})`}
          </p>
          {failed !== undefined && (
            <p className="field-problem">
              {failed.node}: {failed.error} {failed.hint}
            </p>
          )}
        </div>
      </div>
      {warnings.map((warning) => (
        <p key={warning} className="warning">
          {warning}
        </p>
      ))}
      <Tabs
        label="What would change"
        chosen={tab}
        onChoose={setTab}
        tabs={[
          {
            id: 'objects',
            label: (
              <>
                <FolderTree aria-hidden size={15} /> Project ({objects.length})
              </>
            ),
          },
          {
            id: 'files',
            label: (
              <>
                <FileDiff aria-hidden size={15} /> Files ({files.length})
              </>
            ),
          },
        ]}
      >
        {tab === 'objects' ? (
          <ObjectChanges objects={objects} />
        ) : (
          <>
            {diff.map(({ file, text }) => (
              <details key={file} open={diff.length < 4}>
                <summary>
                  {lastPart(file)} <small>{file}</small>
                </summary>
                <DiffView text={text} />
              </details>
            ))}
            {originals.map(({ filePath, sizeBytes, replaces }) => (
              <p key={filePath}>
                <span className={`tag ${replaces ? 'effect-update' : 'effect-create'}`}>
                  {replaces ? 'replaced' : 'new'}
                </span>{' '}
                {filePath} <small>{inBytes(sizeBytes)}</small>
              </p>
            ))}
          </>
        )}
      </Tabs>
    </Dialog>
  );
}
