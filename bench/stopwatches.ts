import { ApiObject, Yaml } from 'cdk8s';
import { Phases } from './measurement';
import { Synthesis } from './synthesis';
// As namespaces: what is put in place of a function there is what the constructs call.
import * as rendering from '../src/manifests/render';
import * as planning from '../src/plan/plan-service';

/** Runs a synthesis and times its parts, as seen from outside of the functions that do them. */
export function timedByPhase({ declare, synth }: Synthesis): Phases {
  const plan = stopwatch(planning, 'planService');
  const render = stopwatch(rendering, 'renderService');
  const toJson = stopwatch(ApiObject.prototype, 'toJson');
  const yaml = stopwatch(Yaml, 'stringify');
  const saving = stopwatch(Yaml, 'save');
  const start = performance.now();
  declare();
  const declared = performance.now();
  synth();
  const end = performance.now();
  return {
    plan: plan(),
    render: render(),
    constructs: declared - start - plan() - render(),
    validation: end - declared - toJson() - saving(),
    toJson: toJson(),
    yaml: yaml(),
    files: saving() - yaml(),
  };
}

/** Puts a timed function in a function's place and returns the reading of its clock. None of them calls itself. */
function stopwatch<K extends string>(owner: { [name in K]: (...args: never[]) => unknown }, name: K): () => number {
  const timed = owner[name] as (...args: unknown[]) => unknown;
  let elapsed = 0;
  Object.assign(owner, {
    [name](this: unknown, ...args: unknown[]): unknown {
      const start = performance.now();
      const result = timed.apply(this, args);
      elapsed += performance.now() - start;
      return result;
    },
  });
  return () => elapsed;
}
