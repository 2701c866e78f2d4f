import { basename, dirname } from 'path';

const COMMENT = /^-- PostgreSQL database dump(?: complete)?\s*$/m;
const SEARCH_PATH = /^SELECT pg_catalog\.set_config\('search_path', '', false\);\s*$/m;

/** Far more than what stands before the first object of a dump. */
const HEAD = 4000;

/** Whether a file is what pg_dump wrote, and no step of a sequence: some tools take its first comments out. */
export function isDump({ source, text }: { readonly source: string; readonly text: string }): boolean {
  return versionOf(source) === undefined && !/^R__/.test(basename(source)) && (COMMENT.test(text) || SEARCH_PATH.test(text.slice(0, HEAD)));
}

/** The version that a file is recorded by: the number that its name begins with, or that of its folder. */
export function versionOf(source: string): string | undefined {
  const name = basename(source) === 'migration.sql' ? basename(dirname(source)) : basename(source);
  const version = /^(?:[VB](?=\d))?(\d+)/.exec(name)?.[1];
  return version && withoutZeros(version);
}

/** `INSERT INTO "schema_migrations" (version) VALUES ('20240101'), …`, and the same by COPY. */
const INSERT = /\binsert\s+into\s+(?:"?\w+"?\.)?"?schema_migrations"?\s*\(\s*"?version"?\s*\)\s*values([^;]*)/gi;
const COPY = /^copy\s+(?:"?\w+"?\.)?"?schema_migrations"?\s*\(\s*"?version"?\s*\)\s*from\s+stdin;([\d\s]*)/gim;

/** The versions of the migrations that a dump holds already, where it lists them, as Rails, Ecto and dbmate have it. */
export function versionsIn(text: string): readonly string[] {
  return [...text.matchAll(INSERT), ...text.matchAll(COPY)].flatMap(([, list]) => (list.match(/\d+/g) ?? []).map(withoutZeros));
}

function withoutZeros(digits: string): string {
  return digits.replace(/^0+(?=\d)/, '');
}
