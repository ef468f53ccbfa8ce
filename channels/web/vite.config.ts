import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

const here = import.meta.dirname;

// Run from the project's root: adapter-node leaves unbundled what the package.json of the working folder lists, so the
// pages share the installed intl-messageformat and libphonenumber-js with the rest of the program.
export default defineConfig({
  root: here,
  plugins: [
    sveltekit({
      adapter: adapter({ out: `${here}/build`, precompress: false, envPrefix: 'EVERLINE_WEB_' }),
      files: { src: 'pages', assets: 'pages/files' },
      version: { name: 'everline', pollInterval: 0 },
    }),
  ],
  build: { cssMinify: 'lightningcss', sourcemap: false },
});
