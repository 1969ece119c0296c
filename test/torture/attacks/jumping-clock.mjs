/*
 * Loaded before a program: the clock of its process jumps when it is sent SIGUSR2, by up to 400 days and either way, as that of a
 * machine that slept, or was set. What counts time, and not dates, goes on: so it is with machines.
 */
import process from 'node:process';

const RealDate = Date;
const dayMs = 86_400_000;
const jumps = [1 / 24, -1 / 24, 1, -2, 400, -400, 30, -29];
let nth = 0;
let offsetMs = 0;
process.on('SIGUSR2', () => {
  offsetMs += (jumps[nth++ % jumps.length] ?? 0) * dayMs;
});
const now = () => RealDate.now() + offsetMs;
globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, made) => Reflect.construct(target, args.length === 0 ? [now()] : args, made),
  apply: () => new RealDate(now()).toString(),
  get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
});
