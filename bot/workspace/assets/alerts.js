// What a monitoring system would say, as Alertmanager says it.

const SHARE = { max: 1, step: 0.01, unit: "" };

export const KINDS = {
  data_drift: {
    ...SHARE, label: "Data drift", rule: "FeatureDriftHigh", metric: "psi",
    name: "PSI", limit: 0.2, value: 0.31, feature: true,
  },
  prediction_drift: {
    ...SHARE, label: "Prediction drift", rule: "PredictionDriftHigh", metric: "prediction_psi",
    name: "PSI of the predictions", limit: 0.2, value: 0.28,
  },
  accuracy: {
    ...SHARE, label: "Accuracy drop", rule: "AccuracyDrop", metric: "auc_drop",
    name: "AUC lost", limit: 0.05, value: 0.08, max: 0.5,
  },
  service: {
    label: "Latency", rule: "LatencyHigh", metric: "latency_p95_ms",
    name: "p95", limit: 200, value: 480, max: 2000, step: 10, unit: " ms",
  },
  data_quality: {
    ...SHARE, label: "Data quality", rule: "MissingValuesHigh", metric: "missing_share",
    name: "Missing values", limit: 0.05, value: 0.18, feature: true,
  },
};

/** The webhook's body. What fires keeps its labels and its start until it has recovered. */
export function webhook({ kind, model, feature, value, severity, startsAt, endsAt }) {
  const { rule, metric, name, limit, unit, feature: asks } = KINDS[kind];
  const named = asks && feature;
  const labels = { alertname: rule, model, signal_class: kind, metric, ...(named && { feature }), severity };
  const summary = `${named ? `${name} of ${feature}` : name} on ${model} is ${value}${unit}`;
  const annotations = { summary, value: String(value), threshold: String(limit) };
  const status = endsAt ? "resolved" : "firing";
  const groupKey = `{}:{alertname="${rule}", model="${model}"}`;
  const alert = { status, labels, annotations, startsAt, ...(endsAt && { endsAt }) };
  return { version: "4", status, receiver: "council", alerts: [alert], groupKey };
}

/** What tells one alert from another; its value and severity may change while it fires. */
export const identity = ({ kind, model, feature }) =>
  JSON.stringify([kind, model, KINDS[kind].feature ? feature : ""]);
