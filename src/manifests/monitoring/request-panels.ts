import type { Chart } from './panel';
import type { PlannedMonitoring } from '../../plan/monitoring/planned-monitoring';
import type { VersionRequests } from '../../plan/monitoring/service-requests';

/** The window of the charts, in seconds: that of the short alerts. */
const WINDOW = 300;

/** Renders what users see of each version, where there are metrics of requests. */
export function requestPanels({ requests }: PlannedMonitoring): Chart[] {
  if (requests === undefined) {
    return [];
  }
  const versions = requests.versions.length === 0 ? [requests.whole] : requests.versions;
  const targets = (exprOf: (version: VersionRequests) => string) => versions.map((version) => ({ legend: version.legend, expr: exprOf(version) }));
  const share = (version: VersionRequests) => version.legend === '{{version}}'
    ? `(${version.total(WINDOW)}) / scalar(sum(${version.total(WINDOW)}))`
    : `(${version.total(WINDOW)}) / (${versions.map(({ total }) => `(${total(WINDOW)} or vector(0))`).join(' + ')})`;
  return [
    { title: 'Requests', description: 'Requests per second, by version.', unit: 'reqps', targets: targets(({ total }) => total(WINDOW)) },
    { title: 'Failures', description: 'The share of failed requests, by version.', unit: 'percentunit', targets: targets(({ failed, total }) => `(${failed(WINDOW)}) / (${total(WINDOW)})`) },
    { title: 'p50', description: 'The time within which half of the requests are answered, by version.', unit: 's', targets: targets(({ quantile }) => quantile(0.5, WINDOW)) },
    { title: 'p99', description: 'The time within which 99 % of the requests are answered, by version.', unit: 's', targets: targets(({ quantile }) => quantile(0.99, WINDOW)) },
    ...requests.versions.length === 0 ? [] : [
      { title: 'Measured share', description: 'The share of the requests that each version answers, as measured.', unit: 'percentunit' as const, targets: targets(share), isStacked: true },
    ],
  ];
}
