import { spawnSync } from 'child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { parseAllDocuments } from 'yaml';
import { Outcome, programOf, runExample, typeErrorsOf } from './example';
import { Block, blocksOf } from './markdown';

// The first example with a package of AWS loads it.
jest.setTimeout(60_000);

const ROOT = join(__dirname, '../..');
const DOCUMENTS = ['README.md', 'CONTRIBUTING.md', ...readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`)];

describe.each(DOCUMENTS)('%s', (document) => {
  const blocks = blocksOf(join(ROOT, document));

  test('has only blocks whose language this test knows', () => {
    const languages = new Set(blocks.map(({ language }) => language));
    expect([...languages].filter((language) => !['', 'example', 'js', 'sh', 'ts', 'yaml', 'text', 'console'].includes(language))).toEqual([]);
  });

  test('links only to files that exist', () => {
    const text = readFileSync(join(ROOT, document), 'utf8');
    const targets = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)(#[^)]*)?\)/g)].map((match) => match[1]);
    expect(targets.filter((target) => !existsSync(join(ROOT, dirname(document), target)))).toEqual([]);
  });

  let outcome: Outcome | undefined;
  for (const block of blocks) {
    if (block.language === 'ts') {
      test(`runs the example of line ${block.line}`, async () => {
        outcome = await runExample(programOf(document, block));
        const shownError = textAfter(blocks, block);
        const failed = outcome.manifests.length === 0;
        // An example that fails shows its message in the next block; any other failure is a mistake in the page.
        expect(failed && shownError === undefined ? outcome.output : '').toBe('');
      });
    } else if (block.language === 'yaml') {
      test(`shows what the example makes, in line ${block.line}`, () => {
        for (const shown of parseAllDocuments(block.text).map((parsed) => parsed.toJS() as object)) {
          expect(outcome?.manifests).toContainEqual(expect.objectContaining(containing(shown)));
        }
      });
    } else if (block.language === 'text') {
      test(`shows what the example prints, in line ${block.line}`, () => {
        expectToShow(outcome?.output ?? '', block.text);
      });
    } else if (block.language === 'console') {
      test(`shows what the command prints, in line ${block.line}`, () => {
        for (const { command, output } of sessionsOf(block.text)) {
          expectToShow(shellOutput(command), output);
        }
      }, 120_000);
    }
  }
});

test('every example of every document has sound types', () => {
  const programs = new Map(DOCUMENTS.flatMap((document) => blocksOf(join(ROOT, document))
    .filter(({ language }) => language === 'ts')
    .map((block) => [`${document.replace(/\W/g, '-')}-line-${block.line}.ts`, programOf(document, block)])));
  expect(typeErrorsOf(programs, ROOT)).toEqual([]);
}, 120_000);

/** The text block that follows an example before the next one. */
function textAfter(blocks: readonly Block[], example: Block): string | undefined {
  const rest = blocks.slice(blocks.indexOf(example) + 1);
  const next = rest.findIndex(({ language }) => language === 'ts');
  return rest.slice(0, next === -1 ? undefined : next).find(({ language }) => language === 'text')?.text;
}

/** Every object and list entry that is shown must be there; what is not shown may be. */
function containing(shown: unknown): never {
  if (Array.isArray(shown)) {
    return expect.arrayContaining(shown.map((entry) => isObject(entry) ? expect.objectContaining(containing(entry)) : entry)) as never;
  }
  return Object.fromEntries(Object.entries(shown as object).map(([key, value]) => [
    key, Array.isArray(value) ? containing(value) : isObject(value) ? expect.objectContaining(containing(value)) : value,
  ])) as never;
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

/** The shown lines must be printed in this order; a line of `…` stands for any others between them. */
function expectToShow(output: string, shown: string): void {
  // Columns are as wide as the widest name, which an example is not about.
  const printed = output.replace(/ +/g, ' ');
  const parts = shown.replace(/ +/g, ' ').split(/^…$/m).map((part) => part.trim()).filter((part) => part !== '');
  let from = 0;
  for (const part of parts) {
    const at = printed.indexOf(part, from);
    expect({ part, printed: at === -1 ? printed : part }).toEqual({ part, printed: part });
    from = at + part.length;
  }
}

/** What a command prints, wherever it goes; one that fails shows its exit code itself. The package's own command is on the path. */
function shellOutput(command: string): string {
  const path = mkdtempSync(join(tmpdir(), 'bin-'));
  symlinkSync(join(ROOT, 'bin/zero-downtime'), join(path, 'zero-downtime'));
  try {
    const env = { ...process.env, PATH: `${path}:${process.env.PATH}` };
    return spawnSync('bash', ['-c', `exec 2>&1; ${command}`], { cwd: ROOT, encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'ignore'] }).stdout;
  } finally {
    rmSync(path, { recursive: true });
  }
}

function sessionsOf(text: string): Array<{ command: string; output: string }> {
  return text.split(/^\$ /m).slice(1).map((session) => {
    const [command, ...output] = session.split('\n');
    return { command, output: output.join('\n') };
  });
}
