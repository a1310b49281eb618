import { systemError } from '../../files/file-error.ts';
import { StoreError } from '../store.ts';

/** @param path of the stored incidents; the trouble can be with what stands beside it */
export const fileTrouble = (path: string, error: unknown): StoreError => {
  if (error instanceof StoreError) return error;
  const { message } = systemError(error, 'write');
  return new StoreError('unavailable', `The incidents cannot be kept in ${path}: ${message}`, { cause: error });
};
