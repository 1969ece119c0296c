/** What a span says beside its name and times. */
export type SpanFacts = Readonly<Record<string, string | number | boolean>>;

export interface SpanOptions {
  /** What it is a part of, as `spanHere` gave it; left out: of what goes on where it is called. */
  readonly parent?: unknown;
  /** The same from another process, as the header `traceparent` of W3C has it. */
  readonly traceparent?: string | undefined;
  readonly kind?: 'server' | 'client' | 'consumer' | undefined;
}

/** Whoever keeps traces. Only `src/telemetry/` knows by which library. */
export interface Tracer {
  span<T>(name: string, facts: SpanFacts, work: () => Promise<T>, options: SpanOptions): Promise<T>;
  here(): unknown;
  traceparent(): string | undefined;
}

let tracer: Tracer | undefined;

/** From now on this one hears of spans; undefined: nobody does. */
export function traceTo(given: Tracer | undefined): void {
  tracer = given;
}

/** Does a piece of work as a span of a trace, where somebody keeps traces. What fails, or gives a failure, is one that failed. */
export function inSpan<T>(
  name: string,
  facts: SpanFacts,
  work: () => Promise<T>,
  options: SpanOptions = {},
): Promise<T> {
  return tracer === undefined ? work() : tracer.span(name, facts, work, options);
}

/** The span that goes on here, for what is called from elsewhere and yet a part of it. */
export function spanHere(): unknown {
  return tracer?.here();
}

/** The same as a header, for other processes; undefined where nobody keeps traces. */
export function traceparentHere(): string | undefined {
  return tracer?.traceparent();
}
