import type { ContainerSettings } from './container-settings';
import type { Env, EnvFrom } from './env';
import { imageProblem } from './image';
import { envNameProblem } from './names';
import type { Problems } from './problems';
import type { Resources } from './resources';
import { Security } from './security';
import { quoted, wholeNumberProblem } from './values';
import type { Volume } from './volume';

/** The prefix of the environment variables that tell a program its own timings. */
export const RUNTIME_PREFIX = 'ZERO_DOWNTIME_';

/** A container as declared, with its defaults. */
export interface ContainerSpec {
  readonly name: string;
  readonly image: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env: Readonly<Record<string, Env>>;
  readonly envFrom: readonly EnvFrom[];
  readonly volumes: Readonly<Record<string, Volume>>;
  readonly resources: Resources;
  readonly security: Security;
  readonly ports: Readonly<Record<string, number>>;
}

interface NamedSettings extends ContainerSettings {
  readonly name: string;
  readonly image: string;
  readonly ports?: { readonly [name: string]: number };
}

/** Fills in the defaults of one container and notes what Kubernetes would refuse in it. The title leads its messages. */
export function containerSpecOf(title: string, settings: NamedSettings, problems: Problems): ContainerSpec {
  problems.add(imageProblem(`${title}image`, settings.image));
  for (const name of Object.keys(settings.env ?? {})) {
    problems.add(envNameProblem(`${title}env`, name));
    if (name.startsWith(RUNTIME_PREFIX)) {
      problems.add(`${title}env ${quoted(name)} must not start with ${RUNTIME_PREFIX}: the library sets those`);
    }
  }
  for (const path of Object.keys(settings.volumes ?? {})) {
    if (!/^\/[^:\0]*$/.test(path) || /.\/$/.test(path)) {
      problems.add(`${title}volume path ${quoted(path)} must be absolute, hold no ':' and not end with '/'`);
    }
  }
  checkPorts(title, settings.ports ?? {}, problems);
  checkResources(title, settings.resources ?? {}, problems);
  return {
    name: settings.name,
    image: settings.image,
    command: settings.command,
    args: settings.args,
    env: settings.env ?? {},
    envFrom: settings.envFrom ?? [],
    volumes: settings.volumes ?? {},
    resources: settings.resources ?? {},
    security: settings.security ?? Security.restricted(),
    ports: settings.ports ?? {},
  };
}

function checkPorts(title: string, ports: Readonly<Record<string, number>>, problems: Problems): void {
  for (const [name, port] of Object.entries(ports)) {
    const isServiceName = name.length <= 15 && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name) && /[a-z]/.test(name);
    if (!isServiceName) {
      problems.add(`${title}port name ${quoted(name)} must be at most 15 lower-case letters, digits or '-', with a letter`);
    }
    problems.add(wholeNumberProblem(`${title}port ${quoted(name)}`, port, 1, 65_535));
  }
}

function checkResources(title: string, resources: Resources, problems: Problems): void {
  const { cpu, cpuLimit, memory, memoryLimit, ephemeralStorage, ephemeralStorageLimit } = resources;
  if (cpuLimit && millicores(cpuLimit.amount) < millicores(cpu?.amount ?? '100m')) {
    problems.add(`${title}cpuLimit ${cpuLimit.amount} must be at least the reserved cpu ${cpu?.amount ?? '100m'}`);
  }
  if (memoryLimit && memoryLimit.toKibibytes() < (memory?.toKibibytes() ?? 128 * 1024)) {
    problems.add(`${title}memoryLimit ${memoryLimit.asString()} must be at least the reserved memory ${memory?.asString() ?? '128Mi'}`);
  }
  if (ephemeralStorage && ephemeralStorageLimit && ephemeralStorageLimit.toKibibytes() < ephemeralStorage.toKibibytes()) {
    problems.add(`${title}ephemeralStorageLimit ${ephemeralStorageLimit.asString()} must be at least the reserved ephemeralStorage `
      + ephemeralStorage.asString());
  }
}

/** The thousandths of a CPU that a quantity such as `250m` or `2` names. */
export function millicores(amount: string): number {
  return amount.endsWith('m') ? Number(amount.slice(0, -1)) : Number(amount) * 1000;
}
