// What is in no file that tsc reads: the facts that `cargo xtask build` puts into the scripts, and what tests keep in a page.

declare const __ELEMENTS__: string[];
declare const __CONSENT__: string;
declare const __WIDGETS__: [string, string];
declare const __CONSENT_SETTINGS__: [string, string];
declare const __PRIVACY_QUERY__: string;
declare const __VERSION__: string;
declare const __QUERIES__: Record<string, string>;
declare const __CANCELABLE__: string[];
declare const __BUNDLES__: { glue: [string, string]; wasm: [string, string]; elements?: string[] }[];
declare const __SITE_WIDE__: string[];

interface Window {
  [name: string]: any;
}

interface Navigator {
  /** Global Privacy Control. */
  readonly globalPrivacyControl?: boolean;
}

declare module "@bigcommerce/stencil-paper";
