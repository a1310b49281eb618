import { createHash, randomBytes } from 'node:crypto';

export interface ModelFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

/** Bytes that would not survive as text, so that any change on the way shows. */
const weightBytes = 256;

/** The tiny model: its description for MLflow, and random bytes. */
export const modelFiles = (flowId: string): readonly ModelFile[] => [
  fileOf('MLmodel', Buffer.from(description(flowId))),
  fileOf('weights.bin', randomBytes(weightBytes)),
];

const fileOf = (name: string, bytes: Uint8Array): ModelFile => ({ name, bytes, sha256: checksum(bytes) });

const checksum = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const description = (flowId: string): string =>
  [
    'artifact_path: model',
    'flavors:',
    '  python_function:',
    '    loader_module: hokusai_synthetics',
    '    data: weights.bin',
    `model_uuid: ${flowId.replaceAll('-', '')}`,
    "utc_time_created: '2026-01-01 00:00:00.000000'",
    '',
  ].join('\n');
