export interface Measured {
  readonly engine: string;
  readonly shape: string;
  readonly leastUs: number;
  readonly medianUs: number;
}

export function measure(
  engine: string,
  shape: string,
  nodes: number,
  run: () => Promise<number>,
  rounds?: number,
): Promise<Measured>;
