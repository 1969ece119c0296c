import { useEffect, useState } from 'react';
import { ask } from '../../api/ask.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ago } from '../../ui/words.ts';
import { openFlow } from '../flow-actions.ts';
import { useFlow } from '../flow-store.ts';

interface Version {
  readonly version: number;
  readonly savedAtMs: number;
}

/** The versions of a workflow in the library, to look at and to go on from. */
export function VersionsDialog({ onClose }: { onClose(): void }) {
  const workflowId = useFlow((state) => state.root.workflowId);
  const shown = useFlow((state) => state.savedVersion);
  const [versions, setVersions] = useState<readonly Version[] | null>(null);
  useEffect(() => {
    if (workflowId === undefined) return setVersions([]);
    void ask<{ readonly versions: readonly Version[] }>(
      'GET',
      `/workflows/${encodeURIComponent(workflowId)}/versions`,
    ).then((answer) => setVersions(answer.ok ? answer.data.versions : []));
  }, [workflowId]);
  return (
    <Dialog title="Versions" onClose={onClose}>
      {versions !== null && versions.length === 0 && (
        <p className="empty">It has not been saved to the library yet.</p>
      )}
      <ul className="version-list">
        {(versions ?? []).map(({ version, savedAtMs }) => (
          <li key={version}>
            <span>
              <strong>Version {version}</strong> {version === shown && <span className="tag">opened</span>}
              <small>{ago(savedAtMs)}</small>
            </span>
            <button
              type="button"
              className="small"
              disabled={version === shown}
              onClick={() => void openFlow(workflowId ?? '', version).then(onClose)}
            >
              Open
            </button>
          </li>
        ))}
      </ul>
      <p className="about">Saving an opened version makes it the newest.</p>
    </Dialog>
  );
}
