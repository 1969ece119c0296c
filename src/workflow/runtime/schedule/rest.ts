import { isTurnLong, nextTurn } from '../../../core/turns/turns.ts';

/**
 * Whether whoever begins work has to rest, because others wait for the thread. `goOn` is called once they had their turn;
 * whatever ends meanwhile, nothing begins before.
 */
export function restsUntil(goOn: () => void, fail: (thrown: unknown) => void): () => boolean {
  let isResting = false;
  const wake = (): void => {
    isResting = false;
    goOn();
  };
  return () => {
    if (!isResting && isTurnLong()) {
      isResting = true;
      nextTurn().then(wake).catch(fail);
    }
    return isResting;
  };
}
