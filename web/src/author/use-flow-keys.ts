import { useReactFlow } from '@xyflow/react';
import { useEffect } from 'react';
import { useOpenBody } from '../graph/open-body.ts';
import {
  copySelected,
  cutSelected,
  duplicateSelected,
  loopSelected,
  pasteSteps,
  removeSelected,
  tidy,
} from './edit.ts';
import { useFlow } from './flow-store.ts';
import { usePaletteOpen } from './palette-open.ts';

/** The keys of the editor. Where somebody types, they are the browser's own. */
export function useFlowKeys({
  onSave,
  onRun,
  onConnect,
}: {
  onSave(): void;
  onRun(): void;
  onConnect(): void;
}): void {
  const { screenToFlowPosition, fitView } = useReactFlow();
  useEffect(() => {
    let pointer = { x: innerWidth / 2, y: innerHeight / 2 };
    const follow = ({ clientX: x, clientY: y }: MouseEvent): void => {
      pointer = { x, y };
    };
    const press = (event: KeyboardEvent) => {
      const control = event.ctrlKey || event.metaKey;
      const key = event.key.toLowerCase();
      // A window over the page has its own keys.
      if (document.querySelector('dialog[open]') !== null) return;
      if (control && key === 's') return done(event, onSave);
      if (control && event.key === 'Enter') return done(event, onRun);
      if (isTyping(event)) return;
      const { undo, redo, select, enter, inside, selected, document: flow } = useFlow.getState();
      if (control && key === 'z') return done(event, event.shiftKey ? redo : undo);
      if (control && key === 'y') return done(event, redo);
      // Text that is marked, as of an error, is copied as text.
      if (control && key === 'c')
        return getSelection()?.isCollapsed === false ? undefined : void copySelected();
      if (control && key === 'x') return done(event, cutSelected);
      if (control && key === 'd') return done(event, duplicateSelected);
      if (control && key === 'a') return done(event, () => select(flow.nodes.map(({ id }) => id)));
      if (control || event.altKey) return;
      if (key === 'delete' || key === 'backspace') return done(event, removeSelected);
      if (key === '/') return done(event, searchSteps);
      if (key === 't') return done(event, () => void tidy());
      if (key === 'l') return done(event, loopSelected);
      if (key === 'f') return done(event, () => void fitView({ padding: 0.18, maxZoom: 1.1 }));
      if (key === 'escape' && selected.size > 0) return done(event, () => select([]));
      if (key === 'escape' && inside.length > 0)
        return done(event, () => enter(inside.slice(0, -1), inside.slice(-1)));
      const [single] = selected.size === 1 ? selected : [];
      if (single === undefined) return;
      if (key === 'c') return done(event, onConnect);
      if (key === 'o') return done(event, () => useOpenBody.getState().open(single));
    };
    const paste = (event: ClipboardEvent): void => {
      if (event.target instanceof HTMLElement && isField(event.target)) return;
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (pasteSteps(text, screenToFlowPosition(pointer))) event.preventDefault();
    };
    addEventListener('mousemove', follow, { passive: true });
    addEventListener('keydown', press);
    addEventListener('paste', paste);
    return () => {
      removeEventListener('mousemove', follow);
      removeEventListener('keydown', press);
      removeEventListener('paste', paste);
    };
  }, [onSave, onRun, onConnect, screenToFlowPosition, fitView]);
}

function searchSteps(): void {
  const search = () => document.getElementById('palette-search');
  usePaletteOpen.getState().setOpen(true);
  if (search() !== null) search()?.focus();
  // It is there once it is drawn.
  else requestAnimationFrame(() => search()?.focus());
}

function done(event: Event, run: () => void): void {
  event.preventDefault();
  run();
}

function isTyping({ target }: KeyboardEvent): boolean {
  return target instanceof HTMLElement && isField(target);
}

function isField(element: HTMLElement): boolean {
  return /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName) || element.isContentEditable;
}
