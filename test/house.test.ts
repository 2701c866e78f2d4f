import { readdirSync, readFileSync } from 'fs';
import { dirname, join, relative } from 'path';

const SRC = join(__dirname, '../src');

/** The rooms in the order in which data flows; each may use itself and those before it. */
const ROOMS = ['spec', 'plan', 'manifests', 'cdk8s'];

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

function roomOf(file: string): string {
  return file.split('/')[0];
}

describe.each(files)('src/%s', (file) => {
  const text = readFileSync(join(SRC, file), 'utf8');

  test('reaches into no room that comes after its own', () => {
    const imported = [...text.matchAll(/from '(\.[^']+)'/g)].map((match) => relative(SRC, join(SRC, dirname(file), match[1])));
    const allowed = roomOf(file) === 'index.ts' ? ROOMS : ROOMS.slice(0, ROOMS.indexOf(roomOf(file)) + 1);
    expect(imported.filter((target) => !allowed.includes(roomOf(target)))).toEqual([]);
  });

  test('has fewer than 300 lines', () => {
    expect(text.split('\n').length).toBeLessThan(300);
  });

  test('makes no input or output outside the binding', () => {
    const modules = [...text.matchAll(/from '(fs|child_process|http|https|net|os)'/g)].map((match) => match[1]);
    // Reads addresses with Node's own parser, and opens none.
    const allowed = file === 'spec/network-peer.ts' ? ['net'] : [];
    expect(roomOf(file) === 'cdk8s' ? [] : modules.filter((module) => !allowed.includes(module))).toEqual([]);
  });
});

test('no file imports itself by way of others', () => {
  const imports = new Map(files.map((file) => [file, importsOf(file)]));
  const settled = new Set<string>();
  const circles: string[] = [];
  const visit = (file: string, route: string[]) => {
    if (route.includes(file)) {
      circles.push([...route.slice(route.indexOf(file)), file].join(' -> '));
    } else if (!settled.has(file)) {
      imports.get(file)?.forEach((target) => visit(target, [...route, file]));
      settled.add(file);
    }
  };
  files.forEach((file) => visit(file, []));
  expect(circles).toEqual([]);
});

/** Imports of types alone are erased, but a circle of them is as hard to read. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(SRC, file), 'utf8');
  return [...text.matchAll(/from '(\.[^']+)'/g)].map((match) => `${relative(SRC, join(SRC, dirname(file), match[1]))}.ts`);
}
