import { WwiseFlowError } from '../core/errors.ts';
import { systemCode } from '../core/files/system-code.ts';
import { isJsonObject } from '../core/json.ts';
import type { Log } from '../core/log.ts';
import { withoutCredentials } from '../core/secrets/without-credentials.ts';
import { type Tracer, traceTo } from '../core/tracing.ts';

export interface Telemetry {
  /** Sends what is left, for at most some seconds, and keeps no more traces. */
  close(): Promise<void>;
}

/**
 * Keeps traces, and sends them over OTLP (HTTP) to `<endpoint>/v1/traces`. Rejects with INVALID_INPUT, naming what to install,
 * where the packages of OpenTelemetry are not there.
 */
export async function openTelemetry(endpoint: string, version: string, log: Log): Promise<Telemetry> {
  const { api, sdk, otlp } = await loadPackages();
  const url = `${endpoint.replace(/\/+$/, '')}/v1/traces`;
  api.diag.setLogger(
    {
      error: (message) => log.warn({ reason: withoutCredentials(message).slice(0, 300) }, 'traces.lost'),
      ...{ warn: quiet, info: quiet, debug: quiet, verbose: quiet },
    },
    { logLevel: api.DiagLogLevel.ERROR, suppressOverrideMessage: true },
  );
  const exporter = new otlp.OTLPTraceExporter({ url, timeoutMillis: EXPORT_MS });
  const provider = new sdk.NodeTracerProvider({
    spanProcessors: [new sdk.BatchSpanProcessor(exporter, { scheduledDelayMillis: 1_000 })],
    // Service name and attributes come from OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES too.
  });
  provider.register();
  const spans = provider.getTracer('wwiseflow', version);
  const kinds = {
    server: api.SpanKind.SERVER,
    client: api.SpanKind.CLIENT,
    consumer: api.SpanKind.CONSUMER,
  } as const;
  const tracer: Tracer = {
    span: (name, facts, work, { parent, traceparent, kind }) => {
      const given = isContext(parent) ? parent : api.context.active();
      const around =
        traceparent === undefined ? given : api.propagation.extract(api.ROOT_CONTEXT, { traceparent });
      const attributes = { ...facts };
      const spanKind = kind === undefined ? api.SpanKind.INTERNAL : kinds[kind];
      return spans.startActiveSpan(name, { attributes, kind: spanKind }, around, async (span) => {
        try {
          const given = await work();
          const code = codeOf(given);
          if (code !== undefined) {
            span.setAttribute('error.type', code);
            span.setStatus({ code: api.SpanStatusCode.ERROR, message: code });
          }
          return given;
        } catch (thrown) {
          const code = thrown instanceof WwiseFlowError ? thrown.code : 'INTERNAL';
          span.setAttribute('error.type', code);
          span.setStatus({ code: api.SpanStatusCode.ERROR, message: code });
          throw thrown;
        } finally {
          span.end();
        }
      });
    },
    here: () => api.context.active(),
    traceparent: () => {
      const carrier: Record<string, string> = {};
      api.propagation.inject(api.context.active(), carrier);
      return carrier.traceparent;
    },
  };
  function isContext(value: unknown): value is ReturnType<typeof api.context.active> {
    return typeof value === 'object' && value !== null && 'getValue' in value;
  }
  traceTo(tracer);
  return {
    close: async () => {
      traceTo(undefined);
      await Promise.race([
        provider.shutdown().catch(quiet),
        new Promise((resolve) => setTimeout(resolve, CLOSE_MS).unref()),
      ]);
      api.trace.disable();
      api.context.disable();
      api.propagation.disable();
      api.diag.disable();
    },
  };
}

const EXPORT_MS = 5_000;
const CLOSE_MS = 3_000;
const quiet = (): void => {};

/** The code of a result that is a failure, or of an answer that has one. */
function codeOf(given: unknown): string | undefined {
  if (!isJsonObject(given)) return undefined;
  const result = isJsonObject(given.result) ? given.result : given;
  return result.ok === false && typeof result.code === 'string' ? result.code : undefined;
}

async function loadPackages() {
  try {
    const [api, sdk, otlp] = await Promise.all([
      import('@opentelemetry/api'),
      import('@opentelemetry/sdk-trace-node'),
      import('@opentelemetry/exporter-trace-otlp-http'),
    ]);
    return { api, sdk, otlp };
  } catch (cause) {
    if (systemCode(cause) !== 'ERR_MODULE_NOT_FOUND') throw cause;
    throw new WwiseFlowError('INVALID_INPUT', 'Traces need the packages of OpenTelemetry.', {
      hint: `Install them beside WwiseFlow: npm install ${packages.join(' ')}`,
      details: { packages },
      cause,
    });
  }
}

const packages = [
  '@opentelemetry/api',
  '@opentelemetry/sdk-trace-node',
  '@opentelemetry/exporter-trace-otlp-http',
];
