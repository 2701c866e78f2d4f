import { processIo } from '../src/cli/command-io';
import { main } from '../src/cli/main';

// What bin/zero-downtime does in a package, without asking whether there are sources beside it.
main(process.argv.slice(2), processIo()).then((code) => {
  process.exitCode = code;
}, (error: unknown) => {
  console.error(error);
  process.exitCode = 70;
});
