/** The SDK of Pulumi policies: an optional peer, because only those who enforce policies have a use for it. */
const PACKAGE = '@pulumi/policy';

/**
 * Refuses to go on where the SDK is not installed, instead of failing somewhere within with a stack trace.
 *
 * @param resolve finds a module, or throws
 * @throws one sentence that says what to install
 */
export function requireInstalled(resolve: (name: string) => unknown): void {
  try {
    resolve(PACKAGE);
  } catch {
    const error = new Error(`zero-downtime/pulumi/policy needs ${PACKAGE}, which is not installed; run: npm install ${PACKAGE}`);
    // Where the import stands is known to whoever wrote it; the frames of Node's loader help nobody.
    error.stack = `${error.name}: ${error.message}`;
    throw error;
  }
}

// A policy pack is run in its own folder, which is where the SDK is if this package is linked from elsewhere.
requireInstalled((name) => require.resolve(name, { paths: [__dirname, process.cwd()] }));
