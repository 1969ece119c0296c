import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Addresses that hold a while and need no token. They end with the server that made them. */
export interface AssetLinks {
  /** The query of an address of this artifact that holds until then. */
  sign(id: string, workspace: string, expiresAtMs: number): URLSearchParams;
  /** The workspace a query opens this artifact of; undefined for one that is forged or has expired. */
  workspaceOf(id: string, query: URLSearchParams, nowMs: number): string | undefined;
}

export function createAssetLinks(): AssetLinks {
  const key = randomBytes(32);
  const signature = (id: string, workspace: string, expires: string): Buffer =>
    createHmac('sha256', key)
      .update(JSON.stringify([id, workspace, expires]))
      .digest();
  return {
    sign(id, workspace, expiresAtMs) {
      const expires = String(Math.floor(expiresAtMs));
      return new URLSearchParams({
        ...{ workspace, expires },
        signature: signature(id, workspace, expires).toString('hex'),
      });
    },
    workspaceOf(id, query, nowMs) {
      const [workspace, expires, signed] = ['workspace', 'expires', 'signature'].map((name) =>
        query.get(name),
      );
      if (workspace == null || expires == null || signed == null) return undefined;
      const right = signature(id, workspace, expires);
      const given = Buffer.from(signed, 'hex');
      if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
      return Number(expires) > nowMs ? workspace : undefined;
    },
  };
}
