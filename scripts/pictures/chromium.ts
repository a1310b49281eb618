import { execFile } from 'node:child_process';
import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

const names = ['chromium', 'chromium-browser', 'google-chrome'] as const;

/** The path of Chromium; null if this machine has none. */
export const findChromium = async (): Promise<string | null> => {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  for (const path of folders.flatMap((folder) => names.map((name) => join(folder, name)))) {
    if (
      await access(path).then(
        () => true,
        () => false,
      )
    )
      return path;
  }
  return null;
};

const limitMs = 60_000;
/** Asks the page for its height, so the picture fits its content. */
const measuring = '<script>document.documentElement.dataset.height = document.body.offsetHeight</script>';

/** Renders an HTML body as a PNG of this width, as high as its content. */
export const screenshot = async (chromium: string, body: string, width: number, file: string): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'pictures-'));
  try {
    const page = join(folder, 'page.html');
    await writeFile(page, `<!doctype html><meta charset="utf-8">${body}${measuring}`);
    const look = (height: number, ...what: readonly string[]) =>
      run(
        chromium,
        // Chromium as root in a container has no sandbox. The page is our own.
        [
          '--headless=new',
          '--no-sandbox',
          '--disable-gpu',
          '--hide-scrollbars',
          '--disable-lcd-text',
          '--run-all-compositor-stages-before-draw',
          `--user-data-dir=${join(folder, 'profile')}`,
          `--window-size=${width},${height}`,
          ...what,
          pathToFileURL(page).href,
        ],
        { timeout: limitMs },
      );
    const { stdout } = await look(800, '--dump-dom');
    const height = Number(/data-height="(\d+)"/.exec(stdout)?.[1]);
    if (!(height > 0)) throw new Error(`Chromium did not say how high the page is: ${stdout.slice(0, 300)}`);
    await look(height, `--screenshot=${file}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
