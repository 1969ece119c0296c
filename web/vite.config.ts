import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The page as `serve` has it: index.html, and everything else below page/, named by its content. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  plugins: [react()],
  build: {
    outDir: fileURLToPath(new URL('../dist/web', import.meta.url)),
    emptyOutDir: true,
    assetsDir: 'page',
    // Nothing is inlined: the policy of the server allows files only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // One chunk is drawn at once; test/web holds it to its size.
    chunkSizeWarningLimit: 700,
    target: 'es2022',
  },
  worker: { format: 'es' },
});
