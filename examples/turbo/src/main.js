import "@hotwired/turbo";
import "storefront-account";

// Turbo keeps a copy of the page for the way back. It is to be the page as the server sent it, not what an element shows.
document.addEventListener("turbo:before-cache", () => {
  for (const element of document.querySelectorAll("account-sign-in")) window.StorefrontAccount.unmount(element);
});
