import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type JsonObject } from '../../../../src/core/json.ts';
import { launch } from '../stdio/stdio-client.ts';

/** What a client sends before it knows the tools, in the protocol of 2025 and of 2026. */
const eras: Readonly<Record<string, readonly JsonObject[]>> = {
  '2025-11-25': [
    request(1, 'initialize', {
      protocolVersion: '2025-11-25',
      capabilities: {},
      clientInfo: { name: 'test', version: '1' },
    }),
    { jsonrpc: '2.0', method: 'notifications/initialized' },
    request(2, 'tools/list', {}),
  ],
  '2026-07-28': [
    request(2, 'tools/list', {
      _meta: {
        'io.modelcontextprotocol/protocolVersion': '2026-07-28',
        'io.modelcontextprotocol/clientInfo': { name: 'test', version: '1' },
        'io.modelcontextprotocol/clientCapabilities': {},
      },
    }),
  ],
};

describe.each(Object.keys(eras))('the tools as they travel in the protocol of %s', (era) => {
  it('cost at most 24,000 bytes by default, with about 28 tools', async () => {
    const line = await toolsLine(era, []);
    expect(Buffer.byteLength(line)).toBeLessThanOrEqual(24_000);
    expect(toolsIn(line).length).toBeGreaterThanOrEqual(26);
    expect(toolsIn(line).length).toBeLessThanOrEqual(30);
  });

  // The catalogue as a whole has no ceiling, which only the next new tool would meet.
  it('cost at most 3,000 bytes each, and 900 on average, with every toolset', async () => {
    const tools = toolsIn(await toolsLine(era, ['--toolsets', 'all']));
    const bytes = tools.map((tool) => Buffer.byteLength(JSON.stringify(tool)));
    expect(Math.max(...bytes)).toBeLessThanOrEqual(3_000);
    expect(bytes.reduce((sum, one) => sum + one, 0) / tools.length).toBeLessThanOrEqual(900);
    expect(tools.length).toBeGreaterThanOrEqual(120);
  });
});

/** The line with which a server process answers tools/list. */
async function toolsLine(era: string, args: readonly string[]): Promise<string> {
  const dir = mkdtempSync(join(tmpdir(), 'wwiseflow-bytes-'));
  const wwise = ['--wwise', 'ws://127.0.0.1:9/waapi', '--state', dir];
  const server = spawn(process.execPath, [...launch, ...wwise, ...args], {
    cwd: dir,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  try {
    for (const message of eras[era] ?? []) server.stdin.write(`${JSON.stringify(message)}\n`);
    for await (const line of createInterface({ input: server.stdout })) {
      if (asJsonObject(JSON.parse(line)).id === 2) return line;
    }
    throw new Error('The server ended without an answer.');
  } finally {
    server.kill();
    rmSync(dir, { recursive: true, force: true });
  }
}

function toolsIn(line: string): readonly unknown[] {
  return asJsonArray(asJsonObject(asJsonObject(JSON.parse(line)).result).tools);
}

function request(id: number, method: string, params: JsonObject): JsonObject {
  return { jsonrpc: '2.0', id, method, params };
}
