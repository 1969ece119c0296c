import type { Server, ServerContext } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { asJsonObject, type Json } from '../../core/json.ts';

const levels = ['debug', 'info', 'notice', 'warning', 'error', 'critical', 'alert', 'emergency'] as const;

export type ClientLogLevel = (typeof levels)[number];

/** Writes one line of a call to the client that made it. Nothing goes wrong for the call when it is lost. */
export type WriteToClient = (level: ClientLogLevel, data: Json) => void;

const levelParams = z.looseObject({ level: z.enum(levels) });

/**
 * The log as clients are sent it: in the protocol of 2025 from the level they set for the connection, errors while they set
 * none (what a call answers is in its answer); in that of 2026 from the level of the request, nothing without one.
 */
export function offerLogging(server: Server): (context: ServerContext) => WriteToClient {
  let connection: ClientLogLevel = 'error';
  server.setRequestHandler('logging/setLevel', { params: levelParams }, async ({ level }) => {
    connection = level;
    return {};
  });
  return ({ mcpReq }) => {
    const { envelope } = mcpReq;
    const asked = asJsonObject(envelope)['io.modelcontextprotocol/logLevel'];
    const from = envelope === undefined ? connection : levels.find((level) => level === asked);
    return (level, data) => {
      if (from === undefined || levels.indexOf(level) < levels.indexOf(from)) return;
      const params = { level, logger: 'wwiseflow', data };
      mcpReq.notify({ method: 'notifications/message', params }).catch(() => undefined);
    };
  };
}
