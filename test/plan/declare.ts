import { Duration } from 'cdk8s';
import type { Assumption, Requirement } from '../../src/plan/decision';
import { PlannedService, planService } from '../../src/plan/plan-service';
import { DeclarationError } from '../../src/spec/declaration-error';
import { Health } from '../../src/spec/health';
import type { ZeroDowntimeServiceProps } from '../../src/spec/zero-downtime-service-props';
import type { JudgeSql } from '../../src/sql/declared-sql';

/** What a test says besides the minimal declaration. */
export type Props = Partial<ZeroDowntimeServiceProps>;

/** The least that a team must say. */
export const MINIMAL: ZeroDowntimeServiceProps = {
  image: 'registry.example.com/payments:2.1.0',
  port: 3000,
  health: Health.http({ readiness: '/ready' }),
};

export function seconds(amount: number): Duration {
  return Duration.seconds(amount);
}

/** Plans the service `payments` of the namespace `shop`. */
export function planned(props: Props = {}, name = 'payments', judgeSql?: JudgeSql): PlannedService {
  return planService({ name, namespace: 'shop', path: 'app/payments', props: { ...MINIMAL, ...props }, judgeSql });
}

/** The one error that a declaration leads to. */
export function errorOf(declare: () => unknown): DeclarationError {
  try {
    declare();
  } catch (error) {
    if (error instanceof DeclarationError) {
      return error;
    }
    throw error;
  }
  throw new Error('the declaration was expected to be refused');
}

/** Everything that is wrong with a declaration: nothing where it can be planned. */
export function problemsOf(props: Props, name?: string, judgeSql?: JudgeSql): readonly string[] {
  try {
    planned(props, name, judgeSql);
    return [];
  } catch (error) {
    if (error instanceof DeclarationError) {
      return error.problems;
    }
    throw error;
  }
}

/** What is wrong with one value that is refused where it is given. */
export function refusalOf(give: () => unknown): string {
  const { problems } = errorOf(give);
  expect(problems).toHaveLength(1);
  return problems[0];
}

/** A decision without the prose: its number, its unit, where it comes from, and its inequalities as told. */
export function decided(name: string, props: Props = {}) {
  const { value, unit, origin, inequalities } = planned(props).plan.find(name);
  return { value, unit, origin, inequalities: inequalities.map(({ relation, expression }) => `${relation} ${expression}`) };
}

export function valueOf(name: string, props: Props = {}): number {
  return planned(props).plan.find(name).value;
}

export function originOf(name: string, props: Props = {}): string {
  return planned(props).plan.find(name).origin;
}

export function assumed(name: string, props: Props = {}): Assumption {
  return planned(props).plan.assumptions.find((assumption) => assumption.name === name)!;
}

export function required(of: Requirement['of'], props: Props = {}): string[] {
  return planned(props).plan.requirements.filter((requirement) => requirement.of === of).map(({ text }) => text);
}
