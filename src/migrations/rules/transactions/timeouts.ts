import { blocksWrites } from '../../effects/lock-mode';
import type { Step } from '../../step';

/** Milliseconds: less is right for what should take a moment, and too little for what waits for others or works through a large table. */
const SHORT = 60_000;

/** Whether a timeout is set, and shorter than what takes its time needs. */
export function isShort(milliseconds: number | undefined): boolean {
  return milliseconds !== undefined && milliseconds > 0 && milliseconds < SHORT;
}

/** Whether a statement keeps writers out, and a timeout that would end that is not set. */
export function blocksWithoutEnd({ used }: Step, milliseconds: number | undefined): boolean {
  return (milliseconds === undefined || milliseconds === 0) && used.some(({ mode }) => blocksWrites(mode));
}
