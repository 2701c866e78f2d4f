import { runInThisContext } from 'vm';
import * as pulumi from '@pulumi/pulumi';

/** A resource as the engine is asked to register it, by Pulumi's own serialization. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  readonly parent: string;
  readonly isCustom: boolean;
  /** The inputs as they are sent: secrets and unknowns are marked. */
  readonly sent: Readonly<Record<string, unknown>>;
  /** The names of the resources that it depends on. */
  readonly dependsOn: readonly string[];
  /** The same, by the input from which a dependency comes. */
  readonly inputDependsOn: Readonly<Record<string, readonly string[]>>;
  readonly provider: string;
  readonly ignoreChanges: readonly string[];
  readonly timeouts: { readonly create: string; readonly update: string; readonly delete: string };
  readonly retainOnDelete: boolean;
  /** Nothing where it is left to the provider. */
  readonly deleteBeforeReplace?: boolean;
  readonly isProtected: boolean;
  readonly aliases: readonly string[];
}

/** What a program did. */
export interface Ran<T> {
  readonly made: T;
  /** In the order in which the engine was asked. */
  readonly resources: readonly Registered[];
  /** The outputs that components registered, as they are sent, by the component's name. */
  readonly outputs: Readonly<Record<string, Record<string, unknown>>>;
  readonly warnings: readonly string[];
  /** The resources that they stand at. */
  readonly warnedAt: readonly (pulumi.Resource | undefined)[];
  /** What ended the run, each thing once, as Pulumi tells it. */
  readonly failures: readonly unknown[];
}

/** How a program is run. */
export interface Running {
  /** Whether values of resources that are not there yet are unknown. */
  readonly isPreview?: boolean;
  /** Whether it is to end in a failure, which is then waited for. */
  readonly fails?: boolean;
  /** Whether it is to wait for what never comes. */
  readonly isStuck?: boolean;
  /** What a provider would add to the inputs of a resource. */
  readonly outputsOf?: (type: string, name: string) => Readonly<Record<string, unknown>>;
}

// What the SDK marks values with on the wire.
const SIGNATURE = '4dabf18193072939515e22adb298388d';
const SECRET = '1b47061264138c4ac30d75fd1eb44270';
const UNKNOWN = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';

/** What stands for an unknown value in what `valueOf` returns. */
export const UNKNOWN_VALUE = '(unknown)';

type Request = any;

/** The monitor of the mocks, which sees what an engine would. */
function monitor(): any {
  return pulumi.runtime.getMonitor();
}

/** Runs a program to its end, as Pulumi would with the outputs that are its resources' inputs. */
export async function run<T>(program: () => T, running: Running = {}): Promise<Ran<T>> {
  const { isPreview = false, fails = false, isStuck = false, outputsOf = () => ({}) } = running;
  const warnings: string[] = [];
  const warnedAt: (pulumi.Resource | undefined)[] = [];
  const warn = jest.spyOn(pulumi.log, 'warn').mockImplementation((text, resource) => {
    warnings.push(text);
    warnedAt.push(resource);
    return Promise.resolve();
  });
  const { resources, outputs } = await listening(isPreview, outputsOf);
  const { failures, failed, end } = rejections();
  try {
    const made = program();
    // What waits for a value that never comes would wait for ever.
    await Promise.race(fails ? [failed] : [failed, isStuck ? turn() : settled()]);
    return { made, resources, outputs, warnings, warnedAt, failures: [...failures] };
  } finally {
    end();
    warn.mockRestore();
  }
}

/** What waits for a value may go on to ask for more. */
async function settled(): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    await (pulumi.runtime as any).waitForRPCs();
    await turn();
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Catches what nobody handles, by which Pulumi's own process learns that a run has failed; Jest would take it for its own. */
function rejections(): { failures: Set<unknown>; failed: Promise<void>; end: () => void } {
  // Jest hands out a copy of the process.
  const real: NodeJS.Process = runInThisContext('process');
  const others = real.listeners('unhandledRejection');
  const failures = new Set<unknown>();
  let fail: () => void;
  const failed = new Promise<void>((resolve) => { fail = resolve; });
  const listener = (reason: unknown) => {
    failures.add(reason);
    // Others that wait for the same value fail with it.
    setTimeout(fail, 50);
  };
  real.removeAllListeners('unhandledRejection');
  real.on('unhandledRejection', listener);
  return {
    failures,
    failed,
    end: () => {
      real.removeListener('unhandledRejection', listener);
      others.forEach((other) => real.on('unhandledRejection', other));
    },
  };
}

