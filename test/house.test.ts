import { readdirSync, readFileSync } from 'fs';
import { dirname, join, relative } from 'path';

const SRC = join(__dirname, '../src');

const MAKING = ['sql', 'spec', 'expand-contract', 'plan', 'manifests'];
const JUDGING = ['sql', 'reading', 'cluster', 'assumptions', 'checks', 'verify', 'migrations', 'report'];

/**
 * The rooms in the order in which data flows; each may use itself and those before it. Who judges sees nothing of who makes. Both bindings have the SQL
 * of migrations judged before anything is written.
 */
const ROOMS: readonly (readonly string[])[] = [MAKING, JUDGING, [...MAKING, 'pipeline', ...JUDGING, 'cdk8s'], [...MAKING, 'pipeline', 'migrations', 'pulumi'], [...JUDGING, 'policy'], [...JUDGING, 'analysis', 'release', 'expand-contract', 'cli']];

/** Rooms, and single files, that read or write anything outside the program. */
const DOORS = [
  'cdk8s/', 'cli/', 'reading/expand-paths.ts', 'report/version.ts',
  // Reads what PostgreSQL's parser consists of, as `require` would.
  'migrations/sql/parser-library.ts',
];

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

function roomOf(file: string): string {
  return file.split('/')[0];
}

/** SQL is judged without a cluster: of who judges manifests only how a finding is told. */
const OF_MIGRATIONS = ['sql', 'reading', 'checks', 'migrations'];

/** What a file may use: its room, and those before it on the way. */
function allowedFor(file: string): readonly string[] {
  if (roomOf(file) === 'migrations') {
    return OF_MIGRATIONS;
  }
  const way = ROOMS.find((rooms) => rooms.includes(roomOf(file))) ?? ROOMS.flat();
  return roomOf(file) === 'index.ts' ? ROOMS[2] : way.slice(0, way.indexOf(roomOf(file)) + 1);
}

describe.each(files)('src/%s', (file) => {
  const text = readFileSync(join(SRC, file), 'utf8');

  test('reaches into no room that comes after its own', () => {
    const imported = [...text.matchAll(/from '(\.[^']+)'/g)].map((match) => relative(SRC, join(SRC, dirname(file), match[1])));
    expect(imported.filter((target) => !allowedFor(file).includes(roomOf(target)))).toEqual([]);
  });

  test('has fewer than 300 lines', () => {
    expect(text.split('\n').length).toBeLessThan(300);
  });

  test('makes no input or output outside the binding', () => {
    const modules = [...text.matchAll(/from '(fs|child_process|http|https|net|os)'/g)].map((match) => match[1]);
    // Reads addresses with Node's own parser, and opens none.
    const allowed = file === 'spec/network-peer.ts' ? ['net'] : [];
    expect(DOORS.some((door) => file.startsWith(door)) ? [] : modules.filter((module) => !allowed.includes(module))).toEqual([]);
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
