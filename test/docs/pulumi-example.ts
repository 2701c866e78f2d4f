import type { PolicyPackArgs } from '@pulumi/policy';
import * as pulumi from '@pulumi/pulumi';
import { evaluate } from './evaluate';
import type { Outcome } from './example';
import { registeredBy } from '../../examples/pulumi-retail-store/mocked-stack';
import { treeOf } from '../../examples/pulumi-retail-store/resource-tree';

/** What stands before a fragment of a page about Pulumi. */
export const PULUMI_PRELUDE = [
  "import * as pulumi from '@pulumi/pulumi';",
  "import * as zeroDowntime from 'zero-downtime/pulumi';",
  'const {',
  '  Analysis, Database, DnsRecords, Duration, Env, EnvFrom, External, Health, LoadBalancer, Protocol, Replicas, Risk, Rollout, RolloutEngine,',
  '  ServiceAccount, Shutdown, Size, Spread, Traffic, Volume, ZeroDowntimeService,',
  '} = zeroDowntime;',
  "const base = { image: 'registry.example.com/payments:2.1.0', port: 3000, health: Health.http({ readiness: '/ready', liveness: '/healthz' }) };",
  'void [pulumi, base];',
].join('\n');

/** Whether a fragment in a document is the inside of a Pulumi program. */
export function isOfPulumi(document: string): boolean {
  return document.startsWith('docs/pulumi');
}

export function usesPulumi(program: string): boolean {
  return /from '(@pulumi\/|zero-downtime\/pulumi')/.test(program);
}

/** Runs a program under Pulumi's mocks. Its output ends with the tree of what it registers, as that of Pulumi's command line does. */
export async function runInPulumi(program: string): Promise<Outcome> {
  const printed: string[] = [];
  const spies = (['log', 'warn', 'error'] as const).map((name) =>
    jest.spyOn(console, name).mockImplementation((...texts: unknown[]) => void printed.push(String(texts[0]))));
  let failed = false;
  // Caught in the program: a stack that fails would end the process.
  const runProgram = () => {
    try {
      evaluate(program, { '@pulumi/policy': policies() });
    } catch (error) {
      failed = true;
      printed.push((error as Error).message);
    }
  };
  try {
    const registered = await registeredBy(runProgram, { project: 'shop', stack: 'dev', computed });
    const objects = registered.filter(({ resource }) => pulumi.CustomResource.isInstance(resource));
    return failed ? { manifests: [], output: printed.join('\n') }
      : { manifests: objects.map(({ inputs }) => inputs), output: [...printed, treeOf(registered)].join('\n') };
  } finally {
    spies.forEach((spy) => spy.mockRestore());
  }
}

/** What AWS tells of a certificate that is asked for: the record that proves whose the domain is. */
function computed(type: string): object {
  const record = { resourceRecordName: '_1.example.com', resourceRecordType: 'CNAME', resourceRecordValue: '_1.acm-validations.aws' };
  return type === 'aws:acm/certificate:Certificate' ? { arn: 'arn:aws:acm:eu-west-1:111122223333:certificate/1', domainValidationOptions: [record] } : {};
}

/** The package of policies, whose packs would otherwise open a server and wait for Pulumi's command line. */
function policies(): object {
  return {
    ...jest.requireActual<object>('@pulumi/policy'),
    PolicyPack: class {
      constructor(readonly name: string, readonly args: PolicyPackArgs) {}
    },
  };
}