async function listening(isPreview: boolean, outputsOf: NonNullable<Running['outputsOf']>) {
  const resources: Registered[] = [];
  const outputs: Record<string, Record<string, unknown>> = {};
  await pulumi.runtime.setMocks({
    // In a preview a new resource has no id yet, and its outputs are what is known of its inputs.
    newResource: ({ type, name, inputs, custom }) => ({ id: isPreview || !custom ? undefined : `${name}-id`, state: { ...inputs, ...isPreview ? {} : outputsOf(type, name) } }),
    call: ({ token, inputs }) => ({ ...inputs, ...outputsOf(token, '') }),
  }, 'project', 'stack', isPreview);
  const mocks = monitor();
  const registerResource = mocks.registerResource.bind(mocks);
  mocks.registerResource = (request: Request, callback: unknown) => {
    resources.push(registeredOf(request));
    return registerResource(request, callback);
  };
  const registerOutputs = mocks.registerResourceOutputs.bind(mocks);
  mocks.registerResourceOutputs = (request: Request, callback: unknown) => {
    outputs[nameOf(request.getUrn())] = request.getOutputs().toJavaScript();
    return registerOutputs(request, callback);
  };
  return { resources, outputs };
}

function registeredOf(request: Request): Registered {
  const timeouts = request.getCustomtimeouts();
  return {
    type: request.getType(),
    name: request.getName(),
    parent: nameOf(request.getParent()),
    isCustom: request.getCustom(),
    sent: request.getObject().toJavaScript(),
    dependsOn: request.getDependenciesList().map(nameOf),
    inputDependsOn: dependenciesOf(request.getPropertydependenciesMap()),
    provider: request.getProvider(),
    ignoreChanges: request.getIgnorechangesList(),
    timeouts: { create: timeouts.getCreate(), update: timeouts.getUpdate(), delete: timeouts.getDelete() },
    retainOnDelete: request.getRetainondelete(),
    deleteBeforeReplace: request.getDeletebeforereplacedefined() ? request.getDeletebeforereplace() : undefined,
    isProtected: request.getProtect(),
    aliases: request.getAliasesList().map((alias: any) => alias.getUrn() || alias.getSpec().getName()),
  };
}

function dependenciesOf(byInput: any): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  byInput.forEach((dependencies: any, input: string) => {
    if (dependencies.getUrnsList().length > 0) {
      found[input] = dependencies.getUrnsList().map(nameOf);
    }
  });
  return found;
}

function nameOf(urn: string): string {
  return urn.split('::').at(-1)!;
}

/** What is sent, with secrets as their values and unknowns as one text. */
export function valueOf(sent: unknown): unknown {
  return visited(sent, (value) => value);
}

/** The paths of what is sent as a secret. */
export function secretsIn(sent: unknown): string[] {
  const paths: string[] = [];
  visited(sent, (value, path) => {
    paths.push(path);
    return value;
  });
  return paths;
}

/** The paths of what is sent as unknown. */
export function unknownsIn(sent: unknown, path = ''): string[] {
  if (sent === UNKNOWN) {
    return [path];
  }
  return typeof sent === 'object' && sent !== null ? Object.entries(sent).flatMap(([key, inner]) => unknownsIn(inner, path === '' ? key : `${path}.${key}`)) : [];
}

function visited(sent: unknown, secret: (value: unknown, path: string) => unknown, path = ''): unknown {
  if (sent === UNKNOWN) {
    return UNKNOWN_VALUE;
  }
  if (Array.isArray(sent)) {
    return sent.map((item, index) => visited(item, secret, `${path}.${index}`));
  }
  if (typeof sent !== 'object' || sent === null) {
    return sent;
  }
  const fields = sent as Record<string, unknown>;
  return fields[SIGNATURE] === SECRET ? secret(visited(fields.value, secret, path), path)
    : Object.fromEntries(Object.entries(fields).map(([key, inner]) => [key, visited(inner, secret, path === '' ? key : `${path}.${key}`)]));
}

/** The value of an Output, once it is known. */
export function known<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => output.apply(resolve));
}

/** The object that a resource of Kubernetes asks for. */
export function objectOf({ sent }: Registered): Record<string, any> {
  return valueOf(sent) as Record<string, any>;
}

/** The one resource of this name. */
export function find({ resources }: Pick<Ran<unknown>, 'resources'>, name: string): Registered {
  const found = resources.filter((resource) => resource.name === name);
  expect([name, found.length]).toEqual([name, 1]);
  return found[0];
}
