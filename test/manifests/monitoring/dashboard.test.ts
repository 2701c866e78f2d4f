import Ajv from 'ajv';
import { DASHBOARD_SCHEMA } from './dashboard-schema';
import { dashboardMapOf, dashboardOf } from './monitored';
import { renderDashboard } from '../../../src/manifests/monitoring/dashboard';
import type { Panel } from '../../../src/manifests/monitoring/panel';
import { planService } from '../../../src/plan/plan-service';
import { Monitoring } from '../../../src/spec/monitoring';
import { Protocol } from '../../../src/spec/protocol';
import { MINIMAL, planned } from '../../plan/declare';
import { MONITORED, RELEASES, type Release } from '../../plan/monitoring/declared';

const ALL = Object.keys(RELEASES) as Release[];
const validate = new Ajv({ allErrors: true }).compile(DASHBOARD_SCHEMA);
const titlesOf = (release: Release) => dashboardOf(RELEASES[release]).panels.map(({ title }) => title);
const exprsOf = (release: Release, title: string) =>
  (dashboardOf(RELEASES[release]).panels.find((panel) => panel.title === title)!.targets as Array<{ expr: string }>).map(({ expr }) => expr);

test('is a ConfigMap that the sidecar finds, with a file of a name of its own', () => {
  const { metadata, data } = dashboardMapOf(RELEASES.rolling);
  expect([metadata.name, metadata.labels.grafana_dashboard, Object.keys(data)]).toEqual(['payments-release-dashboard', '1', ['shop-payments-release.json']]);
});

describe.each(ALL)('%s', (release) => {
  const dashboard = dashboardOf(RELEASES[release]);

  test('has the form of a dashboard, and nothing else', () => {
    expect(validate(dashboard) ? [] : validate.errors).toEqual([]);
  });

  test('has panels that are numbered in order and cover no part of each other', () => {
    expect(dashboard.panels.map(({ id }) => id)).toEqual(dashboard.panels.map((_, index) => index + 1));
    const cells = dashboard.panels.flatMap(cellsOf);
    expect(new Set(cells).size).toBe(cells.length);
    expect(dashboard.panels.every(({ gridPos }) => gridPos.x + gridPos.w <= 24)).toBe(true);
  });

  test('is the same each time it is made', () => {
    expect(dashboardMapOf(RELEASES[release])).toEqual(dashboardMapOf(RELEASES[release]));
  });

  test('marks releases by what tells that one is going on', () => {
    const { list } = dashboard.annotations as { list: Array<{ expr: string; name: string }> };
    expect(list.map(({ name, expr }) => [name, expr])).toEqual([['releases', planned(RELEASES[release]).planned.monitoring!.releasing]]);
  });
});

test('a schema refuses a panel with a field that Grafana does not know', () => {
  const dashboard = structuredClone(dashboardOf(RELEASES.rolling)) as unknown as { panels: object[] };
  Object.assign(dashboard.panels[0], { gridPosition: {} });
  expect(validate(dashboard)).toBe(false);
});

test.each<[Release, string[]]>([
  ['argo canary', ['Requests', 'Failures', 'p50', 'p99', 'Measured share', 'Ready pods', 'Phase']],
  ['flagger canary', ['Requests', 'Failures', 'p50', 'p99', 'Measured share', 'Ready pods', 'Weight', 'Status']],
  ['native canary', ['Requests', 'Failures', 'p50', 'p99', 'Measured share', 'Ready pods', 'Replicas']],
  ['rolling behind ingress-nginx', ['Requests', 'Failures', 'p50', 'p99', 'Ready pods', 'Replicas']],
])('%s shows %j', (release, titles) => {
  expect(titlesOf(release)).toEqual(titles);
});

test('shows versions beside each other: by hash where one workload has both', () => {
  expect(exprsOf('argo canary', 'Requests')[0]).toContain('label_replace(rate(istio_requests_total{reporter="destination"');
  expect(exprsOf('native canary', 'Requests').map((expr) => /destination_workload="([^"]+)"/.exec(expr)?.[1])).toEqual(['payments-stable', 'payments-canary']);
  expect(exprsOf('native canary', 'Ready pods').map((expr) => /pod=~"payments-(\w+)-/.exec(expr)?.[1])).toEqual(['stable', 'canary']);
  expect(exprsOf('flagger canary', 'Weight')[0]).toContain('flagger_canary_weight{exported_namespace="shop",workload="payments"}');
});

test('shows no requests where nothing counts them', () => {
  const { planned: { monitoring, ...rest } } = planned({ protocol: Protocol.GRPC, monitoring: Monitoring.prometheusOperator() });
  expect(renderDashboard({ ...rest, monitoring }, monitoring!).panels.map(({ title }) => title)).toEqual(['Ready pods', 'Replicas']);
});

test('the same name in another namespace is another dashboard', () => {
  const uids = ['shop', 'other', undefined].map((namespace) => {
    const { planned: made } = planService({ name: 'payments', namespace, path: 'app', props: { ...MINIMAL, monitoring: MONITORED } });
    return renderDashboard(made, made.monitoring!).uid;
  });
  expect(new Set(uids).size).toBe(3);
  expect(uids.every((uid) => uid.length <= 40)).toBe(true);
});

function cellsOf({ gridPos: { x, y, w, h } }: Panel): string[] {
  return Array.from({ length: w * h }, (_, index) => `${x + index % w},${y + Math.floor(index / w)}`);
}
