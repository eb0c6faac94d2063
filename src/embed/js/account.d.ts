/**
 * What `account.js` puts on the page. `cargo xtask build` fills in what the registry (`src/embed/registry.rs`) knows of
 * elements, attributes and events.
 */

/** The elements, by their names behind `account-`. */
export type AccountElementName = __ELEMENTS__;

/** What cookies and scripts are for, by the platform's names. */
export type ConsentCategory = "essential" | "functional" | "analytics" | "targeting";

/** An address as a lookup gives it; what it does not know is left as it is in the form. */
export interface LookupAddress {
  company?: string;
  address1?: string;
  address2?: string;
  city?: string;
  stateOrProvince?: string;
  postalCode?: string;
  /** ISO 3166-1 alpha-2. */
  countryCode?: string;
}

/** One line of what is suggested while an address is typed. */
export interface AddressSuggestion {
  label: string;
  /** The address, or what fetches it once the shopper has chosen this line. */
  address: LookupAddress | ((options: { signal: AbortSignal }) => Promise<LookupAddress>);
}

/** Suggests addresses for what was typed; `signal` is aborted when something else is typed. */
export type AddressLookup = (request: {
  query: string;
  country: string;
  signal: AbortSignal;
}) => Promise<AddressSuggestion[]>;

export interface StorefrontAccount {
  /** Version of the loaded script. */
  readonly version: string;
  /** Puts the widget into `element`, for markup that came after the script; harmless when it is there. */
  mount(element: HTMLElement, name?: AccountElementName): void;
  /** Takes it out again: view, listeners, requests. The fallback comes back, unless it was made for another customer. */
  unmount(element: HTMLElement): void;
  /** What the shopper has decided about cookies. */
  readonly consent: {
    /** Whether a category may be used; what nobody decided, or no category, may not. */
    has(category: ConsentCategory | (string & {})): boolean;
    /** Opens the settings. */
    open(): void;
  };
  /** Where forms get suggestions for an address; none without it. */
  addressLookup: AddressLookup | undefined;
}

__CLASSES__
/** The attributes of each element. */
export interface AccountAttributeMap {
  __ATTRIBUTES__
}

/** The properties of each element. */
export interface AccountPropertyMap {
  __PROPERTIES__
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
  interface DocumentEventMap extends AccountEventMap {}
  interface WindowEventMap extends AccountEventMap {}
}
