import { App, Yaml } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { declareStore } from '../../examples/retail-store/store';

type Json = { [key: string]: Json } | Json[] | string | number | boolean | null | undefined;

/** One field of the first object of a kind, as a JSON pointer (`~1` is a slash in a key), and what it becomes; without a value it goes. */
export type Change = readonly [kind: string, path: string, value?: Json];

/** The manifests that the library writes for a service of the retail store, as text. */
export function storeService(name: string): string {
  const app = new App();
  declareStore(app);
  const chart = app.charts.find(({ node }) => node.id === name);
  return Yaml.stringify(...chart?.toJson() ?? []);
}

/** Manifests with some fields changed, and further ones behind them. A kind that is not there is a mistake of the test. */
export function broken(yaml: string, changes: readonly Change[], added = ''): string {
  const objects = parseAllDocuments(yaml).map((document) => document.toJS() as { [key: string]: Json });
  for (const [kind, path, value] of changes) {
    const object = objects.find((candidate) => candidate.kind === kind);
    if (!object) {
      throw new Error(`there is no ${kind}`);
    }
    put(object, path.split('/').map((key) => key.replace('~1', '/')), value);
  }
  return `${Yaml.stringify(...objects)}${added === '' ? '' : `---\n${added}`}`;
}

function put(target: { [key: string]: Json }, [key, ...rest]: readonly string[], value: Json): void {
  if (rest.length === 0 && value === undefined) {
    delete target[key];
    return;
  }
  if (rest.length === 0) {
    target[key] = value;
    return;
  }
  target[key] ??= {};
  put(target[key] as { [key: string]: Json }, rest, value);
}
