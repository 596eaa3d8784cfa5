import { between, strictCommand, whole } from "@tacit/server/command-line";
import { OFF_POLICY_ESTIMATORS, type OffPolicyEstimator, seededRandom } from "@tacit/shared";
import { type Command, InvalidArgumentError, Option } from "commander";
import { chooseEngine } from "../population/engine-choice.js";
import { RefusedError } from "../refused-error.js";
import { supervise } from "../supervise.js";
import { evaluateLog } from "./evaluate-log.js";
import type { EvaluationReport } from "./evaluation-report.js";
import { evaluationText } from "./evaluation-text.js";
import type { BanditLog, EvaluationRefusal } from "./log/bandit-log.js";
import { drawFolds } from "./log/folds.js";
import { LOG_FORMATS, type LogFormatName } from "./log/log-format.js";
import { readItems } from "./log/read-items.js";
import { readLog } from "./log/read-log.js";
import { needsRewardModel } from "./model/needs-reward-model.js";
import { empiricalPolicy } from "./policies/empirical-policy.js";
import { epsilonGreedyPolicy } from "./policies/epsilon-greedy-policy.js";
import type { EvaluatedPolicy } from "./policies/evaluated-policy.js";
import { modelPolicy } from "./policies/model-policy.js";
import { NAMED_POLICIES } from "./policies/named-policies.js";
import { thompsonPolicy } from "./policies/thompson-policy.js";
import { uniformPolicy } from "./policies/uniform-policy.js";

interface EvaluateCommandOptions {
  readonly log: string;
  readonly items: string;
  readonly format: LogFormatName;
  readonly policy: string;
  readonly policyLog?: string;
  readonly estimator: readonly OffPolicyEstimator[];
  readonly epsilon?: number;
  readonly tau?: number;
  readonly lambda?: number;
  readonly places?: number;
  readonly contexts?: readonly string[];
  readonly itemFeatures?: readonly string[];
  readonly folds: number;
  readonly slates: number;
  readonly draws: number;
  readonly confidence: number;
  readonly seed: number;
  readonly json?: boolean;
}

/** Of the policy epsilon-greedy where none is given. */
const DEFAULT_EPSILON = 0.1;

/** `tacit-sim evaluate`: what would another policy have earned? */
export function evaluateCommand(): Command {
  return strictCommand("evaluate")
    .description(
      "What a policy is worth by the log of another: off-policy evaluation with confidence intervals.",
    )
    .requiredOption("--log <file>", "logged impressions with their propensities")
    .requiredOption("--items <file>", "CSV of what could be shown: item_id and one column a feature")
    .addOption(new Option("--format <format>", "of the log").choices(LOG_FORMATS).default("open-bandit"))
    .requiredOption(
      "--policy <policy>",
      `${NAMED_POLICIES.join(", ")}, or a task.json with its model.bin beside it`,
    )
    .option("--policy-log <file>", "whose action distribution is evaluated (--policy empirical)")
    .option("--estimator <names>", `by commas: ${OFF_POLICY_ESTIMATORS.join(",")}`, estimators, [
      ...OFF_POLICY_ESTIMATORS,
    ])
    .option(
      "--epsilon <number>",
      "of epsilon-greedy (0.1) or of a model (its task's)",
      between("--epsilon", 0, 1),
    )
    .option(
      "--tau <number>",
      "threshold of switch-dr; by the least estimated error when left out",
      weight("--tau"),
    )
    .option("--lambda <number>", "shrinkage of dros; likewise", weight("--lambda"))
    .option("--places <number>", "only impressions at the first so many places", whole("--places", 1, 1000))
    .option(
      "--contexts <names>",
      "columns of the log that the reward model reads, by commas, or none; all when left out",
      columns,
    )
    .option("--item-features <names>", "columns of the items likewise; item_id: which item it is", columns)
    .option("--folds <number>", "of cross-fitting", whole("--folds", 2, 100), 3)
    .option(
      "--slates <number>",
      "drawn for the distributions of bernoulli-ts",
      whole("--slates", 1, 1e8),
      100_000,
    )
    .option("--draws <number>", "of the bootstrap", whole("--draws", 10, 1e6), 1000)
    .option("--confidence <number>", "of the intervals", between("--confidence", 0, 1, "open"), 0.95)
    .option("--seed <number>", "of folds, slates and bootstrap", whole("--seed", 0, 4_294_967_295), 1)
    .option("--json", "print one JSON object instead of the table")
    .addHelpText(
      "after",
      `
Examples:
  $ tacit-sim evaluate --log random/men.csv --items men_item_context.csv --policy empirical --policy-log bts/men.csv
  $ tacit-sim evaluate --log shown.jsonl --format jsonl --items items.csv --policy out/task.json --estimator snips,dr

jsonl and csv: one impression a line, with item, position (from 0), reward, propensity and, where it is known, timestamp; all else is
the user's context.

Exit codes: 0 done, 1 failed or refused, 2 bad parameters.`,
    )
    .action((options: EvaluateCommandOptions, command: Command) => {
      if ((options.policy === "empirical") !== (options.policyLog !== undefined)) {
        command.error("error: --policy empirical and --policy-log go together");
      }
      refuseIdle(options, command);
      return supervise(() => evaluate(options));
    });
}

