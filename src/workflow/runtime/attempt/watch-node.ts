import type { ChangeRecord } from '../../../core/backend/change-record.ts';
import type { BatchItem } from '../../../core/dispatch/bus.ts';
import type { Json } from '../../../core/json.ts';
import type { PlanNode } from '../../compiler/plan.ts';
import type { Outcome } from '../../nodes/node-kind.ts';
import type { SeenEffect } from '../journal/result-row.ts';
import type { RunFrame } from '../run-frame.ts';

/** How a node came out, and what it did to the project. */
export interface NodeOutcome {
  readonly result: Outcome;
  readonly seen: SeenEffect;
}

/** Watches what the calls of one node do, however it is executed and as often as it is tried. */
export class NodeWatch {
  readonly #originals: RunFrame['originals'];
  #before: Json | undefined;
  #changed = false;
  #isSeen = true;
  #changes: readonly ChangeRecord[] = nothing;
  #said: readonly string[] = nothingSaid;
  #retries = 0;

  readonly #onProgress: (changes: readonly ChangeRecord[]) => Promise<void>;

  constructor(node: PlanNode, { originals, journal }: Pick<RunFrame, 'originals' | 'journal'>) {
    this.#originals = originals;
    this.#onProgress = (changes) => journal.progress(node, changes);
  }

  /** Where its dispatches report what they do to the project. */
  reports(): Required<Pick<BatchItem, 'onIntent' | 'onChanged' | 'onProgress' | 'onImport'>> {
    return {
      onIntent: (before) => {
        this.#before = before;
      },
      onProgress: this.#onProgress,
      onImport: (files) => this.#originals.beforeImport([], files),
      onChanged: (changes) => {
        this.#changed = true;
        this.#isSeen &&= changes !== undefined;
        this.#changes = [...this.#changes, ...(changes ?? [])];
      },
    };
  }

  /** It said this to whoever follows the run. */
  say(text: string): void {
    this.#said = [...this.#said, text];
  }

  /** It, or a part of it, is tried again. */
  retried(): void {
    this.#retries += 1;
  }

  /** What was seen so far. */
  seen(): SeenEffect {
    const changes = this.#isSeen ? this.#changes : undefined;
    return {
      before: this.#before,
      changed: this.#changed,
      changes,
      said: this.#said,
      retries: this.#retries,
    };
  }
}

const nothing: readonly ChangeRecord[] = [];
const nothingSaid: readonly string[] = [];
