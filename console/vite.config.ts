import type { OutputBundle, OutputChunk } from 'rollup';
import type { Plugin, UserConfigFn } from 'vite';
import { overrideVaadinConfig } from './vite.generated';

/** What the first page needs, in the words of the names that Vaadin gives them; the rest belongs to single screens. */
const NEEDED_FIRST = ['FlowBootstrap', 'FlowClient', 'generated-flow-imports'];

/** Has the browser fetch at once what it would come to know of one after the other: each step costs a round trip. */
const preloadsWhatIsNeededFirst: Plugin = {
  name: 'rateguard:preload',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler: (html, { bundle }) =>
      bundle &&
      neededFirst(bundle)
        .filter((file) => !html.includes(file))
        .map((file) => ({ tag: 'link', injectTo: 'head', attrs: { rel: 'modulepreload', crossorigin: true, href: `./${file}` } })),
  },
};

function neededFirst(bundle: OutputBundle): string[] {
  const files = new Set<string>();
  const add = (chunk: OutputChunk) => {
    if (!files.has(chunk.fileName)) {
      files.add(chunk.fileName);
      chunk.imports.forEach((file) => add(bundle[file] as OutputChunk));
    }
  };
  for (const name of NEEDED_FIRST) {
    const chunk = Object.values(bundle).find((file) => file.type === 'chunk' && file.isDynamicEntry && file.name === name);
    if (!chunk) {
      throw new Error(`${name}: not in the bundle (expected: a chunk of this name)`);
    }
    add(chunk as OutputChunk);
  }
  return [...files];
}

const customConfig: UserConfigFn = () => ({ plugins: [preloadsWhatIsNeededFirst] });

export default overrideVaadinConfig(customConfig);
