import * as pulumi from '@pulumi/pulumi';
import { Duration, Env, EnvArgs, Health, InvalidArgumentsError, Replicas, Traffic, ZeroDowntimeService, ZeroDowntimeServiceArgs } from 'zero-downtime/pulumi';

const registered: string[] = [];

async function main(): Promise<void> {
  await pulumi.runtime.setMocks({
    newResource: ({ type, name, inputs }) => {
      registered.push(`${type} ${name}`);
      return { id: name, state: inputs };
    },
    call: ({ inputs }) => inputs,
  });
  const env: EnvArgs = { REGION: pulumi.output('eu-north-1'), PASSWORD: Env.secretKey(pulumi.output('payments-db'), 'password') };
  const declaration: ZeroDowntimeServiceArgs = {
    namespace: Promise.resolve('shop'),
    image: pulumi.interpolate`${pulumi.output('registry.example.com/payments')}:2.1.0`,
    port: 3000,
    env,
    startsWithin: Duration.seconds(40),
    health: Health.http({ readiness: '/ready', liveness: '/healthz' }),
    replicas: Replicas.autoscaled({ min: 4, max: 8, cpuPercent: 70 }),
    traffic: [Traffic.istio({ hosts: [pulumi.output('api.example.com')], gateways: ['istio-system/public'] })],
  };
  const payments = new ZeroDowntimeService('payments', declaration);
  const grace: number = payments.plan.find('terminationGracePeriod').value;
  const image: pulumi.Output<string> = payments.deployment.spec.template.spec.containers[0].image;
  const told = await new Promise<string>((resolve) => pulumi.all([image, payments.url, payments.host]).apply((all) => resolve(all.join(' '))));
  await pulumi.runtime.disconnect();
  console.log([...registered.sort(), `${told} ${grace}s`, refusalOf(declaration)].join('\n'));
}

function refusalOf(declaration: ZeroDowntimeServiceArgs): string {
  try {
    new ZeroDowntimeService('hasty', { ...declaration, overrides: { terminationGracePeriod: Duration.seconds(5) } });
    return 'nothing was refused';
  } catch (error) {
    return error instanceof InvalidArgumentsError ? `refused ${error.errors[0].propertyPath}` : String(error);
  }
}

void main();
