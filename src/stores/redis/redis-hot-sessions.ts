import type { Redis } from 'ioredis';
import { asJsonObject, asString } from '../../core/json.ts';
import type { HotSessions, SessionRecord } from '../../core/stores/session-store.ts';

/** The hot sessions of one workspace in Redis: whichever process goes on with one finds it. Each goes after its ttl. */
export function redisHotSessions(client: Redis, workspace: string): HotSessions {
  const keyOf = (sessionId: string) => `session:${workspace}:${sessionId}`;
  return {
    get: async (sessionId) => {
      const text = await client.get(keyOf(sessionId));
      if (text === null) return undefined;
      const session = sessionOf(sessionId, text);
      await client.pexpire(keyOf(sessionId), session.ttlMs);
      return session;
    },
    set: async ({ sessionId, ...session }) => {
      await client.set(
        keyOf(sessionId),
        JSON.stringify(session),
        'PX',
        Math.max(1, Math.round(session.ttlMs)),
      );
    },
    remove: async (sessionId) => {
      await client.del(keyOf(sessionId));
    },
  };
}

function sessionOf(sessionId: string, text: string): SessionRecord {
  const { state, currentTask, variables, lastActivityMs, ttlMs } = asJsonObject(JSON.parse(text));
  return {
    ...{ sessionId, state: asJsonObject(state), currentTask: asString(currentTask) ?? null },
    ...{ variables: asJsonObject(variables), lastActivityMs: Number(lastActivityMs), ttlMs: Number(ttlMs) },
  };
}
