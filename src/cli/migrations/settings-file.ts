import { existsSync } from 'fs';
import { basename, dirname, join, relative } from 'path';
import type { Node } from 'yaml';
import type { MigrationsOptions } from './check-arguments';
import { YamlFile } from './yaml-file';
import { SEVERITIES } from '../../checks/finding';
import type { Acceptance } from '../../migrations/acceptance';
import { MIGRATION_RULES } from '../../migrations/rules/rules';
import { nameMatches } from '../../reading/glob';

/** The file that is read where the command line names none. */
export const SETTINGS_FILE = 'zero-downtime.yaml';

/** A rule that a team accepts, everywhere or in some files. */
export interface AcceptedInFiles extends Acceptance {
  /** A pattern of paths below the settings file's folder; everywhere where there is none. */
  readonly files?: string;
}

/** What a settings file says: as the options do, and what a command line has no room for. */
export interface MigrationsSettingsFile {
  readonly options: Partial<MigrationsOptions>;
  readonly paths: readonly string[];
  readonly accepted: readonly AcceptedInFiles[];
}

const NOTHING: MigrationsSettingsFile = { options: {}, paths: [], accepted: [] };

/** Reads the settings file that is named, or the one of the folder where there is one. Paths in it are below its folder. */
export function readSettingsFile(named: string | undefined): MigrationsSettingsFile {
  return named === undefined && !existsSync(SETTINGS_FILE) ? NOTHING : settingsOf(YamlFile.read(named ?? SETTINGS_FILE));
}

type Read = (file: YamlFile, value: Node, name: string) => Partial<MigrationsOptions>;

const asText = (key: keyof MigrationsOptions): Read => (file, value, name) => ({ [key]: file.textOf(value, name) });
const asPath = (key: keyof MigrationsOptions): Read => (file, value, name) => ({ [key]: below(file, file.textOf(value, name)) });

const KEYS: Readonly<Record<string, Read>> = {
  severity: (file, value, name) => ({ severity: file.wordOf(value, name, SEVERITIES) }),
  postgresVersion: asText('postgresVersion'),
  transaction: (file, value, name) => ({ transaction: file.wordOf<'file' | 'none'>(value, name, ['file', 'none']) }),
  lockTimeout: asText('lockTimeout'),
  statementTimeout: asText('statementTimeout'),
  schema: asPath('schema'),
  from: asText('from'),
  running: asPath('running'),
  next: asPath('next'),
  previous: asPath('previous'),
  baseline: asPath('baseline'),
};

function settingsOf(file: YamlFile): MigrationsSettingsFile {
  const [migrations] = file.entriesOf(file.root, 'the file', ['migrations']);
  const entries = migrations === undefined ? [] : file.entriesOf(migrations.value, 'migrations', [...Object.keys(KEYS), 'paths', 'ignore']);
  return entries.reduce<MigrationsSettingsFile>((settings, { key, value }) => {
    const name = `migrations.${key}`;
    switch (key) {
      case 'paths': return { ...settings, paths: file.itemsOf(value, name).map((item) => below(file, file.textOf(item, `an item of ${name}`))) };
      case 'ignore': return { ...settings, accepted: file.itemsOf(value, name).map((item) => acceptedOf(file, item)) };
      default: return { ...settings, options: { ...settings.options, ...KEYS[key](file, value, name) } };
    }
  }, NOTHING);
}

function below({ source }: YamlFile, written: string): string {
  return join(dirname(source), written);
}

function acceptedOf(file: YamlFile, item: Node): AcceptedInFiles {
  const entries = new Map(file.entriesOf(item, 'an item of migrations.ignore', ['rule', 'reason', 'files']).map((entry) => [entry.key, entry.value]));
  const of = (key: string) => file.textOf(entries.get(key) ?? file.refuse(item, `an item of migrations.ignore must have a ${key}`), key);
  const ruleId = file.wordOf(entries.get('rule') ?? file.refuse(item, 'an item of migrations.ignore must name a rule'), 'rule', MIGRATION_RULES.map(({ id }) => id));
  const files = entries.get('files');
  return { ruleId, reason: of('reason'), by: basename(file.source), files: files && below(file, file.textOf(files, 'files')) };
}

/** Whether an acceptance holds for a file: the pattern leads to it, or to a folder that it is in. */
export function holdsFor({ files }: AcceptedInFiles, source: string): boolean {
  return files === undefined || leadsTo(relative('.', files).split('/'), relative('.', source).split('/'));
}

function leadsTo([first, ...rest]: readonly string[], path: readonly string[]): boolean {
  return first === undefined
    || (first === '**' ? path.some((_, index) => leadsTo(rest, path.slice(index))) : path.length > 0 && nameMatches(first, path[0]) && leadsTo(rest, path.slice(1)));
}
