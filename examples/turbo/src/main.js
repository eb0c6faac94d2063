import "@hotwired/turbo";
import "storefront-account";
