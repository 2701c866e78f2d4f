import { Field } from './field';
import { configMapKey } from './names';

/** Of the values alone, for ConfigMaps and Secrets alike. */
const MAX_BYTES = 1024 * 1024;

export function configMap(manifest: Field): void {
  const [data, binaryData] = [manifest.get('data'), manifest.get('binaryData')];
  keys(data);
  keys(binaryData);
  for (const [key, value] of data.entries) {
    value.refuseIf(binaryData.get(key).isSet, 'duplicate of key present in binaryData');
  }
  size(manifest, sizeOf(data, 'utf8') + sizeOf(binaryData, 'base64'));
}

export function secret(manifest: Field): void {
  const [data, stringData] = [manifest.get('data'), manifest.get('stringData')];
  keys(data);
  keys(stringData);
  size(manifest, sizeOf(data, 'base64') + sizeOf(stringData, 'utf8'));
}

function keys(data: Field): void {
  for (const [key, value] of data.entries) {
    const complaint = configMapKey(key);
    value.refuseIf(complaint !== undefined, `key ${complaint}`);
  }
}

function sizeOf(data: Field, encoding: BufferEncoding): number {
  return data.entries.reduce((total, [, value]) => total + Buffer.byteLength(value.text ?? '', encoding), 0);
}

function size(manifest: Field, bytes: number): void {
  manifest.refuseIf(bytes > MAX_BYTES, `must not exceed ${MAX_BYTES} bytes, holds ${bytes}`);
}
