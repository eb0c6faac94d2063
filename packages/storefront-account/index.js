// Defines the elements; does nothing on a server, where there are none. Twice, or beside the script tag, is harmless.
//
// The loader finds its files by names that no bundler can follow. So `files.js` has an address of each, as a literal `import("…")` or
// `new URL("…", import.meta.url)`, which Vite, webpack and browsers understand. It goes before the loader, which looks there.

import "./files.js";
import "./loader.js";
