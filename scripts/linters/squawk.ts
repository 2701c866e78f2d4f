import { spawnSync } from 'child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import type { Judged } from '../test/support/migrations/judge';

const VERSION = '2.66.0';

/** Those of its rules that are about work under a lock. Style, timeouts and what breaks a program are another matter. */
const ABOUT_WORK = new Set([
  'adding-field-with-default', 'adding-foreign-key-constraint', 'adding-not-nullable-field', 'adding-required-field', 'adding-serial-primary-key-field',
  'ban-alter-domain-with-add-constraint', 'changing-column-type', 'constraint-missing-not-valid', 'disallowed-unique-constraint', 'prefer-repack',
  'require-concurrent-index-creation', 'require-concurrent-reindex',
]);

/** Another linter for PostgreSQL's migrations, over the same statements. */
export class Squawk {
  static readonly version = VERSION;

  /** Installs it beside the other temporary files, once. */
  static install(): Squawk {
    const folder = join(tmpdir(), 'zero-downtime-postgres', `squawk-${VERSION}`);
    const program = join(folder, 'node_modules/.bin/squawk');
    if (!existsSync(program)) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'package.json'), '{"private":true}');
      const { status, stderr } = spawnSync('npm', ['install', '--no-audit', '--no-fund', `squawk-cli@${VERSION}`], { cwd: folder, encoding: 'utf8' });
      if (status !== 0) {
        throw new Error(`squawk cannot be installed: ${stderr}`);
      }
    }
    return new Squawk(program);
  }

  private constructor(private readonly program: string) {}

  /** Whether it warns of work under a lock, for each statement. */
  hazardsOf(judged: readonly Judged[], major: number): readonly boolean[] {
    const folder = mkdtempSync(join(tmpdir(), 'zd-squawk-'));
    try {
      judged.forEach(({ statement }, index) => writeFileSync(join(folder, `${index}.sql`), `${statement};\n`));
      const names = judged.map((_, index) => `${index}.sql`);
      const { stdout } = spawnSync(this.program, ['--reporter', 'json', '--pg-version', `${major}.0`, ...names], {
        cwd: folder, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024,
      });
      const found = JSON.parse(stdout) as readonly { readonly file: string; readonly rule_name: string }[];
      const warned = new Set(found.filter(({ rule_name: rule }) => ABOUT_WORK.has(rule)).map(({ file }) => file));
      return names.map((name) => warned.has(name));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}
