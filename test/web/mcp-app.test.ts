import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/client';
import { InMemoryTransport } from '@modelcontextprotocol/server';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject } from '../../src/core/json.ts';
import { silentLog } from '../../src/core/log.ts';
import { createMcpServer } from '../../src/facades/mcp/server.ts';
import { appIn } from '../harness/app-in.ts';
import { browserNote, chromiumPath } from '../harness/browser-room.ts';
import { freshProject } from '../harness/fresh-project.ts';
import { tempDir } from '../harness/temp-dir.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const uri = 'ui://wwiseflow/run.html';
const home = '\\Containers\\Default Work Unit';
/** What a host lets a view do that asks for nothing more. */
const csp =
  "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; connect-src 'none'";

describe('the picture of a run for hosts of MCP Apps', () => {
  const dir = tempDir('mcp-app');
  const file = join(dir, 'mcp-app.html');
  const projectPath = join(dir, 'project', 'Test.wproj');
  const closing: (() => Promise<void>)[] = [];
  beforeAll(() => {
    execFileSync(process.execPath, [join(root, 'scripts/build-mcp-app.mjs'), file]);
    freshProject(projectPath);
  });
  afterAll(async () => {
    for (const close of closing.reverse()) await close();
  });

  const open = async (extensions: Record<string, { mimeTypes: string[] }>): Promise<Client> => {
    const app = appIn(dir, ['--project', projectPath, '--state', join(dir, 'state')]);
    const server = createMcpServer({
      ...{ ...app, version: '0.0.0', readPrompts: () => [], profile: 'admin', log: silentLog, appFile: file },
    });
    const [near, far] = InMemoryTransport.createLinkedPair();
    await server.connect(far);
    const client = new Client(
      { name: 'test', version: '1' },
      { capabilities: { extensions }, versionNegotiation: { mode: 'legacy' } },
    );
    await client.connect(near);
    closing.push(async () => {
      await client.close();
      await server.close();
      await app.close();
    });
    return client;
  };
  const rendering = { 'io.modelcontextprotocol/ui': { mimeTypes: ['text/html;profile=mcp-app'] } };

  it('is one file of no more than 400 kB that asks nobody', () => {
    const html = readFileSync(file, 'utf8');
    expect(Buffer.byteLength(html)).toBeLessThanOrEqual(400 * 1024);
    expect(html.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:\/\//);
    expect(html).not.toMatch(/<script[^>]+src=|<link/);
  });

  it('is named by the tools of workflows to clients that render it, and to no other', async () => {
    const plain = await (await open({})).listTools();
    expect(JSON.stringify(plain)).not.toContain('ui://');
    expect(plain.tools.map(({ name }) => name)).not.toContain('workflow_view');
    const { tools } = await (await open(rendering)).listTools();
    const shown = tools.filter(({ _meta }) => asJsonObject(_meta?.ui).resourceUri === uri);
    expect(shown.map(({ name }) => name)).toEqual(expect.arrayContaining(['workflow_run', 'workflow_view']));
    const view = tools.find(({ name }) => name === 'workflow_view');
    expect(asJsonArray(asJsonObject(view?._meta?.ui).visibility)).toEqual(['app']);
  });

  describe.skipIf(chromiumPath === undefined)(`in the SDK's own host${browserNote}`, () => {
    /** A window of a host that shows the picture, as strict as hosts are: it may load and ask nothing. */
    const inHost = async (input: object, theme: 'dark' | 'light') => {
      const client = await open(rendering);
      const { contents } = await client.readResource({ uri });
      const [{ mimeType, text } = { mimeType: '', text: '' }] = contents.flatMap((one) =>
        'text' in one ? [{ mimeType: one.mimeType, text: one.text }] : [],
      );
      expect(mimeType).toBe('text/html;profile=mcp-app');
      const html = text.replace(
        '<head>',
        `<head><meta http-equiv="Content-Security-Policy" content="${csp}">`,
      );
      expect(html).not.toBe(text);
      const browser = await chromium.launch({ executablePath: chromiumPath ?? '', args: ['--no-sandbox'] });
      closing.push(() => browser.close());
      // What the server makes once is made before anybody waits for it.
      await client.callTool({ name: 'workflow_compile', arguments: { ...input } });
      const page = await browser.newPage();
      page.setDefaultTimeout(60_000);
      const problems: string[] = [];
      page.on('pageerror', ({ message }) => problems.push(message));
      page.on('console', (message) => {
        if (message.type() === 'error') problems.push(message.text());
      });
      await page.exposeFunction('callServerTool', (params: { name: string; arguments: object }) =>
        client.callTool({ name: params.name, arguments: { ...params.arguments } }),
      );
      await page.setContent('<body></body>');
      await page.addScriptTag({ content: await hostScript() });
      await page.evaluate(`showApp(${JSON.stringify({ html, input, theme })})`);
      return { client, page, problems, frame: page.frameLocator('iframe') };
    };

    it('draws the run that a tool began, and rolls it back on request', async () => {
      const nodes = [
        { id: 'sound', type: 'createSound', data: { name: 'Shown', parentPath: home } },
        { id: 'event', type: 'createEvent', data: { name: 'Play_Shown' } },
      ];
      const input = {
        workflow: { workflowId: 'shown', nodes, edges: [{ source: 'sound', target: 'event' }] },
      };
      const { client, page, problems, frame } = await inHost(input, 'dark');
      await frame.locator('.step[aria-label="sound, createSound, waiting"]').waitFor();

      const result = await client.callTool({ name: 'workflow_run', arguments: input });
      await page.evaluate(`bridge.sendToolResult(${JSON.stringify(result)})`);
      await frame.locator('.step[aria-label="sound, createSound, done"]').waitFor();
      expect(await frame.locator('.step').count()).toBe(2);
      expect(await frame.locator('.wire').count()).toBe(1);
      await frame.getByRole('button', { name: 'Roll back' }).click();
      await frame.locator('.state', { hasText: 'rolledBack' }).waitFor();
      expect(problems).toEqual([]);
      await page.close();
    });

    it('says why a run failed, goes on with it when that is mended, and has the colours and the room of its host', async () => {
      const data = { name: 'Late', parentPath: `${home}\\Folder` };
      const input = {
        workflow: { workflowId: 'late', nodes: [{ id: 'sound', type: 'createSound', data }] },
      };
      const { client, page, problems, frame } = await inHost(input, 'light');
      const result = await client.callTool({ name: 'workflow_run', arguments: input });
      await page.evaluate(`bridge.sendToolResult(${JSON.stringify(result)})`);
      await frame.locator('.step[aria-label="sound, createSound, failed"]').waitFor();
      expect(await frame.locator('.error').first().textContent()).toContain('Folder');
      expect(await frame.locator('html').getAttribute('data-theme')).toBe('light');
      const folder = { type: 'Folder', name: 'Folder', parentPath: home };
      expect(await client.callTool({ name: 'create_object', arguments: folder })).not.toMatchObject({
        isError: true,
      });
      await frame.getByRole('button', { name: 'Resume' }).click();
      await frame.locator('.step[aria-label="sound, createSound, done"]').waitFor();
      // The host knows how high it is.
      expect(await page.evaluate<number>('height')).toBeGreaterThan(100);
      await page.evaluate(`bridge.setHostContext({ theme: 'dark' })`);
      await frame.locator('html[data-theme="dark"]').waitFor();
      expect(problems).toEqual([]);
      await page.close();
    });
  });
});

/** The host side of the SDK, as a page around the frame. */
async function hostScript(): Promise<string> {
  const contents = `
    import { AppBridge, PostMessageTransport } from '@modelcontextprotocol/ext-apps/app-bridge';
    window.showApp = async ({ html, input, theme }) => {
      const frame = document.createElement('iframe');
      frame.setAttribute('sandbox', 'allow-scripts');
      document.body.append(frame);
      const bridge = new AppBridge(null, { name: 'host', version: '1' }, { serverTools: {} }, { hostContext: { theme } });
      bridge.onsizechange = ({ height }) => { window.height = height; };
      bridge.oncalltool = (params) => window.callServerTool(params);
      const ready = new Promise((resolve) => { bridge.oninitialized = () => resolve(); });
      await bridge.connect(new PostMessageTransport(frame.contentWindow, frame.contentWindow));
      frame.srcdoc = html;
      await ready;
      window.bridge = bridge;
      await bridge.sendToolInput({ arguments: input });
    };`;
  const { outputFiles } = await build({
    ...{
      stdin: { contents, resolveDir: root },
      bundle: true,
      write: false,
      format: 'iife',
      logLevel: 'error',
    },
  });
  return outputFiles[0]?.text ?? '';
}
