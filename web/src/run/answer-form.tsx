import { CircleHelp, Send } from 'lucide-react';
import { useState } from 'react';
import { ask } from '../api/ask.ts';
import type { RunStatus, Value } from '../api/wire.ts';
import { notifyRefused } from '../app/notices.tsx';
import { membersOf } from '../graph/document.ts';
import { useRun } from './run-store.ts';

/** What a run asks, with a place to answer: what can be chosen as buttons, anything else in words. */
export function AnswerForms({ status }: { readonly status: RunStatus }) {
  const asked = status.nodes.flatMap(({ node, awaits }) => {
    const { for: what, question, prompt, choices, role } = membersOf(awaits);
    if (what !== 'answer' || typeof question !== 'string') return [];
    const labels = Array.isArray(choices) ? choices.map(String) : [];
    return [
      { node, question, prompt: String(prompt ?? ''), labels, role: typeof role === 'string' ? role : '' },
    ];
  });
  return asked.map((one) => <AnswerForm key={one.question} executionId={status.executionId} {...one} />);
}

function AnswerForm({
  executionId,
  node,
  question,
  prompt,
  labels,
  role,
}: {
  readonly executionId: string;
  readonly node: string;
  readonly question: string;
  readonly prompt: string;
  readonly labels: readonly string[];
  readonly role: string;
}) {
  const [text, setText] = useState('');
  const [isBusy, setBusy] = useState(false);
  const send = async (given: { readonly answer: Value } | { readonly decline: true }): Promise<void> => {
    setBusy(true);
    const path = `/executions/${encodeURIComponent(executionId)}/answer`;
    const sent = await ask('POST', path, { question, ...given });
    setBusy(false);
    if (sent.ok || typeof sent.details?.executionId === 'string') useRun.getState().show(executionId);
    else notifyRefused(sent);
  };
  return (
    <form
      className="answer-form"
      aria-label={`Question of ${node}`}
      onSubmit={(event) => {
        event.preventDefault();
        void send({ answer: text });
      }}
    >
      <p>
        <CircleHelp aria-hidden size={17} /> <strong>{prompt}</strong>
      </p>
      <small>
        “{node}” waits for an answer{role === '' ? '' : ` of ${role}`}.
      </small>
      {labels.length > 0 && (
        <div className="actions">
          {labels.map((label) => (
            <button key={label} type="button" disabled={isBusy} onClick={() => void send({ answer: label })}>
              {label}
            </button>
          ))}
        </div>
      )}
      <div className="field-line">
        <input aria-label="Answer" value={text} onChange={({ target }) => setText(target.value)} />
        <button type="submit" className="primary" disabled={isBusy || text.trim() === ''}>
          <Send aria-hidden size={15} /> Answer
        </button>
        <button type="button" disabled={isBusy} onClick={() => void send({ decline: true })}>
          Decline
        </button>
      </div>
    </form>
  );
}
