import { EnvFrom, Volume } from 'zero-downtime';
import { Synthesized, synthesize } from './synthesized';

const nameOf = (config: Record<string, string>) => synthesize({ config }).find('ConfigMap').metadata.name;
const named = (synthesized: Synthesized, prefix: string) =>
  synthesized.objects.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name.startsWith(prefix));

test('there is none where nothing is configured', () => {
  expect(synthesize().kinds).not.toContain('ConfigMap');
  expect(synthesize({ config: {} }).kinds).not.toContain('ConfigMap');
});

test('it never changes, and the old one is pruned last', () => {
  const { metadata, ...rest } = synthesize({ config: { MODE: 'fast', LEVEL: '3' } }).find('ConfigMap');
  expect(metadata.annotations).toEqual({ 'argocd.argoproj.io/sync-options': 'PruneLast=true' });
  expect(rest).toEqual({ apiVersion: 'v1', kind: 'ConfigMap', immutable: true, data: { LEVEL: '3', MODE: 'fast' } });
});

describe('the name', () => {
  test('holds the service\'s name and a hash', () => {
    expect(nameOf({ A: '1' })).toMatch(/^payments-config-[0-9a-f]{10}$/);
  });

  test('changes with a value, a key and the number of keys', () => {
    const names = [nameOf({ A: '1' }), nameOf({ A: '2' }), nameOf({ B: '1' }), nameOf({ A: '1', B: '1' }), nameOf({ A: '' })];
    expect(new Set(names).size).toBe(names.length);
  });

  test('does not change with the order of the keys', () => {
    expect(nameOf({ A: '1', B: '2' })).toBe(nameOf({ B: '2', A: '1' }));
  });

  test('does not confuse where one value ends and the next key begins', () => {
    expect(nameOf({ A: '1","B":"2' })).not.toBe(nameOf({ A: '1', B: '2' }));
  });

  test('does not change with anything else of the service', () => {
    const other = synthesize({ config: { A: '1' }, image: 'registry.example.com/payments:3.0.0' }).find('ConfigMap').metadata.name;
    expect(other).toBe(nameOf({ A: '1' }));
  });

  test('may be as long as Kubernetes allows', () => {
    const configMaps = { ['long'.repeat(15)]: { a: '1' } };
    const { name } = synthesize({ name: 'p'.repeat(52), configMaps }).find('ConfigMap').metadata;
    expect(name.length).toBeLessThanOrEqual(253);
  });
});

describe('what refers to it', () => {
  test('the service\'s container reads every key of `config`', () => {
    const synthesized = synthesize({ config: { A: '1' } });
    expect(synthesized.container.envFrom).toEqual([{ configMapRef: { name: synthesized.find('ConfigMap').metadata.name } }]);
  });

  test('another content is another pod template, which rolls the pods', () => {
    expect(synthesize({ config: { A: '1' } }).template).not.toEqual(synthesize({ config: { A: '2' } }).template);
  });

  test('each further one has its own name, and envFrom and volumes follow it', () => {
    const synthesized = synthesize({
      configMaps: { flags: { A: '1' }, rules: { 'rules.yaml': 'a: 1' } },
      envFrom: [EnvFrom.config('flags')],
      volumes: { '/rules': Volume.config('rules') },
    });
    const [flags, rules] = ['payments-flags-', 'payments-rules-'].map((prefix) => named(synthesized, prefix));
    expect(flags.data).toEqual({ A: '1' });
    expect(rules.data).toEqual({ 'rules.yaml': 'a: 1' });
    expect(synthesized.container.envFrom).toEqual([{ configMapRef: { name: flags.metadata.name } }]);
    expect(synthesized.podSpec.volumes[0].configMap.name).toBe(rules.metadata.name);
  });

  test('one that nothing refers to is still created', () => {
    expect(named(synthesize({ configMaps: { spare: {} } }), 'payments-spare-').data).toEqual({});
  });

  test.each([[{}], [{ config: { A: '1' } }]])('none of `configMaps` may be called config, beside settings or without', (settings) => {
    expect(() => synthesize({ ...settings, configMaps: { config: { A: '1' } } }))
      .toThrow('[chart/payments] configMaps name "config" is that of the settings in config; give it another name');
  });

  test.each(['config-2', 'configs', 'my-config'])('one of `configMaps` may be called %s beside the settings', (name) => {
    expect(named(synthesize({ config: { A: '1' }, configMaps: { [name]: { A: '1' } } }), `payments-${name}-`).data).toEqual({ A: '1' });
  });
});
