import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { FlowInput } from '../../graph/document.ts';
import { useFlow } from '../flow-store.ts';
import { parsedValue, textOf } from './fields.ts';
import { ProblemRow } from './problems.tsx';

const types = ['string', 'number', 'integer', 'boolean', 'array', 'object'];

/** What is shown when no step is selected: the name of the workflow, its inputs, all its problems. */
export function WorkflowForm() {
  const document = useFlow((state) => state.document);
  const problems = useFlow((state) => state.problems);
  const [name, setName] = useState('');
  const { change, type } = useFlow.getState();
  const inputs = Object.entries(document.inputs ?? {});
  const put = (key: string, input: FlowInput | undefined): void => {
    const { [key]: _, ...others } = document.inputs ?? {};
    if (input === undefined) change({ ...document, inputs: others });
    else type({ ...document, inputs: { ...document.inputs, [key]: input } }, `input ${key}`);
  };
  return (
    <div className="step-form">
      <label className="field">
        <span>Title</span>
        <input
          value={document.name ?? ''}
          onChange={({ target }) => type({ ...document, name: target.value }, 'title')}
        />
      </label>
      {problems.length > 0 && (
        <section>
          <h3>{problems.length} to mend</h3>
          {problems.map((problem) => (
            <ProblemRow key={problem.pointer + problem.message} problem={problem} withNode />
          ))}
        </section>
      )}
      <section>
        <h3>Inputs</h3>
        <p className="about">What is asked for when the workflow is run. Steps read them as $input:name.</p>
        {inputs.map(([key, input]) => (
          <div key={key} className="input-row">
            <strong>{key}</strong>
            <select
              aria-label={`Type of ${key}`}
              value={input.type ?? 'string'}
              onChange={({ target }) => put(key, { ...input, type: target.value })}
            >
              {types.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
            <input
              aria-label={`Default of ${key}`}
              placeholder="no default"
              value={textOf(input.default)}
              onChange={({ target }) => {
                const { default: _, ...rest } = input;
                const value = parsedValue(
                  target.value,
                  input.type === 'string' || input.type === undefined ? 'text' : 'json',
                );
                put(key, value === undefined ? rest : { ...rest, default: value });
              }}
            />
            <button
              type="button"
              className="icon"
              aria-label={`Remove the input ${key}`}
              onClick={() => put(key, undefined)}
            >
              <Trash2 aria-hidden size={14} />
            </button>
            {input.description !== undefined && <p className="about">{input.description}</p>}
          </div>
        ))}
        <form
          className="input-row"
          onSubmit={(event) => {
            event.preventDefault();
            if (!/^\w+$/.test(name) || document.inputs?.[name] !== undefined) return;
            put(name, { type: 'string' });
            setName('');
          }}
        >
          <input
            aria-label="Name of a new input"
            placeholder="new input"
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
          <button type="submit" className="small">
            <Plus aria-hidden size={14} /> Add input
          </button>
        </form>
      </section>
    </div>
  );
}
