import { spawnSync } from 'child_process';
import { mkdtempSync, rmSync, statfsSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

/** PostgreSQL runs as the user that owns nothing where root starts it. */
const OWNER = 'uid=65534,gid=65534,mode=755';

function mount(...args: readonly string[]): string | undefined {
  const { status, stderr, error } = spawnSync('mount', args, { encoding: 'utf8' });
  return status === 0 ? undefined : stderr?.trim() || String(error ?? `mount ended with ${status}`);
}

/** A disk of its own, in memory, that is as large as a test wants it. */
export class SmallDisk {
  /** Why this machine gives none, if so. */
  static whyNone(): string | undefined {
    if (process.getuid?.() !== 0) {
      return 'only root may mount a disk that is small enough to be full';
    }
    const folder = mkdtempSync(join(tmpdir(), 'zd-disk-'));
    const refused = mount('-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder);
    if (refused === undefined) {
      spawnSync('umount', [folder]);
    }
    rmSync(folder, { recursive: true });
    return refused === undefined ? undefined : `no disk can be mounted that is small enough to be full: ${refused}`;
  }

  /** One with room for anything. */
  static make(): SmallDisk {
    const folder = mkdtempSync(join(tmpdir(), 'zd-disk-'));
    const refused = mount('-t', 'tmpfs', '-o', `size=512m,${OWNER}`, 'tmpfs', folder);
    if (refused !== undefined) {
      throw new Error(refused);
    }
    return new SmallDisk(folder);
  }

  private constructor(readonly folder: string) {}

  /** Leaves room for so many bytes beside what is there. */
  leave(bytes: number): void {
    const { bsize, blocks, bfree } = statfsSync(this.folder);
    const refused = mount('-o', `remount,size=${Math.ceil((blocks - bfree) * bsize / 4096 + bytes / 4096) * 4096}`, this.folder);
    if (refused !== undefined) {
      throw new Error(refused);
    }
  }

  remove(): void {
    spawnSync('umount', ['-l', this.folder]);
    rmSync(this.folder, { recursive: true, force: true });
  }
}
