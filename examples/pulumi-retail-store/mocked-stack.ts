import * as pulumi from '@pulumi/pulumi';

/** One resource that a program has registered. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  readonly parent?: pulumi.Resource;
  readonly resource: pulumi.Resource;
  /** As Pulumi's engine would get them. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** What the program is to find where the command line of Pulumi would give it. */
export interface Surroundings {
  readonly project: string;
  readonly stack: string;
  readonly config?: Readonly<Record<string, string>>;
  /** What the provider of a type would add to what a resource is given. */
  readonly computed?: (type: string) => object;
}

/** Runs a program without Pulumi's engine, with every resource made at once, and returns what it registers in order. */
export async function registeredBy(program: () => unknown, surroundings: Surroundings): Promise<Registered[]> {
  const { project, stack, config = {}, computed = () => ({}) } = surroundings;
  const registered: Registered[] = [];
  const inputsOf = new Map<string, Record<string, unknown>>();
  pulumi.runtime.setAllConfig(Object.fromEntries(Object.entries(config).map(([key, value]) => [`${project}:${key}`, value])));
  await pulumi.runtime.setMocks({
    newResource: ({ type, name, inputs }) => {
      inputsOf.set(`${type} ${name}`, inputs);
      return { id: name, state: { ...computed(type), ...inputs } };
    },
    call: ({ inputs }) => inputs,
  }, project, stack);
  await pulumi.runtime.runInPulumiStack(async () => {
    pulumi.runtime.registerStackTransformation(({ resource, type, name, opts: { parent } }) => {
      registered.push({ resource, type, name, parent, get inputs() { return inputsOf.get(`${type} ${name}`) ?? {}; } });
      return undefined;
    });
    return program();
  });
  await pulumi.runtime.disconnect();
  return registered;
}
