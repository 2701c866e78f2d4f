import { basename } from 'path';
import { isDump, versionOf, versionsIn } from './dump';
import { inOrder, isFlyway, isPassedOver } from './order';
import { isProgram, partsOf } from './programs/program';
import { sectionsOf } from './sections';
import type { MigrationFile } from '../migration-file';

/** A text that was read. */
export interface ReadFile {
  readonly source: string;
  readonly text: string;
  /** Whether it was named, or found in a folder. */
  readonly isNamed: boolean;
}

/** How a tool reads a file: nothing where it is none of its own. */
type Layout = (file: ReadFile) => readonly Forward[] | undefined;

/** What of a file is run, and how. */
type Forward = Pick<MigrationFile, 'text' | 'embedded' | 'isInTransaction'>;

const RUNS_ALONE = /\bconcurrently\b|^\s*vacuum\b|\balter\s+system\b/im;

/** dbmate: `-- migrate:up transaction:false`. */
const dbmate: Layout = ({ text }) => upOf(text, /^--\s*migrate:(?:up|down)\b.*$/, /migrate:up/i, (header) => !/transaction:\s*false/i.test(header));

/** goose: `-- +goose Up`, and `-- +goose NO TRANSACTION` anywhere. */
const goose: Layout = ({ text }) => upOf(text, /^--\s*\+goose\s+(?:up|down)\b.*$/, /\+goose\s+up/i, () => !/^--\s*\+goose\s+no\s+transaction/im.test(text));

/** node-pg-migrate: `-- Up Migration`. */
const nodePgMigrate: Layout = ({ text }) => upOf(text, /^--\s*(?:up|down)\s+migration\b.*$/, /up\s+migration/i, () => true);

function upOf(text: string, header: RegExp, up: RegExp, isInTransaction: (header: string) => boolean): readonly Forward[] | undefined {
  const sections = sectionsOf(text, header);
  return sections.length === 0 ? undefined : sections.filter((section) => up.test(section.header))
    .map((section) => ({ text: section.text, isInTransaction: isInTransaction(section.header) }));
}

/** Liquibase, formatted SQL: each changeset is a transaction of its own. */
const liquibase: Layout = ({ text }) => /^\ufeff?\s*--\s*liquibase\s+formatted\s+sql/i.test(text)
  ? sectionsOf(text, /^--\s*changeset\s.*$/).map((section) => ({ text: section.text, isInTransaction: !/runInTransaction:\s*false/i.test(section.header) }))
  : undefined;

/** Flyway: each file is a transaction, unless it holds what cannot run in one. */
const flyway: Layout = ({ source, text }) => isFlyway(source) ? [{ text, isInTransaction: !RUNS_ALONE.test(text) }] : undefined;

/** golang-migrate and Prisma send a file as one message, which the server runs as one transaction. */
const oneMessage: Layout = ({ source, text }) => /\.up\.sql$/i.test(source) || basename(source) === 'migration.sql' ? [{ text, isInTransaction: statementsIn(text) > 1 }] : undefined;

function statementsIn(text: string): number {
  return text.split(';').filter((part) => part.replace(/--[^\n]*/g, '').trim() !== '').length;
}

/** A program that is read although it is no migration may do anything. */
const NO_MIGRATION = { opaque: 'it is no program of knex or node-pg-migrate, which exports up', start: 0, comments: [] };

/** knex and node-pg-migrate: programs in JavaScript or TypeScript. */
const program: Layout = ({ source, text }) => isProgram(source)
  ? (partsOf(text) ?? [{ embedded: [NO_MIGRATION], isInTransaction: false }]).map((part) => ({ text, ...part }))
  : undefined;

const LAYOUTS: readonly Layout[] = [program, liquibase, dbmate, goose, nodePgMigrate, flyway, oneMessage];

/** How files are taken. */
export interface LayoutSettings {
  /** The first file that is checked; those before it are history. */
  readonly from?: string;
  /** Whether each file is run in a transaction, whatever its layout says. */
  readonly transaction?: 'file' | 'none';
  /** What tells what the database holds before the first file, whatever else is found that does. */
  readonly schema?: ReadFile;
}

/**
 * Files as their tool runs them: in its order, forward only, in a transaction where it opens one.
 *
 * A file that is of no tool is run as psql runs it: each statement by itself. Dumps come first, as history; migrations that a dump lists
 * are in it already, and left out. Where the first file that is checked is one of those, the dumps tell what came after it, and are left
 * out themselves.
 */
export function migrationFilesOf(files: readonly ReadFile[], { from, transaction, schema }: LayoutSettings = {}): readonly MigrationFile[] {
  const dumps = schema === undefined ? files.filter(isDump) : [schema];
  const steps = inOrderOfRun(files.filter((file) => !isDump(file) && file.source !== schema?.source));
  const first = from === undefined ? undefined : steps.find(({ source }) => source === from || basename(source) === from);
  const held = new Set(dumps.flatMap(({ text }) => versionsIn(text)));
  const isHeld = ({ source }: ReadFile) => held.has(versionOf(source) ?? '');
  const isDumpLater = first !== undefined && isHeld(first);
  const left = isDumpLater ? steps : steps.filter((file) => !isHeld(file));
  const history = first === undefined ? 0 : left.indexOf(first);
  return [
    ...(isDumpLater ? [] : dumps).map(({ source, text }) => ({ source, text, isHistory: true, isDump: true, isInTransaction: false })),
    ...left.flatMap((file, index) => forwardOf(file).map((part) => ({
      source: file.source,
      ...part,
      isHistory: index < history,
      isInTransaction: transaction === undefined ? part.isInTransaction : transaction === 'file',
    }))),
  ];
}

/** Files that are named, in the order of the names; those that are found, in the order of their versions. */
function inOrderOfRun(files: readonly ReadFile[]): readonly ReadFile[] {
  return files.filter(({ source, isNamed }) => isNamed || !isPassedOver(source)).map((file, index) => ({ file, index }))
    .sort((one, other) => one.file.isNamed || other.file.isNamed ? one.index - other.index : inOrder(one.file.source, other.file.source))
    .map(({ file }) => file);
}

function forwardOf(file: ReadFile): readonly Forward[] {
  return LAYOUTS.map((layout) => layout(file)).find((found) => found !== undefined) ?? [{ text: file.text, isInTransaction: false }];
}
