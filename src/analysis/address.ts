import { quoted } from '../reading/quoted';

/** Why a text is no address of a Prometheus, as the end of a sentence about it; nothing where it is one. */
export function addressProblem(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && (url.username !== '' || url.password !== '')) {
    return 'must hold no user and no password; give them by --username and --password-file, or in the environment';
  }
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    return `${quoted(text)} must be an address that starts with http:// or https://`;
  }
  return url.search !== '' || url.hash !== '' ? `${quoted(text)} must end with its path; remove what follows the ${url.search === '' ? '#' : '?'}` : undefined;
}

/** The instant queries of an address, below whatever path it has: Mimir, for one, answers below `/prometheus`. */
export function queryUrl(address: string): URL {
  const url = new URL(address);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/api/v1/query`;
  return url;
}

/** Whether nobody can read along on the way to an address: it is encrypted, or does not leave the machine. */
export function isPrivateWay(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
