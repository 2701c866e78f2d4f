import { exportsOf } from './exports';
import { tokensOf } from './tokens';
import { UpReader, type Sent } from './up-reader';
import { bytesText } from '../../../reading/limits';
import type { Embedded } from '../../sql/embedded';
import { piecesOf } from '../../sql/pieces';

/** What a program sends within one transaction, or without any. */
export interface ProgramPart {
  readonly embedded: readonly Embedded[];
  readonly isInTransaction: boolean;
}

/** More than any migration has; bundles and data are no programs of migrations. */
const MOST_LENGTH = 4 * 1024 * 1024;

const NAME = /(?<!\.d)\.[cm]?[jt]s$/i;
const MENTIONS = /\bknex\b|\bpgm\b|\bMigrationBuilder\b|\bnode-pg-migrate\b/i;

/** Whether a file has the name of a program in JavaScript or TypeScript. */
export function isProgram(source: string): boolean {
  return NAME.test(source);
}

/** Whether a program is a migration of knex or of node-pg-migrate: it exports `up`, and names one of them. */
export function isMigrationProgram(text: string): boolean {
  return partsOf(text) !== undefined;
}

/** What a program sends on the way forward, in the order of its text; nothing where it is no migration. */
export function partsOf(text: string): readonly ProgramPart[] | undefined {
  if (!MENTIONS.test(text) || !/\bup\b/.test(text) || !/\bexports?\b/.test(text)) {
    return undefined;
  }
  if (text.length > MOST_LENGTH) {
    return opaque(`a program of more than ${bytesText(MOST_LENGTH)} is not read`, 0);
  }
  try {
    return partsOfProgram(text);
  } catch (error) {
    if (error instanceof RangeError) {
      return opaque('calls stand within each other too deeply', 0);
    }
    throw error;
  }
}

function partsOfProgram(text: string): readonly ProgramPart[] | undefined {
  const tokens = tokensOf(text);
  if ('message' in tokens) {
    return opaque(`the program is not read, because ${tokens.message}`, tokens.start);
  }
  const exported = exportsOf(tokens);
  if (exported?.up === undefined) {
    return exported && opaque('up is made elsewhere', tokens.list[exported.index].start);
  }
  const reader = new UpReader(tokens, exported.up);
  const sent = reader.read();
  const isAlone = exported.refusesTransaction || reader.refusesTransaction;
  return isAlone ? byMessage(sent) : [{ embedded: sent.map(({ embedded }) => embedded), isInTransaction: true }];
}

function opaque(reason: string, start: number): readonly ProgramPart[] {
  return [{ embedded: [{ opaque: reason, start, comments: [] }], isInTransaction: true }];
}

/** Without a transaction around all of it: each that the program opens, and each call, whose statements the server runs as one. */
function byMessage(sent: readonly Sent[]): readonly ProgramPart[] {
  const parts: { readonly embedded: Embedded[]; readonly isInTransaction: boolean; readonly transaction?: number }[] = [];
  for (const { embedded, transaction } of sent) {
    const isSeveral = 'text' in embedded && piecesOf(embedded.text, 'server').length > 1;
    const last = parts[parts.length - 1];
    if (last !== undefined && last.transaction === transaction && (transaction !== undefined || !(isSeveral || last.isInTransaction))) {
      last.embedded.push(embedded);
    } else {
      parts.push({ embedded: [embedded], isInTransaction: transaction !== undefined || isSeveral, transaction });
    }
  }
  return parts.length === 0 ? [{ embedded: [], isInTransaction: false }] : parts;
}