/** Nothing that was given is passed over in silence. */
function refuseIdle({ policy, estimator, ...given }: EvaluateCommandOptions, command: Command): void {
  const isGiven = (option: string) => command.getOptionValueSource(option) === "cli";
  if (isGiven("slates") && policy !== "bernoulli-ts") {
    command.error(`error: --slates: says nothing of --policy ${policy}`);
  }
  const learned = policy === "bernoulli-ts" || policy === "epsilon-greedy";
  if (isGiven("folds") && !learned && !needsRewardModel(estimator)) {
    command.error(
      `error: --folds: nothing is learned by --policy ${policy} and --estimator ${estimator.join()}`,
    );
  }
  const others: readonly string[] = NAMED_POLICIES.filter((name) => name !== "epsilon-greedy");
  if (given.epsilon !== undefined && others.includes(policy)) {
    command.error(`error: --epsilon: says nothing of --policy ${policy}`);
  }
  if (given.tau !== undefined && !estimator.includes("switch-dr")) {
    command.error("error: --tau: says nothing without --estimator switch-dr");
  }
  if (given.lambda !== undefined && !estimator.includes("dros")) {
    command.error("error: --lambda: says nothing without --estimator dros");
  }
  for (const [flag, columns] of [
    ["--contexts", given.contexts],
    ["--item-features", given.itemFeatures],
  ] as const) {
    if (columns && !needsRewardModel(estimator)) {
      command.error(
        `error: ${flag}: says nothing of --estimator ${estimator.join()}, without a reward model`,
      );
    }
  }
}

async function evaluate(options: EvaluateCommandOptions): Promise<void> {
  const { folds, seed, confidence, draws, format, estimator, tau, lambda, contexts, itemFeatures } = options;
  const { items } = accept(await readItems(options.items));
  const { log } = accept(await readLog(options.log, format, items, options.places));
  const fold = drawFolds(log.actions.length, folds, seededRandom(seed));
  const policy = await policyOf(options, log, fold);
  const evaluation = evaluateLog(log, policy, {
    estimators: estimator,
    parameters: {
      ...(tau !== undefined && { threshold: tau }),
      ...(lambda !== undefined && { shrinkage: lambda }),
    },
    columns: { ...(contexts && { contexts }), ...(itemFeatures && { itemFeatures }) },
    fold,
    folds,
    seed,
    confidence,
    draws,
  });
  if (!evaluation.ok) throw new RefusedError(evaluation.message);
  const { ok: _, ...figures } = evaluation;
  const report: EvaluationReport = {
    log: options.log,
    format,
    policy: { name: options.policy, description: policy.description },
    rounds: log.actions.length,
    items: items.length,
    places: log.places,
    ...figures,
    confidence,
    folds,
    draws,
    seed,
  };
  process.stdout.write(`${options.json ? JSON.stringify(report) : evaluationText(report).join("\n")}\n`);
}

async function policyOf(
  options: EvaluateCommandOptions,
  log: BanditLog,
  fold: Int32Array,
): Promise<EvaluatedPolicy> {
  const { policy, format, folds, slates: draws, seed, epsilon, policyLog } = options;
  if (policy === "uniform") return uniformPolicy(log);
  if (policy === "epsilon-greedy") return epsilonGreedyPolicy(log, epsilon ?? DEFAULT_EPSILON, fold, folds);
  if (policy === "bernoulli-ts") {
    const random = seededRandom(seed);
    return thompsonPolicy(log, { fold, folds, draws, random, openBandit: format === "open-bandit" });
  }
  if (policyLog !== undefined) {
    const shown = accept(await readLog(policyLog, format, log.items, options.places));
    return accept(empiricalPolicy(log, shown.log)).policy;
  }
  return accept(await modelPolicy({ path: policy, log, engine: await chooseEngine("auto"), epsilon })).policy;
}

function accept<Answer extends { readonly ok: true }>(answer: Answer | EvaluationRefusal): Answer {
  if (!answer.ok) throw new RefusedError(answer.message);
  return answer;
}

function estimators(value: string): OffPolicyEstimator[] {
  return value.split(",").map((name) => {
    const known = OFF_POLICY_ESTIMATORS.find((estimator) => estimator === name.trim());
    if (!known) throw new InvalidArgumentError(`--estimator knows ${OFF_POLICY_ESTIMATORS.join(", ")}`);
    return known;
  });
}

/** None of them: "none", or nothing. */
const columns = (value: string): string[] =>
  ["", "none"].includes(value.trim()) ? [] : value.split(",").map((name) => name.trim());

/** At least 0; "infinity" is a number. */
const weight = (flag: string) => (value: string) => {
  const number = /^inf(inity)?$/i.test(value) ? Number.POSITIVE_INFINITY : Number(value);
  if (value.trim() === "" || !(number >= 0))
    throw new InvalidArgumentError(`${flag} is a number from 0, or infinity`);
  return number;
};
