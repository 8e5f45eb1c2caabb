import { defineConfig } from 'vite'

/** The page needs no plug-in: the compiler of Vite knows the automatic runtime of Preact. */
export default defineConfig({
  root: 'src/page',
  base: '/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: '../../dist/page',
    emptyOutDir: true,
    target: 'es2023',
    // A `data:` URL would be refused by the Content-Security-Policy of the server.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Whoever hands on a package hands on its licence.
    license: { fileName: 'third-party-licenses.md' },
  },
})
