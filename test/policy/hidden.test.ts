import { secret, UNKNOWN, type Resource, type Violation } from './engine';
import { changed, policiesOf, resourcesOf, violationsOf } from './stack';
import { inside } from '../verify/verdicts/manifests';

const DRAINS = { assume: { shutdown: 'drains' } } as const;
const TEMPLATE = ['spec', 'template', 'spec'] as const;
const CONTAINER = [...TEMPLATE, 'containers', 0] as const;

/** The Deployment of some manifests with values at places, beside the others as they are. */
function withValues(yaml: string, values: readonly (readonly [readonly (string | number)[], unknown])[]): Resource[] {
  return resourcesOf(yaml).map((resource) => resource.props.kind !== 'Deployment' ? resource
    : { ...resource, props: values.reduce((props, [path, value]) => changed(props, path, value), resource.props) });
}

function messagesOf(violations: readonly Violation[], policy: string): string[] {
  return violations.filter((violation) => violation.policy === policy).map(({ message }) => message.split('\n').slice(1).join('\n'));
}

describe('an image that is not known yet', () => {
  const unknownImage = (changes = {}) => violationsOf(withValues(inside(changes), [[[...CONTAINER, 'image'], UNKNOWN]]), DRAINS);

  test('is nothing that a release depends on', async () => {
    const policies = (await unknownImage()).map(({ policy }) => policy);
    expect(policies).not.toContain('release-unknown');
    expect(policies).not.toContain('release-loses-requests');
  });

  test('hides no other finding and no lost request', async () => {
    const policies = (await unknownImage({ preStop: '' })).map(({ policy }) => policy);
    expect(policies).toEqual(expect.arrayContaining(['missing-pre-stop', 'release-loses-requests']));
  });

  test('is told with the rules that may still find something there', async () => {
    expect(messagesOf(await unknownImage(), 'not-judged')).toEqual([
      'judged in part: what rules say may depend on spec.template.spec.containers[0].image, unknown until applied; among them moving-image-tag',
    ]);
  });
});

describe('a grace period that is not known yet', () => {
  const violations = violationsOf(withValues(inside({ grace: 5 }), [[[...TEMPLATE, 'terminationGracePeriodSeconds'], UNKNOWN]]), DRAINS);

  test('makes no rule find what may not be so', async () => {
    expect((await violations).map(({ policy }) => policy)).not.toContain('grace-too-short');
  });

  test('makes no rule pass in silence', async () => {
    expect(messagesOf(await violations, 'not-judged').join()).toMatch(/may depend on spec\.template\.spec\.terminationGracePeriodSeconds, unknown until applied; among them .*pre-stop-fills-grace/);
  });

  test('leaves the verdict open, and says why', async () => {
    expect(messagesOf(await violations, 'release-unknown')).toEqual([
      'Deployment shop/payments, clusterInternal by Service shop/payments: UNKNOWN, it depends on spec.template.spec.terminationGracePeriodSeconds, unknown until applied',
    ]);
  });

  test('is no violation that fails', async () => {
    expect((await violations).filter(({ level }) => level === 'mandatory')).toEqual([]);
  });
});

describe('labels that are not known yet', () => {
  test('are not told to be selected by nothing', async () => {
    const resources = withValues(inside(), [[['spec', 'template', 'metadata', 'labels', 'app'], UNKNOWN]]);
    const policies = (await violationsOf(resources, DRAINS)).map(({ policy }) => policy);
    expect(policies).toContain('not-judged');
    ['service-selects-nothing', 'selector-mismatch'].forEach((rule) => expect(policies).not.toContain(rule));
  });
});

describe('a spec that is not known yet', () => {
  test('leaves its namespace open, and no other', async () => {
    const other = inside({ preStop: '' }).replaceAll('shop', 'bank');
    const violations = await violationsOf([...withValues(inside(), [[['spec'], UNKNOWN]]), ...resourcesOf(other)], DRAINS);
    expect(new Set(violations.filter(({ policy }) => policy !== 'not-judged').map(({ urn }) => urn.split('::').pop()))).toEqual(new Set(['bank/payments']));
  });
});

