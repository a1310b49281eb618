import type { Reply } from './http.ts';

/** The page of MLflow's user interface: the real one's frame, without the scripts that it loads. */
export const userInterface = (): Reply => ({
  status: 200,
  headers: [
    ['content-disposition', 'inline; filename=index.html'],
    ['content-type', 'text/html; charset=utf-8'],
    ['cache-control', 'no-cache'],
    ['accept-ranges', 'bytes'],
    // Flask dates a file that it sends, and uvicorn dates every answer: this page has two dates.
    ['date', new Date().toUTCString()],
  ],
  content:
    '<!doctype html><html lang="en"><head><meta charset="utf-8"/><meta name="viewport" content="width=device-width,initial-scale=1,shrink-to-fit=no"/><link rel="shortcut icon" href="./static-files/favicon.ico"/><meta name="theme-color" content="#000000"/><link rel="manifest" href="./static-files/manifest.json" crossorigin="use-credentials"/><title>MLflow</title></head><body><noscript>You need to enable JavaScript to run this app.</noscript><div id="root" class="mlflow-ui-container"></div><div id="modal" class="mlflow-ui-container"></div></body></html>',
});
