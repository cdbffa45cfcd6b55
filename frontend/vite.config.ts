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

export default defineConfig(({ mode }) => {
  const env = loadEnv(mode, here("."), "VITE_");
  const api = env["VITE_API_BASE_URL"] ?? "http://127.0.0.1:8080";
  const push = env["VITE_WS_URL"] ?? api.replace(/^http/, "ws");
  return {
    plugins: [react(), tailwindcss(), katexFonts],
    resolve: { alias: { "@": here("./src") } },
    build: {
      target: "es2023",
      // Nothing becomes a `data:` address, so that `font-src 'self'; img-src 'self'` holds.
      assetsInlineLimit: 0,
      manifest: true,
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
      restoreMocks: true,
      unstubGlobals: true,
    },
  };
});
