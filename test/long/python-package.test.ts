import { mkdirSync } from 'fs';
import { join } from 'path';
import { developedWith, objectsIn, runFromSource } from './checkout';
import { describeUnless } from './command';
import { compileIn } from './packed';
import { pythonPackage, PythonProject, whyNoPython } from './python-project';
import { scratchFolder } from './scratch';

const PROGRAMS = join(__dirname, 'programs');

describeUnless(whyNoPython(), 'the Python package', () => {
  const folder = scratchFolder('python');
  let project: PythonProject;

  beforeAll(async () => {
    const build = join(folder, 'build');
    mkdirSync(build);
    await compileIn(build);
    const wheel = await pythonPackage(build, join(folder, 'wheels'));
    const others = developedWith('cdk8s', 'cdk8s-plus-27', 'constructs').map((name) => name.replace('@', '=='));
    project = await PythonProject.install(join(folder, 'venv'), [wheel, ...others]);
  });

  test.each([
    ['the hello example', 'examples/hello/main.ts', 'hello.py', ['PodDisruptionBudget', 'Deployment']],
    ['a service with traffic, a database and autoscaling', 'test/long/programs/payments.ts', 'payments.py', ['VirtualService', 'Ingress', 'HorizontalPodAutoscaler']],
  ])('makes of %s what TypeScript makes of it, and says the same', async (_, typescript, python, kinds) => {
    const said = await runFromSource(typescript, join(folder, 'typescript', python));
    expect(await project.run(join(PROGRAMS, python), join(folder, python))).toEqual({ status: 0, stdout: said, stderr: '' });
    const objects = objectsIn(join(folder, python));
    expect(objects.map(({ kind }) => kind)).toEqual(expect.arrayContaining(kinds));
    expect(objects).toEqual(objectsIn(join(folder, 'typescript', python)));
  });

  test.each([
    ['impatient', /^\[shop\/payments\] terminationGracePeriod 5s must be at least .* = 35s; give it 35s or more/],
    ['misjudged', /^\[shop\/payments\] Migration\.sql "reset" expand 1 "UPDATE payments SET total = 0" breaks whole-table-write: .*; declare it as backfill/],
  ])('refuses what is wrong with the sentence that TypeScript has for it: %s', async (program, expected) => {
    const refusal = await runFromSource(`test/long/programs/${program}.ts`, folder).catch((error: Error) => error.message);
    const sentence = /\[shop\/payments\] .*/.exec(refusal)?.[0];
    expect(sentence).toMatch(expected);
    const { status, stderr } = await project.run(join(PROGRAMS, `${program}.py`), join(folder, program));
    expect(status).toBe(1);
    expect(stderr.trimEnd().split('\n').at(-1)).toBe(`RuntimeError: ${sentence}`);
  });
});
