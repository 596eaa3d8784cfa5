import {
  ADVERSARIES,
  type CohortAssumptions,
  type CohortPlan,
  graphParameters,
  LARGEST_COHORT,
  type PlannedCohort,
  planCohort,
  SMALLEST_COHORT,
} from "@tacit/shared";
import { Command, Option } from "commander";
import { fraction, strictCommand, whole } from "../command-line.js";

interface GraphAnswer {
  readonly ok: true;
  readonly graph: CohortPlan["graph"];
  /** Clients that each client masks with and shares its secrets with. */
  readonly neighbours: number;
  /** Shares that open a secret. */
  readonly threshold: number;
}

/** `tacit-server cohort …`: answers about masked cohorts. */
export function cohortCommand(): Command {
  return new Command("cohort").description("Answers about masked cohorts.").addCommand(planCommand());
}

function planCommand(): Command {
  const command = strictCommand("plan")
    .description("Neighbours and threshold of secure aggregation (40 bits of security, 20 of correctness).")
    .requiredOption(
      "--clients <number>",
      "in the cohort",
      whole("--clients", SMALLEST_COHORT, LARGEST_COHORT),
    )
    .option("--corrupt <fraction>", "that may collude with the coordinator", fraction("--corrupt"), 0.05)
    .option("--dropout <fraction>", "that may drop out", fraction("--dropout"), 0.1)
    .addOption(
      new Option("--adversary <name>", "what the coordinator may do: look, or also lie")
        .choices(ADVERSARIES)
        .default("semi-honest"),
    )
    .option("--json", "print one JSON object")
    .addHelpText(
      "after",
      `
Example:
  $ tacit-server cohort plan --clients 1000 --corrupt 0.05 --dropout 0.05 --adversary semi-malicious`,
    );
  return command.action(({ json, ...assumptions }: CohortAssumptions & { readonly json?: boolean }) => {
    const planned = planCohort(assumptions);
    const answer = answerTo(assumptions, planned);
    if (!answer.ok) return command.error(`error: --${answer.field}: ${answer.message}`);
    if (json) {
      const product = planned.ok ? planned.plan : { refused: `--${planned.field}: ${planned.message}` };
      const { graph, neighbours, threshold } = answer;
      console.log(JSON.stringify({ graph, neighbours, threshold, product }));
    } else for (const line of inWords(answer, planned)) console.log(line);
  });
}

/** The sparsest graph that is safe; where the cohort is too small for any, the complete one. */
function answerTo(
  assumptions: CohortAssumptions,
  planned: PlannedCohort,
): GraphAnswer | Exclude<PlannedCohort, { ok: true }> {
  const sparse = graphParameters(assumptions);
  if (sparse) return { ok: true, graph: "harary", ...sparse };
  if (!planned.ok) return planned;
  const { graph, neighbours, threshold } = planned.plan;
  return { ok: true, graph, neighbours, threshold };
}

function inWords(answer: GraphAnswer, planned: PlannedCohort): string[] {
  const row = (name: string, value: number, meaning: string) =>
    `${name.padEnd(12)}${String(value).padEnd(7)}${meaning}`;
  return [
    row("neighbours", answer.neighbours, `of each client, on ${NAMES[answer.graph]}`),
    row("threshold", answer.threshold, "shares open a secret"),
    productInWords(answer, planned),
  ];
}

const NAMES = { harary: "the sparsest Harary graph that is safe", complete: "the complete graph" } as const;

function productInWords(answer: GraphAnswer, planned: PlannedCohort): string {
  if (!planned.ok) return `Tacit refuses such a cohort: --${planned.field}: ${planned.message}.`;
  const { graph, neighbours, threshold, quorum } = planned.plan;
  const signatures = `${quorum} signatures before anybody unmasks`;
  return graph === answer.graph
    ? `Tacit uses this graph, with ${signatures}.`
    : `Tacit uses ${NAMES[graph]} for so few: ${neighbours} neighbours, threshold ${threshold}, ${signatures}.`;
}
