import type { CommandIo } from '../command-io';
import { ExitCode } from '../exit-code';
import { connected, type LoadDriver } from './database';
import { visible } from '../../reading/quoted';

/** The options of `migrations approve`. */
export interface ApproveOptions {
  readonly database: string;
}

const APPROVE = `INSERT INTO zero_downtime.approval (migration, approved_by)
  SELECT name, session_user FROM zero_downtime.migration WHERE name = $1
  ON CONFLICT (migration) DO UPDATE SET migration = excluded.migration RETURNING approved_by`;

/** `zero-downtime migrations approve`: says that the old shape may go, where contract waits for a person. */
export async function runMigrationsApprove(
  names: readonly string[], { database }: ApproveOptions, io: CommandIo, load?: LoadDriver,
): Promise<ExitCode> {
  return connected(database, async (session) => {
    const [{ known }] = await session.query('SELECT to_regclass(\'zero_downtime.approval\') IS NOT NULL AS known');
    let code = ExitCode.OK;
    for (const name of names) {
      const [approval] = known === true ? await session.query(APPROVE, [name]) : [];
      code = approval === undefined ? ExitCode.FOUND : code;
      io.out(approval === undefined ? `${visible(name)}: there is no such migration here; zero-downtime migrations status lists them\n`
        : `${visible(name)}: approved by ${visible(String(approval.approved_by))}\n`);
    }
    return code;
  }, load);
}
