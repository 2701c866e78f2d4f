import { Database } from '../../../src/spec/database';
import { Env } from '../../../src/spec/env';
import { External } from '../../../src/spec/external';
import { Migration } from '../../../src/spec/migration/migration';
import type { PostgresOptions } from '../../../src/spec/migration/postgres-options';
import type { Props } from '../declare';

export const RENAME = Migration.renameColumn({ table: 'orders', from: 'status', to: 'state' });
export const DROP = Migration.dropColumn({ table: 'orders', column: 'note' });

/** What a release with a migration says of its database, and what a test says besides. */
export function postgres(options: Partial<PostgresOptions> = {}): Database {
  return Database.postgres({
    poolSize: 5, maxConnections: 200, url: Env.secretKey('orders-database', 'url'), schemaEpoch: 2, migrations: [RENAME], ...options,
  });
}

/** A service with such a database. */
export function migrating(options: Partial<PostgresOptions> = {}, props: Props = {}): Props {
  return { externals: [External.secret('orders-database', ['url'])], database: postgres(options), ...props };
}
