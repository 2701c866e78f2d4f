import type { Decision, ZeroDowntimeService } from 'zero-downtime';

/** The numbers that a reader asks for first. The plans hold all of them. */
const SHOWN = [
  'preStop', 'drain', 'terminationGracePeriod', 'awsLoadBalancer.deregistrationDelay', 'awsLoadBalancer.idleTimeout', 'keepAliveTimeout',
  'startupProbe.failureThreshold', 'minReady', 'progressDeadline', 'maxSurge', 'maxDisrupted', 'scaleDownStabilization', 'peakPods', 'connections',
];

/** Tells what was synthesized: the objects of every service, and its main numbers with the inequalities behind them. */
export function summaryOf(services: readonly ZeroDowntimeService[], outdir: string): string {
  const objects = services.reduce((total, service) => total + service.objects.length, 0);
  const lines = [`${services.length} services, ${objects} objects in ${outdir}/, every number with its inequality in ${outdir}/plans/`];
  for (const service of services) {
    const { name, plan } = service;
    lines.push('', `${name}: ${service.objects.map(({ kind }) => kind).join(', ')}`);
    for (const decision of plan.decisions.filter((d) => SHOWN.includes(d.name))) {
      lines.push(...linesOf(decision));
    }
  }
  return `${lines.join('\n')}\n`;
}

function linesOf({ name, value, unit, inequalities }: Decision): string[] {
  const shown = `${value}${unit === 's' || unit === '%' ? unit : ''}`;
  const [first, ...rest] = inequalities.map(({ relation, expression }) => `${relation} ${expression}`);
  return [`  ${name.padEnd(37)} ${shown.padEnd(5)} ${first}`, ...rest.map((text) => `${' '.repeat(46)}${text}`)];
}
