export { type Catalogue, createCatalogue } from "./catalogue/catalogue.js";
export { featureWidth } from "./catalogue/feature-width.js";
export type { Features, FeatureValue, Item } from "./catalogue/item.js";
export type { Relation } from "./catalogue/relation.js";
export { CODECS, roundedTo } from "./compression/codecs.js";
export { ENGLISH, type Phrases } from "./explaining/phrases.js";
export type { HistoryMethod, Reason, Reasons } from "./explaining/reason.js";
export { reasonsOf } from "./explaining/reasons-of.js";
export { sentence } from "./explaining/sentence.js";
export { best } from "./learning/best.js";
export { clientUpdate } from "./learning/client-update.js";
export { type ExploredItem, epsilonGreedy } from "./learning/exploration/epsilon-greedy.js";
export { explore } from "./learning/exploration/explore.js";
export { type PolicyWalkOptions, policyWalk } from "./learning/exploration/policy-walk.js";
export { drawSlate, SlateWalk } from "./learning/exploration/slate-walk.js";
export type { Interaction } from "./learning/interaction.js";
export { localSteps } from "./learning/local-steps.js";
export {
  finish,
  type LocalTrainingOptions,
  type LocalTrainingResult,
  localTraining,
  trainingTransitions,
  trainLocally,
  trainOnTransitions,
} from "./learning/local-training.js";
export { writeCandidates, writeStates } from "./learning/network-inputs.js";
export { personalState } from "./learning/personal/personal-state.js";
export { type PolicyScores, policyScores } from "./learning/policy-scores.js";
export { engagedHistogram } from "./learning/prior/engaged-histogram.js";
export { priorLogits } from "./learning/prior/prior-logits.js";
export { opinion } from "./learning/rewards/opinion.js";
export { reward } from "./learning/rewards/reward.js";
export { keptOut } from "./learning/rules/kept-out.js";
export type { SlateRule } from "./learning/rules/slate-rule.js";
export { slateRules } from "./learning/rules/slate-rules.js";
export { currentState, type State, type StateEvent } from "./learning/state.js";
export { type StructuredUpdate, structuredUpdate } from "./learning/structured-updates/structured-update.js";
export { parameterBlocks, updateLength } from "./learning/structured-updates/update-length.js";
export { takenItems } from "./learning/taken-items.js";
export { createTaskModel, type TaskModel } from "./learning/task-model.js";
export { type Transition, trajectories } from "./learning/trajectories.js";
export { historyActivity } from "./measuring/history-activity.js";
export { type MeasuringOptions, measureReceived } from "./measuring/measure-received.js";
export { receivedSlate } from "./measuring/received-slate.js";
export type { ReceivedVersion } from "./measuring/slate-measurements.js";
export { ACTIVITIES, type Activity } from "./metrics/activity.js";
export { miscalibration } from "./metrics/calibration.js";
export { type Coverage, catalogueCoverage } from "./metrics/catalogue-coverage.js";
export { categoryMix } from "./metrics/category-mix.js";
export { type EffectiveItems, effectiveItems } from "./metrics/effective-items.js";
export { type Engagement, engagement, rewards } from "./metrics/engagement.js";
export { intraListDiversity } from "./metrics/intra-list-diversity.js";
export { novelty } from "./metrics/novelty.js";
export { popularityLift } from "./metrics/popularity-bias.js";
export { gainAt, hitAt, reciprocalRank } from "./metrics/ranking.js";
export type { CompiledNetwork, Engine } from "./network/engine.js";
export { engineRefusal } from "./network/engine-refusal.js";
export { drawParameters, initialParameters } from "./network/initial-parameters.js";
export { BUCKETS_AN_ITEM } from "./network/item-prior.js";
export { createKernelEngine, type KernelBuild } from "./network/kernel/kernel-engine.js";
export { linear } from "./network/layers/linear.js";
export { softmaxLoss } from "./network/layers/softmax-loss.js";
export { valueLoss } from "./network/layers/value-loss.js";
export { NeedsTfjsError } from "./network/needs-tfjs-error.js";
export { type Network, NetworkDraft } from "./network/network.js";
export { type NetworkShape, networkShape } from "./network/network-shape.js";
export type { Optimiser } from "./network/optimisers/optimiser.js";
export { parameterCount } from "./network/parameter-count.js";
export { referenceEngine } from "./network/reference-engine.js";
export type { Tensor } from "./network/tensor.js";
export { trainingNetwork } from "./network/training-network.js";
export { bernsteinInterval } from "./off-policy/bernstein-interval.js";
export { bootstrapInterval } from "./off-policy/bootstrap-interval.js";
export { type EstimatorTerms, estimatedValue, rewardRange } from "./off-policy/estimator-terms.js";
export { importanceWeights } from "./off-policy/importance-weights.js";
export type { Interval } from "./off-policy/interval.js";
export type { LoggedRounds, ModelledRounds } from "./off-policy/logged-rounds.js";
export { loggedValue } from "./off-policy/logged-value.js";
export {
  OFF_POLICY_ESTIMATORS,
  type OffPolicyEstimate,
  type OffPolicyEstimator,
  type OffPolicyOptions,
  offPolicyEstimate,
} from "./off-policy/off-policy-estimate.js";
export type { OffPolicyRefusal } from "./off-policy/rounds-problem.js";
export {
  type Accountant,
  leastNoise,
  mostCompositions,
  type PrivacyBudget,
} from "./privacy/accounting/accountant.js";
export { exactAccountant, gaussianEpsilon } from "./privacy/accounting/exact-gaussian.js";
export { pldAccountant } from "./privacy/accounting/pld-accountant.js";
export type { MechanismEvent, PrivacyEvent, RepeatedEvent } from "./privacy/accounting/privacy-event.js";
export { composeRdp, epsilonOfRdp, rdpAccountant } from "./privacy/accounting/rdp-accountant.js";
export { squaredToeplitzSensitivity, toeplitzCoefficients } from "./privacy/accounting/toeplitz.js";
export { type ParticipationPattern, squaredTreeSensitivity } from "./privacy/accounting/tree-sensitivity.js";
export { zcdpAccountant } from "./privacy/accounting/zcdp-accountant.js";
export {
  adaptClip,
  joinVersion,
  planAt,
  splitVersion,
  type VersionState,
  versionLength,
} from "./privacy/adaptive-clip.js";
export { addPacked } from "./privacy/add-packed.js";
export { type CanaryEstimate, canaryEstimate } from "./privacy/auditing/canary-estimate.js";
export { type Guesses, oneRunEpsilon } from "./privacy/auditing/one-run-bound.js";
export { calibrateNoise } from "./privacy/calibrate-noise.js";
export { clip, norm } from "./privacy/clip.js";
export { discreteGaussian } from "./privacy/discrete-gaussian.js";
export { gaussianSampler } from "./privacy/gaussian-sampler.js";
export type { IntegerSampler } from "./privacy/integer-sampler.js";
export { trainedClip } from "./privacy/joint-vector.js";
export { laplaceSampler } from "./privacy/laplace-sampler.js";
export { createMechanism, type Mechanism, rotationSeed, type Sealed } from "./privacy/mechanism.js";
export type { Measurements } from "./privacy/metric-plan.js";
export {
  estimatesByRound,
  type MetricEstimate,
  type MetricSum,
  metricEstimate,
} from "./privacy/metric-sum.js";
export { noiseGain } from "./privacy/noise-factor.js";
export { noiseShare } from "./privacy/noise-share.js";
export { packedBytes, packIntegers, unpackIntegers } from "./privacy/pack.js";
export {
  type PlannedPrivacy,
  type PrivacyAnswer,
  type PrivacyQuestion,
  planPrivacy,
} from "./privacy/plan-privacy.js";
export { type PlannedSealing, planSealing, type SealingPlan } from "./privacy/plan-sealing.js";
export { trainedPart } from "./privacy/prior-span.js";
export { coordinatorEvents, releasesEvents } from "./privacy/privacy-events.js";
export { initialNoise, type ReleaseNoise, releaseNoise } from "./privacy/release-noise.js";
export { createRotation, type Rotation } from "./privacy/rotation.js";
export { roundStochastically } from "./privacy/round-stochastically.js";
export { roundedNorm } from "./privacy/rounded-norm.js";
export { addSealed, emptySum } from "./privacy/sealed-sum.js";
export { sealingScale } from "./privacy/sealing-scale.js";
export { skellamSampler } from "./privacy/skellam-sampler.js";
export {
  type HistogramEstimate,
  openedDeviation,
  type SplitMean,
  splitMean,
} from "./privacy/split-mean.js";
export {
  budgetStatement,
  coordinatorStatement,
  type PrivacyStatement,
  releasesStatement,
} from "./privacy/statements.js";
export { type SummedShares, summedShares } from "./privacy/summed-shares.js";
export { centre, wrap } from "./privacy/wrap.js";
export { epsilonOfZcdp } from "./privacy/zcdp.js";
export { type Assembled, Assembly } from "./protocol/assembly.js";
export {
  CHUNK_BYTES,
  CHUNK_HEADER_BYTES,
  type Chunk,
  type ChunkedEvent,
  decodeChunk,
  encodeChunk,
  messageDigest,
} from "./protocol/chunk.js";
export { decodeDelivery, encodeDelivery } from "./protocol/delivery-packet.js";
export {
  aggregationReplySchema,
  type CheckIn,
  type CheckInReply,
  type ChunkReply,
  type CohortAbandoned,
  type CohortCommitted,
  type CohortInvitation,
  checkInReplySchema,
  checkInSchema,
  chunkReplySchema,
  cohortAbandonedSchema,
  cohortCommittedSchema,
  cohortSchema,
  helloSchema,
  type ModelAnnouncement,
  modelSchema,
  PROTOCOL_VERSION,
  parseMessage,
  parseReply,
  type Ready,
  type ReadyReply,
  readyReplySchema,
  readySchema,
  type TaskDocument,
  taskDocumentSchema,
  type UploadReply,
  uploadReplySchema,
  type Withdraw,
  type WithdrawReply,
  withdrawReplySchema,
  withdrawSchema,
} from "./protocol/messages.js";
export {
  CHAIN_START,
  decodeModel,
  encodeModel,
  type ModelPacket,
  modelHash,
} from "./protocol/model-packet.js";
export { asBytes, PACKET_HEADER_BYTES } from "./protocol/packet.js";
export { type Refusal, type RefusalReason, refuse } from "./protocol/refusal.js";
export {
  decodeUpload,
  encodeUpload,
  openUpload,
  type PackedUpload,
  type UploadPacket,
  uploadBytes,
} from "./protocol/upload-packet.js";
export { type ByteSource, platformBytes, randomHex } from "./random/byte-source.js";
export { platformRandom, type Random, seededRandom } from "./random/random.js";
export {
  type CheckInContext,
  type CheckInProof,
  proveCheckIn,
  wrongInCheckIn,
} from "./secagg/check-in-proof.js";
export type { ClientExpectations } from "./secagg/client/client-context.js";
export { type ClientOutput, SecureClient } from "./secagg/client/secure-client.js";
export { type ChainHead, cohortAssumptions, cohortTerms, planAggregation } from "./secagg/cohort-terms.js";
export type { CoordinatorContext, Receipt } from "./secagg/coordinator/coordinator-context.js";
export {
  type CohortResult,
  type CoordinatorOutput,
  type DroppedClient,
  SecureCoordinator,
} from "./secagg/coordinator/secure-coordinator.js";
export { type Bytes, bytesOfHex, equalBytes } from "./secagg/crypto/bytes.js";
export { addMasks, type Mask } from "./secagg/crypto/masks.js";
export { platformPrimitives } from "./secagg/crypto/platform-primitives.js";
export { portablePrimitives } from "./secagg/crypto/portable-primitives.js";
export { KEY_BYTES, type Primitives, randomSecret } from "./secagg/crypto/primitives.js";
export { shamir } from "./secagg/crypto/shamir.js";
export { type CohortPlan, type PlannedCohort, planCohort } from "./secagg/graph/cohort-plan.js";
export {
  ADVERSARIES,
  type CohortAssumptions,
  graphParameters,
  LARGEST_COHORT,
  SMALLEST_COHORT,
} from "./secagg/graph/graph-parameters.js";
export {
  anyIdentity,
  clientIdOf,
  type IdentityBook,
  type Signer,
  selfCertified,
  signerFromSeed,
} from "./secagg/identity.js";
export {
  type AnswerKind,
  type CohortOutcome,
  type InMemoryCohort,
  type Leg,
  runInMemory,
  silentFrom,
  type Wire,
} from "./secagg/in-memory-cohort.js";
export { refuseSecagg, type SecaggReason, type SecaggRefusal } from "./secagg/refusal.js";
export { COMBINE_RULES, type CombineRule, isLinear } from "./task/combine-rule.js";
export { type DeliverySpec, ENCODINGS, type Encoding } from "./task/delivery-spec.js";
export type { FeatureSpec } from "./task/feature-spec.js";
export { INTERACTION_KINDS, type InteractionKind } from "./task/interaction-kind.js";
export { isMasked } from "./task/is-masked.js";
export { layersProblems } from "./task/layers-problems.js";
export { METRIC_NAMES, type MetricName } from "./task/metric-name.js";
export { logitsAreAdvantages } from "./task/objective-spec.js";
export { type ParsedTask, parseTask } from "./task/parse-task.js";
export { PRIVACY_MODES, type PrivacyMode } from "./task/privacy-spec.js";
export { problemText } from "./task/problem-text.js";
export { rulesProblems } from "./task/rules-problems.js";
export { type Rules, type RulesInput, rulesSchema } from "./task/rules-spec.js";
export { schemaProblem } from "./task/schema-problem.js";
export { canonicalJson, taskHash } from "./task/task-hash.js";
export type { TaskProblem } from "./task/task-problem.js";
export type { TaskSpec, TaskSpecInput } from "./task/task-spec.js";
export { groupOf, looksAtSingleUpdates } from "./task/visible-sums.js";
