import fc from 'fast-check';

/** FC_SEED makes every property draw the same values again; a failure names the seed from which it came. */
const { FC_SEED } = process.env;
if (FC_SEED !== undefined) {
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(FC_SEED) });
}
