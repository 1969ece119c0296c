import type { WaapiBackend } from '../wwise/connection/backend.ts';

/** Who is to hear of calls of the back-end, and of runs. */
export interface Observer {
  onCall(operation: string, durationMs: number, isAnswered: boolean): void;
  onLink(): void;
}

/** The same backend; the observer hears how long each call took. */
export function observed(backend: WaapiBackend, observer: Observer): WaapiBackend {
  observer.onLink();
  const call: WaapiBackend['call'] = async (uri, ...rest) => {
    const began = performance.now();
    let isAnswered = false;
    try {
      const result = await backend.call(uri, ...rest);
      isAnswered = true;
      return result;
    } finally {
      observer.onCall(uri, performance.now() - began, isAnswered);
    }
  };
  const same: WaapiBackend = Object.create(backend, { call: { value: call } });
  return same;
}
