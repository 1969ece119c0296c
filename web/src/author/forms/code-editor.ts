import {
  acceptCompletion,
  autocompletion,
  type CompletionContext,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { EditorState, Prec } from '@codemirror/state';
import {
  Decoration,
  EditorView,
  keymap,
  MatchDecorator,
  placeholder,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view';
import { completionsAt, type Names } from './completions.ts';

/** An editor for references and expressions that completes names, in a root of its own: the policy of the page allows no style sheets in it. */
export function openCodeEditor(
  host: HTMLElement,
  {
    text,
    names,
    onChange,
    onDone,
  }: { readonly text: string; readonly names: Names; onChange(text: string): void; onDone(): void },
): EditorView {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  const complete = ({ state, pos, explicit }: CompletionContext) => {
    const found = completionsAt(state.sliceDoc(0, pos), names);
    if (
      found === undefined ||
      (!explicit && found.from === pos && !/[$.{\s]$/.test(state.sliceDoc(0, pos)) && pos > 0)
    )
      return null;
    return {
      from: found.from,
      validFor: /^[\w$:.-]*$/,
      options: found.options.map(({ label, detail, insert, kind, boost }) => ({
        ...{ label, detail, apply: insert, type: kind },
        ...(boost === undefined ? {} : { boost }),
      })),
    };
  };
  const state = EditorState.create({
    doc: text,
    extensions: [
      history(),
      EditorView.lineWrapping,
      placeholder('$from:step:$output:member, $input:name, or text with {{ expressions }}'),
      EditorView.contentAttributes.of({ 'aria-label': 'Expression', spellcheck: 'false' }),
      autocompletion({ override: [complete], icons: false, maxRenderedOptions: 60 }),
      // Tab takes what is offered; where nothing is, it leaves the editor as it leaves any field.
      Prec.highest(
        keymap.of([
          {
            key: 'Mod-Enter',
            run: () => {
              onDone();
              return true;
            },
          },
          { key: 'Tab', run: acceptCompletion },
        ]),
      ),
      keymap.of([...completionKeymap, ...defaultKeymap, ...historyKeymap]),
      coloured,
      look,
      EditorView.updateListener.of(({ docChanged, state: now }) => {
        if (docChanged) onChange(now.doc.toString());
      }),
    ],
  });
  return new EditorView({ state, parent: root, root });
}

const marks = new MatchDecorator({
  regexp: /\{\{[\s\S]*?\}\}|\$(?:from|input)[\w:.$-]*/g,
  decoration: ([match]) =>
    Decoration.mark({ class: match.startsWith('$') ? 'cm-reference' : 'cm-expression' }),
});

const coloured = ViewPlugin.fromClass(
  class {
    decorations;

    constructor(view: EditorView) {
      this.decorations = marks.createDeco(view);
    }

    update(update: ViewUpdate): void {
      this.decorations = marks.updateDeco(update, this.decorations);
    }
  },
  { decorations: ({ decorations }) => decorations },
);

const look = EditorView.theme({
  '&': {
    border: '1px solid var(--line)',
    borderRadius: '8px',
    backgroundColor: 'var(--ground)',
    color: 'var(--ink)',
    fontSize: '13px',
  },
  '&.cm-focused': { outline: '2px solid var(--accent)' },
  '.cm-scroller': {
    fontFamily: 'ui-monospace, "DejaVu Sans Mono", monospace',
    minHeight: '110px',
    maxHeight: '40vh',
  },
  '.cm-content': { caretColor: 'var(--ink)', padding: '10px 4px' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-placeholder': { color: 'var(--soft)' },
  '.cm-reference': { color: 'var(--accent)' },
  '.cm-expression': { color: 'var(--hit)' },
  '.cm-tooltip': {
    border: '1px solid var(--line)',
    borderRadius: '8px',
    backgroundColor: 'var(--raised)',
    color: 'var(--ink)',
    boxShadow: 'var(--shadow)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { maxHeight: '200px', fontFamily: 'inherit' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '3px 10px' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    backgroundColor: 'var(--accent-ground)',
    color: 'var(--on-accent)',
  },
  '.cm-completionDetail': { fontStyle: 'normal', opacity: '0.8', marginLeft: '1.2em' },
});
