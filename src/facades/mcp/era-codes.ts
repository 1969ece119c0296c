import type { McpServer, Transport } from '@modelcontextprotocol/server';
import { asJsonObject } from '../../core/json.ts';

/** An unknown resource as the protocol of 2025 numbers it. */
const resourceNotFoundCode = -32_002;
const invalidParams = -32_602;

/**
 * Has a server of the protocol of 2025 number an unknown resource as that does: the library gives every client the number of
 * 2026. Such an error is known by its data, which is the address alone.
 */
export function numberErrorsByEra(server: McpServer): void {
  const connect = server.connect.bind(server);
  server.connect = (transport: Transport) => {
    const send = transport.send.bind(transport);
    transport.send = (message, options) => {
      if (!('error' in message) || message.error.code !== invalidParams) return send(message, options);
      const members = Object.keys(asJsonObject(message.error.data));
      const isUnknown = members.length === 1 && members[0] === 'uri';
      if (!isUnknown || isOf2026(server)) return send(message, options);
      return send({ ...message, error: { ...message.error, code: resourceNotFoundCode } }, options);
    };
    return connect(transport);
  };
}

function isOf2026({ server }: McpServer): boolean {
  return (server.getNegotiatedProtocolVersion() ?? '') >= '2026';
}
