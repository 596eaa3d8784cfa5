/** The arrows of docs/architecture.md: they point down only. */
const rule = (name, from, to) => ({ name, severity: "error", from: { path: from }, to: { path: to } });

module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    rule("shared-is-the-ground-floor", "^shared/", "^(client|server|simulations)/"),
    rule("client-never-reads-server", "^client/", "^(server|simulations)/"),
    rule("server-never-reads-client", "^server/", "^(client|simulations)/"),
    rule(
      "scenario-reads-no-scenarios",
      "^simulations/src/scenario/",
      "^simulations/src/(experiment|live|ranking)/",
    ),
    rule("live-reads-scenario", "^simulations/src/live/", "^simulations/src/(experiment|ranking)/"),
    rule("ranking-reads-scenario", "^simulations/src/ranking/", "^simulations/src/(experiment|live)/"),
    rule("task-reads-only-random", "^shared/src/task/", "^shared/src/(?!task/|random/)"),
    rule("random-reads-nothing", "^shared/src/random/", "^shared/src/(?!random/)"),
    rule("catalogue-reads-task", "^shared/src/catalogue/", "^shared/src/(?!catalogue/|task/|random/)"),
    rule(
      "network-reads-catalogue",
      "^shared/src/network/",
      "^shared/src/(?!network/|catalogue/|task/|random/)",
    ),
    rule(
      "learning-reads-network",
      "^shared/src/learning/",
      "^shared/src/(?!learning/|network/|catalogue/|task/|random/)",
    ),
    rule(
      "explaining-reads-learning",
      "^shared/src/explaining/",
      "^shared/src/(?!explaining/|learning/|network/|catalogue/|task/|random/)",
    ),
    rule(
      "metrics-read-learning",
      "^shared/src/metrics/",
      "^shared/src/(?!metrics/|learning/|catalogue/|task/|random/)",
    ),
    rule(
      "off-policy-reads-learning",
      "^shared/src/off-policy/",
      "^shared/src/(?!off-policy/|learning/|catalogue/|task/|random/)",
    ),
    rule(
      "measuring-reads-metrics-and-off-policy",
      "^shared/src/measuring/",
      "^shared/src/(?!measuring/|metrics/|off-policy/|learning/|catalogue/|task/|random/)",
    ),
    rule("compression-reads-task", "^shared/src/compression/", "^shared/src/(?!compression/|task/|random/)"),
    rule("privacy-reads-task", "^shared/src/privacy/", "^shared/src/(?!privacy/|task/|random/)"),
    rule("secagg-reads-privacy", "^shared/src/secagg/", "^shared/src/(?!secagg/|privacy/|task/|random/)"),
    rule(
      "protocol-reads-secagg-and-privacy",
      "^shared/src/protocol/",
      "^shared/src/(?!protocol/|secagg/|privacy/|compression/|task/|random/)",
    ),
    {
      name: "sdk-runs-in-browsers",
      severity: "error",
      from: { path: "^client/src/(browser|index)\\.ts$" },
      to: { path: "^(node:)?(child_process|fs|net|os|path|timers)(/|$)", reachable: true },
    },
    rule("shared-stays-isomorphic", "^shared/src/", "^(node:|fs$|path$|socket\\.io)"),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)dist/" },
    tsConfig: { fileName: "tsconfig.base.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "types", "default"] },
  },
};
