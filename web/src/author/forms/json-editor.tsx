import { useState } from 'react';
import { readDocument } from '../../graph/document.ts';
import { useFlow } from '../flow-store.ts';
import { placed } from '../positions.ts';

/** The document as JSON: to read, to copy, and to change as one step of the history. */
export function JsonEditor() {
  const document = useFlow((state) => state.root);
  const [draft, setDraft] = useState<string | null>(null);
  const [wrong, setWrong] = useState('');
  const text = draft ?? JSON.stringify(document, null, 2);
  const use = async (): Promise<void> => {
    try {
      const next = await placed(readDocument(JSON.parse(text)));
      useFlow.getState().replace(next);
      setDraft(null);
      setWrong('');
    } catch (thrown) {
      setWrong(thrown instanceof Error ? thrown.message : 'This is no JSON.');
    }
  };
  return (
    <div className="json-editor">
      <textarea
        className="code"
        aria-label="The workflow as JSON"
        spellCheck={false}
        value={text}
        onChange={({ target }) => setDraft(target.value)}
      />
      {wrong !== '' && <p className="field-problem">{wrong}</p>}
      <div className="actions">
        <button type="button" className="primary" disabled={draft === null} onClick={() => void use()}>
          Use this JSON
        </button>
        <button type="button" disabled={draft === null} onClick={() => setDraft(null)}>
          Back to the drawing
        </button>
      </div>
    </div>
  );
}
