import { readdirSync, statSync } from 'node:fs';

/** The names of the project files in a folder; none for what is no folder. */
export function projectFilesIn(dir: string): readonly string[] {
  if (statSync(dir, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  const names = readdirSync(dir);
  // A save that was cut off may have left a project without its .wproj: opening it brings that back.
  const cutOff = names.flatMap((name) => /^\.(.+\.wproj)\.wwiseflow-save$/i.exec(name)?.[1] ?? []);
  return [...new Set([...names.filter((name) => name.toLowerCase().endsWith('.wproj')), ...cutOff])];
}
