import { isTurnLong, nextTurn } from '../../../core/turns/turns.ts';

/** The rests of whoever begins work. */
export interface Rests {
  /** Whether it has to rest, because others wait for the thread; it is called again once they had their turn. */
  mustRest(): boolean;
  /** Whatever ends meanwhile, nothing begins: what could begin is not at its end. */
  readonly isResting: boolean;
}

/** `goOn` is called after each rest. */
export function restsUntil(goOn: () => void, fail: (thrown: unknown) => void): Rests {
  let isResting = false;
  const wake = (): void => {
    isResting = false;
    goOn();
  };
  return {
    mustRest: () => {
      if (!isResting && isTurnLong()) {
        isResting = true;
        nextTurn().then(wake).catch(fail);
      }
      return isResting;
    },
    get isResting() {
      return isResting;
    },
  };
}
