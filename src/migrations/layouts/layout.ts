import { basename } from 'path';
import { inOrder, isFlyway, isPassedOver } from './order';
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
interface Forward {
  readonly text: string;
  readonly isInTransaction: boolean;
}

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

const LAYOUTS: readonly Layout[] = [liquibase, dbmate, goose, nodePgMigrate, flyway, oneMessage];

/**
 * Files as their tool runs them: in its order, forward only, in a transaction where it opens one.
 *
 * A file that is of no tool is run as psql runs it: each statement by itself.
 */
export function migrationFilesOf(files: readonly ReadFile[], { from, transaction }: { readonly from?: string; readonly transaction?: 'file' | 'none' } = {}): readonly MigrationFile[] {
  const ordered = files.filter(({ source, isNamed }) => isNamed || !isPassedOver(source)).map((file, index) => ({ file, index }))
    .sort((one, other) => one.file.isNamed || other.file.isNamed ? one.index - other.index : inOrder(one.file.source, other.file.source));
  const first = from === undefined ? 0 : ordered.findIndex(({ file }) => file.source === from || basename(file.source) === from);
  return ordered.flatMap(({ file }, index) => {
    const forward = LAYOUTS.map((layout) => layout(file)).find((found) => found !== undefined) ?? [{ text: file.text, isInTransaction: false }];
    return forward.map((part) => ({
      source: file.source, text: part.text, isHistory: index < first, isInTransaction: transaction === undefined ? part.isInTransaction : transaction === 'file',
    }));
  });
}
