import { Worker } from 'node:worker_threads';
import { WwiseFlowError } from '../../../../core/errors.ts';
import { isJsonObject, type Json, type JsonObject } from '../../../../core/json.ts';

/** A thread that evaluates JSONata, one expression at a time. */
export interface JsonataThread {
  /** What it answers. `signal` ends the thread, which is of no use from then on. Never rejects. */
  ask(question: JsonataQuestion, signal: AbortSignal): Promise<JsonataAnswer>;
}

export interface JsonataQuestion {
  readonly expression: string;
  readonly input: Json;
  /** Of the answer's JSON text. */
  readonly mostCharacters: number;
}

export type JsonataAnswer =
  | { readonly kind: 'value'; readonly text: string; readonly isNothing: boolean }
  | { readonly kind: 'tooLarge'; readonly characters: number }
  | { readonly kind: 'wrong'; readonly message: string; readonly position: number | undefined }
  | { readonly kind: 'ended'; readonly why: string };

/** Starts one. Rejects with INTERNAL when it does not get ready. */
export async function startThread(): Promise<JsonataThread> {
  // It sees no environment, and holds up no end of the process.
  const worker = new Worker(new URL('./jsonata-worker.js', import.meta.url), {
    env: {},
    stdin: false,
    resourceLimits: { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
  });
  let ended: string | undefined;
  let heard: ((answer: JsonataAnswer) => void) | undefined;
  const end = (why: string): void => {
    ended ??= why;
    heard?.({ kind: 'ended', why: ended });
  };
  worker.on('error', (thrown) => end(thrown instanceof Error ? thrown.message : String(thrown)));
  worker.on('exit', () => end('its thread ended'));
  let number = 0;

  await new Promise<void>((resolve, reject) => {
    worker.once('message', () => resolve());
    worker.once('error', (thrown) => reject(notStarted(thrown)));
  });
  worker.unref();
  worker.on('message', (message: unknown) => {
    if (isJsonObject(message) && message.id === number) heard?.(answerIn(message));
  });

  return {
    ask: async (question, signal) => {
      if (ended !== undefined) return { kind: 'ended', why: ended };
      number += 1;
      const answered = new Promise<JsonataAnswer>((resolve) => {
        heard = resolve;
      });
      const stop = (): void => {
        end('it was stopped');
        void worker.terminate();
      };
      signal.addEventListener('abort', stop, { once: true });
      worker.ref();
      worker.postMessage({ id: number, ...question });
      const answer = await answered;
      worker.unref();
      signal.removeEventListener('abort', stop);
      heard = undefined;
      return answer;
    },
  };
}

function answerIn({ text, isNothing, tooLarge, wrong, position }: JsonObject): JsonataAnswer {
  if (typeof text === 'string') return { kind: 'value', text, isNothing: isNothing === true };
  if (typeof tooLarge === 'number') return { kind: 'tooLarge', characters: tooLarge };
  return {
    kind: 'wrong',
    message: typeof wrong === 'string' ? wrong : 'it gives no value',
    position: typeof position === 'number' ? position : undefined,
  };
}

function notStarted(cause: unknown): WwiseFlowError {
  return new WwiseFlowError('INTERNAL', 'The thread for JSONata did not start.', {
    hint: 'Install the package again: a file of it is missing or cannot be read.',
    cause,
  });
}
