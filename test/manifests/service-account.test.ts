import { ServiceAccount } from 'zero-downtime';
import { synthesize } from './synthesized';

test('by default the service has its own, without a token', () => {
  expect(synthesize().find('ServiceAccount')).toEqual({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: {
      name: 'payments',
      namespace: 'shop',
      labels: { 'app.kubernetes.io/name': 'payments', 'app.kubernetes.io/managed-by': 'zero-downtime' },
    },
    automountServiceAccountToken: false,
  });
});

test('a cloud role is an annotation of it', () => {
  const annotations = { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/payments' };
  expect(synthesize({ serviceAccount: ServiceAccount.create({ annotations }) }).find('ServiceAccount').metadata.annotations).toEqual(annotations);
});

test('the token may be mounted', () => {
  expect(synthesize({ serviceAccount: ServiceAccount.create({ automountToken: true }) }).find('ServiceAccount').automountServiceAccountToken).toBe(true);
});

test('an existing one is not created again', () => {
  expect(synthesize({ serviceAccount: ServiceAccount.existing('shared') }).kinds).not.toContain('ServiceAccount');
});
