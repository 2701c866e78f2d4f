import { DeclarationError } from '../spec/declaration-error';

/** What this entry is made of. Users of cdk8s need none of it, so none of it comes with the package. */
const PEERS = ['@pulumi/pulumi', '@pulumi/kubernetes'];

/** Refuses in one sentence, where Node would tell of a module that it did not find in a file that nobody wrote. */
export function refuseWithout(entry: string, peers: readonly string[], resolve: (name: string) => string): void {
  const absent = peers.filter((name) => !isInstalled(name, resolve));
  if (absent.length > 0) {
    throw new DeclarationError([`${entry} needs ${absent.join(' and ')}, which ${absent.length === 1 ? 'is' : 'are'} not installed; `
      + `run: npm install ${absent.join(' ')}`]);
  }
}

function isInstalled(name: string, resolve: (name: string) => string): boolean {
  try {
    resolve(`${name}/package.json`);
    return true;
  } catch {
    return false;
  }
}

refuseWithout('zero-downtime/pulumi', PEERS, require.resolve);
