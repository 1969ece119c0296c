// A start reads few files: reading and linking each of them costs as much as compiling what is in it.
import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';

/**
 * Puts the chunks that a start reads into one file per step of it: those of the program itself, then those of each group of
 * `later`, as files of the sources that are imported together. What shares a chunk with them imports it from there; the chunk
 * stays, as what leads to it. `metafile`: of the build, whose options `common` were.
 */
export async function gatherChunks(distDir, { metafile, common, program, later }) {
  const outputs = new Map(Object.entries(metafile.outputs).map(([file, output]) => [basename(file), output]));
  const gathered = new Map();
  const steps = [
    ['start', importsOf(program, outputs).slice(1)],
    ...later.map(({ name, files }) => [name, chunksOf(files, outputs)]),
  ];
  for (const [name, chunks] of steps) {
    const own = chunks.filter((chunk) => !gathered.has(chunk));
    await gather(distDir, common, `chunk-${name}.js`, own, outputs, gathered);
  }
  const others = [...outputs.keys()].filter((file) => file.endsWith('.js') && !gathered.has(file));
  await build({
    ...common,
    banner: {},
    metafile: false,
    entryPoints: others.map((file) => join(distDir, file)),
    outdir: distDir,
    allowOverwrite: true,
    plugins: [onlyInline(new Set(gathered.keys()))],
  });
}

/** The file with all that it imports at once, in the order in which that is executed. */
function importsOf(file, outputs, found = []) {
  if (found.includes(file)) return found;
  found.push(file);
  for (const { path, kind, external } of outputs.get(file)?.imports ?? [])
    if (kind === 'import-statement' && external !== true) importsOf(basename(path), outputs, found);
  return found;
}

function chunksOf(files, outputs) {
  const found = [];
  for (const wanted of files) {
    const [chunk] = [...outputs].find(([, { inputs }]) => Object.hasOwn(inputs, wanted)) ?? [];
    if (chunk === undefined) throw new Error(`${wanted} is in no chunk.`);
    importsOf(chunk, outputs, found);
  }
  return found;
}

async function gather(distDir, common, outfile, chunks, outputs, gathered) {
  const names = (chunk) => outputs.get(chunk).exports;
  const lines = chunks.map((chunk, at) =>
    names(chunk).length === 0
      ? `import './${chunk}';`
      : `export { ${names(chunk)
          .map((name) => `${name} as ${name}_${at}`)
          .join(', ')} } from './${chunk}';`,
  );
  await build({
    ...common,
    banner: {},
    metafile: false,
    stdin: { contents: lines.join('\n'), resolveDir: distDir },
    outfile: join(distDir, outfile),
    plugins: [onlyInline(new Set([...chunks, ...gathered.keys()]))],
  });
  for (const [at, chunk] of chunks.entries()) {
    const exported = names(chunk).map((name) => `${name}_${at} as ${name}`);
    const text =
      exported.length === 0
        ? `import"./${outfile}";\n`
        : `export{${exported.join(',')}}from"./${outfile}";\n`;
    writeFileSync(join(distDir, chunk), text);
    gathered.set(chunk, outfile);
  }
}

/** Of the files beside each other these become part of the result; what is imported later is left to be. */
function onlyInline(files) {
  return {
    name: 'only-inline',
    setup: ({ onResolve }) =>
      onResolve({ filter: /^\.{1,2}\// }, ({ path, kind, resolveDir }) =>
        kind !== 'dynamic-import' && files.has(basename(path))
          ? { path: join(resolveDir, basename(path)) }
          : { path, external: true },
      ),
  };
}
