import { describe, expect, it } from 'vitest';
import { json, outcome } from './judged-response.ts';

describe('the summary of a response', () => {
  it('names an unhealthy dependency', () => {
    const degraded = outcome(
      'registry.health',
      200,
      json,
      '{"status":"degraded","services":{"redis":{"status":"down"},"mlflow":{"status":"healthy"}},"debug":false}',
    );
    expect(degraded.status).toBe('degraded');
    expect(degraded.evidence.summary).toContain('because of redis');
    expect(degraded.evidence.summary).not.toMatch(/mlflow|debug/);
  });

  it('names it also from its own name field', () => {
    const listed = '{"status":"degraded","components":[{"name":"cache","state":"down"},{"name":"auth","state":"up"}]}';
    expect(outcome('registry.health', 200, json, listed).evidence.summary).toMatch(/because of cache$/);
  });

  it('is one line of limited length, however many dependencies there are', () => {
    const components = Array.from({ length: 500 }, (_, n) => ({ name: `part ${n}\n${'x'.repeat(500)}`, ok: false }));
    const { summary } = outcome('registry.health', 200, json, JSON.stringify({ status: 'down', components })).evidence;
    expect(summary).toMatch(/because of part 0 x{50}/);
    expect(summary).not.toContain('\n');
    expect(summary.length).toBeLessThan(1_000);
  });

  it('quotes the title of an error that has nothing else (RFC 9457)', () => {
    const problem = '{"type":"about:blank","title":"Service Unavailable","status":503}';
    expect(outcome('registry.mlflow-proxy-search', 503, json, problem).evidence.summary).toMatch(
      /: Service Unavailable$/,
    );
  });

  it('quotes the message of an error on one line', () => {
    const message = 'Failed to connect to MLflow server at http://mlflow.hokusai.local:5000';
    expect(
      outcome('registry.mlflow-proxy-search', 502, json, JSON.stringify({ detail: message })).evidence.summary,
    ).toBe(`502 by the application: ${message}`);
  });
});
