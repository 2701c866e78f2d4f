import { Field, refuseDuplicates } from './field';
import { dns1123Label, dns1123Subdomain } from './names';

const MAX_FILE_MODE = 0o777;

/** Checks the volumes and answers their names. */
export function volumes(field: Field): Set<string> {
  for (const volume of field.items) {
    volume.get('name').requiredName(dns1123Label);
    // None at all is an emptyDir by default.
    const sources = volume.keys.filter((key) => key !== 'name' && volume.get(key).isSet);
    volume.refuseIf(sources.length > 1, `must not specify more than one volume type: ${sources.join(', ')}`);
    volumeSource(volume);
  }
  refuseDuplicates(field.items, (volume) => volume.get('name').text, 'duplicate volume');
  return new Set(field.items.map((volume) => volume.get('name').text ?? ''));
}

export function volumeMounts(container: Field, known: ReadonlySet<string>): void {
  const mounts = container.get('volumeMounts').items;
  for (const mount of mounts) {
    const name = mount.get('name');
    name.require();
    name.refuseIf(Boolean(name.text) && !known.has(name.text ?? ''), `no volume named '${name.text}'`);
    mount.get('mountPath').require();
    descendingPath(mount.get('subPath'));
    descendingPath(mount.get('subPathExpr'));
    mount.get('subPathExpr').refuseIf(Boolean(mount.get('subPath').text && mount.get('subPathExpr').text), 'subPathExpr and subPath are mutually exclusive');
  }
  refuseDuplicates(mounts, (mount) => mount.get('mountPath').text, 'duplicate mountPath');
}

function volumeSource(volume: Field): void {
  const [configMap, secret, claim] = [volume.get('configMap'), volume.get('secret'), volume.get('persistentVolumeClaim')];
  if (configMap.isSet) {
    configMap.get('name').requiredName(dns1123Subdomain);
  }
  if (secret.isSet) {
    secret.get('secretName').requiredName(dns1123Subdomain);
  }
  if (claim.isSet) {
    claim.get('claimName').requiredName(dns1123Subdomain);
  }
  for (const source of [configMap, secret, volume.get('projected'), volume.get('downwardAPI')]) {
    source.get('defaultMode').within(0, MAX_FILE_MODE);
    for (const item of source.get('items').items) {
      item.get('path').require();
      descendingPath(item.get('path'));
      item.get('mode').within(0, MAX_FILE_MODE);
    }
  }
}

/** Inside the volume, wherever it is mounted. */
function descendingPath(path: Field): void {
  path.refuseIf(path.text?.startsWith('/') === true, 'must be a relative path');
  path.refuseIf(path.text?.split('/').includes('..') === true, "must not contain '..'");
}
