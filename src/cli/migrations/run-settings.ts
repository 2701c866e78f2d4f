import { type Pace, PACE_KEYS, paced, paceProblems } from '../../expand-contract/run/pace';
import { DEFAULT_RUN_SETTINGS, type RunSettings } from '../../expand-contract/run/settings';
import { millisecondsOf } from '../../migrations/session';
import { quoted } from '../../reading/quoted';
import { BadInput } from '../bad-input';

/** What of the options says how changes are run. */
export interface RunSettingsOptions extends Readonly<Partial<Record<keyof Pace, string>>> {
  readonly needsApproval?: boolean;
  readonly ignoreNameless?: boolean;
  readonly ignore?: readonly string[];
  readonly quiet?: string;
  readonly service?: string;
  readonly epoch?: string;
}

const TIMES: readonly (keyof Pace)[] = ['batch', 'lockTimeout', 'replicaLag'];

/** How changes are run, or what cannot be taken. */
export function runSettingsOf(options: RunSettingsOptions): RunSettings {
  const { quiet, service, epoch, needsApproval = false, ignoreNameless = false } = options;
  if (quiet !== undefined && millisecondsOf(quiet) === undefined) {
    throw BadInput.of('--quiet', `${quoted(quiet)} must be a time as PostgreSQL writes it, for example 1h`);
  }
  if ((service === undefined) !== (epoch === undefined)) {
    throw BadInput.of('--service', 'a service and an epoch must be given together: sessions are told by the application_name SERVICE@EPOCH');
  }
  if (epoch !== undefined && !/^[1-9]\d{0,8}$/.test(epoch)) {
    throw BadInput.of('--epoch', `${quoted(epoch)} must be a whole number from 1 to 999999999`);
  }
  const told = { service, epoch: epoch === undefined ? undefined : Number(epoch), namelessIsOld: !ignoreNameless };
  const given = { quiet: quiet ?? DEFAULT_RUN_SETTINGS.quiet, needsApproval, ...told };
  return paced({ ...DEFAULT_RUN_SETTINGS, ...given }, paceIn(options));
}

function paceIn(options: RunSettingsOptions): Pace {
  const pace: Pace = Object.fromEntries(PACE_KEYS.flatMap((key) => options[key] === undefined ? [] : [[key, numberOf(key, options[key])]]));
  const [problem] = paceProblems(pace, optionOf);
  if (problem !== undefined) {
    throw BadInput.of(problem.split(' ')[0], problem.slice(problem.indexOf(' ') + 1));
  }
  return pace;
}

function numberOf(key: keyof Pace, text: string): number {
  const isTime = TIMES.includes(key);
  const number = isTime ? millisecondsOf(text) : /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
  return number ?? refused(optionOf(key), `${quoted(text)} must be ${isTime ? 'a time as PostgreSQL writes it, for example 100ms' : 'a number'}`);
}

function refused(option: string, message: string): never {
  throw BadInput.of(option, message);
}

/** As it is written on the command line. */
function optionOf(key: keyof Pace): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
