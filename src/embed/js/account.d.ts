/**
 * What `account.js` puts on the page. `cargo xtask build` fills in what the registry (`src/embed/registry.rs`) knows of
 * elements, attributes and events.
 */

/** The elements, by their names behind `account-`. */
export type AccountElementName = __ELEMENTS__;

/** What cookies and scripts are for, by the platform's names. */
export type ConsentCategory = "essential" | "functional" | "analytics" | "targeting";

export interface StorefrontAccount {
  /** Version of the loaded script. */
  readonly version: string;
  /** Puts the widget into `element`, for markup that came after the script; harmless when it is there. */
  mount(element: HTMLElement, name?: AccountElementName): void;
  /** What the shopper has decided about cookies. */
  readonly consent: {
    /** Whether a category may be used; what nobody decided, or no category, may not. */
    has(category: ConsentCategory | (string & {})): boolean;
    /** Opens the settings. */
    open(): void;
  };
  /** Takes it out again: view, listeners, requests. The fallback comes back. */
  unmount(element: HTMLElement): void;
}

/** The attributes of the elements, for typed markup. */
export interface AccountAttributeMap {
  __ATTRIBUTES__
}

/** The events; all of them bubble. */
export interface AccountEventMap {
  __EVENTS__
}

declare global {
  interface Window {
    readonly StorefrontAccount?: StorefrontAccount;
  }
  interface HTMLElementTagNameMap {
    __TAGS__
  }
  interface HTMLElementEventMap extends AccountEventMap {}
}