describe('the name of an object', () => {
  const named = (name: unknown) => {
    const [deployment, ...others] = withValues(inside({ preStop: '' }), [[['metadata', 'name'], name]]);
    return violationsOf([{ ...deployment, name: 'pay' }, ...others], DRAINS);
  };

  test('is the resource\'s where it is left to Pulumi', async () => {
    expect(messagesOf(await named(undefined), 'missing-pre-stop')[0]).toMatch(/^Deployment shop\/pay: /);
  });

  test('leaves open what others refer to where it is not known yet', async () => {
    const violations = await named(UNKNOWN);
    expect(new Set(violations.map(({ policy }) => policy))).toEqual(new Set(['not-judged', 'release-unknown']));
    expect(messagesOf(violations, 'release-unknown')[0]).toMatch(/^Deployment shop\/pay, .*UNKNOWN, it depends on metadata.name, unknown until applied$/);
  });
});

describe('secrets', () => {
  const SECRET = 'hunter2-correct-horse';
  const secretAt = (path: readonly (string | number)[], value: unknown = SECRET, isRegistered = true) =>
    withValues(inside({ preStop: '' }), [[path, secret(value)]]).map((resource) => ({ ...resource, isRegistered }));

  test.each([
    ['an image', [...CONTAINER, 'image'], SECRET], ['a label', ['spec', 'template', 'metadata', 'labels', 'app'], SECRET],
    ['a name', ['metadata', 'name'], SECRET], ['a number in quotes', ['spec', 'replicas'], SECRET], ['a port', [...CONTAINER, 'ports', 0, 'containerPort'], SECRET],
    ['a container\'s name', [...CONTAINER, 'name'], SECRET], ['annotations', ['metadata', 'annotations'], { 'zero-downtime/shutdown': SECRET }],
    ['a whole spec', ['spec'], { replicas: SECRET, selector: { matchLabels: { app: SECRET } }, template: { metadata: { labels: { app: SECRET } } } }],
  ])('in %s are in no message', async (_, path, value) => {
    expect(JSON.stringify(await violationsOf(secretAt(path, value), { severity: 'info' }))).not.toContain('hunter2');
  });

  test('that are numbers are in no message', async () => {
    const violations = await violationsOf(withValues(inside(), [[[...TEMPLATE, 'terminationGracePeriodSeconds'], secret(4711)]]), { ...DRAINS, severity: 'info' });
    expect(JSON.stringify(violations)).not.toContain('4711');
    expect(messagesOf(violations, 'release-unknown')[0]).toMatch(/terminationGracePeriodSeconds, secret$/);
  });

  test('of a Secret are in no message, marked or not', async () => {
    const yaml = `apiVersion: v1\nkind: Secret\nmetadata: { name: ${'x'} }\ndata: { token: { of: ${SECRET} } }\nstringData: { other: ${SECRET} }\n`;
    expect(JSON.stringify(await violationsOf(resourcesOf(yaml), { severity: 'info' }))).not.toContain('hunter2');
  });

  test('are in no message where Pulumi does not show them: of a resource that this run does not register', async () => {
    const resources = secretAt([...CONTAINER, 'image'], `${SECRET}:latest`, false);
    const violations = await violationsOf(resources, { severity: 'info' });
    expect(JSON.stringify(violations)).not.toContain('hunter2');
    expect(messagesOf(violations, 'moving-image-tag')).toEqual([[
      'spec.template.spec.containers[0].image',
      'the text is withheld, because Pulumi does not show which values are secret: leave the policy declared-inputs at its level, remediate',
      'rule: moving-image-tag',
    ].join('\n')]);
  });
});

describe('what is declared', () => {
  const HPA = 'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: payments, namespace: shop }\n'
    + 'spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: payments }, minReplicas: 2, maxReplicas: 8 }\n';

  test('is judged, and not what the cluster has made of it', async () => {
    const resources = resourcesOf(inside({ spec: '', others: [HPA] })).map((resource) => resource.props.kind !== 'Deployment' ? resource
      : { ...resource, outputs: changed(resource.props, ['spec', 'replicas'], 5) });
    const policies = (isRegistered: boolean) => policiesOf(resources.map((resource) => ({ ...resource, isRegistered })));
    expect(await policies(true)).not.toContain('autoscaler-with-replicas');
    expect(await policies(false)).toContain('autoscaler-with-replicas');
  });

  test('is judged without what the API server and Pulumi add', async () => {
    const metadata = { name: 'payments', namespace: 'shop', managedFields: 'x', annotations: { 'pulumi.com/skipAwait': true } };
    const resources = withValues(inside(), [[['status'], { replicas: 'many' }], [['metadata'], metadata]]);
    expect((await violationsOf(resources, DRAINS)).map(({ policy }) => policy)).not.toContain('unreadable');
  });
});
