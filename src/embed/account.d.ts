/** What `account.js` puts on the page. */

export type AccountKind = "sign-up" | "sign-in" | "password" | "profile" | "addresses" | "center";

export interface StorefrontAccount {
  /** Version of the loaded script. */
  readonly version: string;
  /** Puts the widget into `element`, for markup that came after the script; harmless when it is there. */
  mount(element: HTMLElement, kind?: AccountKind): void;
  /** Takes it out again: view, listeners, requests. The fallback comes back. */
  unmount(element: HTMLElement): void;
}

/** Details of the events; all of them bubble. */
export interface AccountEventMap {
  /** The widget has taken the fallback's place. */
  "account:ready": CustomEvent<Record<string, never>>;
  /** An account was opened. `preventDefault()` keeps the shopper on the page. */
  "account:signed-up": CustomEvent<{ customerId?: number; signedIn: boolean }>;
  /** The shopper signed in. `preventDefault()` on `<account-sign-in>` keeps them on the page. */
  "account:signed-in": CustomEvent<Record<string, never>>;
  /** The shopper signed out. */
  "account:signed-out": CustomEvent<Record<string, never>>;
  /** The profile was changed. */
  "account:profile-saved": CustomEvent<{ customerId: number }>;
  /** An address was added to the book, changed, or deleted from it. */
  "account:address-added": CustomEvent<{ addressId: number }>;
  "account:address-updated": CustomEvent<{ addressId: number }>;
  "account:address-deleted": CustomEvent<{ addressId: number }>;
  /** The password was changed, or a new one chosen by an e-mailed link. */
  "account:password-changed": CustomEvent<Record<string, never>>;
  /** Something failed; `code` is stable, `message` is for developers. */
  "account:error": CustomEvent<{ code: string; message?: string }>;
}

declare global {
  interface Window {
    readonly StorefrontAccount?: StorefrontAccount;
  }
  interface HTMLElementEventMap extends AccountEventMap {}
}
