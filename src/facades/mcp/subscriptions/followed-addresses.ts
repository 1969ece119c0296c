import type { FollowResources } from './resource-updates.ts';

/** The addresses that the subscriptions of a connection name: each is followed once, however many name it. */
export interface FollowedAddresses {
  /** Resolves when changes from now on are announced. False: so many are followed already. */
  add(uri: string): Promise<boolean>;
  /** One subscription less names it. */
  remove(uri: string): void;
  end(): void;
}

/** `announce`: called with the address of each resource that changed. */
export function followedAddresses(
  follow: FollowResources,
  announce: (uri: string) => void,
): FollowedAddresses {
  const followed = new Map<string, { times: number; readonly end: Promise<() => void> }>();
  const stop = (uri: string): void => {
    const one = followed.get(uri);
    followed.delete(uri);
    one?.end.then(
      (end) => end(),
      () => undefined,
    );
  };
  return {
    async add(uri) {
      const known = followed.get(uri);
      if (known === undefined && followed.size >= mostAddresses) return false;
      const one = known ?? { times: 0, end: follow(uri, () => announce(uri)) };
      one.times += 1;
      followed.set(uri, one);
      await one.end;
      return true;
    },
    remove(uri) {
      const one = followed.get(uri);
      if (one === undefined) return;
      one.times -= 1;
      if (one.times <= 0) stop(uri);
    },
    end() {
      for (const uri of [...followed.keys()]) stop(uri);
    },
  };
}

/** Each is read again after every change of its kind. */
const mostAddresses = 200;
