export { type Counter, createMetrics, type Histogram, type Labels, METRICS_TYPE, type Metrics, type Sample } from './create-metrics.ts';
