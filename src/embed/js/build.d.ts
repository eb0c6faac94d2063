// What `cargo xtask build` puts into the scripts, for the checks of types: see `xtask/src/embed.rs`.

type BuiltFile = [name: string, integrity: string];

declare const __ATTRIBUTES__: string[];
declare const __BUNDLES__: { glue: BuiltFile; wasm: BuiltFile; elements: any }[];
declare const __CANCELABLE__: string[];
declare const __CONSENT__: string;
declare const __CONSENT_SETTINGS__: BuiltFile;
declare const __CONSENT_STYLE__: BuiltFile;
declare const __CONSENT_WASM__: BuiltFile;
declare const __ELEMENTS__: any;
declare const __LOCALES__: string[];
declare const __PRIVACY_QUERY__: string;
declare const __QUERIES__: Record<string, string>;
declare const __SITE_WIDE__: string[];
declare const __VERSION__: string;
declare const __WIDGETS__: BuiltFile;

/** What wasm-bindgen makes of the settings of cookies. */
declare module "consent-glue" {
  export default function start(options: { module_or_path: Promise<Response> }): Promise<unknown>;
  export function openConsent(...parameters: any[]): { free(): void };
}

/** Where a bundler has put the files of the npm package: what imports a script, the address of all else. */
declare var StorefrontAccountFiles: Record<string, any> | undefined;

interface Navigator {
  /** Global Privacy Control. */
  readonly globalPrivacyControl?: boolean;
}

interface Window {
  StorefrontAccount?: any;
  bodlEvents?: any;
  dataLayer?: unknown[];
  grecaptcha?: any;
}
