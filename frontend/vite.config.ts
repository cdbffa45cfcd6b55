import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { loadEnv, type Plugin } from "vite";
import { defineConfig } from "vitest/config";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** KaTeX names each font in three formats; every browser we serve reads the first, and the others would only be carried. */
const katexFonts: Plugin = {
  name: "katex-woff2-only",
  enforce: "pre",
  transform: (code, id) =>
    /katex(\.min)?\.css$/.test(id.split("?")[0] ?? "")
      ? code.replace(/,url\([^)]+\.(?:woff|ttf)\) format\("(?:woff|truetype)"\)/g, "")
      : undefined,
};

/** Parts of the start that the entry takes one after the other, each in a task of its own (src/app/main.tsx). */
const START = /\/src\/app\/(?:routes\/root|router|draw)\.tsx?$/;

/** Links them to the page, so that they are fetched along with the entry all the same. */
const startLinks: Plugin = {
  name: "start-links",
  apply: "build",
  transformIndexHtml: {
    order: "post",
    handler: (html, { bundle = {} }) => {
      const wanted = new Set<string>();
      const want = (file: string) => {
        const chunk = bundle[file];
        if (chunk?.type !== "chunk" || wanted.has(file)) return;
        wanted.add(file);
        chunk.imports.forEach(want);
      };
      for (const chunk of Object.values(bundle))
        if (chunk.type === "chunk" && START.test(chunk.facadeModuleId ?? "")) want(chunk.fileName);
      return [...wanted]
        .filter((file) => !html.includes(file))
        .map((file) => ({
          tag: "link",
          attrs: { rel: "modulepreload", crossorigin: true, href: `/${file}` },
          injectTo: "head",
        }));
    },
  },
};

/**
 * What sign-in and the player load, in few files: by itself the bundler makes a file of every module that two pages
 * share, which were seventy for the player, and the browser was busy with asking for them. What a group names takes its
 * imports along, unless a group above has them. Texts and pages stay files of their own, fetched when they are wanted.
 */
const chunks = [
  { name: "react", test: /\/node_modules\/(?:react|react-dom|scheduler)\// },
  { name: "texts", test: /\/src\/shared\/(?:i18n\/|ui\/preferences\.)/ },
  {
    name: "router",
    test: /\/node_modules\/@tanstack\/(?:react-router|router-core|history)\/|\/src\/app\/(?:routes\/root|shell\/Root)\./,
  },
  { name: "start", test: /\/src\/app\/(?:router|draw)\./ },
  { name: "icons", test: /\/node_modules\/lucide-react\//, minShareCount: 2 },
  {
    name: "parts",
    test: new RegExp(
      [
        "/src/shared/ui/(?:Badge|Checkbox|Dialog|ErrorNote|Field|RadioGroup|Select)\\.",
        "/src/shared/(?:api|lib|time)/",
        "/src/shared/rich/(?!katex|lineOf)",
        "/src/features/attempt/(?:admission\\.|journal/)",
        "/node_modules/@tanstack/react-query/.*/use(?:Query|Mutation)\\.",
      ].join("|"),
    ),
  },
  // The answer file's screen and its libraries come later: see src/features/attempt/answer-file/prepare.ts.
  {
    name: "player",
    test: /\/src\/features\/attempt\/(?!answer-file\/(?:AnswerFileDialog|seal)\.)/,
  },
].map((group, index, { length }) => ({ ...group, priority: length - index }));

export default defineConfig(({ mode }) => {
  const env = loadEnv(mode, here("."), "VITE_");
  const api = env["VITE_API_BASE_URL"] ?? "http://127.0.0.1:8080";
  const push = env["VITE_WS_URL"] ?? api.replace(/^http/, "ws");
  return {
    plugins: [react(), tailwindcss(), katexFonts, startLinks],
    resolve: { alias: { "@": here("./src") } },
    build: {
      target: "es2023",
      // Nothing becomes a `data:` address, so that `font-src 'self'; img-src 'self'` holds.
      assetsInlineLimit: 0,
      manifest: true,
      rolldownOptions: { output: { codeSplitting: { groups: chunks } } },
      sourcemap: mode === "analyze",
      reportCompressedSize: false,
    },
    server: {
      port: 5173,
      host: "127.0.0.1",
      proxy: { "/api": api, "/ws": { target: push, ws: true } },
    },
    preview: { host: "127.0.0.1" },
    test: {
      environment: "jsdom",
      globals: false,
      setupFiles: ["./src/shared/test/setup.ts"],
      include: ["src/**/*.test.{ts,tsx}"],
      // A machine that also compiles is slow; nothing here waits for time to pass.
      testTimeout: 30_000,
      // By itself it leaves one core to who watches.
      maxWorkers: "100%",
      restoreMocks: true,
      unstubGlobals: true,
    },
  };
});
