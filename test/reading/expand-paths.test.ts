import { execFileSync } from 'child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { readPaths } from '../../src/reading/expand-paths';

const io = { stdin: () => pod('from-stdin') };
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'reading-'));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

function pod(name: string): string {
  return `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\n`;
}

/** Writes files; those without a text hold a pod of the file's name. */
function write(...files: (string | [string, string | Uint8Array])[]): void {
  for (const file of files) {
    const [path, text] = typeof file === 'string' ? [file, pod(file.replace(/\W/g, '-'))] : file;
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

/** What was read, by the files' paths below the root. */
function read(...paths: string[]) {
  const reading = readPaths(paths.map((path) => path === '-' ? path : join(root, path)), io);
  return {
    sources: reading.objects.map(({ source }) => source.name.replace(`${root}/`, '')),
    problems: reading.problems.map(({ source, message }) => `${source.replace(`${root}/`, '')}: ${message}`),
    passedOver: reading.passedOver,
    files: reading.files,
  };
}

test('a file is read whatever its name, and told by it', () => {
  write('a.txt', 'b.json');
  expect(read('b.json', 'a.txt')).toEqual({ sources: ['b.json', 'a.txt'], problems: [], passedOver: 0, files: 2 });
});

test('a folder gives its manifests, sorted, and leaves out others, hidden folders and node_modules', () => {
  write('b.yaml', 'a.yml', 'c/d.JSON', 'c/.hidden/e.yaml', 'node_modules/f.yaml', 'g.txt', ['values.yaml', 'replicas: 3\n']);
  expect(read('.')).toEqual({ sources: ['a.yml', 'b.yaml', 'c/d.JSON'], problems: [], passedOver: 1, files: 4 });
});

test('a hidden folder that is named is read', () => {
  write('.hidden/a.yaml');
  expect(read('.hidden').sources).toEqual(['.hidden/a.yaml']);
});

test('links that lead back end', () => {
  write('a/b.yaml');
  symlinkSync('..', join(root, 'a/up'));
  symlinkSync('self', join(root, 'a/self'));
  expect(read('.').sources).toEqual(['a/b.yaml']);
});

test('a file is read once, however many paths lead to it', () => {
  write('a/b.yaml');
  symlinkSync('b.yaml', join(root, 'a/c.yaml'));
  expect(read('a', 'a/b.yaml', 'a/*.yaml', './a/../a/b.yaml')).toMatchObject({ sources: ['a/b.yaml'], files: 1 });
});

test('- is standard input, once', () => {
  expect(readPaths(['-', '-'], io).objects.map(({ source }) => source.name)).toEqual(['<stdin>']);
});

test('standard input that cannot be read is a problem', () => {
  const reading = readPaths(['-'], { stdin: () => { throw Object.assign(new Error('again'), { code: 'EAGAIN' }); } });
  expect(reading.problems).toEqual([{ source: '<stdin>', message: 'standard input cannot be read (EAGAIN); pipe manifests into it' }]);
});

test('problems of one file hide no other', () => {
  write(['a.yaml', 'a: [\n'], 'b.yaml');
  expect(read('.')).toMatchObject({ sources: ['b.yaml'], problems: [expect.stringMatching(/^a\.yaml: is not valid YAML: /)] });
});

test.each([
  ['*.yaml', ['a.yaml']], ['**/*.yaml', ['a.yaml', 'x/b.yaml', 'x/y/c.yaml']], ['x/**', ['x/b.yaml', 'x/y/c.yaml', 'x/y/d.json']],
  ['x/**/y/*', ['x/y/c.yaml', 'x/y/d.json']], ['{a,x/b}.yaml', ['a.yaml', 'x/b.yaml']], ['x/?.yaml', ['x/b.yaml']], ['x/y/[cd].*', ['x/y/c.yaml', 'x/y/d.json']],
  ['**/**/**/c.yaml', ['x/y/c.yaml']],
])('the pattern %s gives the manifests it matches', (pattern, sources) => {
  write('a.yaml', 'x/b.yaml', 'x/y/c.yaml', 'x/y/d.json', 'x/readme.md', 'x/.hidden/e.yaml');
  expect(read(pattern)).toMatchObject({ sources, problems: [] });
});

test('a file whose name looks like a pattern is a file', () => {
  write('[a].yaml', 'a.yaml');
  expect(read('[a].yaml').sources).toEqual(['[a].yaml']);
});

describe('a kustomization', () => {
  const kustomization = 'patches:\n- path: patch.yaml\n- patch: |-\n    a: b\npatchesStrategicMerge: [sub/merge.yaml]\npatchesJson6902:\n- path: ../json.yaml\n';

  test('makes its patches parts of objects, which are passed over when their folder is walked', () => {
    write(['k/kustomization.yaml', kustomization], 'k/patch.yaml', 'k/sub/merge.yaml', 'json.yaml', 'k/whole.yaml');
    expect(read('.')).toEqual({ sources: ['k/whole.yaml'], problems: [], passedOver: 4, files: 2 });
  });

  test('leaves a patch that is named what it is', () => {
    write(['kustomization.yaml', kustomization], 'patch.yaml');
    expect(read('patch.yaml', '.').sources).toEqual(['patch.yaml']);
  });

  test('may have the name without an extension', () => {
    write(['Kustomization', kustomization], 'patch.yaml');
    expect(read('.')).toEqual({ sources: [], problems: [], passedOver: 1, files: 0 });
  });
});

describe('a problem is', () => {
  test('a path that leads nowhere', () => {
    expect(read('none.yaml').problems).toEqual(['none.yaml: no such file or folder; correct the path']);
  });

  test('a pattern that matches nothing', () => {
    write('a.txt');
    expect(read('*').problems).toEqual(['*: the pattern matches no .yaml, .yml or .json file; correct it']);
  });

  test('a pattern with too many alternatives', () => {
    expect(read('{a,b}'.repeat(20)).problems).toEqual([`${'{a,b}'.repeat(20)}: the pattern has too many alternatives in braces; write fewer`]);
  });

  test('a pipe, named or found, which is never opened', () => {
    execFileSync('mkfifo', [join(root, 'a.yaml')]);
    const problem = 'a.yaml: the path is a device, pipe or socket, which is not read; name a file, or - for standard input';
    expect([read('a.yaml').problems, read('.').problems]).toEqual([[problem], [problem]]);
  });

  test('a device', () => {
    expect(readPaths(['/dev/zero'], io).problems).toEqual([
      { source: '/dev/zero', message: 'the path is a device, pipe or socket, which is not read; name a file, or - for standard input' },
    ]);
  });

  test('a file that is too large, which is never read', () => {
    write(['a.yaml', '']);
    truncateSync(join(root, 'a.yaml'), 2 ** 40);
    expect(read('a.yaml').problems).toEqual(['a.yaml: the file has 1048576 MiB, more than 64 MiB; split it into several files']);
  });

  test.each([
    ['UTF-16', Buffer.from('\ufeffa: b', 'utf16le'), 'the file is encoded as UTF-16; save it as UTF-8'],
    ['Latin-1', Buffer.from('a: é', 'latin1'), 'the file is not UTF-8, so it is binary or in another encoding; name manifests alone, saved as UTF-8'],
    ['zeros', Buffer.alloc(3), 'the text holds a NUL byte, so it is binary; name manifests alone'],
  ])('a file of %s', (_, bytes, message) => {
    write(['a.yaml', bytes]);
    expect(read('a.yaml').problems).toEqual([`a.yaml: ${message}`]);
  });

  test('a link to nothing', () => {
    symlinkSync('none', join(root, 'a.yaml'));
    expect(read('.').problems).toEqual(['a.yaml: no such file or folder; correct the path']);
  });
});

test('no paths hold nothing', () => {
  expect(readPaths([], io)).toEqual({ objects: [], passedOver: 0, problems: [], files: 0 });
});
