import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import type { PlannedConfigMap } from '../../plan/config-maps';
import type { PlannedEngine } from '../../plan/migrations/planned-schema';
import type { ContainerSpec } from '../../spec/container-spec';
import { Env } from '../../spec/env';
import { Security } from '../../spec/security';
import { Volume } from '../../spec/volume';

/** Where the scripts are. */
export const SCRIPTS = '/zero-downtime';
/** What the containers of a pod share between whom another engine runs. */
const SHARED = '/zero-downtime-shared';

const SHARED_ENV = { ZD_SHARED: Env.value(SHARED) };

/** What a container that runs one of the scripts is made of. */
export interface ScriptContainer {
  readonly name: string;
  readonly service: string;
  readonly image: string;
  readonly url: Env;
  readonly configMap: PlannedConfigMap;
  readonly script: string;
  readonly args: readonly string[];
  /** What the pod's containers share, where another engine runs in some of them. */
  readonly shared?: Volume;
}

/**
 * A container of the stock image that runs one of the scripts.
 *
 * Its user is the one of Istio's proxy: what that one sends does not go through the proxy, which has not been started while a pod's init
 * containers run.
 */
export function scriptContainer({ name, service, image, url, configMap, script, args, shared }: ScriptContainer): ContainerSpec {
  return {
    name,
    image,
    command: ['sh', `${SCRIPTS}/${script}`],
    args,
    env: { PGAPPNAME: Env.value(`${service}-migration`), DATABASE_URL: url, ...shared && SHARED_ENV },
    envFrom: [],
    volumes: { [SCRIPTS]: Volume.config(configMap.name), ...shared && { [SHARED]: shared } },
    resources: { cpu: Cpu.millis(50), memory: Size.mebibytes(64) },
    security: Security.restricted({ user: 1337, group: 1337 }),
    ports: {},
  };
}

/** What a container of another engine is made of. */
export interface EngineContainer {
  readonly name: string;
  readonly engine: PlannedEngine;
  readonly configMap: PlannedConfigMap;
  readonly shared: Volume;
}

/** A container of another engine's image, with a shell that is lent to it: the image may hold none that could ask whether the command is due. */
export function engineContainer({ name, engine, configMap, shared }: EngineContainer): ContainerSpec {
  const { script, env, volumes, image, args, resources, security } = engine;
  return {
    name,
    image,
    command: [`${SHARED}/loader`, '--library-path', `${SHARED}/lib`, `${SHARED}/sh`, `${SCRIPTS}/${script}`],
    args,
    env: { ...env, ...SHARED_ENV },
    envFrom: [],
    volumes: { ...volumes, [SCRIPTS]: Volume.config(configMap.name), [SHARED]: shared },
    resources,
    security,
    ports: {},
  };
}
