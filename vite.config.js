// Builds both doors into one folder with one manifest; names carry a hash, and each file gets a .br and a .gz beside it.
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vite";

const OUT = "spean/surfaces/public/static/built";
const SMALLEST_REM = 0.875; // of a root of 18 px: 15.75 px, the smallest text that Khmer stays legible in

/** Raise every font size below the smallest, whichever library asked for it. */
function legible() {
  const raise = (css) =>
    css.replace(/(font-size|--fontsize|--text-[a-z0-9]+):\s*(\d*\.?\d+)rem/g, (whole, name, size) =>
      Number(size) < SMALLEST_REM ? `${name}:${SMALLEST_REM}rem` : whole,
    );
  return {
    name: "legible",
    enforce: "post",
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type === "asset" && file.fileName.endsWith(".css")) file.source = raise(String(file.source));
      }
    },
  };
}

/** Compress once, at the build: the server only picks the file. */
function compressed() {
  return {
    name: "compressed",
    closeBundle() {
      for (const name of readdirSync(OUT)) {
        if (!/\.(css|js|svg)$/.test(name)) continue;
        const bytes = readFileSync(join(OUT, name));
        const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
        writeFileSync(join(OUT, `${name}.br`), brotliCompressSync(bytes, { params }));
        writeFileSync(join(OUT, `${name}.gz`), gzipSync(bytes, { level: 9 }));
      }
    },
  };
}

const NAMES = {
  // twelve hexadecimal digits between dots: what the static server takes for a name that never changes its bytes
  hashCharacters: "hex",
  entryFileNames: "[name].[hash:12].js",
  chunkFileNames: "[name].[hash:12].js",
  assetFileNames: "[name].[hash:12][extname]",
};

export default defineConfig({
  base: "./",
  publicDir: false,
  plugins: [tailwindcss(), legible(), compressed()],
  build: {
    outDir: OUT,
    emptyOutDir: true,
    manifest: "manifest.json",
    assetsInlineLimit: 0, // the Content-Security-Policy allows no data: address
    modulePreload: false,
    rollupOptions: {
      input: ["public/public.css", "public/public.js", "public/worker.js", "desk/desk.css", "desk/desk.js", "desk/passkeys.js", "desk/visits.js", "desk/gate.js", "desk/keptworker.js"].map((name) => `frontend/${name}`),
      output: NAMES,
    },
  },
  worker: { rollupOptions: { output: NAMES } },
});
