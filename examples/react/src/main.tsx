import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "storefront-account/react";
import "storefront-account/account.css";
import { App } from "./App";

const root = document.getElementById("app");
if (root) createRoot(root).render(<StrictMode><App /></StrictMode>);
