import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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

/** Of the icons that come with Vaadin those that the screens name: all of them are 250 KB of what is needed first. */
const keepsTheIconsThatAreNamed: Plugin = {
  name: 'rateguard:icons',
  apply: 'build',
  transform(code, id) {
    if (!id.split('?')[0].endsWith('/@vaadin/icons/vaadin-iconset.js')) {
      return undefined;
    }
    const missing = iconsNamed(join(__dirname, 'src/main/java'));
    const kept = code.replace(/^<g id="vaadin:([^"]+)">.*\n/gm, (icon, name) => (missing.delete(name) ? icon : ''));
    if (missing.size > 0) {
      throw new Error(`${[...missing]}: not in the icons of Vaadin (expected: those of VaadinIcon, a line each)`);
    }
    return { code: kept, map: null };
  },
};

function iconsNamed(sources: string): Set<string> {
  const names = new Set<string>();
  for (const file of readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter((it) => it.endsWith('.java'))) {
    for (const [, constant] of readFileSync(join(sources, file), 'utf8').matchAll(/\bVaadinIcon\.([A-Z0-9_]+)/g)) {
      names.add(constant.toLowerCase().replaceAll('_', '-'));
    }
  }
  return names;
}

const customConfig: UserConfigFn = () => ({ plugins: [preloadsWhatIsNeededFirst, keepsTheIconsThatAreNamed] });

export default overrideVaadinConfig(customConfig);
