import { useState } from 'react';
import { Dialog } from '../../ui/dialog.tsx';
import { slug } from '../flow-actions.ts';
import { useFlow } from '../flow-store.ts';

/** Asks under which id a new workflow is kept. */
export function SaveDialog({ onSave, onClose }: { onSave(workflowId: string): void; onClose(): void }) {
  const name = useFlow((state) => state.root.name);
  const [id, setId] = useState(slug(name ?? ''));
  return (
    <Dialog
      title="Save to the library"
      onClose={onClose}
      footer={
        <>
          <button type="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" form="save-form" className="primary" disabled={slug(id) === ''}>
            Save
          </button>
        </>
      }
    >
      <form
        id="save-form"
        onSubmit={(event) => {
          event.preventDefault();
          onSave(slug(id));
        }}
      >
        <label className="field">
          <span>Id of the workflow</span>
          <input
            value={id}
            autoFocus
            placeholder="import-footsteps"
            onChange={({ target }) => setId(target.value)}
          />
        </label>
        <p className="about">
          Agents and the command line run it by this id. Saving again makes a new version.
        </p>
      </form>
    </Dialog>
  );
}
