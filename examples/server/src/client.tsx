import { hydrateRoot } from "react-dom/client";
import type {} from "storefront-account/react";
import { Page } from "./pages";

const root = document.getElementById("app");
const data = document.getElementById("page-data")?.textContent;
if (root && data) {
  hydrateRoot(root, <Page {...JSON.parse(data)} />, {
    onRecoverableError: (error) => console.error(error),
  });
}
