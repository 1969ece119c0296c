import { mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measure } from './measure.mjs';

// n8n writes an encryption key below its user folder on import.
process.env.N8N_USER_FOLDER = mkdtempSync(join(tmpdir(), 'bench-n8n-'));
process.env.N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS = 'false';
const require = createRequire(import.meta.url);
const { Workflow } = require('n8n-workflow');
const { ExecutionLifecycleHooks, WorkflowExecute } = require('n8n-core');

const name = 'n8n-core 1.122.48';
const nodeType = {
  description: {
    displayName: 'T',
    name: 't',
    group: [],
    version: 1,
    inputs: ['main'],
    outputs: ['main'],
    properties: [],
  },
  async execute() {
    return [this.getInputData().map((item) => ({ json: { v: (item.json.v ?? 0) + 1 } }))];
  },
};
const nodeTypes = {
  getByName: () => nodeType,
  getByNameAndVersion: () => nodeType,
  getKnownTypes: () => ({}),
};

function workflow(count, connect) {
  const names = ['start', ...Array.from({ length: count }, (_, i) => `n${i}`)];
  const nodes = names.map((id) => ({
    id,
    name: id,
    type: 't',
    typeVersion: 1,
    position: [0, 0],
    parameters: {},
  }));
  const connections = {};
  connect(names, (from, targets) => {
    connections[from] = { main: [targets.map((node) => ({ node, type: 'main', index: 0 }))] };
  });
  return new Workflow({ id: 'w', nodes, connections, active: false, nodeTypes, settings: {} });
}

async function run(flow) {
  const hooks = new ExecutionLifecycleHooks('manual', '1', { id: 'w', nodes: [], connections: {} });
  const data = {
    hooks,
    executionId: '1',
    credentialsHelper: {},
    variables: {},
    setExecutionStatus() {},
    sendDataToUI() {},
  };
  const result = await new WorkflowExecute(data, 'manual').run(flow, flow.getNode('start'));
  return Object.keys(result.data.resultData.runData).length - 1;
}

export default async function bench() {
  const chained = workflow(100, (names, link) => {
    for (let i = 1; i < names.length; i++) link(names[i - 1], [names[i]]);
  });
  const fanned = workflow(1000, ([first, ...others], link) => link(first, others));
  return [
    await measure(name, 'chain', 100, () => run(chained)),
    await measure(name, 'fan-out', 1000, () => run(fanned)),
  ];
}
