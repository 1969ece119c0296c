import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { RunEvent } from '../../../workflow/service.ts';

/** What is counted and measured, as Prometheus reads it. */
export interface Metrics {
  /** Hears every event of every run of this process. */
  onRunEvent(event: RunEvent): void;
  /** A call of the back-end that was answered, or not. */
  onCall(operation: string, durationMs: number, isAnswered: boolean): void;
  /** The back-end was connected to, for the first time or again. */
  onLink(): void;
  /** `waits`: it took as long as what it waited for. */
  onRequest(method: string, status: number, durationMs: number, waits?: boolean): void;
  /** What 95 of 100 of the last thousand requests took at most, in milliseconds; undefined before there were a hundred. */
  requestP95Ms(): number | undefined;
  /** Everything so far, in the text format. */
  text(): Promise<{ readonly contentType: string; readonly body: string }>;
}

/** `queueLength`: of the calls of the back-end, as it is when it is asked for. */
export function createMetrics(queueLength: () => number): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const executions = new Counter({
    name: 'workflow_executions_total',
    help: 'Runs that ended or were suspended.',
    ...{ labelNames: ['status'], registers },
  });
  const nodes = new Histogram({
    name: 'node_execution_duration_seconds',
    help: 'How long nodes took.',
    ...{ labelNames: ['type'], buckets: [0.001, 0.01, 0.05, 0.1, 0.5, 1, 5, 30, 120], registers },
  });
  const memo = new Counter({
    name: 'node_memo_total',
    help: 'Nodes by what the memo had: hit, miss, stale, off.',
    ...{ labelNames: ['memo'], registers },
  });
  const calls = new Counter({
    name: 'waapi_calls_total',
    help: 'Calls of the back-end.',
    ...{ labelNames: ['operation', 'outcome'], registers },
  });
  const latency = new Histogram({
    name: 'waapi_call_duration_seconds',
    help: 'How long calls of the back-end took.',
    ...{ buckets: [0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30], registers },
  });
  const links = new Counter({
    name: 'waapi_links_total',
    help: 'Connections to the back-end; all after the first of a workspace are reconnects.',
    registers,
  });
  new Gauge({
    name: 'waapi_queue_length',
    help: 'Calls of the back-end that wait or run.',
    registers,
    collect() {
      this.set(queueLength());
    },
  });
  const requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'How long requests took until their answer began.',
    ...{
      labelNames: ['method', 'status'],
      buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 20],
      registers,
    },
  });
  /** In no order. */
  const lately: number[] = [];
  let asked = 0;
  const typeOf = boundedLabel(500);
  const operationOf = boundedLabel(500);
  return {
    onRunEvent(event) {
      if (event.event === 'workflow.execution.complete') executions.inc({ status: statusOf(event) });
      if (event.event === 'workflow.execution.suspended') executions.inc({ status: 'suspended' });
      if (event.event !== 'node.execution.complete') return;
      nodes.observe({ type: typeOf(event.type) }, event.durationMs / 1000);
      memo.inc({ memo: event.memo });
    },
    onCall(operation, durationMs, isAnswered) {
      calls.inc({ operation: operationOf(operation), outcome: isAnswered ? 'ok' : 'failed' });
      latency.observe(durationMs / 1000);
    },
    onLink: () => links.inc(),
    onRequest: (method, status, durationMs, waits = false) => {
      requests.observe({ method, status: String(status) }, durationMs / 1000);
      if (!waits) lately[asked++ % MOST_KEPT] = durationMs;
    },
    requestP95Ms: () =>
      lately.length < FEW_REQUESTS
        ? undefined
        : lately.toSorted((a, b) => a - b)[Math.ceil(lately.length * 0.95) - 1],
    text: async () => ({ contentType: registry.contentType, body: await registry.metrics() }),
  };
}

const MOST_KEPT = 1_000;
/** Of fewer than these the 95th of a hundred says little. */
const FEW_REQUESTS = 100;

function statusOf({ ok, code }: { readonly ok: boolean; readonly code: string | null }): string {
  if (ok) return 'done';
  return code === 'CANCELLED' ? 'cancelled' : 'failed';
}

/** Names that callers choose become `other` beyond so many: each is a series that is kept for good. */
function boundedLabel(most: number): (name: string) => string {
  const known = new Set<string>();
  return (name) => {
    if (known.has(name)) return name;
    if (known.size >= most || name.length > 200) return 'other';
    known.add(name);
    return name;
  };
}
