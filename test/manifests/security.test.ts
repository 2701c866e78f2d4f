import { Security, Volume } from 'zero-downtime';
import { synthesize } from './synthesized';

const TMP = { name: 'tmp', mountPath: '/tmp' };
const SIDECAR = { name: 'sidecar', image: 'registry.example.com/sidecar:1' };

describe('container', () => {
  test('by default it is restricted, with a read-only root file system', () => {
    expect(synthesize().container.securityContext).toEqual({
      runAsNonRoot: true,
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
      seccompProfile: { type: 'RuntimeDefault' },
    });
  });

  test('a user and a group are written', () => {
    const security = Security.restricted({ user: 1000, group: 2000 });
    expect(synthesize({ security }).container.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000, runAsGroup: 2000 });
  });

  test('capabilities are given back after all have been dropped', () => {
    const security = Security.restricted({ addCapabilities: ['NET_BIND_SERVICE'] });
    expect(synthesize({ security }).container.securityContext.capabilities).toEqual({ drop: ['ALL'], add: ['NET_BIND_SERVICE'] });
  });

  test.each(['NET_ADMIN', 'ALL', 'net_bind_service', 'CAP_NET_BIND_SERVICE', ''])('the capability %j is not given back by the restricted standard', (name) => {
    for (const addCapabilities of [[name], ['NET_BIND_SERVICE', name]]) {
      expect(() => Security.restricted({ addCapabilities }))
        .toThrow(`Security.restricted addCapabilities "${name}" must be NET_BIND_SERVICE; Security.unrestricted() drops none`);
    }
  });

  test('an empty list of capabilities gives none back', () => {
    expect(synthesize({ security: Security.restricted({ addCapabilities: [] }) }).container.securityContext.capabilities.drop).toEqual(['ALL']);
  });

  test.each(['user', 'group'])('the largest %s id is the kernel\'s', (field) => {
    expect(() => Security.restricted({ [field]: 2_147_483_647 })).not.toThrow();
    expect(() => Security.restricted({ [field]: 2_147_483_648 }))
      .toThrow(`Security.restricted ${field} 2147483648 must be a whole number from 1 to 2147483647`);
  });

  test('the root file system may be made writable', () => {
    const security = Security.restricted({ writableRootFilesystem: true });
    expect(synthesize({ security }).container.securityContext.readOnlyRootFilesystem).toBe(false);
  });

  test('an unrestricted one has no security context', () => {
    expect(synthesize({ security: Security.unrestricted() }).container).not.toHaveProperty('securityContext');
  });

  test('a companion is restricted on its own account', () => {
    const { podSpec } = synthesize({ security: Security.unrestricted(), initContainers: [SIDECAR] });
    expect(podSpec.initContainers[0].securityContext.runAsNonRoot).toBe(true);
  });
});

describe('pod', () => {
  test('it has no security context of its own by default', () => {
    expect(synthesize().podSpec).not.toHaveProperty('securityContext');
  });

  test('the service\'s group owns the volumes', () => {
    expect(synthesize({ security: Security.restricted({ group: 2000 }) }).podSpec.securityContext)
      .toEqual({ fsGroup: 2000, fsGroupChangePolicy: 'OnRootMismatch' });
  });
});

describe('/tmp', () => {
  test('it is an emptyDir where the program could write nowhere else', () => {
    const { container, podSpec } = synthesize();
    expect(container.volumeMounts).toEqual([TMP]);
    expect(podSpec.volumes).toEqual([{ name: 'tmp', emptyDir: {} }]);
  });

  test.each([
    ['writable', Security.restricted({ writableRootFilesystem: true })],
    ['unrestricted', Security.unrestricted()],
  ])('there is none where the root file system is %s', (_, security) => {
    const { container, podSpec } = synthesize({ security });
    expect(container).not.toHaveProperty('volumeMounts');
    expect(podSpec).not.toHaveProperty('volumes');
  });

  test('a declared one is kept', () => {
    const { container, podSpec } = synthesize({ volumes: { '/tmp': Volume.memory() } });
    expect(container.volumeMounts).toEqual([TMP]);
    expect(podSpec.volumes).toEqual([{ name: 'tmp', emptyDir: { medium: 'Memory' } }]);
  });

  test('each container has its own', () => {
    const { container, podSpec } = synthesize({ initContainers: [SIDECAR] });
    expect(container.volumeMounts).toEqual([TMP]);
    expect(podSpec.initContainers[0].volumeMounts).toEqual([{ name: 'tmp-2', mountPath: '/tmp' }]);
    expect(podSpec.volumes).toEqual([{ name: 'tmp', emptyDir: {} }, { name: 'tmp-2', emptyDir: {} }]);
  });

  test('one that is declared with a slash at its end is refused, because it would be the same directory twice', () => {
    expect(() => synthesize({ volumes: { '/tmp/': Volume.memory() } })).toThrow('volume path "/tmp/" must be absolute, hold no \':\' and not end with \'/\'');
  });
});
