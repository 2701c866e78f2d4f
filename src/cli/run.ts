import { processIo } from './command-io';
import { main } from './main';

/** Runs the command line of this process, and leaves its exit code. */
export function run(): void {
  main(process.argv.slice(2), processIo()).then((code) => {
    process.exitCode = code;
  }, (error: unknown) => {
    process.stderr.write(`zero-downtime failed, which is its own fault: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 70;
  });
}
