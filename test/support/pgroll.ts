import { spawnSync } from 'child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';

/** The release that is built. */
export const PGROLL_VERSION = 'v0.16.3';

const MODULE = 'github.com/xataio/pgroll';
/** Seconds: its parser of SQL is written in C, and takes as long to compile. */
const PATIENCE = 900;

/** The program, or why there is none on this machine. */
export type Pgroll = { readonly path: string } | { readonly missing: string };

/**
 * pgroll as Go's own client builds it from its module, beside the other temporary files, once. `PGROLL` names a program that is there already, where
 * a machine may not have the module.
 */
export function findPgroll(): Pgroll {
  const { PGROLL: given } = process.env;
  if (given !== undefined && given !== '') {
    return existsSync(given) ? { path: given } : { missing: `PGROLL names ${given}, which is not there` };
  }
  const folder = join(tmpdir(), 'zero-downtime-pgroll', PGROLL_VERSION);
  return existsSync(folder) ? { path: join(folder, 'pgroll') } : built(folder);
}

function built(folder: string): Pgroll {
  if (spawnSync('go', ['version'], { stdio: 'ignore' }).status !== 0) {
    return { missing: 'go is not there' };
  }
  mkdirSync(dirname(folder), { recursive: true });
  const making = mkdtempSync(`${folder}-`);
  const { status, stderr } = spawnSync('go', ['install', `${MODULE}@${PGROLL_VERSION}`], {
    env: { ...process.env, GOBIN: making, CGO_ENABLED: '1' }, encoding: 'utf8', timeout: PATIENCE * 1000,
  });
  if (status !== 0) {
    rmSync(making, { recursive: true, force: true });
    return { missing: `go cannot build ${MODULE}@${PGROLL_VERSION}: ${stderr.trim().split('\n').at(-1)?.trim() || 'it says nothing'}` };
  }
  // Only when it is whole: others may look at the same moment.
  try {
    renameSync(making, folder);
  } catch {
    rmSync(making, { recursive: true, force: true });
  }
  return { path: join(folder, 'pgroll') };
}
