import { Migration, type MigrationSpec } from './migration';
import { paceOf, type PaceSpec } from './pace-spec';
import type { PostgresOptions } from './postgres-options';
import { StartsAfter } from './starts-after';
import { refuse, refuseIf } from '../declaration-error';
import { Env } from '../env';
import { imageProblem } from '../image';
import { flagOf, instanceOf, instanceProblem, listOf, nonEmpty, oneOf, optionalSeconds, quoted, settingsOf, wholeNumber } from '../values';

/** How a schema changes with a release, with every default filled in. */
export interface SchemaSpec {
  readonly epoch: number;
  readonly url?: Env;
  readonly migrations: readonly MigrationSpec[];
  readonly contracts: readonly MigrationSpec[];
  readonly migratesWithin: { readonly seconds: number; readonly isDefault: boolean };
  readonly expandedIsEnough: boolean;
  readonly quietSeconds: number;
  readonly needsApproval: boolean;
  readonly namelessIsOld: boolean;
  readonly pace: PaceSpec;
  readonly waitUrl?: Env;
  /** Rules that the SQL may break, each with the reason. */
  readonly accepted: Readonly<Record<string, string>>;
  readonly image: string;
}

const DAY = 86_400;
const HOUR = 3600;
const DEFAULT_IMAGE = 'postgres:18.1-alpine';
/** The ledger reads as many digits of a session's name. */
const MAX_EPOCH = 999_999_999;

/** Reads what a release says of the schema, or nothing where it says nothing. */
export function schemaSpecOf(options: PostgresOptions): SchemaSpec | undefined {
  const { url, schemaEpoch, migrationImage = DEFAULT_IMAGE } = options;
  const migrations = specsOf('migrations', options.migrations);
  const contracts = specsOf('contracts', options.contracts);
  refuseIf(imageProblem('Database migrationImage', migrationImage));
  const migratesWithin = optionalSeconds('Database migratesWithin', options.migratesWithin, 1, 7 * DAY);
  const settings = {
    expandedIsEnough: oneOf('Database startsAfter', options.startsAfter, 'StartsAfter', StartsAfter) === StartsAfter.EXPANDED,
    migratesWithin: { seconds: migratesWithin ?? HOUR, isDefault: migratesWithin === undefined },
    quietSeconds: optionalSeconds('Database quiet', options.quiet, 0, 30 * DAY) ?? HOUR,
    needsApproval: flagOf('Database contractsNeedApproval', options.contractsNeedApproval, false),
    namelessIsOld: !flagOf('Database ignoresNamelessSessions', options.ignoresNamelessSessions, false),
    pace: paceOf(options.pace),
    waitUrl: options.waitUrl ?? url,
    accepted: acceptedOf(options.accept),
    image: migrationImage,
  };
  checkUrl('url', url);
  checkUrl('waitUrl', options.waitUrl);
  const needing = migrations.length > 0 ? 'migrations' : contracts.length > 0 ? 'contracts' : undefined;
  if (needing !== undefined && url === undefined) {
    refuse(`Database ${needing} need url, by which they connect; give it Env.secretKey(…)`);
  }
  if (schemaEpoch === undefined) {
    return needing === undefined ? undefined
      : refuse(`Database ${needing} need schemaEpoch, by which sessions of this version are told from those of older ones; give it a whole number above the last release's`);
  }
  return { ...settings, url, migrations, contracts, epoch: wholeNumber('Database schemaEpoch', schemaEpoch, 1, MAX_EPOCH) };
}

function specsOf(field: string, migrations: readonly Migration[] = []): MigrationSpec[] {
  return listOf(`Database ${field}`, migrations).map((migration, index) => {
    refuseIf(instanceProblem(`Database ${field} ${index + 1}:`, migration, Migration, 'Migration.renameColumn(…)'));
    return migration._spec;
  });
}

function acceptedOf(accept: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(settingsOf('Database accept', accept)).map(([rule, reason]) => [rule, nonEmpty(`Database accept ${quoted(rule)}`, reason)]));
}

/** A URL holds a password, so only a Secret may hold the URL. */
function checkUrl(field: string, url: Env | undefined): void {
  const source = instanceOf(`Database ${field}`, url, Env, 'Env.secretKey(…)')?._source;
  const isSecret = source === undefined || source.kind === 'secret-key' || (source.kind === 'raw' && source.valueFrom?.secretKeyRef !== undefined);
  if (!isSecret) {
    refuse(`Database ${field} must be a key of a Secret, because it holds a password and whoever reads a manifest would read it; give Env.secretKey(…)`);
  }
}
