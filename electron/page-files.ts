import { readFile } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';
import { pageHost } from './ipc/trusted-sender.ts';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
};

/** The hash is that of an empty style element: Fluent inserts such elements and fills them through the CSSOM. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
  "style-src-attr 'none'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
].join('; ');

const headers = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cache-Control': 'no-cache',
};

/** The file below `folder` that a URL of the page's scheme names; null when it names none, or one outside the folder. */
export const pageFile = (folder: string, url: string): string | null => {
  try {
    const { host, pathname } = new URL(url);
    if (host !== pageHost) return null;
    const path = decodeURIComponent(pathname);
    if (path.includes('\0') || path.includes('\\')) return null;
    const file = resolve(join(folder, path === '/' ? 'index.html' : path));
    return file.startsWith(resolve(folder) + sep) && extname(file) in contentTypes ? file : null;
  } catch {
    return null;
  }
};

/** Answers the page's requests out of its folder, every answer with the content security policy. */
export const servePage =
  (folder: string) =>
  async (request: { readonly url: string; readonly method: string }): Promise<Response> => {
    const file = request.method === 'GET' || request.method === 'HEAD' ? pageFile(folder, request.url) : null;
    if (file === null) return new Response('Not found', { status: 404, headers });
    try {
      const content = await readFile(file);
      const type = contentTypes[extname(file)] ?? 'application/octet-stream';
      return new Response(new Uint8Array(content), { headers: { ...headers, 'Content-Type': type } });
    } catch {
      return new Response('Not found', { status: 404, headers });
    }
  };
