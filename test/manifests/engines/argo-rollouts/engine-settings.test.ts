import { settingsOf } from '../../../../src/manifests/engines/argo-rollouts/engine-settings';

test('another engine\'s settings are not taken for those of Argo Rollouts', () => {
  expect(() => settingsOf({ kind: 'flagger', webhooks: [] })).toThrow('engine flagger is not Argo Rollouts');
});
